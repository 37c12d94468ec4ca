"""A partner with which the family stopped says that it deleted what it wrote down; else the desk looks."""

from dataclasses import replace
from typing import Any

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.escalation import About
from services.monitoring.domain.points import cause_gone, escalate
from services.monitoring.domain.referral import Referral
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Phase, Watch
from shared.events.base import Event
from shared.events.monitoring import DeletionOverdue, EscalationReason
from shared.events.referral_deletion import DeletionRequested, PartnerConfirmedDeletion


def await_deletion(watch: Watch, event: DeletionRequested, _context: DecisionContext) -> list[Event]:
    """Only who helped knows the family; its clock is started where those that are missing are."""
    known = watch.referrals.get(event.referral_id)
    if known is not None and (event.was_helping or event.has_helped):
        watch.referrals[event.referral_id] = replace(known, deletes_since=event.occurred_at)
    return []


def see_deletion(watch: Watch, event: PartnerConfirmedDeletion, context: DecisionContext) -> list[Event]:
    """It is done; nobody looks at it any more."""
    if known := watch.referrals.get(event.referral_id):
        watch.referrals[event.referral_id] = replace(known, deletes_since=None)
    watch.stop(event.referral_id, ClockKind.DELETION_LATE)
    return cause_gone(
        watch,
        context,
        lambda one: one.reason is EscalationReason.DELETION_UNCONFIRMED and one.about.referral_id == event.referral_id,
    )


def say_that_it_is_late(
    watch: Watch, referral: Referral, fact: dict[str, Any], context: DecisionContext
) -> list[Event]:
    """A point for the desk; of a case that ended, and so is on no list, a mail of its own, once."""
    if watch.is_open:
        about = About(need_id=referral.need_id, referral_id=referral.referral_id)
        return escalate(watch, EscalationReason.DELETION_UNCONFIRMED, context, about)
    watch.referrals[referral.referral_id] = replace(referral, deletes_since=None)
    return [DeletionOverdue(**fact)]


def watch_deletion(watch: Watch, context: DecisionContext) -> None:
    """Each partner that is asked has its term, once, whatever else is waited for of it; also when the case ended.

    A point that went off the list with its case was settled by nobody: its term is over, and the desk is told anew.
    """
    if watch.phase is Phase.ON_HOLD:
        return
    raised = [one for one in watch.escalations if one.reason is EscalationReason.DELETION_UNCONFIRMED]
    told = {one.about.referral_id for one in raised if one.is_open or one.resolution is not None}
    for one in watch.referrals.values():
        about = one.referral_id
        if one.deletes_since and about not in told and not watch.has_clock(ClockKind.DELETION_LATE, about):
            due_at = context.working_time.due_after(one.deletes_since, context.terms.deletion)
            watch.start(ClockKind.DELETION_LATE, about, max(due_at, context.now))
