"""Whether somebody may see a case at all; one that is erased or stands still shows that it is, and nothing else."""

from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.errors import CaseIsErased, UnknownCase
from services.intake.domain.rules import Viewer, may_know_the_family, may_see
from services.intake.ports import IntakeUnit
from shared.events.base import Role
from shared.kernel.errors import Refusal, RequestPaused


async def seen(case_id: UUID, case: Case | None, unit: IntakeUnit, viewer: Viewer) -> Case:
    """This case, as it was found.

    Raises UnknownCase, also when this viewer may not see it, CaseIsErased, or, while it stands still for safety,
    RequestPaused: nobody reads or changes it then, and only those hear why who may know the family.
    """
    if case is None:
        await _refuse_erased(case_id, unit, viewer)
        raise UnknownCase
    if not may_see(viewer, case.opening.organisation_id):
        raise UnknownCase
    if case.state is CaseState.ERASING:
        raise CaseIsErased
    if case.hold is not None:
        raise _standing_still(case, viewer)
    return case


def _standing_still(case: Case, viewer: Viewer) -> Refusal:
    knows = not viewer.is_system and may_know_the_family(viewer, case.opening.ambassador_id)
    return RequestPaused() if knows else UnknownCase()


async def _refuse_erased(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> None:
    """Whose it was is not known any more: whoever has its id, and could have seen it, may know that it is erased."""
    erased_on = (await unit.erased.find([case_id])).get(case_id)
    if erased_on is not None and viewer.role in {Role.AMBASSADOR, Role.COORDINATOR}:
        unconfirmed = await unit.unconfirmed.read(case_id)
        raise CaseIsErased(erased_on, unconfirmed.waits_for if unconfirmed else ())
