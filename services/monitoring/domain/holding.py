"""A case that stands still for safety: no clock runs, nobody is asked, and what happens meanwhile is remembered."""

from dataclasses import replace

from services.monitoring.domain.follow_up import FollowUpKind
from services.monitoring.domain.follow_up_plan import rest, take_up
from services.monitoring.domain.invariant import start_what_is_missing
from services.monitoring.domain.mail_delivery import tell_of_undelivered
from services.monitoring.domain.referral import ReferralState
from services.monitoring.domain.referral_clocks import start_clocks
from services.monitoring.domain.rules import ONE_DAY, DecisionContext
from services.monitoring.domain.watch import Phase, Watch
from shared.events.base import Event
from shared.events.family_safety import SafetyHoldLifted, SafetyHoldSet
from shared.events.referral_terms import AnswerTermRenewed

CAN_BE_HELD = frozenset({Phase.OPEN, Phase.ON_HOLD})


def hold(watch: Watch, event: SafetyHoldSet, _context: DecisionContext) -> list[Event]:
    """From now on no clock runs (`invariant.py`); what is on the list of the desk stays there, unseen."""
    if watch.phase not in CAN_BE_HELD:
        return []
    watch.phase = Phase.ON_HOLD
    watch.held_since = event.occurred_at
    watch.paused_at = watch.paused_until = None
    rest(watch, tuple(FollowUpKind))
    return []


def lift(watch: Watch, _event: SafetyHoldLifted, context: DecisionContext) -> list[Event]:
    """The case goes on: every term counts anew, and what was due comes due on the next working morning."""
    if watch.phase is not Phase.ON_HOLD:
        return []
    watch.phase = Phase.OPEN
    watch.held_since = None
    events = [*take_up(watch, context), *tell_of_undelivered(watch, context)]
    start_what_is_missing(watch, context)
    mornings = (context.working_time.follow_up_due(day, 0) for day in (context.now, context.now + ONE_DAY))
    morning = next(each for each in mornings if each > context.now)
    for key, clock in watch.clocks.items():
        watch.clocks[key] = replace(clock, due_at=max(clock.due_at, morning))
    return events


def renew_term(watch: Watch, event: AnswerTermRenewed, context: DecisionContext) -> list[Event]:
    """A partner that had not answered has its whole term again: its clocks count from now."""
    known = watch.referrals.get(event.referral_id)
    if known is not None and known.state is ReferralState.ASKED:
        watch.referrals[event.referral_id] = renewed = replace(known, answer_by=event.answer_by)
        watch.stop(event.referral_id)
        if watch.is_open:
            start_clocks(watch, renewed, context.now, context)
    return []
