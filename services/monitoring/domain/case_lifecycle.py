"""What intake publishes about a case, from request to closing, and what it means for its watch."""

from dataclasses import replace
from datetime import datetime

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.escalation import About, Escalation
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.follow_up_plan import cancel, rest, take_up
from services.monitoring.domain.inventory import await_home_visit, await_inventory, inventory_done, stop_awaiting
from services.monitoring.domain.need import NeedState, WatchedNeed, most_urgent
from services.monitoring.domain.points import cause_gone, escalate
from services.monitoring.domain.referral_clocks import hurry
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Phase, Watch
from shared.events.base import Event, Need
from shared.events.case_codes import NeedResult
from shared.events.family_safety import AddressHidden, AddressShown
from shared.events.family_voice import OrganisationsExcluded
from shared.events.intake import (
    CaseClosed,
    CaseCorrected,
    CaseFact,
    CaseReopened,
    CaseWithdrawn,
    ClosedNeed,
    HomeVisitCompleted,
    HomeVisitPlanned,
    NeedsAssessed,
    NewQuestionRaised,
    RequestAcknowledged,
    RequestReceived,
    RequestReturned,
    UrgentNeedRaised,
)
from shared.events.monitoring import EscalationReason

# Of these nobody is sought any more when the case opens again.
SETTLED = frozenset({NeedResult.MET, NeedResult.NO_LONGER_WANTED, NeedResult.ELSEWHERE})


def receive(watch: Watch, event: RequestReceived, context: DecisionContext) -> list[Event]:
    """A request came in: the desk hears of it the same day, and its inventory is expected within its term."""
    _know(watch, event)
    watch.opened_at = event.occurred_at
    watch.first_urgency = most_urgent(need.urgency for need in event.needs)
    watch.first_category = next((one.category for one in event.needs if one.urgency is watch.first_urgency), None)
    await_inventory(watch, event.occurred_at, context)
    # Matching may have asked a partner before this is heard: then it is acted on already.
    return [] if watch.referrals else escalate(watch, EscalationReason.NEW_REQUEST, context)


def acknowledge(watch: Watch, event: RequestAcknowledged, context: DecisionContext) -> list[Event]:
    """The desk has seen the request."""
    return cause_gone(watch, context, lambda one: one.reason is EscalationReason.NEW_REQUEST, by=event.acknowledged_by)


def give_back(watch: Watch, event: RequestReturned, context: DecisionContext) -> list[Event]:
    """The desk gave the request back to the ambassador: from now on an inventory is awaited, with its whole term."""
    if not watch.is_open:
        return []
    await_inventory(watch, event.occurred_at, context)
    over = {EscalationReason.NEW_REQUEST, EscalationReason.INVENTORY_LATE, EscalationReason.HOME_VISIT_LATE}
    return cause_gone(watch, context, lambda one: one.reason in over, by=event.returned_by)


def raise_urgent_need(watch: Watch, event: UrgentNeedRaised, context: DecisionContext) -> list[Event]:
    """These needs get somebody while the inventory is still awaited."""
    _know(watch, event)
    for need in event.needs:
        _take_in(watch, need, context)
    return []


def leave_out(watch: Watch, event: OrganisationsExcluded, context: DecisionContext) -> list[Event]:
    """Whom the family would rather not have, as it says now."""
    watch.not_wanted = frozenset(event.left_out)
    return cause_gone(watch, context, lambda one: _wanted_again(watch, one, context))


def assess(watch: Watch, event: NeedsAssessed, context: DecisionContext) -> list[Event]:
    """The inventory is complete: from now on every need must get somebody, or a verdict."""
    _know(watch, event)
    inventory_done(watch)
    watch.not_wanted = frozenset(event.left_out)
    named = {need.need_id for need in event.needs}
    # What is with a partner stays so until matching publishes otherwise.
    dropped = [replace(one, dropped=True) for one in watch.needs.values() if one.need_id not in named]
    watch.needs |= {one.need_id: one for one in dropped}
    gone = {one.need_id for one in dropped if not one.is_looked_for}
    for need in event.needs:
        _take_in(watch, need, context)

    over = {EscalationReason.INVENTORY_LATE, EscalationReason.HOME_VISIT_LATE, EscalationReason.NEW_REQUEST}

    def solved(one: Escalation) -> bool:
        return one.about.need_id in gone or _wanted_again(watch, one, context) or one.reason in over

    return [*cause_gone(watch, context, solved), *_tell_of_nobody(watch, context)]


def correct(watch: Watch, event: CaseCorrected, _context: DecisionContext) -> list[Event]:
    """Something was written down wrongly: on the board and in figures it is as it is told now."""
    _know(watch, event)
    return []


def raise_new_question(watch: Watch, event: NewQuestionRaised, context: DecisionContext) -> list[Event]:
    """Intake published that the family has a new question."""
    return expect_new_inventory(watch, event.occurred_at, context)


