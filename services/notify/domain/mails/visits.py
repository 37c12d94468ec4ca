"""Appointments: a visit to the family at home, and that something planned does not take place."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from services.notify.domain.appointment import Appointment, Entry
from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_case, flags
from services.notify.domain.mail import NEVER_STALE, Form, Link, Mail
from shared.events.base import Event
from shared.events.intake import HomeVisitPlanned
from shared.events.referral_number import referral_number
from shared.events.vocabulary import Audience

HOME_VISIT: Final = Mail(
    "home-visit",
    "Je gaat op huisbezoek",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"visit": Form.APPOINTMENT, "interpreter": Form.FLAG, "moved": Form.FLAG},
)
APPOINTMENT_CANCELLED: Final = Mail(
    "appointment-cancelled",
    "De afspraak gaat niet door",
    Audience.ANYBODY,
    stale_when=NEVER_STALE,
    facts={"appointment": Form.APPOINTMENT},
    never_waits=True,
)


def tell_of_visit(event: HomeVisitPlanned, entry: Appointment) -> MessageDraft:
    """The ambassador has the visit in the calendar."""
    said = flags(interpreter=event.interpreter_needed, moved=entry.sequence > 0)
    facts = {"visit": entry.to_fact(), **said}
    return about_case(HOME_VISIT, event.ambassador_id, event, event.case_code, facts)


def cancel_appointment(event: Event, case_code: str, entry: Entry, *, to_ambassador: bool) -> MessageDraft:
    """It goes from its reader's calendar: the family's ambassador's, else that of a partner."""
    return MessageDraft(
        APPOINTMENT_CANCELLED,
        entry.reader_id,
        occasion=f"appointment-cancelled:{entry.appointment.id}:{entry.appointment.sequence}",
        about_id=event.subject,
        case_id=event.subject,
        case_code=case_code,
        referral_number=None if to_ambassador else referral_number(entry.about_id),
        facts={"appointment": entry.appointment.to_fact()},
    )


def appointment_of(draft: MessageDraft) -> Appointment | None:
    """What it brings for the calendar, if anything."""
    fact = draft.appointment_fact
    return Appointment.from_fact(draft.facts[fact]) if fact else None


def in_calendar_of(draft: MessageDraft, reader: UUID, entry: Appointment, occasion: str) -> MessageDraft:
    """The same appointment for somebody who takes it over: their calendar has an entry of its own."""
    fact = draft.appointment_fact
    facts = {name: said for name, said in draft.facts.items() if name != "moved"}
    return replace(
        draft, recipient_id=reader, occasion=occasion, facts=facts | ({fact: entry.to_fact()} if fact else {})
    )
