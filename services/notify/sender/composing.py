"""From a message to a letter. Where it goes and what it opens is asked at the moment of sending, and kept nowhere."""

from dataclasses import dataclass, replace
from datetime import datetime

from services.notify.domain.mail import Link
from services.notify.domain.message import Message
from services.notify.domain.outcome import Deferred, Overtaken, Reason, Refused
from services.notify.ports import AddressBook, FollowUpLinks, Letter, LetterWriter, NoLongerNeeded
from shared.events.notify import RefusalKind


@dataclass(frozen=True, slots=True)
class Composer:
    """Writes the letter of one message."""

    address_book: AddressBook
    follow_up_links: FollowUpLinks
    letters: LetterWriter

    async def compose(self, message: Message, at: datetime) -> Letter | Refused | Overtaken | Deferred:
        """The letter, or why there is none. Raises AddressBookAway or FollowUpLinksAway."""
        mail = message.draft.mail
        if not mail.is_known:
            return Deferred(Reason.NOT_WRITABLE)
        delivery = await self.address_book.delivery(message)
        if delivery is None:
            return Refused(RefusalKind.NO_ADDRESS, address_at_fault=True)
        if isinstance(delivery, NoLongerNeeded):
            return Overtaken()
        if mail.link is Link.FOLLOW_UP:
            answer = await self.follow_up_links.link(message)
            if isinstance(answer, NoLongerNeeded):
                return Overtaken()
            delivery = replace(delivery, link=answer.link, short_code=answer.short_code)
        return self.letters.write(message, delivery, at)
