"""Notify with its door for mail that comes in, on the twins, and invented mails."""

from collections import Counter
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Final
from uuid import UUID

from services.notify.adapters.inbound_mail import read_mail
from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Mail
from services.notify.domain.mails.topics import TOPIC_PLANNED
from services.notify.domain.message import Message
from services.notify.domain.received import ReceivedMail, ReplyDraft
from services.notify.handlers.queueing import queue
from services.notify.handlers.receiving import close_question
from services.notify.ports import NotifyUnit
from services.notify.receiver.door import MailDoor
from shared.events.http import KnownPerson
from shared.events.sparring import SparringAskClosed
from shared.unit_of_work import Units
from tests.twins.people_book import InMemoryPeopleBook
from tests.unit.notify.builders import NOW
from tests.unit.notify.letters import REPLIES
from tests.unit.notify.twin import Notify

MESSAGE: Final = UUID(int=900)
ADDRESS: Final = REPLIES.address_for(MESSAGE)
ASKED: Final = UUID(int=901)
ABOUT: Final = UUID(int=902)
STRANGER: Final = "piet@elders.example"
TEACHER: Final = "noor@school.example"
OWN: Final = "schakel@schiewijk.example"
WORDS: Final = "Bij de kringloop hebben ze vaak bedden."
# A number that the eleven test takes for a BSN.
ABOUT_A_CHILD: Final = "Sem de Boer, 9 jaar, 123456782"


class Tally:
    """Counts in a dict."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def received(self, outcome: str) -> None:
        self.counts[outcome] += 1


class Replies:
    """Somebody was asked something by mail, and mail comes in."""

    def __init__(self, units: Units[NotifyUnit] | None = None) -> None:
        self.notify = Notify()
        self.units: Units[NotifyUnit] = units or self.notify.units
        self.people = InMemoryPeopleBook(KnownPerson(person_id=ASKED, name="Noor Verzonnen"))
        self.people.addresses[TEACHER] = ASKED
        self.tally = Tally()
        self.door = MailDoor(self.units, self.people, REPLIES, OWN, self.tally, read_mail)

    async def ask(self, message_id: UUID = MESSAGE, about: UUID = ABOUT) -> None:
        """A question goes to the teacher, by a mail that can be answered."""
        draft = MessageDraft(TOPIC_PLANNED, ASKED, f"asked:{message_id}", about, replies_about=about)
        async with self.units.begin() as unit:
            await unit.messages.add(Message.queue(draft, message_id, NOW))

    async def comes(self, mail: bytes, return_path: str = TEACHER, to: str = ADDRESS) -> str:
        """What the door says to this mail."""
        return (await self.door.take(mail, return_path, [to]))[:3]

    async def close(self, about: UUID = ABOUT) -> None:
        async with self.units.begin() as unit:
            closed = SparringAskClosed(subject=about, occurred_at=NOW, question_id=about, person_id=ASKED)
            await close_question(closed, unit)

    async def queue(self, draft: MessageDraft) -> None:
        async with self.units.begin() as unit:
            await queue([draft], unit)

    async def received(self) -> list[ReceivedMail]:
        async with self.units.begin() as unit:
            return list(reversed(await unit.received.list_newest(10_000)))

    async def outcomes(self) -> list[str]:
        return [one.outcome for one in await self.received()]

    def drafts(self) -> list[ReplyDraft]:
        return list(self.notify.units.tables.table("reply_drafts").values())

    def told(self) -> list[tuple[Mail, set[str]]]:
        """Which mails went to whoever was asked, beside the question; with their flags."""
        drafts = [one.draft for one in self.notify.messages() if one.draft.mail is not TOPIC_PLANNED]
        return [(draft.mail, set(draft.facts)) for draft in drafts]


def a_mail(
    words: str = WORDS, number: int = 1, sender: str = TEACHER, headers: Mapping[str, str] | None = None
) -> bytes:
    """An answer, with other headers than the usual ones."""
    mail = EmailMessage()
    usual = {
        "From": f"Noor <{sender}>",
        "To": ADDRESS,
        "Subject": "Re: Weet jij dit?",
        "Message-ID": f"<{number}@school.example>",
    }
    for name, value in (usual | dict(headers or {})).items():
        mail[name] = value
    mail.set_content(words)
    return mail.as_bytes()


def a_report(action: str = "failed", message_id: UUID = MESSAGE) -> bytes:
    """What a mail server says of a mail of ours (RFC 3464)."""
    lines = (
        "From: Mail Delivery System <mailer-daemon@school.example>", f"To: {OWN}",
        "Message-ID: <report@school.example>",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "Auto-Submitted: auto-replied", "",
        "--b", "Content-Type: text/plain", "", "De mail kwam niet aan.", "--b", "Content-Type: message/delivery-status",
        "", "Reporting-MTA: dns; mx.school.example", "", f"Final-Recipient: rfc822; {TEACHER}", f"Action: {action}",
        "Status: 5.1.1", "", "--b", "Content-Type: text/rfc822-headers", "",
        f"Message-ID: <{message_id}@schiewijk.example>", "X-Schakel: mail", "", "--b--", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()
