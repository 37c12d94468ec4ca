"""Whether somebody may see a case at all; one that is erased shows that it is, and nothing else."""

from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.errors import CaseIsErased, UnknownCase
from services.intake.domain.rules import Viewer, may_see
from services.intake.ports import IntakeUnit
from shared.events.base import Role


async def seen(case_id: UUID, case: Case | None, unit: IntakeUnit, viewer: Viewer) -> Case:
    """This case, as it was found. Raises UnknownCase, also when this viewer may not see it, or CaseIsErased."""
    if case is None:
        await _refuse_erased(case_id, unit, viewer)
        raise UnknownCase
    if not may_see(viewer, case.opening.organisation_id):
        raise UnknownCase
    if case.state is CaseState.ERASING:
        raise CaseIsErased
    return case


async def _refuse_erased(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> None:
    """Whose it was is not known any more: whoever has its id, and could have seen it, may know that it is erased."""
    erased_on = (await unit.erased.find([case_id])).get(case_id)
    if erased_on is not None and viewer.role in {Role.AMBASSADOR, Role.COORDINATOR}:
        unconfirmed = await unit.unconfirmed.read(case_id)
        raise CaseIsErased(erased_on, unconfirmed.waits_for if unconfirmed else ())
