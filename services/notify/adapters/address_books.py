"""Where a message goes: community knows that of seats and of who follows themes, matching of everybody else.

Of a gathering or a question that somebody of the network is mailed about, community tells more.
"""

from typing import Protocol

from services.notify.domain.letter import Delivery, NoLongerNeeded
from services.notify.domain.mail import Link
from services.notify.domain.message import Message
from services.notify.ports.sending import AddressBook


class CommunityLetters(Protocol):
    """Says what a mail about a gathering or a question tells, once it is known where it goes."""

    async def completed(self, message: Message, delivery: Delivery) -> Delivery | NoLongerNeeded:
        """The delivery with what it is about, and what is for the reader's calendar. Raises SeatLettersAway."""


class AddressBooks:
    """All of them as one."""

    def __init__(
        self,
        people: AddressBook,
        seats: AddressBook,
        followers: AddressBook,
        gatherings: CommunityLetters,
        colleagues: CommunityLetters,
    ) -> None:
        self._people, self._gatherings, self._colleagues = people, gatherings, colleagues
        self._of_community = {Link.SEAT: seats, Link.FOLLOWING: followers}

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        if (of_community := self._of_community.get(message.draft.mail.link)) is not None:
            return await of_community.delivery(message)
        found = await self._people.delivery(message)
        if not isinstance(found, Delivery):
            return found
        if message.draft.mail.asks_colleague:
            return await self._colleagues.completed(message, found)
        return await self._gatherings.completed(message, found) if message.draft.mail.of_gathering else found
