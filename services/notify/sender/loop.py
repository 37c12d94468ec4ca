"""The sender loop: claims due messages, asks where they go, hands them to the mail server, records how it ended.

A claim is committed before anything goes outside, an outcome right after it. A process that dies in between leaves a
message `sending`, whose lease runs out: the attempt then counts as unknown, and one more copy goes out.
"""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

import structlog

from services.notify.commands import ClaimMessages, RecordOutcome
from services.notify.domain.letter import Letter
from services.notify.domain.message import LEASE, Message
from services.notify.domain.outcome import Accepted, AttemptOutcome, Deferred, Reason, Unknown
from services.notify.handlers.messages import claim_messages, record_outcomes, stands_still
from services.notify.ports import NotifyUnit
from services.notify.ports.sending import FollowUpLinksAway, Mailer, SeatLettersAway, Tally
from services.notify.sender.attempt import SendingMessage
from services.notify.sender.composing import Composer
from shared.kernel.crash_points import crash_point
from shared.kernel.errors import Transient, is_transient
from shared.kernel.spans import NO_SPANS, Spans
from shared.kernel.waiting import Backoff, wait_for
from shared.unit_of_work import Units

# Four times the usual number of connections: while some letters are on the line, others are written or recorded.
IN_HAND_AT_MOST: Final = 16
# The safety net under the wake-up, and what finds retries that fall due.
POLL_SECONDS: Final = 0.2
# How long the end of an attempt may wait to be written down together with the next claim.
RECORD_SECONDS: Final = 0.03
COMPOSE_SECONDS: Final = 5.0
LEAVE_SECONDS: Final = 15.0
FIRST_PAUSE_SECONDS: Final = 0.4
LONGEST_PAUSE_SECONDS: Final = 5.0
AWAY: Final = {
    FollowUpLinksAway: Reason.FOLLOW_UP_LINKS_AWAY,
    SeatLettersAway: Reason.SEAT_LETTERS_AWAY,
}
# When everybody's mail would fail alike, one message at a time finds out whether it is over.
TROUBLE: Final = frozenset({Reason.MAIL_SERVER_AWAY, Reason.MAIL_SERVER_LOCKED, Reason.ADDRESS_BOOK_AWAY})

log = structlog.get_logger(__name__)


