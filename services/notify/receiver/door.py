"""The door for mail that comes in: what is taken is received for good, else it is offered again."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from services.notify.commands import ReceiveMail
from services.notify.domain.errors import MailedTooOften
from services.notify.domain.received import Outcome, Received, why_ignored
from services.notify.domain.reply_addresses import ReplyAddresses
from services.notify.handlers.receiving import receive
from services.notify.ports import NotifyUnit
from shared.access.people_book import PeopleBook, PeopleBookAway
from shared.events.notify import IgnoredReason
from shared.kernel.errors import is_transient
from shared.unit_of_work import Units

TAKEN: Final = "250 2.0.0 OK"
LATER: Final = "450 4.3.2 Try again later"
TOO_OFTEN: Final = "450 4.7.1 Too many mails for now, try again later"
TOO_LARGE: Final = "552 5.3.4 Too large"
UNKNOWN: Final = "550 5.1.1 Nobody reads this address"
REPLIES: Final = {IgnoredReason.TOO_LARGE: TOO_LARGE, IgnoredReason.UNKNOWN_ADDRESS: UNKNOWN}
TAKEN_WITHIN_SECONDS: Final = 30.0
log = structlog.get_logger(__name__)


class ReceivedTally(Protocol):
    """Counts what is received, for whoever watches."""

    def received(self, outcome: str) -> None:
        """One mail ended so."""


class ReadMail(Protocol):
    """Reads a mail's bytes; raises nothing."""

    def __call__(self, content: bytes, return_path: str, recipients: Sequence[str]) -> Received:
        """What there is to know of it."""


@dataclass(frozen=True, slots=True)
class MailDoor:
    """Takes one mail. `back_to`: where our own mail comes back, besides the addresses at which it is answered."""

    units: Units[NotifyUnit]
    people: PeopleBook
    addresses: ReplyAddresses
    back_to: str
    tally: ReceivedTally
    read: ReadMail

    def takes(self, address: str) -> bool:
        """Whether mail to this address is for us."""
        return self.addresses.takes(address) or address.lower() == self.back_to.lower()

    async def take(self, content: bytes, return_path: str, recipients: Sequence[str]) -> str:
        """The reply to the server that hands it over. Nothing that the mail says is logged."""
        try:
            async with asyncio.timeout(TAKEN_WITHIN_SECONDS):
                mail = await asyncio.to_thread(self.read, content, return_path, recipients)
                outcome = await self._receive(mail)
        except MailedTooOften:
            return self._later("mailed-too-often", TOO_OFTEN)
        except Exception as error:  # noqa: BLE001 - whatever it is, the mail is not lost: it is offered again
            level = log.warning if is_transient(error) or isinstance(error, PeopleBookAway) else log.error
            level("mail_not_received", error=type(error).__name__)
            return self._later("later", LATER)
        self.tally.received(outcome.value)
        return REPLIES.get(outcome, TAKEN) if isinstance(outcome, IgnoredReason) else TAKEN

    async def _receive(self, mail: Received) -> Outcome | IgnoredReason:
        own_host = self.back_to.rpartition("@")[2]
        answers = mail.bounced is None and any(self.addresses.message_of(one) for one in mail.recipients)
        sender = None
        if answers and mail.sender and why_ignored(mail, own_host) is None:
            sender = await self.people.find_by_address(mail.sender)
        async with self.units.begin() as unit:
            command = ReceiveMail(mail, own_host, sender.person_id if sender else None)
            return await receive(command, unit, self.addresses)

    def _later(self, outcome: str, reply: str) -> str:
        self.tally.received(outcome)
        return reply
