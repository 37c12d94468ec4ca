"""The states of a referral, and the groups of them that rules and pages speak of."""

from enum import StrEnum


class ReferralState(StrEnum):
    """How a referral stands. `on_hold`: the partner asked something first; `waitlisted`: it helps from a later day."""

    ACTIVATED = "activated"
    ON_HOLD = "on_hold"
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    HANDED_OVER = "handed_over"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


_S = ReferralState
ASKED = frozenset({_S.ACTIVATED, _S.ON_HOLD, _S.WAITLISTED})
"""The partner can still say yes, no, or anything between."""
UNANSWERED = frozenset({_S.ACTIVATED, _S.ON_HOLD})
"""The partner said neither yes nor no, not even for later."""
HELPING = frozenset({_S.ACCEPTED, _S.HANDED_OVER, _S.IN_PROGRESS, _S.DELIVERED})
SAID_YES = HELPING | {_S.WAITLISTED}
"""The partner counts on helping, now or later: it is told when that is over."""
ACTIVE = ASKED | HELPING
"""A need has at most one referral in these states; the database holds the same list in an index."""
BEFORE_HELP = ASKED | {_S.ACCEPTED, _S.HANDED_OVER}
AFTER_MEETING = frozenset({_S.HANDED_OVER, _S.IN_PROGRESS, _S.DELIVERED})
"""Family and partner met, or began without meeting together: only from here the help goes on."""
