"""A letter ready to go, and what is asked outside for it at the moment of sending."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from shared.events.card_letters import CardLetterAnswer
from shared.events.gathering_letters import GatheringDetails
from shared.events.http import Mentioned

# The language that letters are written in, whatever the city.
MAIL_LANGUAGE: Final = "nl"
# What stands above a mail that can be answered by mail.
ANSWER_ABOVE: Final = "Antwoord boven deze regel"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where a message goes, asked at the moment of sending and kept nowhere.

    `stands_in_for`: whom it was for, who is away until and with `stands_in_until`; this is their deputy.
    """

    address: str
    name: str
    link: str | None = None
    short_code: str | None = None
    code: str | None = None
    mentioned: tuple[Mentioned, ...] = ()
    stands_in_for: str | None = None
    stands_in_until: date | None = None
    gathering: GatheringDetails | None = None
    calendar: "CalendarFile | None" = None
    card: CardLetterAnswer | None = None
    # Where whoever follows themes chooses others, or none.
    stop: str = ""
    # What a colleague asks.
    question: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NoLongerNeeded:
    """The referral, follow-up or sign-in is over: the message must not go out."""


@dataclass(frozen=True, slots=True)
class FollowUpLink:
    """Where a follow-up is answered."""

    link: str
    short_code: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mail says, for whoever looks it up: in plain text, and nothing in it opens anything."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """An appointment as calendars read it (iCalendar). `method`: REQUEST enters or moves it, CANCEL takes it out."""

    method: str
    content: bytes
    name: str = "afspraak.ics"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to go. `message_id` (without angle brackets) is the same for every copy of one message."""

    message_id: str
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    written_at: datetime
    calendar: CalendarFile | None = None
    # The parts of a digest that were no longer needed when it was written.
    left_out: frozenset[UUID] = frozenset()
    # Where it is answered; empty: at the desk.
    reply_to: str = ""
