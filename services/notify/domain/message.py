"""One message to one person: queued → sending → accepted | refused | unknown | withdrawn; never "lost".

A message that is held leaves later, by itself or as a part of a digest, which is a message too: what becomes of the
digest becomes of its parts.

A second copy goes out only after an attempt that ended unknown, once, under the same Message-ID.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Bundle
from services.notify.domain.outcome import Accepted, AttemptOutcome, Deferred, Overtaken, Reason, Refused, Unknown
from services.notify.domain.waiting import waiting_time
from shared.events.base import Cause, Event
from shared.events.notify import AddressFlagged, MessageAccepted, MessageRefused, MessageUnknown, RefusalKind

GIVE_UP_AFTER: Final = timedelta(days=2)
# Longer than any attempt can take (`adapters.smtp.TimeLimits`); what a dead sender left goes out within a minute.
LEASE: Final = timedelta(seconds=45)
SECOND_COPY_AFTER: Final = timedelta(seconds=5)
COPIES_IN_DOUBT: Final = 2
# A case that is closed, rests or stands still may go on: what was to be said is held back, and not gone.
HELD_BACK: Final = frozenset({Reason.CASE_CLOSED, Reason.CASE_RESTS, Reason.CASE_ON_HOLD})


class MessageState(StrEnum):
    """Where a message stands."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


