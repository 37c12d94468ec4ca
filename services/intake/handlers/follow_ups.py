"""How the child is doing, as monitoring publishes it."""

from dataclasses import replace

from services.intake.commands import KeepFollowUpWords
from services.intake.domain.case_state import CaseState
from services.intake.domain.dossier import Note, NoteKind
from services.intake.domain.errors import UnknownCase
from services.intake.domain.safety import stand_still_with
from services.intake.handlers.cases import hold_of_family, is_followed, keep, known_case
from services.intake.handlers.timeline_entry import entry_of
from services.intake.ports import IntakeUnit
from shared.events import monitoring
from shared.events.base import Event


async def plan_on_timeline(event: monitoring.FollowUpScheduled, unit: IntakeUnit) -> None:
    """Somebody will ask; another day for the same follow-up takes its place. Nothing is planned for an ended case."""
    if (await known_case(event.subject, unit)).is_open:
        await unit.timeline.add(replace(entry_of(event, unit), id=event.follow_up_id))


async def keep_words(command: KeepFollowUpWords, unit: IntakeUnit) -> None:
    """Seal what was added in words to an answer. Raises UnknownCase, also when the case is erased."""
    if not await is_followed(command.case_id, unit):
        raise UnknownCase
    unit.audit.of_case(command.case_id)
    kind, by = NoteKind.FOLLOW_UP, command.written_by
    await unit.vault.keep_note(Note(command.follow_up_id, command.case_id, kind, by, unit.now, command.words))


async def note_on_timeline(event: Event, unit: IntakeUnit) -> None:
    """What people want to see with the case."""
    if await is_followed(event.subject, unit):
        await unit.timeline.add(entry_of(event, unit))


async def record_follow_up(event: monitoring.FollowUpRecorded, unit: IntakeUnit) -> None:
    """The ambassador answered how the child is doing; a new question opens the inventory again.

    While the family stands still the case opens, and stands still with it.
    """
    await note_on_timeline(event, unit)
    if event.answer is not monitoring.FollowUpAnswer.NEW_QUESTION:
        return
    case = await known_case(event.subject, unit)
    if case.state not in {CaseState.ASSESSED, CaseState.CLOSED}:
        return
    hold = await hold_of_family(case, unit)
    events = case.raise_new_question(event.answered_by, unit.now)
    if hold is not None:
        # Before the question, so that nobody acts on that; on no timeline, as every hold.
        unit.outbox.append(*stand_still_with(case, hold, unit.now))
    await keep(case, events, unit)