def expect_new_inventory(watch: Watch, since: datetime, context: DecisionContext) -> list[Event]:
    """A new question: the case is open, and an inventory is expected, within one term from whoever tells it first.

    That is the ambassador who answers a follow-up: the clock starts with the answer, because intake, which then raises
    the question, may be away for days. Intake's event finds the clock running and leaves it. It starts the clock
    itself for a question that was asked at intake, and where the case closed, or had an inventory, in between.
    """
    if watch.phase is Phase.CLOSED:
        # What was waited for when it was closed: the new inventory says whether it is still needed.
        watch.needs = {one.need_id: one for one in watch.needs.values() if one.stands is not NeedState.WAITING}
    if watch.phase is Phase.ON_HOLD:
        # Its clock begins when the case goes on.
        watch.awaiting_inventory = True
        return []
    watch.phase = Phase.OPEN
    if not watch.awaiting_inventory:
        await_inventory(watch, since, context)
    return take_up(watch, context)


def plan_home_visit(watch: Watch, event: HomeVisitPlanned, context: DecisionContext) -> list[Event]:
    """The inventory may wait for the visit; whether it took place must be told."""
    if not watch.is_open or not watch.awaiting_inventory:
        return []
    await_home_visit(watch, event.planned_for, context)
    over = {EscalationReason.INVENTORY_LATE, EscalationReason.HOME_VISIT_LATE}
    return cause_gone(watch, context, lambda one: one.reason in over)


def complete_home_visit(watch: Watch, event: HomeVisitCompleted, context: DecisionContext) -> list[Event]:
    """It took place or not: the inventory is awaited from now on."""
    watch.home_visit_on = None
    watch.stop(watch.case_id, ClockKind.HOME_VISIT_LATE)
    if watch.is_open and watch.awaiting_inventory:
        await_inventory(watch, event.occurred_at, context)
    return cause_gone(watch, context, lambda one: one.reason is EscalationReason.HOME_VISIT_LATE)


def reopen(watch: Watch, event: CaseReopened, context: DecisionContext) -> list[Event]:
    """The case goes on; what was being waited for gets its clock again (`invariant.py`)."""
    was_closed = watch.phase is Phase.CLOSED
    if watch.phase is not Phase.ON_HOLD:
        watch.phase = Phase.OPEN
    if not was_closed:
        return []
    if watch.first_urgency is not None:
        # Closed before its inventory, which is expected as if the request came now.
        await_inventory(watch, event.occurred_at, context)
    return [*take_up(watch, context), *_tell_of_nobody(watch, context)]


def hide_address(watch: Watch, _event: AddressHidden, _context: DecisionContext) -> list[Event]:
    """Where the family lives is forgotten: on the board and in figures the case is of no district."""
    watch.district = None
    return []


def show_address(watch: Watch, event: AddressShown, _context: DecisionContext) -> list[Event]:
    """The address is not secret any more."""
    watch.district = event.district
    return []


def end(watch: Watch, event: CaseClosed | CaseWithdrawn, context: DecisionContext) -> list[Event]:
    """Nothing is expected any more: every clock stops, and the case leaves the coordinator's list.

    A case that is closed can open again: its plan of follow-ups rests.
    """
    by = event.closed_by if isinstance(event, CaseClosed) else None
    events = cause_gone(watch, context, lambda _: True, by=by)
    stop_awaiting(watch)
    watch.paused_at = watch.paused_until = None
    if isinstance(event, CaseClosed):
        watch.phase = Phase.CLOSED
        watch.plan_broken_off = True
        rest(watch)
        for closed in event.needs:
            _settle(watch, closed)
    else:
        watch.phase = Phase.WITHDRAWN
        cancel(watch, FollowUpState.SCHEDULED, FollowUpState.ASKED, FollowUpState.RESTING)
    watch.clocks.clear()
    return events


def _settle(watch: Watch, closed: ClosedNeed) -> None:
    if closed.need_id in watch.needs and closed.result in SETTLED:
        watch.mark_need(closed.need_id, NeedState.DONE)


def _know(watch: Watch, event: CaseFact) -> None:
    watch.case_code = event.case_code
    watch.ambassador_id = event.ambassador_id
    watch.organisation_id = event.organisation_id
    watch.district = event.district


def _wanted_again(watch: Watch, one: Escalation, context: DecisionContext) -> bool:
    referral = watch.referrals.get(one.about.referral_id) if one.about.referral_id else None
    wanted = referral is not None and not watch.is_unwanted(referral, context.mark)
    return one.reason is EscalationReason.PARTNER_NOT_WANTED and wanted


def _tell_of_nobody(watch: Watch, context: DecisionContext) -> list[Event]:
    """Needs without anybody are on the list again: closing took them off, and a closed case gets on no list.

    Matching may have looked already, or looks now: who is found takes them off.
    """
    listed = {one.about.need_id for one in watch.open_escalations}
    alone = [one for one in watch.needs.values() if one.stands is NeedState.NOBODY and one.need_id not in listed]
    about = [About(need_id=one.need_id) for one in alone]
    return [event for each in about for event in escalate(watch, EscalationReason.NO_PARTNER_FOUND, context, each)]


def _take_in(watch: Watch, need: Need, context: DecisionContext) -> None:
    # Matching may have published first (another topic): what it knows of this need stands.
    known = watch.needs.get(need.need_id, WatchedNeed(need.need_id, need.urgency))
    watch.needs[need.need_id] = replace(
        known,
        urgency=need.urgency,
        depends_on=need.depends_on,
        dropped=False,
        category=need.category,
        beneficiary=need.beneficiary,
        horizon=need.horizon,
    )
    hurry(watch, need, context)
