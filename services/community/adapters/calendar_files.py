"""Gatherings as calendars read them (iCalendar, RFC 5545): one builder for the mail, the page and the feeds.

Every date is an event of its own, with an id that never changes. A calendar is often shared with others: so no personal
link, no names of others, and at most one attendee, the reader.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from services.community.domain.appointment import Appointment
from services.community.domain.feed import Entry
from services.community.domain.gathering import Gathering, GatheringState
from services.community.domain.place import Place
from shared.events.gathering_letters import CalendarMethod, GatheringDetails
from shared.kernel.city import City

PRODUCT: Final = "-//Schakel//NL"
DAY: Final = timedelta(days=1)
# How often a calendar is asked to read a feed again.
READ_EVERY: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ICalendarFiles:
    """Writes the files of one city. `host` stands in every id; `public_url` leads to the page."""

    city: City
    host: str
    public_url: str

    def write(
        self,
        gathering: Gathering,
        place: Place | None,
        method: CalendarMethod,
        at: datetime,
        *,
        reader: str = "",
        revision: int = 0,
    ) -> bytes:
        calendar = _calendar(method)
        calendar.add_component(self._event(Entry(gathering, place, revision), method, at, reader))
        self._add_time_zone(calendar, [gathering.details.starts_at])
        return bytes(calendar.to_ical())

    def write_appointment(
        self, appointment: Appointment, gathering: Gathering, method: CalendarMethod, at: datetime, *, reader: str
    ) -> bytes:
        calendar, event = _calendar(method), Event()
        self._identify(event, appointment.id, appointment.sequence, appointment.changed_at, at)
        event.add("status", "CANCELLED" if method is CalendarMethod.CANCEL else "CONFIRMED")
        event.add("summary", f"Vervolgafspraak na {gathering.details.title}")
        self._add_time(event, appointment.starts_at, appointment.ends_at)
        event.add("location", appointment.place)
        self._add_people(event, reader)
        calendar.add_component(event)
        self._add_time_zone(calendar, [appointment.starts_at])
        return bytes(calendar.to_ical())

    def write_details(
        self, thing_id: UUID, details: GatheringDetails, sequence: int, method: CalendarMethod, at: datetime, *,
        reader: str,
    ) -> bytes:  # fmt: skip
        calendar, event = _calendar(method), Event()
        self._identify(event, thing_id, sequence, at, at)
        event.add("status", "CANCELLED" if method is CalendarMethod.CANCEL else "CONFIRMED")
        event.add("summary", details.title)
        self._add_time(event, details.starts_at, details.ends_at)
        event.add("location", details.place)
        self._add_people(event, reader)
        calendar.add_component(event)
        self._add_time_zone(calendar, [details.starts_at])
        return bytes(calendar.to_ical())

    def write_feed(self, entries: Collection[Entry], name: str, at: datetime) -> bytes:
        calendar = _calendar(CalendarMethod.PUBLISH)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", READ_EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(READ_EVERY))
        for entry in entries:
            calendar.add_component(self._event(entry, CalendarMethod.PUBLISH, at))
        self._add_time_zone(calendar, [one.gathering.details.starts_at for one in entries])
        return bytes(calendar.to_ical())

    def _event(self, entry: Entry, method: CalendarMethod, at: datetime, reader: str = "") -> Event:
        """One entry, the same wherever it is read."""
        event, gathering = Event(), entry.gathering
        self._identify(event, gathering.id, gathering.sequence + entry.revision, gathering.changed_at, at)
        is_off = method is CalendarMethod.CANCEL or gathering.state is GatheringState.CANCELLED
        event.add("status", "CANCELLED" if is_off else "CONFIRMED")
        self._add_what_and_where(event, gathering, entry.place)
        self._add_people(event, reader)
        return event

    def _identify(self, event: Event, thing_id: UUID, sequence: int, changed_at: datetime, at: datetime) -> None:
        event.add("uid", f"{thing_id}@{self.host}")
        event.add("sequence", sequence)
        event.add("dtstamp", at)
        event.add("last-modified", changed_at)

    def _add_time(self, event: Event, starts_at: datetime, ends_at: datetime) -> None:
        event.add("dtstart", starts_at.astimezone(self.city.zone))
        event.add("dtend", ends_at.astimezone(self.city.zone))

    def _add_people(self, event: Event, reader: str) -> None:
        if self.city.desk.email:
            event["organizer"] = _address(self.city.desk.email, self.city.desk.name)
        if reader:
            event.add("attendee", _attendee(reader), encode=False)

    def _add_time_zone(self, calendar: Calendar, moments: Collection[datetime]) -> None:
        """Its rules for these days only: without bounds those of 1970 to 2038 are written out."""
        days = [self.city.day_of(one) for one in moments]
        if days:
            calendar.add_missing_timezones(first_date=min(days), last_date=max(days) + 2 * DAY)

    def _add_what_and_where(self, event: Event, gathering: Gathering, place: Place | None) -> None:
        details, url = gathering.details, f"{self.public_url}/bijeenkomsten/{gathering.id}"
        event.add("summary", details.title)
        self._add_time(event, details.starts_at, details.ends_at)
        if place is not None:
            event.add("location", f"{place.name}, {place.address}")
        access = f"Iets nodig om mee te doen? Bel {details.contact_name}: {details.contact_phone}."
        event.add("description", f"{details.about}\n{access}\n{url}")
        event.add("url", url)


def _calendar(method: CalendarMethod) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    # On the calendar and not in the event: else some clients keep two meetings.
    calendar.add("method", method.value)
    return calendar


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
