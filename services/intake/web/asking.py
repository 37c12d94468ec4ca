"""Asking for help, step by step: which fields stand on which page, and what is wrong on it."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from services.intake.domain.consent_given import How
from services.intake.domain.draft import Typed
from services.intake.domain.signal import Signal
from services.intake.domain.submission_rules import text_not_asked_yet, what_is_wrong
from services.intake.web.bodies import MAX_NEEDS
from services.intake.web.forms import RequestForm
from services.intake.web.words import CONSENT_GIVERS, HOW_ANSWERED
from shared.events.base import Horizon
from shared.kernel.city import City
from shared.kernel.errors import Invalid
from shared.privacy.bsn import holds_bsn
from shared.web.forms import Form, check_form

PATH: Final = "/aanvragen/nieuw"
# What a draft began with, and is no field of the request: an early signal, the school of the ambassador for whom the
# desk asks, and what a question to colleagues was about.
SIGNAL: Final = "signal"
SCHOOL: Final = "forSchool"
AMBASSADOR: Final = "ambassadorId"
CATEGORY: Final = "category"
HORIZON: Final = "horizon"
GIVERS: Final = {giver.value: words for giver, words in CONSENT_GIVERS.items()}
# How whoever writes the answer down heard it; what the family says on its own page, it writes itself.
WAYS: Final = [(how.value, words) for how, words in HOW_ANSWERED.items() if how is not How.OWN_PAGE]
_ROW: Final = re.compile(r"needs\.(\d{1,9})\.(\w+)")


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form. `fields`: names of fields, or of parts of the form, in the order of the page."""

    slug: str
    title: str
    template: str
    fields: tuple[str, ...] = ()

    def owns(self, name: str) -> bool:
        """Whether this field stands on this page."""
        return any(f"{name}.".startswith(f"{own}.") for own in self.fields)


BIRTH_AND_CONSENT: Final = ("child.birthDate", "child.expectedMonth", "consent")
# The consent comes first: without it nothing about the family is written down. Who gives it follows from the age.
STEPS: Final = (
    Step("toestemming", "Toestemming van het gezin", "ask_consent.html", BIRTH_AND_CONSENT),
    Step("kind", "Het kind", "ask_child.html", ("child.firstName", "child.lastName", "district")),
    Step("gezin", "Het gezin", "ask_family.html", ("family",)),
    Step("nodig", "Wat is er nodig?", "ask_needs.html", ("needs", "familyKnows", "story")),
    Step("nakijken", "Nakijken en versturen", "ask_review.html"),
)
NEWER_TEXT: Final = (
    "Op die dag was deze tekst er nog niet. Lees hem met het gezin, en vul de dag in waarop zij hiermee ja zeggen."
)
FIRST, REVIEW = STEPS[0], STEPS[-1]
FILLED_IN: Final = STEPS[:-1]
BY_SLUG: Final[Mapping[str, Step]] = {step.slug: step for step in STEPS}
ORDER: Final = tuple(name for step in STEPS for name in step.fields)


def beginning(city: City, today: date) -> dict[str, Typed]:
    """What stands in a new request before anybody typed."""
    return {"family.language": city.language, "consent.textVersion": city.consent.current(today)}


def from_signal(signal: Signal | None) -> dict[str, Typed]:
    """What is known already of a child about whom there was an early signal."""
    if signal is None or not signal.is_open:
        return {}
    known: dict[str, Typed] = {SIGNAL: str(signal.id)}
    return {**known, "district": signal.district} if signal.district else known


def signal_in(typed: Mapping[str, Any]) -> UUID | None:
    """The early signal that is named here; None for what is no id."""
    return _id_in(typed, SIGNAL)


def from_question(city: City, typed: Mapping[str, Any]) -> dict[str, Typed]:
    """What a question to colleagues that became a request brings: a category and a horizon, and nothing else."""
    category, horizon = str(typed.get(CATEGORY) or ""), str(typed.get(HORIZON) or "")
    if category not in city.categories.offered:
        return {}
    known: dict[str, Typed] = {"needs.0.category": category}
    return {**known, "needs.0.horizon": horizon} if horizon in set(Horizon) else known


