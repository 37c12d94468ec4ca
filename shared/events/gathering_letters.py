"""What notify asks community when it mails somebody about a gathering, at the moment of sending."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from shared.events.http import Answer, Question

SEAT_LETTERS: Final = "/internal/seat-letters"
GATHERING_LETTERS: Final = "/internal/gathering-letters"


class SeatOccasion(StrEnum):
    """What a mail about a seat at a gathering is for."""

    CONFIRM = "confirm"
    PLACE = "place"
    WAITING = "waiting"
    OFFER = "offer"
    PASSED = "passed"
    MOVED = "moved"
    CALLED_OFF = "called-off"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    REPORT = "report"
    INVITED = "invited"
    INTRODUCED = "introduced"
    APPOINTMENT_PROPOSED = "appointment-proposed"
    APPOINTMENT_AGREED = "appointment-agreed"
    APPOINTMENT_DECLINED = "appointment-declined"
    APPOINTMENT_MOVED = "appointment-moved"
    APPOINTMENT_CANCELLED = "appointment-cancelled"


class GatheringOccasion(StrEnum):
    """What a mail about a gathering to somebody of the network is for; matching knows where it goes."""

    HOST_ASKED = "host-asked"
    HOST_ACCEPTED = "host-accepted"
    HOST_REMINDER = "host-reminder"
    HOST_MOVED = "host-moved"
    HOST_CALLED_OFF = "host-called-off"
    HOST_SWAPPED = "host-swapped"
    INVITED = "invited"
    INVITED_AGAIN = "invited-again"
    INVITED_MOVED = "invited-moved"
    INVITED_CALLED_OFF = "invited-called-off"
    EXPERT_ASKED = "expert-asked"
    EXPERT_MOVED = "expert-moved"
    EXPERT_REMINDER = "expert-reminder"
    EXPERT_CALLED_OFF = "expert-called-off"
    COMPANION_ASKED = "companion-asked"
    COMPANION_WITHDREW = "companion-withdrew"
    COMPANION_MISSING = "companion-missing"
    COMPANY_AGREED = "company-agreed"
    COMPANY_REMINDER = "company-reminder"
    COMPANY_CANCELLED = "company-cancelled"
    COMPANY_OVER = "company-over"
    REPORT = "gathering-report"


class CalendarMethod(StrEnum):
    """What the reader's calendar does with a file: enter or move it, take it out, or show it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class SeatLetterQuestion(Question):
    """Of a mail about this seat: where does it go, what does it open, and what does it tell of the gathering.

    `about_id`: what else it is about, as an appointment; else the seat itself.
    """

    seat_id: UUID
    occasion: SeatOccasion
    about_id: UUID | None = None


class GatheringDetails(Answer):
    """A gathering as a mail tells of it; `contact` answers questions about access, `reason` says why it is off.

    `report`: what came of it, when that is what the mail is about; `coming`: how many come, for whoever hosts.
    `programme`: topics and speakers, one on each line; to whoever is asked to speak, what about.
    Of an appointment of two people who met there, `title` says with whom, and the rest is its own.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    contact: str = ""
    reason: str = ""
    report: str = ""
    programme: str = ""
    coming: int = 0


class SeatLetterAnswer(Answer):
    """`no-longer-needed`: what the mail is about is over. Else all is there.

    `calendar` (iCalendar) with its method: when the seat is or was in the reader's calendar.
    """

    state: Literal["deliver", "no-longer-needed"]
    address: str | None = Field(None, repr=False)
    name: str | None = Field(None, repr=False)
    link: str | None = Field(None, repr=False)
    gathering: GatheringDetails | None = None
    calendar_method: CalendarMethod | None = None
    calendar: str = Field("", repr=False)


class GatheringLetterQuestion(Question):
    """Of a mail about this (a turn to host, an invitation, what an expert is asked, a gathering): what does it
    tell of the gathering, in whose calendar.
    """

    about_id: UUID
    occasion: GatheringOccasion
    reader: str = Field(repr=False)


class GatheringLetterAnswer(Answer):
    """`no-longer-needed`: what the mail is about is over. `calendar` (iCalendar): when it is for the reader's own.

    `link`: when what the mail opens is made for it.
    """

    state: Literal["deliver", "no-longer-needed"]
    link: str | None = Field(None, repr=False)
    gathering: GatheringDetails | None = None
    calendar_method: CalendarMethod | None = None
    calendar: str = Field("", repr=False)
