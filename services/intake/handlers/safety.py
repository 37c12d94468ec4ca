"""The red button: a case stands still, and goes on when its safety officer says so, or two people do."""

from dataclasses import dataclass
from uuid import UUID

from services.intake.domain import safety
from services.intake.domain.case import Case
from services.intake.domain.errors import NotYourFamily, UnknownCase
from services.intake.domain.listing import CaseSearch
from services.intake.domain.rules import Viewer, may_know_the_family, may_see
from services.intake.domain.safety import OfficerLifts, SafetyHold
from services.intake.handlers.household import hold_plan
from services.intake.ports import IntakeUnit
from shared.events.base import Event, Role

MOST_ON_HOLD = 500


@dataclass(frozen=True, slots=True)
class HeldCase:
    """What is shown of a case that stands still: its number and since when, and whether this viewer can let it go on.

    Where there is no officer two people do; `awaits_other`: this viewer's side said so, and the other must confirm it.
    """

    case_id: UUID
    code: str
    hold: SafetyHold
    can_lift: bool
    has_officer: bool
    awaits_other: bool

    @property
    def is_asked(self) -> bool:
        """Whether a first person said that it may go on."""
        return self.hold.lift_asked_by is not None


async def press(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> None:
    """Somebody worries about this child's safety: what is dangerous for one child is so for its whole family.

    Raises UnknownCase, NotYourFamily or NothingToStop.
    """
    family = await hold_plan(case_id, unit)
    case = await _case_of(case_id, unit, viewer)
    for one in (case, *(other for other in family.others(case.id) if other.is_open)):
        await _keep(one, safety.set_hold(one, viewer.person_id, unit.now), unit)


async def let_go_on(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> bool:
    """Whether the case goes on now; False: a second person must confirm.

    Its siblings that the same press stopped, and that the same school asked help for, go on with it.

    Raises UnknownCase, NotYourFamily, OfficerLifts or SecondPersonConfirms.
    """
    family = await hold_plan(case_id, unit)
    case = await _case_of(case_id, unit, viewer)
    pressed = case.hold
    if viewer.role is Role.SAFETY_OFFICER:
        events = safety.lift(case, viewer.person_id, unit.now)
    elif await officers_at(case.opening.organisation_id, unit):
        raise OfficerLifts
    else:
        events = safety.lift_together(case, viewer.person_id, viewer.role, unit.now)
    await _keep(case, events, unit)
    if case.hold is None and pressed is not None:
        for other in family.others(case.id):
            same_press = other.hold is not None and other.hold.set_at == pressed.set_at
            # Of another school its own officer says so, or its own ambassador with the desk.
            if same_press and other.opening.organisation_id == case.opening.organisation_id:
                await _keep(other, safety.lift(other, viewer.person_id, unit.now), unit)
    return case.hold is None


async def find_held(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> HeldCase | None:
    """The case, when it stands still and this viewer may know that."""
    case = await unit.cases.read(case_id)
    if case is None or case.hold is None or not _may_know(viewer, case):
        return None
    return await _shown(case, unit, viewer)


async def list_held(unit: IntakeUnit, viewer: Viewer) -> list[HeldCase]:
    """Those that stand still: the officer's organisation's, the ambassador's own, for the desk all; oldest first."""
    organisations = None if viewer.role is Role.COORDINATOR else frozenset({viewer.organisation_id})
    found = await unit.cases.find(CaseSearch(organisations, on_hold=True), None, MOST_ON_HOLD)
    held = [await _shown(case, unit, viewer) for case in found if _may_know(viewer, case)]
    return sorted(held, key=lambda one: (one.hold.set_at, one.case_id))


async def officers_at(organisation_id: UUID, unit: IntakeUnit) -> list[UUID]:
    """The safety officers of this organisation."""
    people = await unit.members.list_of_organisation(organisation_id)
    return [one.person_id for one in people if one.may(Role.SAFETY_OFFICER, organisation_id)]


async def officers_for(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> list[UUID]:
    """Those of the organisation that asked for help, whoever looks. Raises UnknownCase."""
    case = await unit.cases.read(case_id)
    if case is None or not (may_see(viewer, case.opening.organisation_id) or _may_know(viewer, case)):
        raise UnknownCase
    return await officers_at(case.opening.organisation_id, unit)


async def _case_of(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    case = await unit.cases.get(case_id)
    if case is None:
        raise UnknownCase
    if _may_know(viewer, case):
        return case
    if case.hold is None and may_see(viewer, case.opening.organisation_id):
        raise NotYourFamily(unit.city)
    raise UnknownCase


def _may_know(viewer: Viewer, case: Case) -> bool:
    if viewer.role is Role.SAFETY_OFFICER:
        return case.hold is not None and viewer.organisation_id == case.opening.organisation_id
    return not viewer.is_system and may_know_the_family(viewer, case.opening.ambassador_id)


async def _shown(case: Case, unit: IntakeUnit, viewer: Viewer) -> HeldCase:
    hold = case.hold
    if hold is None:
        raise UnknownCase
    officers = await officers_at(case.opening.organisation_id, unit)
    asked_by_us = hold.lift_asked_as is viewer.role or hold.lift_asked_by == viewer.person_id
    can_lift = viewer.role is Role.SAFETY_OFFICER or not (officers or asked_by_us)
    return HeldCase(case.id, case.code, hold, can_lift, has_officer=bool(officers), awaits_other=asked_by_us)


async def _keep(case: Case, events: list[Event], unit: IntakeUnit) -> None:
    """On no timeline: whoever reads that later need not know that somebody worried."""
    await unit.cases.save(case)
    unit.outbox.append(*events)
