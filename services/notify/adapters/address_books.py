"""Where a message goes: community knows that of seats and of who follows themes, matching of everybody else.

Of a gathering, a card or a question that somebody of the network is mailed about, community tells more.
"""

from typing import Protocol

from services.notify.domain.letter import Delivery, NoLongerNeeded
from services.notify.domain.mail import Link, Mail
from services.notify.domain.message import Message
from services.notify.ports.sending import AddressBook


class CommunityLetters(Protocol):
    """Says what a mail about a gathering, a card or a question tells, once it is known where it goes."""

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
        cards: CommunityLetters,
        colleagues: CommunityLetters,
    ) -> None:
        self._people, self._gatherings, self._cards, self._colleagues = people, gatherings, cards, colleagues
        self._of_community = {Link.SEAT: seats, Link.FOLLOWING: followers}

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        if (of_community := self._of_community.get(message.draft.mail.link)) is not None:
            return await of_community.delivery(message)
        found = await self._people.delivery(message)
        letters = self._letters_of(message.draft.mail)
        return await letters.completed(message, found) if isinstance(found, Delivery) and letters else found

    def _letters_of(self, mail: Mail) -> CommunityLetters | None:
        if mail.asks_colleague:
            return self._colleagues
        if mail.of_card:
            return self._cards
        return self._gatherings if mail.of_gathering else None