def for_ambassador(typed: Mapping[str, Any]) -> tuple[UUID, UUID] | None:
    """For which ambassador, of which school, the desk asks; None when these are not named here."""
    ambassador_id, school_id = _id_in(typed, AMBASSADOR), _id_in(typed, SCHOOL)
    return (ambassador_id, school_id) if ambassador_id and school_id else None


def on_behalf(asked: tuple[UUID, UUID] | None) -> dict[str, Typed]:
    """The same as a draft keeps it."""
    return {AMBASSADOR: str(asked[0]), SCHOOL: str(asked[1])} if asked else {}


def _id_in(typed: Mapping[str, Any], name: str) -> UUID | None:
    try:
        return UUID(str(typed[name]))
    except (KeyError, ValueError):
        return None


def check(typed: Mapping[str, Any], city: City, today: date) -> Form[RequestForm]:
    """The whole request as far as it is there, with everything that is wrong: fields and rules in one round."""
    asked = {name: value for name, value in typed.items() if name not in {SIGNAL, SCHOOL}}
    form = check_form(asked, RequestForm, city, today=today, order=ORDER, given=beginning(city, today))
    days = form.read("child.birthDate"), form.read("consent.givenBy"), form.read("consent.givenOn")
    wrong = what_is_wrong(*days, today, form.read("child.expectedMonth"))
    version, given_on = form.read("consent.textVersion"), form.read("consent.givenOn")
    if version and given_on:
        wrong += text_not_asked_yet(city.consent, version, given_on, wrong)
    for refusal in wrong:
        refuse(form, refusal)
    return form


def refuse(form: Form[Any], refusal: Invalid) -> None:
    """Tell what is wrong where it can be mended: the text is what the page shows, and the day is what people type."""
    for each in refusal.wrong:
        if each.field == "consent.textVersion":
            form.refuse("consent.givenOn", NEWER_TEXT)
        else:
            form.refuse_as(each, {"consent.givenBy": GIVERS})


def only(step: Step, form: Form[RequestForm], fields: Collection[str] | None = None) -> Form[RequestForm]:
    """The same form with what is wrong on this page, or in these of its fields."""
    here = [error for error in form.errors if step.owns(error.field)]
    return replace(form, errors=[error for error in here if fields is None or error.field in fields])


def of_no_page(form: Form[RequestForm]) -> Form[RequestForm]:
    """The same form with what is wrong and stands on none of the pages."""
    return replace(form, errors=[error for error in form.errors if not any(step.owns(error.field) for step in STEPS)])


def unfinished(form: Form[RequestForm]) -> tuple[Step, ...]:
    """The pages on which something is missing or wrong."""
    return tuple(step for step in FILLED_IN if any(step.owns(error.field) for error in form.errors))


def laid_over(kept: Mapping[str, Typed], step: Step, typed: Mapping[str, Any]) -> dict[str, Typed]:
    """What was kept, with this page as it was filled in now."""
    others = {name: value for name, value in kept.items() if not step.owns(name)}
    here = {name: value for name, value in typed.items() if step.owns(name) and value}
    return others | numbered_anew(here)


def numbered_anew(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Rows of needs one after the other: what was left empty in between is no row."""
    rows = sorted({int(match[1]) for match in _matches(typed)})[:MAX_NEEDS]
    places = {row: at for at, row in enumerate(rows)}
    found: dict[str, Any] = {}
    for name, value in typed.items():
        match = _ROW.fullmatch(name)
        if match is None:
            found[name] = value
        elif int(match[1]) in places:
            found[f"needs.{places[int(match[1])]}.{match[2]}"] = value
    return found


def rows_in(typed: Mapping[str, Any]) -> int:
    """How many needs somebody began to fill in."""
    return len({match[1] for match in _matches(typed)})


def _matches(typed: Iterable[str]) -> Iterable[re.Match[str]]:
    return (match for name in typed if (match := _ROW.fullmatch(name)))


def with_bsn(typed: Mapping[str, Any]) -> frozenset[str]:
    """The fields with a citizen service number in them: that is not kept for a moment."""
    return frozenset(name for name, value in typed.items() if isinstance(value, str) and holds_bsn(value))
