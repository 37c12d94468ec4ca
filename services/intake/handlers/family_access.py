"""The family's way in: its ambassador gives it, renews it and takes it away; the family comes in by it."""

from datetime import timedelta
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.family_access import FAMILY_ROLE, VISIT_LASTS, FamilyAccess
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import case_for
from services.intake.handlers.household import family_of
from services.intake.ports import IntakeUnit
from shared.access.links import Link
from shared.privacy.audit import About, Action, Actor, Via

PURPOSE = "family-access"


async def give_access(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Link:
    """A link and a code for the family, in place of those of before. They are shown once, and stored nowhere."""
    case = await case_for(case_id, unit, viewer)
    until = unit.now + timedelta(weeks=unit.city.retention.family_card_weeks)
    access = FamilyAccess(unit.ids.new(), case.id, viewer.person_id, unit.now, until)
    unit.audit.record(Action.ADMINISTER, About.CASE, case.id, PURPOSE, reason="given")
    return await unit.family_door.give(access)


async def take_access_away(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> None:
    """Nobody comes in any more, and whoever is in is out."""
    case = await case_for(case_id, unit, viewer)
    unit.audit.record(Action.ADMINISTER, About.CASE, case.id, PURPOSE, reason="taken-away")
    await unit.family_door.take_away(case.id)


async def access_of(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> FamilyAccess | None:
    """Whether the family has one, for its ambassador and the desk."""
    case = await case_for(case_id, unit, viewer)
    return await unit.family_door.read(case.id)


async def come_in(token_or_code: str, unit: IntakeUnit) -> str | None:
    """What the browser keeps for this visit; None when this opens nothing now. Why that is, is told to nobody."""
    access = await unit.family_door.find(token_or_code)
    if access is None or await _case_of(access, unit) is None:
        unit.audit.refuse()
        return None
    _is_the_family(access, unit)
    unit.audit.record(Action.SIGN_IN, About.CASE, access.case_id, PURPOSE)
    await unit.family_door.forget_visits()
    return await unit.family_door.begin_visit(access, unit.now + VISIT_LASTS)


async def who_is_in(kept: str, unit: IntakeUnit) -> Case | None:
    """The case of the family that is in, and from here on the family acts; None when the visit is over.

    So it is, too, from the moment that the case stands still for safety: whoever looks along learns nothing of it.
    """
    access = await unit.family_door.visited(kept)
    case = await _case_of(access, unit) if access else None
    if access is not None and case is not None:
        _is_the_family(access, unit)
    return case


async def _case_of(access: FamilyAccess, unit: IntakeUnit) -> Case | None:
    case = await unit.cases.read(access.case_id)
    if case is None or case.state is CaseState.ERASING:
        return None
    # What is dangerous for one child is so for the whole family.
    family = await family_of(case, unit)
    return None if any(one.hold is not None for one in family.cases) else case


def _is_the_family(access: FamilyAccess, unit: IntakeUnit) -> None:
    unit.audit.by(Actor(None, Via.LINK, str(access.id), role=FAMILY_ROLE))
