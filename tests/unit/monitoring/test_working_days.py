from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.kernel.city import WorkingDays
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.working_time import FURTHEST, WorkingTime
from tests.parts.city import a_city
from tests.parts.dutch_holidays import YEARS, dutch_holidays

CALENDAR, CITY = DutchCalendar(), a_city()
WORKING_TIME = WorkingTime(CITY, CALENDAR)
instants = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2034, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
terms = st.integers(1, 60).map(WorkingDays)


def amsterdam(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY.zone)


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        ("2026-09-08 10:00", 2, "2026-09-10 10:00"),  # an ordinary week
        ("2026-09-11 16:30", 1, "2026-09-14 16:30"),  # over a weekend
        ("2026-09-12 08:00", 1, "2026-09-14 17:00"),  # from a Saturday: the whole Monday
        ("2026-09-13 23:59", 2, "2026-09-15 17:00"),  # from a Sunday
        ("2026-04-03 00:10", 1, "2026-04-07 17:00"),  # from Good Friday
        ("2026-12-25 11:00", 6, "2027-01-05 17:00"),  # from Christmas, over New Year
        ("2026-09-14 00:30", 1, "2026-09-15 00:30"),  # from a Monday that is still Sunday by UTC
        ("2026-04-02 10:00", 1, "2026-04-07 10:00"),  # over Good Friday and Easter Monday
        ("2026-12-24 15:00", 1, "2026-12-28 15:00"),  # over both days of Christmas and a weekend
        ("2026-12-31 15:00", 2, "2027-01-05 15:00"),  # over New Year
        ("2026-03-27 10:00", 2, "2026-03-31 10:00"),  # into summer time
        ("2026-10-23 10:00", 2, "2026-10-27 10:00"),  # out of summer time
        ("2027-04-26 09:15", 1, "2027-04-28 09:15"),  # over King's Day
        ("2025-05-02 09:15", 1, "2025-05-06 09:15"),  # over Liberation Day in a lustrum year
        ("2026-05-13 09:15", 1, "2026-05-15 09:15"),  # over Ascension Day
    ],
)
def test_due_time_counts_whole_dutch_working_days(start: str, term: int, due: str) -> None:
    assert WORKING_TIME.due_after(amsterdam(start), WorkingDays(term)) == amsterdam(due)


def test_holidays_are_what_the_library_says() -> None:
    days = [date(YEARS[0], 1, 1) + timedelta(days=n) for n in range(366 * len(YEARS))]
    days = [day for day in days if day.year in YEARS and day.weekday() < 5]
    known = dutch_holidays()
    assert [day for day in days if CALENDAR.is_working_day(day) is (day in known)] == []


@pytest.mark.parametrize("easter", [date(2285, 3, 22), date(2353, 3, 22), date(3000, 4, 13)])
def test_holidays_are_known_in_years_that_the_library_does_not_have(easter: date) -> None:
    good_friday, monday, tuesday = (easter + timedelta(days=n) for n in (-2, 1, 2))
    assert [CALENDAR.is_working_day(day) for day in (good_friday, monday, tuesday)] == [False, False, True]


@pytest.mark.parametrize("day", [date.min, date(1583, 4, 1), date(2076, 1, 1), date(9999, 12, 31), date.max])
def test_day_of_any_year_has_a_due_time_after_it(day: date) -> None:
    due = WORKING_TIME.due_after_day(day, WorkingDays(2))
    assert due.date() > min(day, FURTHEST)
    assert WORKING_TIME.first_day_from(day) >= min(day, FURTHEST)


@given(start=instants, term=terms)
@example(start=datetime(2026, 3, 27, 23, 30, tzinfo=UTC), term=WorkingDays(1))
@example(start=datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), term=WorkingDays(1))
@example(start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), term=WorkingDays(1))
@example(start=datetime(2026, 10, 25, 1, 30, tzinfo=UTC), term=WorkingDays(1))
@example(start=datetime(2026, 12, 25, 22, 59, tzinfo=UTC), term=WorkingDays(6))
@example(start=datetime(2027, 12, 31, 23, 0, tzinfo=UTC), term=WorkingDays(1))
def test_due_time_is_on_a_working_day_with_exactly_the_term_between_and_no_part_of_a_day_counts_as_one(
    start: datetime, term: WorkingDays
) -> None:
    due = WORKING_TIME.due_after(start, term)
    local_start, local_due = start.astimezone(CITY.zone), due.astimezone(CITY.zone)
    between = [
        local_start.date() + timedelta(days=n) for n in range(1, (local_due.date() - local_start.date()).days + 1)
    ]
    assert due > start
    assert CALENDAR.is_working_day(local_due.date())
    assert sum(map(CALENDAR.is_working_day, between)) == term.count
    works = CALENDAR.is_working_day(local_start.date())
    assert local_due.time() == (local_start.time() if works else CITY.terms.office_closes_at)


@given(start=instants, days=st.integers(1, 40))
def test_longer_term_is_never_due_before_a_shorter_one(start: datetime, days: int) -> None:
    assert WORKING_TIME.due_after(start, WorkingDays(days)) < WORKING_TIME.due_after(start, WorkingDays(days + 1))


@given(start=instants, later=st.timedeltas(timedelta(0), timedelta(days=400)), term=terms)
def test_later_start_is_never_due_on_an_earlier_day(start: datetime, later: timedelta, term: WorkingDays) -> None:
    first = WORKING_TIME.due_after(start, term).astimezone(CITY.zone).date()
    assert first <= WORKING_TIME.due_after(start + later, term).astimezone(CITY.zone).date()


def test_wall_clock_that_summer_time_skips_comes_later_never_early() -> None:
    assert CITY.instant_of(date(2026, 3, 29), time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_wall_clock_that_comes_twice_means_the_second_time() -> None:
    assert CITY.instant_of(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(start=instants)
@example(start=datetime(2026, 3, 15, 12, tzinfo=UTC))
@example(start=datetime(2026, 10, 11, 12, tzinfo=UTC))
@example(start=datetime(2026, 12, 12, 12, tzinfo=UTC))
def test_follow_ups_are_at_nine_on_working_days_and_never_before_their_week(start: datetime) -> None:
    dues = [WORKING_TIME.follow_up_due(start, weeks) for weeks in CITY.follow_up.plan_weeks]
    day = start.astimezone(CITY.zone).date()
    for weeks, due in zip(CITY.follow_up.plan_weeks, dues, strict=True):
        local = due.astimezone(CITY.zone)
        assert local.time() == time(9)
        assert CALENDAR.is_working_day(local.date())
        # The longest row of days off is Good Friday to Easter Monday, or Christmas around a weekend.
        assert timedelta(0) <= local.date() - (day + timedelta(weeks=weeks)) <= timedelta(days=4)
    assert all(earlier < later for earlier, later in pairwise(dues))


def test_promised_day_is_over_at_the_end_of_the_office_day() -> None:
    assert WORKING_TIME.due_after_day(date(2026, 9, 11), WorkingDays(2)) == amsterdam("2026-09-15 17:00")


@given(day=st.dates(date(2024, 1, 1), date(2034, 12, 31)))
def test_day_itself_never_counts(day: date) -> None:
    assert WORKING_TIME.day_after(day, WorkingDays(1)) > day


@pytest.mark.parametrize("count", [0, -1])
def test_term_of_no_days_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        WorkingDays(count)
