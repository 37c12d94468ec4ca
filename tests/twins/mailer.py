"""Twins of what notify asks outside: the mail server, the address book, the follow-up links, the letters."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from services.notify.adapters.mime import UnusableAddress, ascii_address
from services.notify.domain.letter import Delivery, FollowUpLink, Letter
from services.notify.domain.message import Message
from services.notify.domain.outcome import Accepted, Deferred, Reason, Refused, Unknown
from shared.events.notify import RefusalKind

NOT_REACHED: Final = frozenset({Reason.MAIL_SERVER_AWAY, Reason.MAIL_SERVER_LOCKED, Reason.NO_LINE_FREE})
MailOutcome = Accepted | Deferred | Refused | Unknown


class RecordingMailer:
    """Keeps what it took in `inbox`. `plan` tells what it answers next; after the plan it takes everything."""

    def __init__(self) -> None:
        self.inbox: list[Letter] = []
        self._plan: list[tuple[MailOutcome, bool]] = []

    def plan(self, *answers: MailOutcome, arrives: bool = False) -> None:
        """The next answers. `arrives`: an attempt that ends Unknown did reach the inbox."""
        self._plan.extend((answer, arrives) for answer in answers)

    def forget_plan(self) -> None:
        """From here on it takes everything."""
        self._plan.clear()

    async def reach(self) -> Deferred | None:
        answer = self._plan[0][0] if self._plan else None
        if not isinstance(answer, Deferred) or answer.reason not in NOT_REACHED:
            return None
        del self._plan[0]
        return answer

    async def send(self, letter: Letter) -> MailOutcome:
        try:
            ascii_address(letter.to_address)
        except UnusableAddress:
            return Refused(RefusalKind.NO_ADDRESS, address_at_fault=True)
        answer, arrives = self._plan.pop(0) if self._plan else (Accepted(), True)
        if isinstance(answer, Accepted) or (isinstance(answer, Unknown) and arrives):
            self.inbox.append(letter)
        return answer

    async def close(self) -> None:
        """Nothing is open."""


class InMemoryAddressBook:
    """People's addresses in a dict; links and codes follow from ids. Set `away` to an exception to raise it."""

    def __init__(self, people: dict[UUID, Delivery] | None = None) -> None:
        self.people = people or {}
        self.asked: list[Message] = []
        self.away: Exception | None = None

    async def delivery(self, message: Message) -> Delivery | None:
        if self.away:
            raise self.away
        self.asked.append(message)
        return self.people.get(message.draft.recipient_id)


class InMemoryFollowUpLinks:
    """Links that follow from ids. Set `away` to an exception to raise it."""

    def __init__(self) -> None:
        self.away: Exception | None = None

    async def link(self, message: Message) -> FollowUpLink:
        if self.away:
            raise self.away
        return FollowUpLink(f"https://schakel.example/vervolg/{message.draft.about_id.hex}", "HKMW-7QXA")


class PlainLetters:
    """Letters of one line, for where words do not matter."""

    def write(self, message: Message, delivery: Delivery, at: datetime) -> Letter:
        """The template's name is the text."""
        words: Sequence[str] = [message.draft.mail.template, message.draft.number or "", delivery.link or ""]
        return Letter(
            message_id=f"{message.id}@schakel.example",
            to_address=delivery.address,
            to_name=delivery.name,
            subject=words[0],
            text=" ".join(words),
            html=f"<p>{' '.join(words)}</p>",
            written_at=at,
        )

    def write_digest(
        self, digest: Message, parts: Sequence[tuple[Message, Delivery]], delivery: Delivery, at: datetime
    ) -> Letter:
        """The lines of its parts."""
        lines = [self.write(part, its, at).text for part, its in parts]
        return replace(self.write(digest, delivery, at), text="\n".join(lines))
