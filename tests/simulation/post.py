"""Notify's sender with a mail server that takes, refuses, or breaks the line after it took the mail."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from services.notify.domain.letter import Delivery, FollowUpLink, Letter
from services.notify.domain.message import Message
from services.notify.domain.outcome import Accepted, Deferred, Reason, Refused, Unknown
from services.notify.sender.composing import Composer
from services.notify.sender.loop import Sender
from shared.events.notify import RefusalKind
from tests.simulation.faults import Crashed, Faults, FragileUnits


class Letters:
    """Writes letters that say which message they are."""

    def write(self, message: Message, delivery: Delivery, at: object) -> Letter:
        """Only the id matters here."""
        return Letter(str(message.id), delivery.address, delivery.name, "s", "t", "h", at)  # type: ignore[arg-type] # a datetime

    def write_digest(self, digest: Message, parts: object, delivery: Delivery, at: object) -> Letter:  # noqa: ARG002 - as the real one
        """Only the id matters here too."""
        return self.write(digest, delivery, at)


class Directory:
    """Everybody has an address, and every follow-up has a link."""

    async def delivery(self, message: Message) -> Delivery:
        """Where it goes."""
        return Delivery(f"{message.draft.recipient_id}@netwerk.example", "Iemand")

    async def link(self, message: Message) -> FollowUpLink:
        """Where it is answered."""
        return FollowUpLink(f"https://schakel.example/vervolg/{message.id}", "ACDE-FGHJ")


@dataclass(frozen=True, slots=True)
class Sent:
    """One copy, and whether the case that it is about was withdrawn already, or stood still."""

    message_id: UUID
    at: datetime
    after_withdrawal: bool
    on_hold: bool


class Post:
    """Counts every copy that the server took, and after how many of them the sender could not know."""

    def __init__(self, units: FragileUnits, random: Random, faults: Faults, arrived: Callable[[UUID], None]) -> None:
        self._units, self._random, self._faults, self._arrived = units, random, faults, arrived
        self.sent: list[Sent] = []
        self.copies: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self._sender = self._fresh()

    def _fresh(self) -> Sender:
        directory = Directory()
        return Sender(self._units, Composer(directory, directory, Letters()), self, random=self._random)

    async def reach(self) -> None:
        """It always lets us in."""

    async def send(self, letter: Letter) -> Accepted | Deferred | Refused | Unknown:
        """The mail server, as it is some days."""
        mood = self._random.random() if self._faults.rate else 1.0
        if mood < 0.05:
            return Deferred(Reason.MAIL_SERVER_BUSY, 451)
        if mood < 0.07:
            return Refused(RefusalKind.REFUSED_BY_SERVER, 550)
        self.copies[letter.message_id] += 1
        self._arrived(UUID(letter.message_id))
        if mood < 0.12:
            self.unknown[letter.message_id] += 1
            return Unknown()
        return Accepted()

    async def close(self) -> None:
        """Nothing to close."""

    async def deliver(self) -> int:
        """Send what is due. A sender that dies loses what it knew: what it sent by then is unknown."""
        before = Counter(self.copies)
        try:
            return await self._sender.send_due()
        except Crashed:
            for message_id in self.copies - before:
                self.unknown[message_id] += 1
            self._sender = self._fresh()
            return 0
