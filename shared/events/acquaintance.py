"""What community publishes of people and organisations that get to know each other, without any case."""

from uuid import UUID

from shared.events.base import Event
from shared.events.community import SeatFact


class SeatIntroduced(SeatFact):
    """Somebody else at this gathering wants to meet its holder, who wants that too; whom, only community knows."""


class AppointmentFact(Event):
    """Something about an appointment of two people who met at a gathering; `seat_id` is the one who is told."""

    gathering_id: UUID
    seat_id: UUID


class AppointmentProposed(AppointmentFact):
    """The other one asks for it: yes or no."""


class AppointmentAgreed(AppointmentFact):
    """Both want it."""


class AppointmentDeclined(AppointmentFact):
    """The other one cannot, or does not want it."""


class AppointmentMoved(AppointmentFact):
    """It is at another time or place."""


class AppointmentCancelled(AppointmentFact):
    """It is off."""


class IntroductionFact(Event):
    """Something about one organisation that wants to meet another; `person_id` is the one who is told."""

    person_id: UUID
    organisation_id: UUID


class IntroductionAsked(IntroductionFact):
    """This organisation wants to meet that of the reader; who asks, only community knows until there is a yes."""


class IntroductionAccepted(IntroductionFact):
    """This organisation wants it too: the reader hears with whom."""

    with_person_id: UUID


class IntroductionDeclined(IntroductionFact):
    """Not now, says this organisation; nobody hears why, nor who said so."""
