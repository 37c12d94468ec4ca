"""No child without a next step, and nobody waits in silence (P9): what holds after every decision.

Whatever still waits has a running clock; being on the coordinators' list is no rest, because each point has its own
clock. A clock that rings brings an event of `LEADS_TO_A_MAIL` within the limit: one working day for what is needed
today, else five. A case that is paused has one clock of its own, and asks nothing meanwhile. A case that stands still
for safety has none at all: the desk sees that it stands still, and is told once a week how many do.
"""

from services.monitoring.domain.child_without_help import tell_of_child_without_help
from services.monitoring.domain.clocks import Clock, ClockKind
from services.monitoring.domain.consent import tell_that_consent_is_outgrown
from services.monitoring.domain.deleting import watch_deletion
from services.monitoring.domain.escalation import About, Escalation
from services.monitoring.domain.family_questions import watch_asks
from services.monitoring.domain.follow_up import FollowUp, FollowUpState
from services.monitoring.domain.follow_up_plan import plan_interim
from services.monitoring.domain.follow_up_questions import start_silence_clocks
from services.monitoring.domain.inventory import await_home_visit, await_inventory
from services.monitoring.domain.need import NeedState, WatchedNeed
from services.monitoring.domain.owners import watch_owner
from services.monitoring.domain.pausing import let_rest
from services.monitoring.domain.points import escalate, start_point_clock
from services.monitoring.domain.postponing import watch_day
from services.monitoring.domain.referral import MAY_TAKE_WEEKS, Referral
from services.monitoring.domain.referral_clocks import start_clocks
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.search import watch_later
from services.monitoring.domain.unmet_need import watch_nobody
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.case_codes import FollowUpRhythm
from shared.events.desk_codes import Resolution
from shared.events.monitoring import (
    ChildOutOfSight,
    ConfirmationReminderDue,
    EscalationRaised,
    EscalationReason,
    EscalationRepeated,
    FollowUpDue,
    FollowUpReminderDue,
    HandoverReminderDue,
    InventoryReminderDue,
    PauseEnded,
    ResponseReminderDue,
    WaitlistDue,
)

# What monitoring publishes that notify makes a mail of, to somebody who can act; `PauseEnded` by way of intake, which
# publishes that the rest is over.
LEADS_TO_A_MAIL: tuple[type[Event], ...] = (
    ChildOutOfSight, ConfirmationReminderDue, EscalationRaised, EscalationRepeated, FollowUpDue, FollowUpReminderDue,
    HandoverReminderDue, InventoryReminderDue, PauseEnded, ResponseReminderDue, WaitlistDue,
)  # fmt: skip
# The points after which the wish of the family must be told.
ASKS_THE_WISH = frozenset({EscalationReason.HELP_FAILED, EscalationReason.FAMILY_WISH_UNKNOWN})
# Of a need for which nobody can be asked now, or of a partner that stopped: somebody asks meanwhile how the child is.
LOOKED_FOR_LATER = frozenset({ClockKind.NOBODY_AGAIN, ClockKind.SEARCH_GOES_ON, ClockKind.DELETION_LATE})
# While one of these is on the list, nobody waits for matching to find somebody.
NOBODY_IS_SOUGHT = frozenset({EscalationReason.OUT_OF_SIGHT, EscalationReason.CONSENT_OUTGROWN})
UNDELETED = EscalationReason.DELETION_UNCONFIRMED
# A need in one of these holds up those that wait for it.
HOLDS_UP = frozenset({NeedState.WAITING, NeedState.WITH_PARTNER, NeedState.AWAITING_WISH})


def settle(watch: Watch, context: DecisionContext) -> list[Event]:
    """Start the clocks that are missing, stop those that have no reason any more, and leave nobody without one.

    Holds afterwards: an open case has a clock, and so has each of its open points. A case that ended has none but those
    of partners that still delete what they wrote down.
    """
    if not watch.is_open:
        watch.clocks.clear()
        watch_deletion(watch, context)
        return []
    told = [*_tell_what_is_not_wanted(watch, context), *tell_of_child_without_help(watch, context)]
    told += tell_that_consent_is_outgrown(watch, context)
    start_what_is_missing(watch, context)
    told += plan_interim(watch, context) if _nobody_looks(watch) else []
    if watch.is_paused:
        let_rest(watch, context)
    elif not watch.clocks and watch.rhythm is FollowUpRhythm.STOPPED:
        told += _look_again(watch, context)
    return told


def look_again(watch: Watch, context: DecisionContext) -> list[Event]:
    """Nobody is to ask the family any more: a person decides now and then whether the case is done."""
    return escalate(watch, EscalationReason.PLAN_FINISHED, context)


def waiting_needs(watch: Watch) -> list[WatchedNeed]:
    """Needs that matching should have found somebody for; those that wait for another need come later.

    A need for which nobody was found holds up no other.
    """
    first = {one.need_id for one in watch.needs.values() if one.stands in HOLDS_UP}
    return [one for one in watch.needs.values() if one.stands is NeedState.WAITING and first.isdisjoint(one.depends_on)]


