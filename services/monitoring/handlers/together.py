"""Several points of one cause at once: each is tried for itself, and what could not be done is named."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.monitoring.commands import Cause, Point
from services.monitoring.domain import owners, points, postponing
from services.monitoring.domain.errors import AskedToday, CaseNotFound, NotOnThisList, SolvedElsewhere
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.timeline import reminded
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.watches import carry_out
from services.monitoring.ports import MonitoringUnit
from shared.events.base import Event
from shared.events.desk_codes import RemindedCase, Resolution, WaitReason
from shared.events.monitoring import AmbassadorReminded, EscalationReason
from shared.kernel.errors import Refusal
from shared.kernel.working_time import WorkingTime
from shared.privacy.audit import About, Action, Outcome

MOST_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one point; without a refusal it is done."""

    point: Point
    case_code: str | None
    refusal: Refusal | None = None


Act = Callable[[Watch, Point, UUID, DecisionContext], list[Event]]


def taking(watch: Watch, point: Point, by: UUID, context: DecisionContext) -> list[Event]:
    """All of them are theirs; never a colleague's."""
    return owners.take(watch, point.escalation_id, point.version, by, context)


def answering(resolution: Resolution) -> Act:
    """All with the same answer."""

    def act(watch: Watch, point: Point, by: UUID, context: DecisionContext) -> list[Event]:
        known = points.open_point(watch, point.escalation_id, point.version)
        if known.reason is EscalationReason.NO_PARTNER_FOUND:
            raise SolvedElsewhere
        return points.resolve(watch, point.escalation_id, resolution, by, context, point.version)

    return act


def waiting(until: date, why: WaitReason) -> Act:
    """All until the same day."""

    def act(watch: Watch, point: Point, by: UUID, context: DecisionContext) -> list[Event]:
        return postponing.postpone(watch, point.escalation_id, until, why, by, context, point.version)

    return act


async def do_together(wanted: Sequence[Point], cause: Cause, act: Act, by: UUID, unit: MonitoringUnit) -> list[Tried]:
    """Each in the order in which it was named; one that is refused holds up no other."""
    await unit.watches.fetch({one.case_id for one in wanted})
    return [await _try(point, cause, act, by, unit) for point in wanted]


async def remind_ambassadors(wanted: Sequence[Point], cause: Cause, by: UUID, unit: MonitoringUnit) -> list[Tried]:
    """One mail to each ambassador of these, at most once a working day; whoever was asked today is named."""
    await unit.watches.fetch({one.case_id for one in wanted})
    tried: list[Tried] = []
    of_each: dict[UUID, list[tuple[Point, Watch]]] = defaultdict(list)
    for point in wanted:
        result = await _try(point, cause, _asking, by, unit)
        watch = await unit.watches.get(point.case_id)
        if result.refusal or watch is None or watch.ambassador_id is None:
            tried.append(result)
        else:
            of_each[watch.ambassador_id].append((point, watch))
    for ambassador_id, theirs in sorted(of_each.items()):
        asked = await _remind(ambassador_id, cause.reason, by, [one for _, one in theirs], unit)
        refusal = None if asked else AskedToday()
        tried += [Tried(point, watch.case_code, refusal) for point, watch in theirs]
    return tried


async def _remind(
    ambassador_id: UUID, reason: EscalationReason, by: UUID, watches: Sequence[Watch], unit: MonitoringUnit
) -> bool:
    # What is asked at the weekend is read on the Monday: that is one working day.
    day = WorkingTime(unit.city, unit.calendar).first_day_from(unit.city.day_of(unit.now))
    if not await unit.reminders.claim(ambassador_id, reason, day):
        return False
    cases = {one.case_id: RemindedCase(case_id=one.case_id, case_code=one.case_code) for one in watches}
    asked = AmbassadorReminded(
        subject=ambassador_id, occurred_at=unit.now, cases=tuple(cases.values()), reason=reason, reminded_by=by
    )
    unit.outbox.append(asked)
    await unit.timeline.add([reminded(case_id, asked) for case_id in cases])
    return True


def _asking(watch: Watch, point: Point, _by: UUID, _context: DecisionContext) -> list[Event]:
    points.open_point(watch, point.escalation_id, point.version)
    return []


async def _try(point: Point, cause: Cause, act: Act, by: UUID, unit: MonitoringUnit) -> Tried:
    watch = await unit.watches.get(point.case_id)
    if watch is None or not watch.is_open:
        return Tried(point, watch.case_code if watch and watch.case_code else None, CaseNotFound())

    def decide(context: DecisionContext) -> list[Event]:
        known = points.open_point(watch, point.escalation_id)
        if (known.reason, watch.organisation_id) != (cause.reason, cause.school_id):
            raise NotOnThisList
        events = act(watch, point, by, context)
        owners.keep(watch, by, context)
        return events

    try:
        await carry_out(decide, watch, unit)
    except Refusal as refusal:
        _record(point, unit, Outcome.REFUSED)
        return Tried(point, watch.case_code, refusal)
    _record(point, unit, Outcome.DONE)
    return Tried(point, watch.case_code)


def _record(point: Point, unit: MonitoringUnit, outcome: Outcome) -> None:
    """Each case has its own line: what was asked of a list was asked of every case on it."""
    unit.audit.record(Action.WRITE, About.CASE, point.case_id, "open-point", outcome=outcome)
