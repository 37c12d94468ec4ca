"""To people and organisations that get to know each other, without any case.

Two people who met at a gathering are seats, as in `gatherings`: community answers where their mail goes, and what it
says. Of organisations the reader is somebody of the network.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Form, Link, Mail
from shared.events.acquaintance import (
    AppointmentAgreed,
    AppointmentCancelled,
    AppointmentDeclined,
    AppointmentFact,
    AppointmentMoved,
    AppointmentProposed,
    IntroductionAccepted,
    IntroductionAsked,
    IntroductionDeclined,
    SeatIntroduced,
)
from shared.events.gathering_letters import SeatOccasion
from shared.events.vocabulary import Audience


def _of_seat(occasion: SeatOccasion, title: str) -> Mail:
    return Mail(f"seat-{occasion.value}", title, Audience.APPLICANT, link=Link.SEAT, never_waits=True)


def _of_organisation(template: str, title: str, *, facts: Mapping[str, Form] = MappingProxyType({})) -> Mail:
    # One that is not on the map yet has no name.
    return Mail(
        template,
        title,
        Audience.ANYBODY,
        link=Link.INTRODUCTIONS,
        facts={"organisation": Form.ORGANISATION, **facts},
        may_lack=frozenset({"organisation"}),
    )


SEAT_INTRODUCED: Final = _of_seat(SeatOccasion.INTRODUCED, "Jullie willen allebei kennismaken")
APPOINTMENT_PROPOSED: Final = _of_seat(SeatOccasion.APPOINTMENT_PROPOSED, "Wil je een vervolgafspraak?")
APPOINTMENT_AGREED: Final = _of_seat(SeatOccasion.APPOINTMENT_AGREED, "Je vervolgafspraak gaat door")
APPOINTMENT_DECLINED: Final = _of_seat(SeatOccasion.APPOINTMENT_DECLINED, "De vervolgafspraak komt niet uit")
APPOINTMENT_MOVED: Final = _of_seat(SeatOccasion.APPOINTMENT_MOVED, "Je vervolgafspraak is verzet")
APPOINTMENT_CANCELLED: Final = _of_seat(SeatOccasion.APPOINTMENT_CANCELLED, "De vervolgafspraak gaat niet door")
INTRODUCTION_ASKED: Final = _of_organisation("introduction-asked", "Een organisatie wil kennismaken")
INTRODUCTION_ACCEPTED: Final = _of_organisation(
    "introduction-accepted", "Jullie gaan kennismaken", facts={"who": Form.PERSON}
)
INTRODUCTION_DECLINED: Final = _of_organisation("introduction-declined", "Kennismaken kan nu niet")
_MAILS: Final = {
    AppointmentProposed: APPOINTMENT_PROPOSED,
    AppointmentAgreed: APPOINTMENT_AGREED,
    AppointmentDeclined: APPOINTMENT_DECLINED,
    AppointmentMoved: APPOINTMENT_MOVED,
    AppointmentCancelled: APPOINTMENT_CANCELLED,
}


def tell_that_both_want_it(event: SeatIntroduced) -> MessageDraft:
    """With whom stands on the page of the seat."""
    return about_directory(SEAT_INTRODUCED, event.subject, event, event.subject, {})


def tell_of_appointment(event: AppointmentFact) -> MessageDraft:
    """How it stands with it."""
    return about_directory(_MAILS[type(event)], event.seat_id, event, event.subject, {})


def ask_to_meet(event: IntroductionAsked) -> MessageDraft:
    """Which organisation asks, and nobody's name."""
    return about_directory(INTRODUCTION_ASKED, event.person_id, event, event.subject, _organisation(event))


def tell_with_whom(event: IntroductionAccepted) -> MessageDraft:
    """Both said yes: name and number of the other one."""
    facts = {**_organisation(event), "who": str(event.with_person_id)}
    return about_directory(INTRODUCTION_ACCEPTED, event.person_id, event, event.subject, facts)


def tell_that_it_is_not_now(event: IntroductionDeclined) -> MessageDraft:
    """Nobody reads why."""
    return about_directory(INTRODUCTION_DECLINED, event.person_id, event, event.subject, _organisation(event))


def _organisation(event: IntroductionAsked | IntroductionAccepted | IntroductionDeclined) -> dict[str, str]:
    return {"organisation": str(event.organisation_id)}
