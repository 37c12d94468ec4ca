"""How the child is doing, as monitoring publishes it."""

from services.intake.domain.case import CaseState
from services.intake.handlers.cases import is_followed, keep, known_case
from services.intake.handlers.timeline_entry import entry_of
from services.intake.ports import IntakeUnit
from shared.events import monitoring
from shared.events.base import Event


async def note_on_timeline(event: Event, unit: IntakeUnit) -> None:
    """What people want to see with the case."""
    if await is_followed(event.subject, unit):
        await unit.timeline.add(entry_of(event, unit))


async def record_follow_up(event: monitoring.FollowUpRecorded, unit: IntakeUnit) -> None:
    """The ambassador answered how the child is doing; a new question opens the inventory again."""
    await note_on_timeline(event, unit)
    if event.answer is not monitoring.FollowUpAnswer.NEW_QUESTION:
        return
    case = await known_case(event.subject, unit)
    if case.state in {CaseState.ASSESSED, CaseState.CLOSED}:
        await keep(case, case.raise_new_question(event.answered_by, unit.now), unit)
