"""When an offer is open, on the clock of its city: by days of the week or the month, for a season, and on holidays."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from shared.kernel.dutch_calendar import is_holiday

# As RFC 5545 calls them, from Monday.
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOUR: Final = 60
DAY: Final = 24 * HOUR
LAST_OF_MONTH: Final = -1
_DAYS_AHEAD: Final = 62

Span = tuple[int, int]
"""From and until, in minutes of a day; what ends after midnight is longer than the day."""


class OnHolidays(StrEnum):
    """Whether it is open on a national holiday as on another day. `UNKNOWN`: nobody said."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Opening:
    """The same hours on some days of the week."""

    days: frozenset[int]
    """From 0, which is Monday."""
    opens: int
    closes: int
    """In minutes from the midnight with which that day begins."""
    turns: frozenset[int] = frozenset()
    """Which such days of the month, 1 to 5, or the last one; none: each."""
    first: date | None = None
    last: date | None = None
    """The days between which it counts, with both."""

    def is_on(self, day: date) -> bool:
        """Whether it opens on this day, holidays aside."""
        if day.weekday() not in self.days or (self.turns and self.turns.isdisjoint(turns_of(day))):
            return False
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """All that is known of it; nothing where nothing could be read."""

    openings: tuple[Opening, ...] = ()
    on_holidays: OnHolidays = OnHolidays.UNKNOWN

    @property
    def are_known(self) -> bool:
        """Whether one can tell that it is open, or closed."""
        return bool(self.openings)

    def spans_on(self, day: date) -> list[Span]:
        """What opens on this day, in order; what touches is one."""
        if is_holiday(day) and self.on_holidays is not OnHolidays.OPEN:
            return []
        found: list[Span] = []
        for opens, closes in sorted((one.opens, one.closes) for one in self.openings if one.is_on(day)):
            if found and opens <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], closes))
            else:
                found.append((opens, closes))
        return found

    def is_unsure_on(self, day: date) -> bool:
        """Whether it would open on this day, but for the holiday of which it says nothing."""
        is_unsaid = is_holiday(day) and self.on_holidays is OnHolidays.UNKNOWN
        return is_unsaid and any(one.is_on(day) for one in self.openings)

    def open_span(self, local: datetime) -> Span | None:
        """The span in which it is open now, in minutes of today; None: it is not open, or nobody knows."""
        minute = _minute_of(local)
        yesterday = [(opens - DAY, closes - DAY) for opens, closes in self.spans_on(local.date() - timedelta(days=1))]
        spans = (*yesterday, *self.spans_on(local.date()))
        return max((span for span in spans if span[0] <= minute < span[1]), key=lambda span: span[1], default=None)

    def opens_next(self, local: datetime) -> tuple[date, int] | None:
        """The first day and minute after now at which something opens; None: not in the coming weeks."""
        today, minute = local.date(), _minute_of(local)
        for ahead in range(_DAYS_AHEAD + 1):
            day = today + timedelta(days=ahead)
            for opens, _ in self.spans_on(day):
                if ahead or opens > minute:
                    return day, opens
        return None

    def slots(self) -> frozenset[str]:
        """The hours of the week of which some minute may be open: an index finds by these what is looked at closely."""
        return frozenset(
            f"{DAYS[day]}{hour}"
            for one in self.openings
            for day in one.days
            for hour in range(one.opens // HOUR, -(-one.closes // HOUR))
        )

    def as_stored(self) -> dict[str, Any]:
        """By day of the week, so that a question looks at the hours of one day only (`store.map_filters`)."""
        by_day: dict[str, Any] = {}
        for one in self.openings:
            for day in sorted(one.days):
                by_day.setdefault(DAYS[day], []).append(dict(_stored(one)))
        return by_day | ({"holidays": True} if by_day and self.on_holidays is OnHolidays.OPEN else {})


def turns_of(day: date) -> frozenset[int]:
    """Which of its kind a day is in its month: the second Tuesday is 2, and perhaps it is the last."""
    is_last = day.day + len(DAYS) > monthrange(day.year, day.month)[1]
    return frozenset({(day.day - 1) // 7 + 1, *([LAST_OF_MONTH] if is_last else [])})


def moments_of(local: datetime) -> Mapping[date, int]:
    """The days of which an opening may hold now, with the minute that it is of each."""
    today, minute = local.date(), _minute_of(local)
    return {today: minute, today - timedelta(days=1): minute + DAY}


def slots_at(local: datetime) -> frozenset[str]:
    """Whatever is open now has one of these (`OpeningHours.slots`)."""
    return frozenset(f"{DAYS[day.weekday()]}{minute // HOUR}" for day, minute in moments_of(local).items())


def _minute_of(local: datetime) -> int:
    return local.hour * HOUR + local.minute


def _stored(one: Opening) -> Iterator[tuple[str, Any]]:
    yield "opens", one.opens
    yield "closes", one.closes
    if one.turns:
        yield "turns", sorted(one.turns)
    if one.first:
        yield "first", one.first.isoformat()
    if one.last:
        yield "last", one.last.isoformat()
