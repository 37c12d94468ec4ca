"""When an offer is open: read whole out of people's words or not at all, on the city's clock and with its holidays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matching.domain.opening_hours import DAYS, LAST_OF_MONTH, OnHolidays, Opening, OpeningHours, slots_at
from services.matching.domain.opening_words import hours_in
from tests.parts.dutch_holidays import dutch_holidays

WEEK: Final = frozenset(range(5))
ZONE: Final = ZoneInfo("Europe/Amsterdam")
MONDAY: Final = datetime(2026, 11, 30, tzinfo=ZONE)
HOLIDAYS: Final = dutch_holidays()
NIGHTS_OF_THE_CLOCK: Final = (date(2026, 3, 29), date(2026, 10, 25))


def opening(days: frozenset[int] | set[int], opens: int, closes: int, **more: object) -> Opening:
    return Opening(frozenset(days), opens * 60, closes * 60, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ma-vr 09:00-17:00; za 10:00-12:00", (opening(WEEK, 9, 17), opening({5}, 10, 12))),
        (
            "Maandag t/m vrijdag: 9 \u2013 17 uur\nZaterdag 10-12 uur.",
            (opening(WEEK, 9, 17), opening({5}, 10, 12)),
        ),
        ("Elke woensdag van 13.00 tot 15.00 uur", (opening({2}, 13, 15),)),
        ("woensdag van 13:00 tot 15:00 uur", (opening({2}, 13, 15),)),
        ("ma, di en do 9-12 en 13-17 uur", (opening({0, 1, 3}, 9, 12), opening({0, 1, 3}, 13, 17))),
        ("van 9 tot 17 uur, maandag t/m vrijdag", (opening(WEEK, 9, 17),)),
        ("ma 9-12, di 13-17", (opening({0}, 9, 12), opening({1}, 13, 17))),
        ("dagelijks 9-17, zo gesloten", (opening(set(range(6)), 9, 17),)),
        ("vr-ma 10-12", (opening({4, 5, 6, 0}, 10, 12),)),
        ("vr 20:00-02:00", (opening({4}, 20, 26),)),
        ("ma-zo 0:00-24:00", (opening(set(range(7)), 0, 24),)),
        ("iedere maand 1e maandag van 10:00 tot 12:00 uur", (opening({0}, 10, 12, turns=frozenset({1})),)),
        ("laatste vrijdag van de maand 9-10", (opening({4}, 9, 10, turns=frozenset({LAST_OF_MONTH})),)),
        (
            "van 1-9-2026 tot en met 30 juni 2027: wo 13-15",
            (opening({2}, 13, 15, first=date(2026, 9, 1), last=date(2027, 6, 30)),),
        ),
        ("ma-vr 9-17 (bel even aan bij de blauwe deur)", (opening(WEEK, 9, 17),)),
    ],
)
def test_hours_are_read_out_of_words(words: str, expected: tuple[Opening, ...]) -> None:
    assert hours_in(words).openings == expected


@pytest.mark.parametrize(
    "words",
    [
        "", "op afspraak", "elke woensdag", "gesloten", "woensdagmiddag", "010 123 45 67", "ma 9-25", "ma 9.60-12",
        "ma-vr 9-17, niet in de vakantie", "ma-vr 9-17 (alleen op afspraak)", "soms woensdag van 9 tot 12 uur",
        "om de 2 weken woensdag van 9 tot 12 uur", "ma vanaf 9 uur", "ma tot 12 uur", "maandag tot vrijdag 9-17",
        "op werkdagen van 9 tot 5 uur", "wo van 1 tot 5 uur", "ma 9-9", "iedere maand woensdag 9-12",
        "van 30-6-2027 tot en met 1-9-2026: ma 9-12", "31-2-2026 - 1-9-2026: ma 9-12", "ma 9-12;" * 1_000,
    ],
)  # fmt: skip
def test_what_cannot_be_read_whole_gives_no_hours(words: str) -> None:
    assert not hours_in(words).are_known


@given(st.text(max_size=60) | st.text("ma di-woevrz0123459.:;,()/&\n", max_size=60))
def test_no_words_break_the_reader(words: str) -> None:
    assert hours_in(words) == hours_in(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ma-vr 9-17", OnHolidays.UNKNOWN),
        ("ma-vr 9-17; feestdagen gesloten", OnHolidays.CLOSED),
        ("ma-vr 9-17, op feestdagen gesloten", OnHolidays.CLOSED),
        ("ma-vr 9-17; ook op feestdagen", OnHolidays.OPEN),
    ],
)
def test_on_a_holiday_it_is_open_only_when_it_says_so(words: str, expected: OnHolidays) -> None:
    hours, christmas = hours_in(words), datetime(2026, 12, 25, 10, tzinfo=ZONE)

    assert hours.on_holidays is expected
    assert (hours.open_span(christmas) is not None) is (expected is OnHolidays.OPEN)
    assert hours.is_unsure_on(christmas.date()) is (expected is OnHolidays.UNKNOWN)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (MONDAY.replace(hour=9), (9 * 60, 12 * 60)),
        (MONDAY.replace(hour=12), None),
        (MONDAY.replace(hour=11, minute=59), (9 * 60, 12 * 60)),
        (MONDAY.replace(hour=1), None),
        (MONDAY.replace(day=28, hour=1), (-4 * 60, 2 * 60)),
    ],
)
def test_it_is_open_from_its_first_minute_until_before_its_last(at: datetime, expected: tuple[int, int] | None) -> None:
    assert hours_in("ma 9-12, 13-17; vr 20:00-02:00").open_span(at) == expected


def _openings() -> st.SearchStrategy[Opening]:
    days = st.frozensets(st.integers(0, 6), min_size=1)
    spans = st.tuples(st.integers(0, 47), st.integers(1, 47)).map(lambda two: (two[0] * 30, (two[0] + two[1]) * 30))
    each: frozenset[int] = frozenset()
    turns = st.just(each) | st.frozensets(st.sampled_from([1, 2, 3, 4, 5, LAST_OF_MONTH]), min_size=1)
    around = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
    parts = st.tuples(days, spans, turns, around, around)
    return parts.map(lambda part: Opening(part[0], *part[1], part[2], part[3], part[4]))


def _minutes_open(hours: OpeningHours, first: date, days: int) -> Iterator[datetime]:
    """Written out minute by minute, half hour by half hour, from the day before on."""
    for number in range(-1, days):
        day = first + timedelta(days=number)
        if day in HOLIDAYS and hours.on_holidays is not OnHolidays.OPEN:
            continue
        later = [day + timedelta(days=7 * weeks) for weeks in range(1, 6)]
        earlier = [day - timedelta(days=7 * weeks) for weeks in range(1, 6)]
        turn = 1 + sum(each.month == day.month for each in earlier)
        is_last = all(each.month != day.month for each in later)
        for one in hours.openings:
            counts = not one.turns or turn in one.turns or (is_last and LAST_OF_MONTH in one.turns)
            in_season = (one.first or day) <= day <= (one.last or day)
            if day.weekday() in one.days and counts and in_season:
                for minute in range(one.opens, one.closes, 30):
                    yield datetime.combine(day, time(), ZONE) + timedelta(minutes=minute)


@given(
    st.lists(_openings(), min_size=1, max_size=3),
    st.sampled_from(OnHolidays),
    st.dates(date(2026, 2, 1), date(2027, 6, 1)),
)
def test_open_and_next_opening_are_what_a_calendar_written_out_says(
    openings: list[Opening], on_holidays: OnHolidays, first: date
) -> None:
    hours = OpeningHours(tuple(openings), on_holidays)
    written_out = set(_minutes_open(hours, first, 10))
    begins = datetime.combine(first, time(), ZONE)
    moments = [begins + timedelta(minutes=30 * step) for step in range(48 * 3)]

    assert [hours.open_span(at) is not None for at in moments] == [at in written_out for at in moments]
    assert all(hours.slots() & slots_at(at) for at in moments if at in written_out)
    for at in moments[::7]:
        if hours.open_span(at) is None:
            after = min((each for each in written_out if each > at), default=None)
            day, minute = hours.opens_next(at) or (date.max, 0)
            assert after is None or after == datetime.combine(day, time(), ZONE) + timedelta(minutes=minute)


def test_index_finds_by_the_hours_in_which_something_is_open_and_by_no_other() -> None:
    hours = hours_in("ma 9.30-12.00; di 23:00-01:30")

    assert hours.slots() == {"MO9", "MO10", "MO11", "TU23", "TU24", "TU25"}
    assert slots_at(MONDAY.replace(hour=9, minute=5)) == {"MO9", "SU33"}


@pytest.mark.parametrize("night", NIGHTS_OF_THE_CLOCK)
def test_on_the_nights_of_the_clock_the_hands_of_the_clock_count(night: date) -> None:
    hours = hours_in("za 22:00-06:00; zo 9-17")
    begins = datetime.combine(night, time(), UTC) - timedelta(hours=6)
    for minutes in range(0, 24 * 60, 10):
        local = (begins + timedelta(minutes=minutes)).astimezone(ZONE)
        at_night = (local.date() < night and local.hour >= 22) or (local.date() == night and local.hour < 6)
        by_day = local.date() == night and 9 <= local.hour < 17
        assert (hours.open_span(local) is not None) is (at_night or by_day), local


def test_days_are_called_as_the_standard_calls_them() -> None:
    assert hours_in("ma 9-12; zo 13-15").as_stored().keys() == {DAYS[0], DAYS[6]}
