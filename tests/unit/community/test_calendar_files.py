"""Files for calendars: what stands in them, that they are told apart, and that another parser reads the same."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ical.calendar_stream import IcsCalendarStream
from ical.event import Event, EventStatus
from icalendar import Calendar

from services.community.adapters.calendar_files import ICalendarFiles
from services.community.domain.feed import Entry
from services.community.domain.gathering import Gathering, GatheringState
from shared.events.gathering_letters import CalendarMethod
from tests.parts.city import a_city
from tests.unit.community.world import DE_BOEI, EVENING, SITE, TUESDAY, an_id, later

FILES = ICalendarFiles(a_city(), "schakel.example", SITE)
NOW = TUESDAY + timedelta(hours=1)
GATHERING = Gathering(
    an_id("gathering"), replace(EVENING, title="Netwerkavond: één plek, " + "veel verhalen ë " * 6), TUESDAY,
    state=GatheringState.ANNOUNCED, sequence=2,
)  # fmt: skip
READER = "anna@school.example"


def test_entry_of_a_mail_is_whole_and_of_one_reader() -> None:
    content = FILES.write(GATHERING, DE_BOEI, CalendarMethod.REQUEST, NOW, reader=READER)
    calendar: Any = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")

    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{GATHERING.id}@schakel.example"
    assert event["SEQUENCE"] == 2
    assert event["SUMMARY"] == GATHERING.details.title
    assert event["ATTENDEE"] == f"mailto:{READER}"
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (NOW, TUESDAY)
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["DTSTART"].dt == EVENING.starts_at
    assert "Sam de Wit: 010 123 45 67" in event["DESCRIPTION"]
    assert event["URL"] == f"{SITE}/bijeenkomsten/{GATHERING.id}"
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert calendar.walk("VALARM") == []


def test_lines_end_and_fold_as_the_standard_says() -> None:
    content = FILES.write(GATHERING, DE_BOEI, CalendarMethod.REQUEST, NOW, reader=READER)
    lines = content.split(b"\r\n")

    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert content.count(b"BEGIN:STANDARD") + content.count(b"BEGIN:DAYLIGHT") <= 4


def test_page_tells_nobody_and_has_the_same_entry_as_the_mail() -> None:
    page: Any = Calendar.from_ical(FILES.write(GATHERING, DE_BOEI, CalendarMethod.PUBLISH, NOW))
    mail: Any = Calendar.from_ical(FILES.write(GATHERING, DE_BOEI, CalendarMethod.REQUEST, NOW, reader=READER))
    (shown,), (mailed,) = page.walk("VEVENT"), mail.walk("VEVENT")

    assert page["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in shown
    assert {name: shown[name] for name in ("UID", "SEQUENCE", "SUMMARY")} == {
        name: mailed[name] for name in ("UID", "SEQUENCE", "SUMMARY")
    }


def test_cancelled_entry_leaves_by_a_later_sequence_and_the_same_id() -> None:
    event = Calendar.from_ical(
        FILES.write(GATHERING, DE_BOEI, CalendarMethod.CANCEL, NOW, reader=READER, revision=1)
    ).walk("VEVENT")[0]

    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 3)
    assert event["UID"] == f"{GATHERING.id}@schakel.example"


def read_by_another(content: bytes) -> list[Event]:
    """The events, as a parser reads them that shares nothing with the library that wrote them."""
    return IcsCalendarStream.calendar_from_ics(content.decode()).events


def test_another_parser_finds_it_at_its_time_on_both_sides_of_the_clock_change() -> None:
    for days, hour in ((0, "10"), (30, "09")):
        moved = replace(GATHERING, details=later(GATHERING.details, days))
        (event,) = read_by_another(FILES.write(moved, DE_BOEI, CalendarMethod.REQUEST, NOW, reader=READER))

        assert event.uid == f"{GATHERING.id}@schakel.example"
        assert event.sequence == 2
        assert (event.dtstart, event.dtend) == (moved.details.starts_at, moved.details.ends_at)
        assert f"{event.dtstart:%H}" == hour
        assert event.summary == moved.details.title
        assert event.location == "Buurthuis De Boei, Havenstraat 1"
        assert [one.uri for one in event.attendees] == [f"mailto:{READER}"]


def test_feed_has_every_entry_as_the_mail_has_it_and_no_reader() -> None:
    off = replace(GATHERING, id=an_id("off"), state=GatheringState.CANCELLED, details=later(GATHERING.details, 30))
    content = FILES.write_feed([Entry(GATHERING, DE_BOEI, 1), Entry(off)], "Mijn bijeenkomsten", NOW)
    calendar: Any = Calendar.from_ical(content)
    shown, gone = read_by_another(content)

    assert calendar["METHOD"] == "PUBLISH"
    assert b"ATTENDEE" not in content
    assert (shown.uid, shown.sequence) == (f"{GATHERING.id}@schakel.example", 3)
    assert (shown.status, gone.status) == (EventStatus.CONFIRMED, EventStatus.CANCELLED)
    assert [one.dtstart for one in (shown, gone)] == [GATHERING.details.starts_at, off.details.starts_at]


def test_entry_is_put_in_the_place_of_the_one_before_in_another_ones_calendar() -> None:
    mine = Store()
    for days, sequence in ((0, 0), (7, 1)):
        moved = replace(GATHERING, sequence=sequence, details=later(GATHERING.details, days))
        mine.take(read_by_another(FILES.write(moved, DE_BOEI, CalendarMethod.REQUEST, NOW, reader=READER)))
    late = replace(GATHERING, sequence=0)
    mine.take(read_by_another(FILES.write(late, DE_BOEI, CalendarMethod.REQUEST, NOW, reader=READER)))

    (kept,) = mine.entries.values()
    assert kept.dtstart == later(GATHERING.details, 7).starts_at


class Store:
    """A calendar that keeps one entry for each id, and takes an older one for what it is (RFC 5546, 2.1.4)."""

    def __init__(self) -> None:
        self.entries: dict[str, Event] = {}

    def take(self, events: list[Event]) -> None:
        for event in events:
            known = self.entries.get(event.uid)
            if known is None or (event.sequence or 0) > (known.sequence or 0):
                self.entries[event.uid] = event
