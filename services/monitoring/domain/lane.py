"""What must be done about a case, and by whom: every open case is in exactly one lane of the board.

Nothing ages off. Whatever the desk leaves alone comes back louder, and stays in the first lane until a person acts.
"""

from enum import StrEnum
from uuid import UUID

from services.monitoring.domain.escalation import AT_ONCE, Escalation
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.need import NeedState, WatchedNeed
from services.monitoring.domain.points import call_of, urgency_of
from services.monitoring.domain.referral import ASKED, AT_WORK, ReferralState
from services.monitoring.domain.watch import Watch
from shared.events.base import Urgency


class Lane(StrEnum):
    """From what cannot wait to what goes by itself."""

    NOW = "now"  # out of sight, needed today, or over what the desk promised
    OURS = "ours"  # the desk must do something
    OTHERS = "others"  # somebody else must, until a day
    RUNNING = "running"  # help runs, or a next look is planned


# Somebody must still do something before the help runs.
WAITED_FOR = ASKED | {ReferralState.ACCEPTED, ReferralState.DELIVERED}
# A partner has the word.
CALLED = (ReferralState.ASKED, ReferralState.WAITLISTED, ReferralState.ACCEPTED)


def lane_of(watch: Watch) -> Lane | None:
    """The lane of an open case; None when it ended."""
    if not watch.is_open:
        return None
    awake = awake_points(watch)
    lost = watch.out_of_sight_since is not None or watch.next_clock is None
    if lost or any(_is_pressing(watch, one) for one in awake) or _is_for_today(watch):
        return Lane.NOW
    if awake:
        return Lane.OURS
    return Lane.OTHERS if _waits_for_others(watch) else Lane.RUNNING


def awake_points(watch: Watch) -> list[Escalation]:
    """Open points about which the desk can do something now: none that waits for a day, or for a family that rests."""
    rests_since = watch.paused_at if watch.is_paused else None
    return [
        one
        for one in watch.open_escalations
        if one.waits_until is None and (rests_since is None or one.raised_at > rests_since)
    ]


def whom_to_call(watch: Watch) -> UUID | None:
    """First about the point that is open, then the partner that must answer or begin, else the ambassador."""
    point = next(iter([*awake_points(watch), *watch.open_escalations]), None)
    if point is not None:
        return call_of(watch, point)
    if watch.awaiting_inventory:
        return watch.ambassador_id
    waited_for = (one.contact_id for state in CALLED for one in watch.referrals.values() if one.state is state)
    return next(waited_for, watch.ambassador_id)


def _is_pressing(watch: Watch, point: Escalation) -> bool:
    """It cannot wait, or nobody did anything within the term of the desk itself."""
    return urgency_of(watch, point) is Urgency.TODAY or point.reason in AT_ONCE or point.lost or point.level > 1


def _is_for_today(watch: Watch) -> bool:
    """Something is needed today, and nobody said yes to it."""
    if watch.is_paused:
        return False
    asked_today = watch.first_urgency is Urgency.TODAY and (watch.awaiting_inventory or not watch.needs)
    return asked_today or any(
        one.urgency is Urgency.TODAY and _is_sought(watch, one) for one in watch.needs.values() if one.is_looked_for
    )


def _is_sought(watch: Watch, need: WatchedNeed) -> bool:
    """Nobody said yes to it, and the desk did not name a day until which it waits."""
    has_yes = any(one.need_id == need.need_id and one.state in AT_WORK for one in watch.referrals.values())
    return not has_yes and need.stands is not NeedState.LATER


def _waits_for_others(watch: Watch) -> bool:
    """A family that rests, a partner, the ambassador, or a day that the desk named."""
    stands = {one.stands for one in watch.needs.values()}
    return bool(
        watch.is_paused
        or watch.open_escalations
        or watch.awaiting_inventory
        or stands & {NeedState.NOBODY, NeedState.LATER, NeedState.AWAITING_WISH}
        or any(one.state in WAITED_FOR for one in watch.referrals.values())
        or any(one.state is FollowUpState.ASKED for one in watch.follow_ups.values())
    )