def start_what_is_missing(watch: Watch, context: DecisionContext) -> None:
    """Every clock that the state of the case asks for, and that does not run."""
    _watch_inventory(watch, context)
    watch_asks(watch, context)
    _watch_needs(watch, context)
    for need in watch.needs.values():
        watch_nobody(watch, need, context)
        watch_later(watch, need, context)
        _watch_wish(watch, need, context)
    for referral in watch.referrals.values():
        _watch_referral(watch, referral, context)
    watch_deletion(watch, context)
    for follow_up in watch.follow_ups.values():
        _watch_follow_up(watch, follow_up, context)
    if watch.out_of_sight_since and not watch.has_clock(ClockKind.OUT_OF_SIGHT_AGAIN, watch.case_id):
        watch.start(ClockKind.OUT_OF_SIGHT_AGAIN, watch.case_id, context.due(context.terms.out_of_sight_again))
    for point in watch.open_escalations:
        _watch_point(watch, point, context)


def _watch_point(watch: Watch, point: Escalation, context: DecisionContext) -> None:
    about = point.escalation_id
    if point.is_waiting:
        if not watch.has_clock(ClockKind.POINT_WAKES, about):
            watch_day(watch, point, context)
        return
    if not watch.has_clock(ClockKind.POINT_AGAIN, about):
        start_point_clock(watch, point, context)
    if point.owner_id is not None and not watch.has_clock(ClockKind.OWNER_IDLE, about):
        watch_owner(watch, point, context)


def _watch_inventory(watch: Watch, context: DecisionContext) -> None:
    if not watch.awaiting_inventory or watch.has_clock(ClockKind.INVENTORY_LATE, watch.case_id):
        return
    if any(one.reason is EscalationReason.INVENTORY_LATE for one in watch.open_escalations):
        return
    if watch.home_visit_on is None:
        await_inventory(watch, context.now, context)
    else:
        await_home_visit(watch, watch.home_visit_on, context)


def _watch_wish(watch: Watch, need: WatchedNeed, context: DecisionContext) -> None:
    """After help stopped: what the family wants must be told."""
    about = [one for one in watch.escalations if one.about.need_id == need.need_id and one.reason in ASKS_THE_WISH]
    listed = any(one.is_open and one.reason is EscalationReason.FAMILY_WISH_UNKNOWN for one in about)
    settled = bool(about) and about[-1].resolution is Resolution.NO_LONGER_NEEDED
    if need.stands is not NeedState.AWAITING_WISH or listed or settled:
        watch.stop(need.need_id, ClockKind.FAMILY_WISH_LATE)
    elif not watch.has_clock(ClockKind.FAMILY_WISH_LATE, need.need_id):
        watch.start(
            ClockKind.FAMILY_WISH_LATE,
            need.need_id,
            context.due(context.at_most(context.terms.family_wish, need.urgency)),
        )


def _watch_needs(watch: Watch, context: DecisionContext) -> None:
    listed = any(one.reason in NOBODY_IS_SOUGHT for one in watch.open_escalations)
    if listed or not waiting_needs(watch):
        watch.stop(watch.case_id, ClockKind.MATCHING_LATE)
    elif not watch.has_clock(ClockKind.MATCHING_LATE, watch.case_id):
        watch.start(ClockKind.MATCHING_LATE, watch.case_id, context.due(context.terms.matching))


def _watch_referral(watch: Watch, referral: Referral, context: DecisionContext) -> None:
    about = referral.referral_id
    if (
        not referral.is_live
        or any(clock.about == about and clock.kind is not ClockKind.DELETION_LATE for clock in watch.clocks.values())
        or any(one.about.referral_id == about and one.reason is not UNDELETED for one in watch.open_escalations)
    ):
        return
    start_clocks(watch, referral, context.now, context)


def _tell_what_is_not_wanted(watch: Watch, context: DecisionContext) -> list[Event]:
    """Help that the family does not want any more is not stopped by a machine: a person is told, once."""
    told = {one.about.referral_id for one in watch.escalations if one.reason is EscalationReason.PARTNER_NOT_WANTED}
    about = [
        About(need_id=one.need_id, referral_id=one.referral_id)
        for one in watch.referrals.values()
        if watch.is_unwanted(one, context.mark) and one.referral_id not in told
    ]
    return [event for each in about for event in escalate(watch, EscalationReason.PARTNER_NOT_WANTED, context, each)]


def _watch_follow_up(watch: Watch, follow_up: FollowUp, context: DecisionContext) -> None:
    if any(clock.about == follow_up.follow_up_id for clock in watch.clocks.values()):
        return
    if follow_up.state is FollowUpState.SCHEDULED:
        due = Clock(ClockKind.FOLLOW_UP_DUE, follow_up.follow_up_id, max(follow_up.due_at, context.now))
        watch.clocks[due.key] = due
    elif follow_up.state is FollowUpState.ASKED:
        start_silence_clocks(watch, follow_up, context)


def _nobody_looks(watch: Watch) -> bool:
    if watch.open_escalations:
        return False
    # Handed over and begun, a place promised, or looked for outside the map: somebody asks meanwhile.
    runs = any(clock.kind not in LOOKED_FOR_LATER for clock in watch.clocks.values())
    return not runs or any(one.state in MAY_TAKE_WEEKS for one in watch.referrals.values())


def _look_again(watch: Watch, context: DecisionContext) -> list[Event]:
    """The family asked for no more questions: a person decides, and looks again after a long time."""
    decided = any(one.reason is EscalationReason.PLAN_FINISHED for one in watch.escalations)
    if not decided:
        return look_again(watch, context)
    weeks = context.follow_up.after_plan_weeks
    watch.start(ClockKind.LOOK_AGAIN, watch.case_id, context.working_time.follow_up_due(context.now, weeks))
    return []
