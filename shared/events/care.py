"""What community publishes of how busy people are, and who looks after whom. The subject is the person."""

from enum import StrEnum
from uuid import UUID

from shared.events.base import Event


class OverLimitReason(StrEnum):
    """Why the desk asks somebody who has enough to do; that person reads it."""

    KNOWS_FAMILY = "knows-family"
    SPEAKS_LANGUAGE = "speaks-language"
    AGREED = "agreed"
    NOBODY_ELSE = "nobody-else"


class LoadLimitNeared(Event):
    """What this person has in hand is close to the limit that they set."""


class LoadLimitReached(Event):
    """This person has enough to do, or rests: nobody asks anything new of them."""


class LoadLimitLifted(Event):
    """This person can be asked again."""


class CheckInAsked(Event):
    """Somebody else is asked to ask this person how it goes: `asked_id`, or all of the desk."""

    asked_id: UUID | None = None


class PersonThanked(Event):
    """Somebody thanked this person; for what stands on their page."""
