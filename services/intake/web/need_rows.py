"""The rows of needs on a form: the choices in them, and what stands in each."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from services.intake.domain.dossier import Dossier
from services.intake.web.bodies import MAX_NEEDS
from services.intake.web.words import BENEFICIARIES, HORIZONS
from shared.events.base import Need
from shared.kernel.city import City
from shared.web.forms import Form

ROWS_MORE: Final = 3
_ROW: Final = re.compile(r"needs\.(\d{1,3})\.")
# Fields that hold the id of a need.
_OF_A_NEED: Final = re.compile(r"needs\.\d+\.(id$|dependsOn\.)")
CHOICES: Final[Mapping[str, list[tuple[str, str]]]] = {
    "horizons": [(code.value, word) for code, word in HORIZONS.items()],
    "beneficiaries": [(code.value, word) for code, word in BENEFICIARIES.items()],
}


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
        "categories": _categories(city, form.value_of(f"{name}.category") if known else None),
    }


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


def values_of(number: int, need: Need, dossier: Dossier) -> dict[str, Any]:
    """What stands in the row of a need that the case already has."""
    row = f"needs.{number}"
    return {
        f"{row}.id": str(need.need_id),
        f"{row}.category": need.category,
        f"{row}.urgency": need.urgency.value,
        f"{row}.horizon": need.horizon.value,
        f"{row}.beneficiary": need.beneficiary.value,
        f"{row}.description": dossier.words.get(need.need_id),
        **{f"{row}.dependsOn.{position}": str(before) for position, before in enumerate(need.depends_on)},
    }
