"""What notify asks community when it mails somebody about a card, at the moment of sending."""

from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from shared.events.http import Answer, Question

CARD_LETTERS: Final = "/internal/card-letters"


class CardOccasion(StrEnum):
    """What a mail about a card is for."""

    MAIL = "card-mail"
    CHECK = "card-check"


class CardLetterQuestion(Question):
    """Of a mail about this person's card, or with what somebody wrote."""

    about_id: UUID
    occasion: CardOccasion


class CardColumn(Answer):
    """What one viewer reads of a card, each field on a line."""

    title: str
    lines: tuple[str, ...] = Field((), repr=False)


class CardLetterAnswer(Answer):
    """`no-longer-needed`: withdrawn, or looked at since. Else what was written, or what each reads of the card."""

    state: Literal["deliver", "no-longer-needed"]
    words: str = Field("", repr=False)
    columns: tuple[CardColumn, ...] = ()
