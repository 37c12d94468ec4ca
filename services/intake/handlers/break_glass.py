"""The desk gives a reason, and may open this family's facts for a while."""

from uuid import UUID

from services.intake.domain.break_glass import OPEN_FOR, PURPOSE, OpenReason, has_task
from services.intake.domain.case import Case
from services.intake.domain.errors import NotTheDesk
from services.intake.domain.rules import Viewer
from services.intake.handlers.seeing import seen
from services.intake.ports import IntakeUnit
from shared.events.base import Role
from shared.privacy.audit import About, Action


async def give_reason(case_id: UUID, reason: OpenReason, unit: IntakeUnit, viewer: Viewer) -> None:
    """The line in the audit log is what remembers it. Raises UnknownCase, RequestPaused or NotTheDesk."""
    await seen(case_id, await unit.cases.read(case_id), unit, viewer)
    if viewer.role is not Role.COORDINATOR:
        raise NotTheDesk(unit.city)
    unit.audit.record(Action.BREAK_GLASS, About.CASE, case_id, PURPOSE, reason=reason.value)


async def may_open(case: Case, unit: IntakeUnit, viewer: Viewer) -> bool:
    """Whether who may know this family has a task in its case, or gave a reason lately."""
    if has_task(viewer, case):
        return True
    given = await unit.readers.last_reason(case.id, viewer.person_id)
    return given is not None and unit.now - given <= OPEN_FOR
