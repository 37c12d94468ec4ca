"""What notify asks community when it mails whoever follows themes of gatherings, at the moment of sending."""

from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from shared.events.gathering_letters import GatheringDetails
from shared.events.http import Answer, Question

FOLLOW_LETTERS: Final = "/internal/follow-letters"


class FollowOccasion(StrEnum):
    """What a mail to whoever follows themes is for."""

    CONFIRM = "confirm"
    ANNOUNCED = "announced"
    REPORTED = "reported"
    ENDORSEMENT = "endorsement"


class FollowLetterQuestion(Question):
    """Of a mail to whoever follows, about this gathering (when it is not to confirm the address).

    `reader`: where it goes to a person who follows, once that is known; not to an address that hears it already.
    """

    follower_id: UUID
    gathering_id: UUID
    occasion: FollowOccasion
    reader: str | None = Field(None, repr=False)


class FollowLetterAnswer(Answer):
    """`no-longer-needed`: they follow it no more. Else `address` says where it goes, or `person_id` to whom.

    `link`: what the mail opens; `stop`: where they choose other themes, or none.
    """

    state: Literal["deliver", "no-longer-needed"]
    address: str | None = Field(None, repr=False)
    person_id: UUID | None = None
    link: str | None = Field(None, repr=False)
    stop: str = Field("", repr=False)
    gathering: GatheringDetails | None = None
