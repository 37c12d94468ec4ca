"""Appointments as calendars read them (iCalendar, RFC 5545): one event, one reader, nothing about the family.

A calendar is often shared with colleagues: so no link, no name, and no word of what it is about but the number.
"""

from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, vCalAddress, vText

from services.notify.domain.appointment import Appointment, Occasion
from services.notify.domain.letter import CalendarFile
from shared.kernel.city import City

PRODUCT: Final = "-//Schakel//NL"
LASTS: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
TITLES: Final = {
    Occasion.FIRST_CONTACT: "Eerste contact",
    Occasion.MEETING: "Samen kennismaken",
    Occasion.HOME_VISIT: "Huisbezoek",
}


def calendar_file(
    appointment: Appointment, number: str, *, reader: str, organiser: str, domain: str, city: City, at: datetime
) -> CalendarFile:
    """It enters, moves or leaves the reader's calendar by its id and sequence, both of which we keep."""
    method = "CANCEL" if appointment.is_cancelled else "REQUEST"
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    # On the calendar and not in the event: else some clients keep two meetings.
    calendar.add("method", method)
    event = Event()
    event.add("uid", f"{appointment.id}@{domain}")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    event.add("summary", f"{TITLES[appointment.occasion]} ({number})")
    _add_time(event, appointment, city)
    event["organizer"] = _address(organiser, city.desk.name)
    event.add("attendee", _attendee(reader), encode=False)
    calendar.add_component(event)
    if appointment.starts_at is not None:
        # Without bounds the rules of 1970 to 2038 are written out.
        calendar.add_missing_timezones(first_date=appointment.on, last_date=appointment.on + 2 * DAY)
    return CalendarFile(method, calendar.to_ical())


def _add_time(event: Event, appointment: Appointment, city: City) -> None:
    if appointment.starts_at is None:
        event.add("dtstart", appointment.on)
        event.add("dtend", appointment.on + DAY)
        # A day to call somebody does not make the reader busy.
        event.add("transp", "TRANSPARENT")
        return
    starts = appointment.starts_at.astimezone(city.zone)
    event.add("dtstart", starts)
    event.add("dtend", (appointment.starts_at + LASTS).astimezone(city.zone))


def _address(address: str, name: str = "") -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    if name:
        found.params["cn"] = vText(name)
    return found


def _attendee(reader: str) -> vCalAddress:
    attendee = _address(reader)
    attendee.params["partstat"] = vText("ACCEPTED")
    attendee.params["rsvp"] = vText("FALSE")
    return attendee
