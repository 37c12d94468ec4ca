"""What sending a letter, and reading one again, needs from outside."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from services.notify.domain.letter import Delivery, FollowUpLink, Letter, NoLongerNeeded, Reading
from services.notify.domain.message import Message
from services.notify.domain.outcome import Accepted, Deferred, Refused, Unknown
from shared.events.http import Mentioned
from shared.kernel.errors import Transient


class AddressBookAway(Transient):
    """Matching does not say now where to send."""


class FollowUpLinksAway(Transient):
    """Monitoring does not give a link now."""


class SeatLettersAway(Transient):
    """Community does not say now where to send."""


class AddressBook(Protocol):
    """Says where a message goes."""

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        """None: the person has no address or is not active. Raises AddressBookAway."""


class FollowUpLinks(Protocol):
    """Gives the link to answer a follow-up."""

    async def link(self, message: Message) -> FollowUpLink | NoLongerNeeded:
        """A fresh link. Raises FollowUpLinksAway."""


class LetterWriter(Protocol):
    """Turns a message into words."""

    def write(self, message: Message, delivery: Delivery, at: datetime) -> Letter:
        """The letter in Dutch; raises ValueError when the address cannot stand in a mail."""

    def write_digest(
        self, digest: Message, parts: Sequence[tuple[Message, Delivery]], delivery: Delivery, at: datetime
    ) -> Letter:
        """One letter that says what all its parts say, each with its own button."""


class LetterReader(Protocol):
    """Says again what a message says."""

    def tell(self, message: Message, name: str, mentioned: Sequence[Mentioned]) -> Reading:
        """What it says, without its link and code; its parts, too."""


class Mailer(Protocol):
    """Hands letters to the mail server. Every await is bounded; several sends may run at once."""

    async def reach(self) -> Deferred | None:
        """Whether the server lets us in now; None: yes, and the next letter goes the same way."""

    async def send(self, letter: Letter) -> Accepted | Deferred | Refused | Unknown:
        """One attempt. Deferred: surely not taken; Unknown: it may have been taken."""

    async def close(self) -> None:
        """Let go of every connection; bounded."""


class Tally(Protocol):
    """Counts how attempts end, for whoever watches."""

    def count(self, messages: Iterable[Message]) -> None:
        """These attempts ended."""
