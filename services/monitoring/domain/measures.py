"""How fast help comes: the instants of a case between which it is measured, and how its families were handed over."""

from dataclasses import dataclass
from datetime import datetime

from services.monitoring.domain.watch import Watch
from shared.events.referral_codes import HandoverKind


@dataclass(frozen=True, slots=True)
class Pace:
    """From the request on: the first answer of a partner, the first contact, and the first help."""

    asked_at: datetime | None
    first_answer_at: datetime | None
    first_contact_at: datetime | None
    first_help_at: datetime | None


def pace_of(watch: Watch) -> Pace:
    """The instants of this case, as far as it came."""
    return Pace(watch.opened_at, watch.first_answer_at, watch.first_contact_at, watch.first_help_at)


def handovers_of(watch: Watch, kind: HandoverKind) -> int:
    """How many handovers of this case were of this kind."""
    return sum(one.handover is kind for one in watch.referrals.values())
