"""The rows of needs on a form: the choices in them, and what stands in each."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from services.intake.domain.dossier import Dossier, NeedWords
from services.intake.web.bodies import MAX_NEEDS
from services.intake.web.words import BENEFICIARIES, HORIZONS
from shared.events.base import Beneficiary, Horizon, Need
from shared.kernel.city import City
from shared.web.forms import Form

ROWS_MORE: Final = 3
_ROW: Final = re.compile(r"needs\.(\d{1,3})\.")
# Fields that hold the id of a need.
_OF_A_NEED: Final = re.compile(r"needs\.\d+\.(id$|dependsOn\.)")
CHOICES: Final[Mapping[str, list[tuple[str, str]]]] = {
    # Without what is meant when nothing is chosen: that one stands there already, so that a row left alone stays empty.
    "horizons": [(code.value, word) for code, word in HORIZONS.items() if code is not Horizon.SHORT],
    "beneficiaries": [(code.value, word) for code, word in BENEFICIARIES.items() if code is not Beneficiary.CHILD],
}


def kind_of(need: Need, city: City) -> str:
    """A need in words, as a choice on a page: what, and for whom."""
    return f"{city.categories.words(need.category)} (voor: {BENEFICIARIES[need.beneficiary].lower()})"


def row_of(form: Form[Any], number: int, city: City) -> dict[str, Any]:
    """One row as `intake_parts.html` shows it, and whether something stands in it."""
    name = f"needs.{number}"
    filled = any(value not in ("", None) for field, value in form.values.items() if field.startswith(f"{name}."))
    wrong = any(error.field.startswith(f"{name}.") for error in form.errors)
    known = form.value_of(f"{name}.id")
    after = [(field, value) for field, value in form.values.items() if field.startswith(f"{name}.dependsOn.")]
    return {
        "name": name,
        "number": number + 1,
        "known": known,
        "after": after,
        "open": filled or wrong,
        "others": _others(form, number, city),
        "categories": _categories(city, form.value_of(f"{name}.category") if known else None),
    }


def _others(form: Form[Any], number: int, city: City) -> list[tuple[str, str]]:
    """The rows of known needs that this one can wait for."""
    chosen = {row: form.value_of(f"needs.{row}.category") for row in range(MAX_NEEDS) if row != number}
    return [
        (str(row), f"Hulpvraag {row + 1}: {city.categories.in_sentence(category)}")
        for row, category in chosen.items()
        if category
    ]


def rows_for(typed: Mapping[str, Any], needs: int) -> int:
    """How many rows there are: one for each need of the case and some more, or as many as somebody filled in."""
    filled = [int(match[1]) + 1 for name, value in typed.items() if value and (match := _ROW.match(name))]
    return min(MAX_NEEDS, max([needs + ROWS_MORE, *filled]))


def still_there(typed: Mapping[str, Any], needs: Sequence[Need]) -> dict[str, Any]:
    """What was kept some time ago, without the ids of needs that the case has no more: their rows are new needs."""
    ids = {str(need.need_id) for need in needs}
    return {name: value for name, value in typed.items() if not _OF_A_NEED.match(name) or value in ids}


def _categories(city: City, known: str | None) -> list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]:
    """What can be chosen, group by group; a need that the case has already may keep what the city offers no more."""
    kept = [(known, city.categories.words(known))] if known in city.categories.keys() - city.categories.offered else []
    return [*kept, *city.categories_in_groups()]


def values_of(number: int, need: Need, dossier: Dossier, rows: Sequence[UUID] = ()) -> dict[str, Any]:
    """What stands in the row of a need that the case already has; `rows` are the needs in the rows of this page.

    It can wait for one of those by choice; what else it waits for goes along unseen.
    """
    chosen = next((before for before in need.depends_on if before in rows), None)
    unseen = [before for before in need.depends_on if before != chosen]
    row, said = f"needs.{number}", dossier.needs.get(need.need_id, NeedWords())
    return {
        f"{row}.id": str(need.need_id),
        f"{row}.category": need.category,
        f"{row}.urgency": need.urgency.value,
        f"{row}.horizon": need.horizon.value,
        f"{row}.beneficiary": need.beneficiary.value,
        f"{row}.description": said.words,
        f"{row}.goal": said.goal,
        f"{row}.targetOn": date.fromisoformat(said.target_on) if said.target_on else None,
        f"{row}.waitsFor": str(rows.index(chosen)) if chosen else None,
        **{f"{row}.dependsOn.{position}": str(before) for position, before in enumerate(unseen)},
    }
