"""An appointment in a mail: calendars enter it, move it and take it out, and read nothing of a family in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import Message as Mime
from uuid import UUID

import pytest
from icalendar import Calendar
from icalendar.cal import Component

from services.notify.adapters.mime import to_bytes
from services.notify.domain.appointment import Appointment, Occasion
from services.notify.domain.letter import Letter
from services.notify.domain.mails import MAILS
from services.notify.domain.mails.handovers import HANDOVER_PLANNED
from services.notify.domain.mails.visits import APPOINTMENT_CANCELLED
from services.notify.domain.message import Message
from services.notify.domain.outcome import Accepted
from shared.events import intake, matching, referral_codes
from tests.unit.notify import builders
from tests.unit.notify.builders import AMBASSADOR, CODE, CONTACT, NOW
from tests.unit.notify.letters import MEETING, WRITER, delivery_for, draft_of, written
from tests.unit.notify.twin import Notify


def meetings(notify: Notify, reader: UUID) -> list[Appointment]:
    """What this reader's calendar was told, in order."""
    return [
        Appointment.from_fact(value)
        for message in notify.messages()
        if message.draft.recipient_id == reader
        for fact, value in message.draft.facts.items()
        if fact in {"meeting", "appointment", "visit"}
    ]


def letter_of(appointment: Appointment) -> Letter:
    draft = draft_of(HANDOVER_PLANNED)
    told = replace(draft, facts={**draft.facts, "meeting": appointment.to_fact()})
    asked = Message.queue(told, UUID(int=99), NOW)
    return WRITER.write(asked, delivery_for(draft.mail), NOW)


def parts_of(letter: Letter) -> list[Mime]:
    """What is in the mail, the wrappings left out."""
    mail: Mime = message_from_bytes(to_bytes(letter, address="a@b.example", sender="s@b.example"))
    return [part for part in mail.walk() if not part.is_multipart()]


def calendar_of(letter: Letter) -> Component:
    assert letter.calendar is not None
    return Calendar.from_ical(letter.calendar.content.decode())


def event_of(letter: Letter) -> Component:
    (event,) = calendar_of(letter).walk("VEVENT")
    return event


def test_mail_carries_the_invitation_as_an_alternative_and_as_a_file() -> None:
    whole = parts_of(letter_of(MEETING))
    assert [part.get_content_type() for part in whole] == ["text/plain", "text/html", "text/calendar", "text/calendar"]
    inside, file = whole[2:]
    assert (inside.get_param("method"), inside.get_param("charset")) == ("REQUEST", "utf-8")
    assert (inside.get_filename(), file.get_filename()) == (None, "afspraak.ics")
    assert file.get_payload(decode=True) == inside.get_payload(decode=True)


def test_mail_without_an_appointment_is_as_simple_as_it_was() -> None:
    letter = written(draft_of(MAILS["partner-activated"]))
    assert [part.get_content_type() for part in parts_of(letter)] == ["text/plain", "text/html"]


def test_event_has_one_reader_a_zone_within_bounds_and_no_word_but_the_number() -> None:
    letter = letter_of(MEETING)
    calendar, event = calendar_of(letter), event_of(letter)
    assert (str(calendar["METHOD"]), "METHOD" in event) == ("REQUEST", False)
    assert str(event["UID"]) == f"{MEETING.id}@schiewijk.example"
    assert str(event["SUMMARY"]) == f"Samen kennismaken ({CODE})"
    assert str(event["ATTENDEE"]) == "mailto:samira@school.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert str(event["ORGANIZER"]) == "mailto:regie@schiewijk.example"
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert {"URL", "DESCRIPTION", "LOCATION"} & set(event) == set()
    assert letter.calendar is not None
    content = letter.calendar.content
    assert b"VALARM" not in content
    assert b"http" not in content
    assert len(content) < 2000, "the zone holds the rules of its year only"
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_day_without_a_time_is_a_whole_day_and_makes_nobody_busy() -> None:
    event = event_of(letter_of(Appointment(UUID(int=5), Occasion.FIRST_CONTACT, date(2026, 3, 5), None)))
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 3, 5), date(2026, 3, 6))
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_meeting_on_either_side_of_summer_time_keeps_its_hour() -> None:
    for on, hour in ((date(2026, 3, 27), 14), (date(2026, 3, 30), 13)):
        at = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
        event = event_of(letter_of(Appointment(UUID(int=5), Occasion.MEETING, on, at)))
        assert event.decoded("DTSTART").hour == 15
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=1)


