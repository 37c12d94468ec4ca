"""Community's seats and gatherings: what a mail about one says, asked at the moment of sending and kept nowhere."""

from dataclasses import replace
from http import HTTPStatus
from typing import Final, TypeVar
from uuid import UUID

import httpx
from pydantic import BaseModel, ValidationError

from services.notify.domain.letter import CalendarFile, Delivery, NoLongerNeeded
from services.notify.domain.message import Message
from services.notify.ports.sending import AddressBook, SeatLettersAway
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.card_letters import CARD_LETTERS, CardLetterAnswer, CardLetterQuestion, CardOccasion
from shared.events.follow_letters import FOLLOW_LETTERS, FollowLetterAnswer, FollowLetterQuestion, FollowOccasion
from shared.events.gathering_letters import (
    GATHERING_LETTERS,
    SEAT_LETTERS,
    CalendarMethod,
    GatheringLetterAnswer,
    GatheringLetterQuestion,
    GatheringOccasion,
    SeatLetterAnswer,
    SeatLetterQuestion,
    SeatOccasion,
)
from shared.events.sparring_letters import SPARRING_LETTERS, SparringLetterAnswer, SparringLetterQuestion

ANSWER_WITHIN: Final = httpx.Timeout(3.0)
JSON: Final = {"Content-Type": "application/json"}
CALENDAR_FILE: Final = "bijeenkomst.ics"
# Whoever follows with an address tells no name.
READER: Final = "lezer"
FOLLOW_OCCASIONS: Final = {
    "follow-confirm": FollowOccasion.CONFIRM,
    "theme-announced": FollowOccasion.ANNOUNCED,
    "theme-reported": FollowOccasion.REPORTED,
    "endorsement-asked": FollowOccasion.ENDORSEMENT,
}

Answer = TypeVar("Answer", bound=BaseModel)


class CommunityDoor:
    """One question to community."""

    def __init__(self, http: httpx.AsyncClient, community_url: str, tokens: ServiceTokens) -> None:
        self._http, self._url = http, community_url
        self._auth = ServiceAuth(tokens, "community")

    async def ask(self, path: str, question: BaseModel, answer: type[Answer]) -> Answer:
        """Raises SeatLettersAway."""
        asked = question.model_dump_json(by_alias=True)
        try:
            reply = await self._http.post(
                f"{self._url}{path}", content=asked, headers=JSON, auth=self._auth, timeout=ANSWER_WITHIN
            )
        except httpx.HTTPError as error:
            raise SeatLettersAway(type(error).__name__) from error
        if reply.status_code != HTTPStatus.OK:
            raise SeatLettersAway(str(reply.status_code))
        try:
            return answer.model_validate_json(reply.content)
        except ValidationError:
            raise SeatLettersAway("unreadable") from None


class CommunitySeatLetters:
    """`POST /internal/seat-letters`."""

    def __init__(self, door: CommunityDoor) -> None:
        self._door = door

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded:
        occasion = SeatOccasion(message.draft.mail.template.removeprefix("seat-"))
        draft = message.draft
        asked = SeatLetterQuestion(seat_id=draft.recipient_id, occasion=occasion, about_id=draft.about_id)
        return _delivery(await self._door.ask(SEAT_LETTERS, asked, SeatLetterAnswer))


class CommunityGatheringLetters:
    """`POST /internal/gathering-letters`."""

    def __init__(self, door: CommunityDoor) -> None:
        self._door = door

    async def completed(self, message: Message, delivery: Delivery) -> Delivery | NoLongerNeeded:
        draft = message.draft
        asked = GatheringLetterQuestion(
            about_id=draft.about_id, occasion=GatheringOccasion(draft.mail.template), reader=delivery.address
        )
        answer = await self._door.ask(GATHERING_LETTERS, asked, GatheringLetterAnswer)
        if answer.state == "no-longer-needed":
            return NoLongerNeeded()
        if answer.gathering is None:
            raise SeatLettersAway("unreadable")
        # Whoever reads the mails of somebody who is away does not go in their place.
        method = None if delivery.stands_in_for else answer.calendar_method
        return replace(
            delivery,
            link=answer.link or delivery.link,
            gathering=answer.gathering,
            calendar=_file(method, answer.calendar),
        )


class CommunityFollowLetters:
    """`POST /internal/follow-letters`: to an address, or to a person whose address matching knows."""

    def __init__(self, door: CommunityDoor, people: AddressBook) -> None:
        self._door, self._people = door, people

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        draft = message.draft
        asked = FollowLetterQuestion(
            follower_id=draft.recipient_id, gathering_id=draft.about_id, occasion=FOLLOW_OCCASIONS[draft.mail.template]
        )
        answer = await self._door.ask(FOLLOW_LETTERS, asked, FollowLetterAnswer)
        if answer.state == "deliver" and answer.person_id is not None:
            return await self._to_person(message, asked, answer.person_id)
        if answer.state == "deliver" and answer.address is None:
            raise SeatLettersAway("unreadable")
        return _followed(answer, Delivery(answer.address or "", READER))

    async def _to_person(
        self, message: Message, asked: FollowLetterQuestion, person_id: UUID
    ) -> Delivery | NoLongerNeeded | None:
        found = await self._people.delivery(replace(message, draft=replace(message.draft, recipient_id=person_id)))
        if not isinstance(found, Delivery):
            return found
        there = asked.model_copy(update={"reader": found.address})
        return _followed(await self._door.ask(FOLLOW_LETTERS, there, FollowLetterAnswer), found)


class CommunityCardLetters:
    """`POST /internal/card-letters`."""

    def __init__(self, door: CommunityDoor) -> None:
        self._door = door

    async def completed(self, message: Message, delivery: Delivery) -> Delivery | NoLongerNeeded:
        draft = message.draft
        asked = CardLetterQuestion(about_id=draft.about_id, occasion=CardOccasion(draft.mail.template))
        answer = await self._door.ask(CARD_LETTERS, asked, CardLetterAnswer)
        return NoLongerNeeded() if answer.state == "no-longer-needed" else replace(delivery, card=answer)


class CommunitySparringLetters:
    """`POST /internal/sparring-letters`."""

    def __init__(self, door: CommunityDoor) -> None:
        self._door = door

    async def completed(self, message: Message, delivery: Delivery) -> Delivery | NoLongerNeeded:
        asked = SparringLetterQuestion(ask_id=message.draft.about_id)
        answer = await self._door.ask(SPARRING_LETTERS, asked, SparringLetterAnswer)
        if answer.state == "no-longer-needed":
            return NoLongerNeeded()
        return replace(delivery, link=answer.link, question=answer.question)


def _followed(answer: FollowLetterAnswer, delivery: Delivery) -> Delivery | NoLongerNeeded:
    if answer.state == "no-longer-needed":
        return NoLongerNeeded()
    return replace(delivery, link=answer.link, gathering=answer.gathering, stop=answer.stop)


def _delivery(answer: SeatLetterAnswer) -> Delivery | NoLongerNeeded:
    if answer.state == "no-longer-needed":
        return NoLongerNeeded()
    if not (answer.address and answer.name and answer.gathering):
        raise SeatLettersAway("unreadable")
    calendar = _file(answer.calendar_method, answer.calendar)
    return Delivery(answer.address, answer.name, answer.link, gathering=answer.gathering, calendar=calendar)


def _file(method: CalendarMethod | None, content: str) -> CalendarFile | None:
    return CalendarFile(method, content.encode(), CALENDAR_FILE) if method else None
