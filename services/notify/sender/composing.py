"""From a message to a letter. Where it goes and what it opens is asked at the moment of sending, and kept nowhere."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.notify.domain.letter import Delivery, Letter, NoLongerNeeded
from services.notify.domain.mail import Link
from services.notify.domain.message import Message
from services.notify.domain.outcome import Deferred, Overtaken, Reason, Refused
from services.notify.ports.sending import AddressBook, FollowUpLinks, LetterWriter
from shared.events.notify import RefusalKind

NOBODY: Final = Refused(RefusalKind.NO_ADDRESS, address_at_fault=True)


@dataclass(frozen=True, slots=True)
class Composer:
    """Writes the letter of one message."""

    address_book: AddressBook
    follow_up_links: FollowUpLinks
    letters: LetterWriter

    async def compose(self, message: Message, at: datetime) -> Letter | Refused | Overtaken | Deferred:
        """The letter, or why there is none. Raises AddressBookAway or FollowUpLinksAway."""
        if not all(one.draft.mail.is_known for one in (message, *message.parts)):
            return Deferred(Reason.NOT_WRITABLE)
        delivery = await self._whereto(message)
        if not isinstance(delivery, Delivery):
            return delivery
        if not message.draft.mail.is_digest:
            return self.letters.write(message, delivery, at)
        return await self._digest(message, delivery, at)

    async def _digest(self, digest: Message, delivery: Delivery, at: datetime) -> Letter | Overtaken:
        """Each part has its own link; one that is no longer needed is left out."""
        found = await asyncio.gather(*map(self._whereto, digest.parts))
        parts = [(part, its) for part, its in zip(digest.parts, found, strict=True) if isinstance(its, Delivery)]
        if not parts:
            return Overtaken()
        left_out = {part.id for part in digest.parts} - {part.id for part, _ in parts}
        return replace(self.letters.write_digest(digest, parts, delivery, at), left_out=frozenset(left_out))

    async def _whereto(self, message: Message) -> Delivery | Refused | Overtaken:
        delivery = await self.address_book.delivery(message)
        if delivery is None:
            return NOBODY
        if isinstance(delivery, NoLongerNeeded):
            return Overtaken()
        if message.draft.mail.link is not Link.FOLLOW_UP:
            return delivery
        answer = await self.follow_up_links.link(message)
        if isinstance(answer, NoLongerNeeded):
            return Overtaken()
        return replace(delivery, link=answer.link, short_code=answer.short_code)
