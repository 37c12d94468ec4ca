"""What each button on the page of a person does, and whom it reaches."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel

from services.matching.handlers.leaving import come_back, end_role, leave_now, leave_on
from services.matching.handlers.named_contacts import confirm_contact, refuse_contact
from services.matching.handlers.passing_on import pass_question, pass_service
from services.matching.handlers.people_desk import Absence, change_details, give_role, plan_absence
from services.matching.ports import MatchingUnit
from services.matching.web.people_forms import (
    AbsenceForm,
    DetailsForm,
    EndRoleForm,
    LeaveForm,
    PassQuestionForm,
    PassServiceForm,
    PressForm,
    RoleForm,
)
from shared.kernel.errors import Invalid, Refusal
from shared.web.forms import Form, read_form, typed_in
from shared.web.reach import DESK, Reach

FormT = TypeVar("FormT", bound=BaseModel)
Done = Awaitable[object]


@dataclass(frozen=True, slots=True)
class Change(Generic[FormT]):
    """What was pressed: the form that came with it, about whom, by whom."""

    form: FormT
    person_id: UUID
    by: UUID


@dataclass(frozen=True, slots=True)
class PersonAction(Generic[FormT]):
    """One button; `done` is what the page says when it worked."""

    form: type[FormT]
    perform: Callable[[Change[FormT], MatchingUnit], Done]
    done: str


@dataclass(frozen=True, slots=True)
class PersonPress:
    """The button that was pressed, with what was filled in, and what became of it."""

    choice: str
    action: PersonAction[Any]
    form: Form[Any]
    refusal: Refusal | None = None

    @property
    def is_done(self) -> bool:
        """Whether the page can be shown anew."""
        return self.refusal is None and not self.form.errors


def _details(change: Change[DetailsForm], unit: MatchingUnit) -> Done:
    form = change.form
    return change_details(change.person_id, form.details, unit, by=change.by, version=form.version)


def _role(change: Change[RoleForm], unit: MatchingUnit) -> Done:
    return give_role(change.person_id, change.form.here, unit, by=change.by, version=change.form.version)


def _end_role(change: Change[EndRoleForm], unit: MatchingUnit) -> Done:
    form = change.form
    return end_role(change.person_id, form.role, form.organisation, unit, by=change.by, version=form.version)


def _absence(change: Change[AbsenceForm], unit: MatchingUnit) -> Done:
    form = change.form
    absence = Absence(form.deputy, form.away_from, form.away_until)
    return plan_absence(change.person_id, absence, unit, by=change.by, version=form.version)


def _leave(change: Change[LeaveForm], unit: MatchingUnit) -> Done:
    form = change.form
    if form.when == "now":
        return leave_now(change.person_id, unit, by=change.by, version=form.version)
    return leave_on(change.person_id, form.leaves_on, unit, by=change.by, version=form.version)


def _stay(change: Change[PressForm], unit: MatchingUnit) -> Done:
    return leave_on(change.person_id, None, unit, by=change.by, version=change.form.version)


def _back(change: Change[PressForm], unit: MatchingUnit) -> Done:
    return come_back(change.person_id, unit, by=change.by, version=change.form.version)


def _pass_question(change: Change[PassQuestionForm], unit: MatchingUnit) -> Done:
    return pass_question(change.form.question, change.form.to, unit, by=change.by)


def _pass_service(change: Change[PassServiceForm], unit: MatchingUnit) -> Done:
    return pass_service(change.form.service, change.person_id, change.form.to, unit, by=change.by)


# By the value of the button (`choice`).
PERSON_ACTIONS: Final[Mapping[str, PersonAction[Any]]] = {
    "details": PersonAction(DetailsForm, _details, "Bewaard. Mail gaat vanaf nu naar dit adres."),
    "role": PersonAction(RoleForm, _role, "De rol is gegeven."),
    "end-role": PersonAction(EndRoleForm, _end_role, "De rol is gestopt."),
    "absence": PersonAction(AbsenceForm, _absence, "Bewaard."),
    "leave": PersonAction(LeaveForm, _leave, "Het vertrek is genoteerd."),
    "stay": PersonAction(PressForm, _stay, "Deze persoon blijft."),
    "back": PersonAction(PressForm, _back, "Deze persoon doet weer mee."),
    "pass-question": PersonAction(PassQuestionForm, _pass_question, "De hulpvraag is overgegeven."),
    "pass-service": PersonAction(PassServiceForm, _pass_service, "Het aanbod is overgegeven."),
}


# What follows when a question, or help that runs, goes to another contact; a planned meeting moves to their calendar.
PASSED_ON: Final = ("partner-activated", "help-passed-on", "new-contact", "other-contact", "appointment-cancelled")


def _reach(choice: str, note: str | None = None, perhaps: tuple[str, ...] = ()) -> Reach:
    return Reach(f"POST /netwerk/mensen/{{person_id}} {choice}", perhaps=perhaps, seen_by=(DESK,), note=note)


PERSON_REACHES: Final[Mapping[str, Reach]] = {
    "details": _reach("details", "Mail die nog wacht, gaat naar het nieuwe adres."),
    "role": _reach("role"),
    "end-role": _reach("end-role"),
    "absence": _reach("absence", "Zolang iemand afwezig is, gaat de mail naar de vervanger."),
    "leave": _reach("leave", "Inloggen, links en codes werken daarna niet meer."),
    "stay": _reach("stay"),
    "back": _reach("back"),
    "pass-question": _reach(
        "pass-question",
        "De collega krijgt een mail met een eigen link.",
        perhaps=PASSED_ON,
    ),
    "pass-service": _reach("pass-service"),
}


async def pressed_about(request: Request) -> PersonPress | None:
    """Which button it was; None: none of them, so nothing was chosen."""
    choice = dict(await typed_in(request)).get("choice", "")
    action = PERSON_ACTIONS.get(choice)
    many = ("kinds",) if choice == "details" else ()
    return PersonPress(choice, action, await read_form(request, action.form, many=many)) if action else None


async def perform(pressed: PersonPress, person_id: UUID, by: UUID, unit: MatchingUnit) -> PersonPress:
    """Do what the button says. What is refused is undone, and the page says how it is now."""
    if pressed.form.data is None:
        return pressed
    try:
        async with unit.savepoint():
            await pressed.action.perform(Change(pressed.form.data, person_id, by), unit)
    except Invalid as invalid:
        pressed.form.refuse_as(invalid)
    except Refusal as refusal:
        return PersonPress(pressed.choice, pressed.action, pressed.form, refusal)
    return pressed


async def settle_contact(
    choice: str, contact_id: UUID, unit: MatchingUnit, *, by: UUID, organisation_id: UUID | None = None
) -> Refusal | None:
    """Yes or no to who was named, by a lead of this organisation or by the desk; why not, when it cannot be."""
    act = confirm_contact if choice == "confirm" else refuse_contact
    try:
        async with unit.savepoint():
            await act(contact_id, unit, by=by, organisation_id=organisation_id)
    except Refusal as refused:
        return refused
    return None