@dataclass(slots=True)
class Message:
    """One message; `next_attempt_at` is empty when it is at rest or in an attempt. `cause`: what it was queued by.

    While it is held, it leaves at `held_until` with all else of `held_with`, or it is already `part_of` a digest. A
    digest in an attempt has its `parts`, and `codes_only` says that its reader wants no links.
    """

    id: UUID
    draft: MessageDraft
    queued_at: datetime
    give_up_at: datetime
    next_attempt_at: datetime | None
    state: MessageState = MessageState.QUEUED
    attempt: int = 0
    waits: int = 0
    doubts: int = 0
    reason: Reason | None = None
    reply_code: int | None = None
    lease_until: datetime | None = None
    recalled: Reason | None = None
    settled_at: datetime | None = None
    cause: Cause | None = None
    held_with: str | None = None
    held_until: datetime | None = None
    part_of: UUID | None = None
    codes_only: bool = False
    parts: tuple["Message", ...] = ()

    @classmethod
    def queue(cls, draft: MessageDraft, message_id: UUID, at: datetime, cause: Cause | None = None) -> "Message":
        """A new message, to be sent at once."""
        give_up_at = draft.useless_after or at + GIVE_UP_AFTER
        return cls(message_id, draft, queued_at=at, give_up_at=give_up_at, next_attempt_at=at, cause=cause)

    def claim(self, at: datetime, lease: timedelta = LEASE) -> list[Event]:
        """Start an attempt, or find that this is no use any more; look at `state` to see which.

        However long the sender was away, a message gets one attempt, unless what it says is of no use any more.
        """
        if self.state is MessageState.SENDING:
            return self._doubt(Reason.SENDER_STOPPED, at)
        useless = self.draft.useless_after is not None and at >= self.draft.useless_after
        if useless or (self.attempt > 0 and at >= self.give_up_at):
            return self._refuse(RefusalKind.GAVE_UP, Reason.GAVE_UP, at)
        self.state = MessageState.SENDING
        self.attempt += 1
        self.next_attempt_at = None
        self.lease_until = at + lease
        return []

    def record(self, outcome: AttemptOutcome, at: datetime, jitter: float) -> list[Event]:
        """The attempt in hand ended; `jitter` (0 to 1) spreads the retries."""
        self.lease_until = None
        self.reply_code = getattr(outcome, "reply_code", None)
        stands_again = self.recalled is Reason.STANDS_AGAIN
        self.recalled = None if stands_again else self.recalled
        match outcome:
            case Accepted():
                return self._accept(at)
            case Refused(kind=kind):
                events = self._refuse(kind, Reason(kind.value), at)
                if outcome.address_at_fault:
                    events.append(AddressFlagged(subject=self.draft.recipient_id, occurred_at=at, kind=kind))
                return events
            case Unknown(reason=reason):
                return self._doubt(reason, at)
            case Deferred(reason=reason):
                return self._defer(reason, at, jitter)
            case Overtaken() if stands_again:
                return self._defer(Reason.STANDS_AGAIN, at, jitter)
            case Overtaken():
                self._settle(MessageState.WITHDRAWN, Reason.OVERTAKEN, at)
                return []

    def recall(self, reason: Reason, at: datetime) -> None:
        """Take it back: it is not sent (any more). An attempt in hand is finished first, and then not repeated.

        A part of a digest that failed, or is in doubt, is in no other copy of it; and what left, or failed, is not
        sent again by a person. What is only held back while its case is closed can still be taken back for a reason
        that lasts.
        """
        if not self.draft.is_stale(reason):
            return
        if self.next_attempt_at is not None or self._is_held_back or self.state is MessageState.HELD:
            self._settle(MessageState.WITHDRAWN, reason, at)
        elif self.state is not MessageState.WITHDRAWN and self._is_taken_back_by(reason):
            self.recalled = reason

    def resume(self, at: datetime, *, leaves_at: datetime | None = None) -> None:
        """Its case goes on: what was held back goes out, now or at this moment, unless what it says has grown old."""
        if self.recalled in HELD_BACK:
            self.recalled = None
        if self._is_held_back and self._is_still_true(at):
            self.retry(leaves_at or at)
            self.reason = None

    @property
    def is_underway(self) -> bool:
        """Whether it waits to be said, or is being said."""
        return self.state in {MessageState.HELD, MessageState.SENDING} or self.next_attempt_at is not None

    @property
    def may_have_arrived(self) -> bool:
        """Whether somebody may have read it already."""
        return self.doubts > 0 or self.state in {MessageState.SENDING, MessageState.ACCEPTED, MessageState.UNKNOWN}

    @property
    def was_queued_too_early(self) -> bool:
        """Whether it was taken back the moment it came: who said it knew of its case what notify did not know yet."""
        return self.settled_at == self.queued_at

    def _is_taken_back_by(self, reason: Reason) -> bool:
        """Whether this says more than the reason that there is already; a case that goes on frees what is at rest."""
        if reason in HELD_BACK:
            return self.recalled in {None, Reason.STANDS_AGAIN} and self._may_go_along_again
        return self.recalled in {None, Reason.STANDS_AGAIN, Reason.OVERTAKEN, *HELD_BACK}

    @property
    def _may_go_along_again(self) -> bool:
        """Whether it is in an attempt, or was in one of a digest that may be made once more."""
        failed = self.state in {MessageState.REFUSED, MessageState.UNKNOWN}
        return self.state is MessageState.SENDING or (failed and self.part_of is not None)

    @property
    def _is_held_back(self) -> bool:
        return self.state is MessageState.WITHDRAWN and self.reason in HELD_BACK

    def _is_still_true(self, at: datetime) -> bool:
        """News that waited when its case closed is of a search that is over; what came after that was only early.

        Whether a mail is still true whose link is made when it is sent, is asked at that moment.
        """
        if self.reason is Reason.CASE_ON_HOLD:
            # Nobody said it in another way meanwhile.
            return self.draft.useless_after is None or at < self.draft.useless_after
        if self.draft.bundle is Bundle.CASE:
            return self.was_queued_too_early and at < self.give_up_at
        return self.draft.mail.link.is_made_when_sent or at < self.give_up_at

    def stand_again(self) -> None:
        """What it says is true again: it is repeated after all, also when its attempt heard that nobody needs it."""
        if self.recalled in {None, Reason.OVERTAKEN}:
            self.recalled = Reason.STANDS_AGAIN if self.state is MessageState.SENDING else None

    def retry(self, at: datetime) -> None:
        """It is to be sent now, by itself: a person asks for it (see `repeating`), or nothing holds it."""
        self.state = MessageState.QUEUED
        self.next_attempt_at = at
        self.give_up_at = self.draft.useless_after or at + GIVE_UP_AFTER
        self.waits = 0
        self.settled_at = self.recalled = self.held_until = self.part_of = None

    def hold(self, key: str, until: datetime) -> None:
        """It waits for what else comes of this."""
        self.state, self.next_attempt_at = MessageState.HELD, None
        self.held_with, self.held_until = key, until

    def join(self, digest_id: UUID) -> None:
        """It leaves as a part of this digest."""
        self.part_of, self.held_until = digest_id, None

    def _accept(self, at: datetime) -> list[Event]:
        self._settle(MessageState.ACCEPTED, None, at)
        return [MessageAccepted(**self._said(at), accepted_at=at)]

    def _refuse(self, kind: RefusalKind, reason: Reason, at: datetime) -> list[Event]:
        self._settle(MessageState.REFUSED, reason, at)
        return [MessageRefused(**self._said(at), kind=kind)]

    def _doubt(self, reason: Reason, at: datetime) -> list[Event]:
        self.doubts += 1
        self._settle(MessageState.UNKNOWN, reason, at)
        is_last = self.doubts >= COPIES_IN_DOUBT and self.recalled is None
        if not is_last and self.recalled is None and self.part_of is None:
            self.settled_at = None
            self.next_attempt_at = at + SECOND_COPY_AFTER
        return [MessageUnknown(**self._said(at), is_last=is_last)]

    def _said(self, at: datetime) -> dict[str, Any]:
        """What every fact about this message says."""
        return {
            "subject": self.id, "occurred_at": at, "template": self.draft.mail.template,
            "recipient_id": self.draft.recipient_id, "case_id": self.draft.case_id,
            "case_code": self.draft.case_code, "attempt": self.attempt,
        }  # fmt: skip

    def _defer(self, reason: Reason, at: datetime, jitter: float) -> list[Event]:
        if self.recalled is not None:
            self._settle(MessageState.WITHDRAWN, self.recalled, at)
            return []
        self.reason = reason
        if self.part_of is not None:
            self.state = MessageState.HELD
            return []
        self.state = MessageState.QUEUED
        self.next_attempt_at = at + waiting_time(reason, self.waits, jitter)
        self.waits += 1
        return []

    def _settle(self, state: MessageState, reason: Reason | None, at: datetime) -> None:
        self.state = state
        self.reason = reason
        self.next_attempt_at = None
        self.lease_until = None
        self.held_until = None
        self.settled_at = at
