"""Where a message goes: community knows that of seats and of who follows themes, matching of everybody else.

Of a gathering or a card that somebody of the network is mailed about, community tells more.
"""

from typing import Protocol

from services.notify.domain.letter import Delivery, NoLongerNeeded
from services.notify.domain.mail import Link
from services.notify.domain.message import Message
from services.notify.ports.sending import AddressBook


class GatheringLetters(Protocol):
    """Says what a mail about a gathering tells, once it is known where it goes."""

    async def completed(self, message: Message, delivery: Delivery) -> Delivery | NoLongerNeeded:
        """The delivery with the gathering, and with what is for the reader's calendar. Raises SeatLettersAway."""


class CardLetters(Protocol):
    """Says what a mail about a card tells, once it is known where it goes."""

    async def completed(self, message: Message, delivery: Delivery) -> Delivery | NoLongerNeeded:
        """The delivery with what stands on the card, or was written. Raises SeatLettersAway."""


class AddressBooks:
    """All of them as one."""

    def __init__(
        self,
        people: AddressBook,
        seats: AddressBook,
        followers: AddressBook,
        gatherings: GatheringLetters,
        cards: CardLetters,
    ) -> None:
        self._people, self._gatherings, self._cards = people, gatherings, cards
        self._of_community = {Link.SEAT: seats, Link.FOLLOWING: followers}

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        if (of_community := self._of_community.get(message.draft.mail.link)) is not None:
            return await of_community.delivery(message)
        found = await self._people.delivery(message)
        if isinstance(found, Delivery) and message.draft.mail.of_gathering:
            return await self._gatherings.completed(message, found)
        if isinstance(found, Delivery) and message.draft.mail.of_card:
            return await self._cards.completed(message, found)
        return found
