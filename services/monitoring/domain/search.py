"""What the desk decides about a need that is with no partner: to wait with it until a day, or that there is no help."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.follow_up_plan import plan_interim
from services.monitoring.domain.need import NeedState, WatchedNeed
from services.monitoring.domain.points import cause_gone
from services.monitoring.domain.referral_lifecycle import SOLVED_BY_A_YES
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.matching import HelpRuledOut, SearchFact, SearchPostponed


def postpone_search(watch: Watch, event: SearchPostponed, context: DecisionContext) -> list[Event]:
    """Until its day a clock runs in place of the points about it; then matching looks again, or a person is told."""
    need = _decide(watch, event, NeedState.LATER)
    watch.needs[need.need_id] = replace(need, later_on=event.until)
    watch.stop(need.need_id)
    watch_later(watch, watch.needs[need.need_id], context)
    return [*_acted_on(watch, event, event.postponed_by, context), *plan_interim(watch, context)]


def give_up_search(watch: Watch, event: HelpRuledOut, context: DecisionContext) -> list[Event]:
    """Nobody is sought for it any more: the points about it are over, and the child stays in sight."""
    watch.learn_district(event.district)
    need = _decide(watch, event, NeedState.UNAVAILABLE)
    watch.stop(need.need_id)
    return [*_acted_on(watch, event, event.said_by, context), *plan_interim(watch, context)]


def watch_later(watch: Watch, need: WatchedNeed, context: DecisionContext) -> None:
    """The morning of the day on which the search goes on; a need that waits no longer has no such clock."""
    if need.stands is not NeedState.LATER or need.later_on is None:
        watch.stop(need.need_id, ClockKind.SEARCH_GOES_ON)
    elif not watch.has_clock(ClockKind.SEARCH_GOES_ON, need.need_id):
        watch.start(ClockKind.SEARCH_GOES_ON, need.need_id, max(_morning_of(need, context), context.now))


def go_on_searching(watch: Watch, need_id: UUID) -> list[Event]:
    """The day came: matching must find somebody, or say that there is nobody, within its term (`invariant.py`)."""
    need = watch.needs.get(need_id)
    if need is not None and need.stands is NeedState.LATER:
        watch.needs[need_id] = replace(need, state=NeedState.WAITING, later_on=None)
    return []


def _decide(watch: Watch, event: SearchFact, state: NeedState) -> WatchedNeed:
    watch.meet_ambassador(event.ambassador_id)
    watch.mark_need(event.need_id, state)
    need = watch.needs[event.need_id]
    watch.needs[event.need_id] = need = replace(need, category=need.category or event.category, later_on=None)
    return need


def _acted_on(watch: Watch, event: SearchFact, by: UUID, context: DecisionContext) -> list[Event]:
    return cause_gone(
        watch,
        context,
        lambda one: one.about.need_id == event.need_id and one.reason in SOLVED_BY_A_YES,
        by=by,
    )


def _morning_of(need: WatchedNeed, context: DecisionContext) -> datetime:
    working_time = context.working_time
    day = working_time.first_day_from(need.later_on or working_time.city.day_of(context.now))
    return working_time.city.instant_of(day, context.follow_up.asked_at)
