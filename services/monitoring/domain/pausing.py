"""A family that rests: whatever asks somebody rests too, and one clock says when it is over."""

from datetime import datetime

from services.monitoring.domain.clocks import Clock, ClockKind
from services.monitoring.domain.follow_up_plan import move_behind
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.intake import CasePaused, CaseResumed
from shared.events.monitoring import PauseEnded


def pause(watch: Watch, event: CasePaused, context: DecisionContext) -> list[Event]:
    """The family rests until this day; what would be asked of it waits behind it."""
    if not watch.is_open:
        return []
    watch.paused_at = watch.paused_at or event.occurred_at
    watch.paused_until = event.until
    wakes_at = _wakes_at(watch, context)
    watch.start(ClockKind.PAUSE_OVER, watch.case_id, wakes_at)
    return move_behind(watch, wakes_at, context)


def resume(watch: Watch, _event: CaseResumed, _context: DecisionContext) -> list[Event]:
    """The rest is over: what waited gets its whole term again (`invariant.py`)."""
    _wake(watch)
    return []


def pause_is_over(watch: Watch, clock: Clock, context: DecisionContext) -> list[Event]:
    """The day came. Intake, which says so to everybody, may be away: the clocks here do not wait for it."""
    _wake(watch)
    return [PauseEnded(subject=watch.case_id, occurred_at=context.now, due_at=clock.due_at)]


def let_rest(watch: Watch, context: DecisionContext) -> None:
    """While the family rests only that clock runs, and those of points that came up since.

    Nor do those of partners, who see a request that is paused and cannot answer.
    """
    since = watch.paused_at or context.now
    news = {one.escalation_id for one in watch.open_escalations if one.raised_at > since}
    watch.clocks = {
        key: clock for key, clock in watch.clocks.items() if clock.kind is ClockKind.PAUSE_OVER or clock.about in news
    }
    if not watch.has_clock(ClockKind.PAUSE_OVER, watch.case_id):
        watch.start(ClockKind.PAUSE_OVER, watch.case_id, max(_wakes_at(watch, context), context.now))


def _wakes_at(watch: Watch, context: DecisionContext) -> datetime:
    until = watch.paused_until or context.working_time.city.day_of(context.now)
    return context.working_time.city.instant_of(context.working_time.first_day_from(until), context.follow_up.asked_at)


def _wake(watch: Watch) -> None:
    watch.paused_at = watch.paused_until = None
    watch.stop(watch.case_id, ClockKind.PAUSE_OVER)
