"""What somebody of the desk does with one point, or writes down about a case."""

from collections.abc import Callable
from uuid import UUID

from services.monitoring.commands import HandOverPoint, PostponePoint, ResolveEscalation, TakePoint, WriteNote
from services.monitoring.domain import owners, points, postponing
from services.monitoring.domain.errors import CaseNotFound, NotOfTheDesk
from services.monitoring.domain.notes import Note
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.watches import carry_out
from services.monitoring.ports import MonitoringUnit
from shared.events.base import Event, Role


async def resolve_escalation(command: ResolveEscalation, unit: MonitoringUnit) -> None:
    """A coordinator acted. Raises CaseNotFound, PointNotFound, EscalationNotOpen or PointChanged."""
    await _act(
        command.case_id,
        command.resolved_by,
        unit,
        lambda watch, context: points.resolve(
            watch, command.escalation_id, command.resolution, command.resolved_by, context, command.version
        ),
    )


async def take_point(command: TakePoint, unit: MonitoringUnit) -> None:
    """Theirs from now on. Raises what `resolve_escalation` raises, or PointTaken by whom and since when."""
    point = command.point
    await _act(
        point.case_id,
        command.by,
        unit,
        lambda watch, context: owners.take(watch, point.escalation_id, point.version, command.by, context, command.why),
    )


async def hand_over_point(command: HandOverPoint, unit: MonitoringUnit) -> None:
    """A colleague's from now on, or everybody's. Raises NotOfTheDesk beside what `take_point` raises."""
    point = command.point
    if command.to is not None and not await is_of_the_desk(command.to, unit):
        raise NotOfTheDesk
    await _act(
        point.case_id,
        command.by,
        unit,
        lambda watch, context: owners.pass_on(
            watch, point.escalation_id, point.version, command.to, command.by, context
        ),
    )


async def postpone_point(command: PostponePoint, unit: MonitoringUnit) -> None:
    """It waits for its day. Raises what `resolve_escalation` raises, CannotWait or WrongDayToWaitFor."""
    point = command.point
    await _act(
        point.case_id,
        command.by,
        unit,
        lambda watch, context: postponing.postpone(
            watch, point.escalation_id, command.until, command.why, command.by, context, point.version
        ),
    )


async def write_note(command: WriteNote, unit: MonitoringUnit) -> None:
    """Kept for the desk, once. Raises CaseNotFound when the case is not there, or is erased."""
    if await unit.watches.is_erased(command.case_id):
        raise CaseNotFound
    # The watch is locked from here on, so that of two presses the second sees what the first kept.
    await _act(command.case_id, command.by, unit, lambda _watch, _context: [])
    known = {one.note_id: one.words for one in await unit.notes.list_of_case(command.case_id)}
    note_id = command.note_id or unit.ids.new()
    if known.get(note_id) == command.words:
        return
    if note_id in known:
        # Whoever went back in the browser and wrote something else there, wrote another note.
        note_id = unit.ids.new()
    await unit.notes.add(Note(note_id, command.case_id, command.by, unit.now, command.words, command.pinned))


async def pin_note(case_id: UUID, note_id: UUID, unit: MonitoringUnit, *, pinned: bool) -> None:
    """On top, or among the others."""
    await unit.notes.pin(case_id, note_id, pinned=pinned)


async def remove_note(case_id: UUID, note_id: UUID, unit: MonitoringUnit) -> None:
    """Somebody wrote what does not belong there: it is gone for good."""
    await unit.notes.remove(case_id, note_id)


async def is_of_the_desk(person_id: UUID, unit: MonitoringUnit) -> bool:
    """Whether this person is a coordinator, and still works there."""
    member = await unit.members.read(person_id)
    return member is not None and any(one.role is Role.COORDINATOR for one in member.standing)


async def _act(
    case_id: UUID,
    by: UUID,
    unit: MonitoringUnit,
    decide: Callable[[Watch, DecisionContext], list[Event]],
) -> None:
    """An act of this person: what they have of the case stays theirs."""
    watch = await unit.watches.get(case_id)
    if watch is None:
        raise CaseNotFound

    def decide_and_keep(context: DecisionContext) -> list[Event]:
        events = decide(watch, context)
        owners.keep(watch, by, context)
        return events

    await carry_out(decide_and_keep, watch, unit)
