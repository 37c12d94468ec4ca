"""What the sender loop, and the door for mail that comes in, ask of notify."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.notify.domain.message import LEASE
from services.notify.domain.outcome import AttemptOutcome
from services.notify.domain.received import Received


@dataclass(frozen=True, slots=True)
class ClaimMessages:
    """Take up to `limit` due messages in hand; never those that this sender has `in_hand` already.

    An attempt that is not recorded within `lease` counts as broken off.
    """

    limit: int
    in_hand: Collection[UUID] = ()
    lease: timedelta = LEASE


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """How attempt number `attempt` of a message ended. `jitter` (0 to 1) spreads retries; `traceparent` is that of the
    attempt.
    """

    message_id: UUID
    attempt: int
    outcome: AttemptOutcome
    jitter: float
    traceparent: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiveMail:
    """A mail came in. `sender_id`: who wrote it, if we know the address. `own_host`: that of our own Message-IDs."""

    mail: Received
    own_host: str
    sender_id: UUID | None = None