def test_appointment_that_does_not_take_place_leaves_the_calendar_under_the_same_id() -> None:
    letter = letter_of(MEETING.cancelled())
    event = event_of(letter)
    assert (str(calendar_of(letter)["METHOD"]), str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert (str(event["UID"]), event["SEQUENCE"]) == (f"{MEETING.id}@schiewijk.example", 1)


async def test_meeting_moves_under_the_same_id_with_a_higher_sequence_and_is_told_once_for_each_day(
    notify: Notify,
) -> None:
    later, same = date(2026, 3, 12), NOW + timedelta(hours=2)
    await notify.given(builders.handover_planned())
    await notify.given(
        builders.handover_planned(later, NOW + timedelta(hours=1)), builders.handover_planned(later, same)
    )

    for reader in (AMBASSADOR, CONTACT):
        told = meetings(notify, reader)
        assert len({one.id for one in told}) == 1
        assert [(one.on, one.sequence) for one in told] == [(date(2026, 3, 10), 0), (later, 1)]
    assert {one.id for one in meetings(notify, AMBASSADOR)} != {one.id for one in meetings(notify, CONTACT)}


async def test_meeting_of_a_referral_that_ends_is_cancelled_once_for_both(notify: Notify) -> None:
    await notify.given(builders.handover_planned())
    failed = builders.referral(matching.HelpFailed, reason=referral_codes.FailureReason.OTHER, reported_by=CONTACT)
    await notify.given(failed, builders.case_withdrawn(), builders.referral_withdrawn())

    cancelled = [one for one in notify.messages() if one.draft.mail is APPOINTMENT_CANCELLED]
    assert {one.draft.recipient_id for one in cancelled} == {AMBASSADOR, CONTACT}
    assert len(cancelled) == 2


async def test_meeting_that_was_stays_in_the_calendar(notify: Notify) -> None:
    await notify.given(builders.handover_planned())
    notify.clock.forward(timedelta(days=20))
    await notify.given(builders.referral_withdrawn())

    assert APPOINTMENT_CANCELLED not in {one.draft.mail for one in notify.messages()}


async def test_visit_is_entered_for_the_ambassador_and_goes_when_the_family_withdraws(notify: Notify) -> None:
    visit = builders.of_case(
        intake.HomeVisitPlanned,
        planned_for=date(2026, 3, 4),
        starts_at=NOW + timedelta(days=2),
        interpreter_needed=True,
    )
    await notify.given(visit)
    await notify.attempt(Accepted())
    await notify.given(builders.case_withdrawn())

    assert [(one.occasion, one.is_cancelled) for one in meetings(notify, AMBASSADOR)] == [
        (Occasion.HOME_VISIT, False),
        (Occasion.HOME_VISIT, True),
    ]


def cancelled(notify: Notify) -> list[UUID]:
    """Who read that an appointment is off."""
    return [one.draft.recipient_id for one in notify.messages() if one.draft.mail is APPOINTMENT_CANCELLED]


@pytest.mark.parametrize(("met_on", "readers"), [(date(2026, 3, 3), [AMBASSADOR, CONTACT]), (date(2026, 3, 10), [])])
async def test_meeting_before_the_planned_day_takes_that_day_out_of_both_calendars(
    notify: Notify, met_on: date, readers: list[UUID]
) -> None:
    met = builders.referral(
        matching.WarmHandoverCompleted, kind=referral_codes.HandoverKind.WARM, on=met_on, reported_by=CONTACT
    )
    await notify.given(builders.handover_planned(), met, met)

    assert sorted(cancelled(notify)) == readers


async def test_closing_takes_what_was_planned_out_of_every_calendar(notify: Notify) -> None:
    await notify.given(builders.handover_planned(), builders.case_closed(), builders.case_closed())

    assert sorted(cancelled(notify)) == [AMBASSADOR, CONTACT]


@pytest.mark.parametrize(("on", "readers"), [(date(2026, 3, 2), [AMBASSADOR]), (date(2026, 3, 4), [])])
async def test_visit_that_was_earlier_or_will_not_be_is_taken_out_of_the_calendar(
    notify: Notify, on: date, readers: list[UUID]
) -> None:
    await notify.given(
        builders.of_case(intake.HomeVisitPlanned, planned_for=date(2026, 3, 4), interpreter_needed=False),
        intake.HomeVisitCompleted(
            subject=builders.CASE, occurred_at=NOW, ambassador_id=AMBASSADOR, on=on, took_place=on.day == 2
        ),
    )

    assert cancelled(notify) == readers