class Sender:
    """Sends what is queued. Several senders on one database share the work."""

    def __init__(
        self,
        units: Units[NotifyUnit],
        composer: Composer,
        mailer: Mailer,
        *,
        random: Random,
        tally: Tally | None = None,
        lease: timedelta = LEASE,
        spans: Spans = NO_SPANS,
    ) -> None:
        self._units, self._composer, self._mailer, self._random = units, composer, mailer, random
        self._tally, self._lease, self._spans = tally, lease, spans
        self._news, self._queued = asyncio.Event(), asyncio.Event()
        self._attempts: dict[UUID, asyncio.Task[None]] = {}
        self._finished: list[RecordOutcome] = []
        self._in_trouble = False
        self._pauses = Backoff(FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, random)
        self._not_before = 0.0

    def wake(self) -> None:
        """There is something to send."""
        self._queued.set()
        self._news.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; then the attempts in hand are finished and recorded."""
        stopping = asyncio.create_task(self._wake_at(stop))
        try:
            while not stop.is_set():
                await self._step(self._room())
                await self._pause()
            await self._leave()
        finally:
            stopping.cancel()
            for task in self._attempts.values():
                task.cancel()
            await self._mailer.close()

    async def send_due(self) -> int:
        """Everything that is due now, to its end; returns how many attempts were made. For tests and the simulation."""
        await self._step(IN_HAND_AT_MOST)
        made = len(self._attempts)
        if made:
            await asyncio.wait(self._attempts.values())
            await self._step(0)
        return made

    async def _step(self, room: int) -> None:
        """One transaction: write how attempts ended, and claim new ones."""
        if not (room or self._finished):
            return
        finished, in_hand = list(self._finished), self._in_hand()
        try:
            async with self._units.begin() as unit:
                changed = await record_outcomes(finished, unit)
                command = ClaimMessages(room, in_hand, self._lease)
                claimed = await claim_messages(command, unit) if room else []
                _before_commit(finished, claimed)
                at = unit.now
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("sender_waits_for_the_database", error=type(error).__name__)
            self._not_before = asyncio.get_running_loop().time() + POLL_SECONDS
            return
        del self._finished[: len(finished)]
        if claimed:
            crash_point("notify.after-claim")
        if self._tally:
            self._tally.count(changed)
        for message in claimed:
            self._start(message, at)

    def _start(self, message: Message, at: datetime) -> None:
        task = asyncio.create_task(self._attempt(message, at), name=f"message {message.id}")
        self._attempts[message.id] = task
        task.add_done_callback(lambda _: self._attempts.pop(message.id, None))

    async def _attempt(self, message: Message, at: datetime) -> None:
        with SendingMessage(message, self._spans) as attempt:
            outcome = await self._outcome(message, at)
            self._heed(outcome)
            if isinstance(outcome, Accepted):
                log.debug("mail_accepted")
            else:
                attempt.failed()
        jitter = self._random.random()
        self._finished.append(RecordOutcome(message.id, message.attempt, outcome, jitter, attempt.traceparent))
        self._news.set()

    async def _outcome(self, message: Message, at: datetime) -> AttemptOutcome:
        try:
            # While the server is away no letter is written in vain: each would be another link that opens something.
            away = await self._mailer.reach() if self._in_trouble else None
            if away is not None:
                return away
            letter = await self._letter(message, at)
        except (FollowUpLinksAway, SeatLettersAway) as away:
            return Deferred(AWAY[type(away)])
        except (Transient, TimeoutError):
            return Deferred(Reason.ADDRESS_BOOK_AWAY)
        except Exception:
            log.exception("letter_not_written")
            return Deferred(Reason.NOT_WRITABLE)
        if not isinstance(letter, Letter):
            return letter
        crash_point("notify.before-send")
        try:
            outcome = await self._mailer.send(letter)
        except Exception:
            log.exception("mailer_failed")
            outcome = Unknown()
        crash_point("notify.after-send")
        return Accepted(letter.left_out) if isinstance(outcome, Accepted) and letter.left_out else outcome

    async def _letter(self, message: Message, at: datetime) -> Letter | AttemptOutcome:
        """What is handed over; looked at last is whether its case was put on hold since it was claimed."""
        async with asyncio.timeout(COMPOSE_SECONDS):
            letter = await self._composer.compose(message, at)
            if isinstance(letter, Letter):
                async with self._units.begin() as unit:
                    return Deferred(Reason.CASE_ON_HOLD) if await stands_still(message, unit) else letter
        return letter

    def _heed(self, outcome: AttemptOutcome) -> None:
        match outcome:
            case Deferred(reason=reason) if reason in TROUBLE:
                self._in_trouble = True
                self._not_before = asyncio.get_running_loop().time() + self._pauses.after_failure()
                log.warning("mail_waits", reason=reason.value)
            case Deferred(reason=Reason.NO_LINE_FREE):
                pass  # The server was not asked: whatever trouble there was may be there still.
            case _:
                self._in_trouble, self._not_before = False, 0.0
                self._pauses.after_success()

    def _room(self) -> int:
        if asyncio.get_running_loop().time() < self._not_before:
            return 0
        at_most = 1 if self._in_trouble else IN_HAND_AT_MOST
        return max(0, at_most - len(self._in_hand()))

    def _in_hand(self) -> Collection[UUID]:
        return {*self._attempts, *(command.message_id for command in self._finished)}

    async def _pause(self) -> None:
        """Until there is news, or the poll; ends of attempts alone wait a little for company while there is room."""
        await wait_for(self._news, POLL_SECONDS)
        if self._finished and self._room() > IN_HAND_AT_MOST // 2:
            await wait_for(self._queued, RECORD_SECONDS)
        self._news.clear()
        self._queued.clear()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.wake()

    async def _leave(self) -> None:
        """What is in hand ends and is recorded; what takes too long is left to its lease."""
        if self._attempts:
            await asyncio.wait(self._attempts.values(), timeout=LEAVE_SECONDS)
        await self._step(0)


def _before_commit(finished: Collection[RecordOutcome], claimed: Collection[Message]) -> None:
    if finished:
        crash_point("notify.before-outcome-commit")
    if claimed:
        crash_point("notify.before-claim-commit")
