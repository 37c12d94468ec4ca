"""Gatherings that come back: every few weeks on the same weekday, at the same time by the city's clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count, islice
from typing import Final
from uuid import UUID

from shared.events.community import GatheringKind
from shared.kernel.dutch_calendar import is_holiday

# No more: place and hosts differ each time, and who plans further plans what will change.
DATES_AHEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Series:
    """The rule. Its first day fixes the weekday; what each date begins with stands in `capacity` and what follows."""

    id: UUID
    title: str
    kind: GatheringKind
    first_on: date
    every_weeks: int
    starts: time
    minutes: int
    about: str
    capacity: int
    language: str
    has_childcare: bool
    contact_name: str
    contact_phone: str
    place_id: UUID | None = None
    # The last day that was planned: no day is planned twice, also when its gathering was moved or cancelled since.
    planned_until: date | None = None
    # From that day on nothing more is planned.
    ended_on: date | None = None

    def next_dates(self, today: date) -> list[date]:
        """The next dates from today on."""
        return list(islice(self._from(today), DATES_AHEAD))

    def new_dates(self, today: date) -> list[date]:
        """Those of them that were not planned yet."""
        return [day for day in self.next_dates(today) if self.planned_until is None or day > self.planned_until]

    def proposed_on(self, day: date) -> date:
        """Where a gathering of this date goes: on a holiday a week later, unless the series is there by itself."""
        later = day
        while is_holiday(later):
            later += timedelta(weeks=1)
        return day if (later - self.first_on) % timedelta(weeks=self.every_weeks) == timedelta() else later

    def _from(self, today: date) -> Iterator[date]:
        step = timedelta(weeks=self.every_weeks)
        passed = max(0, -((self.first_on - today) // step))
        return (self.first_on + step * number for number in count(passed) if self.first_on + step * number >= today)
