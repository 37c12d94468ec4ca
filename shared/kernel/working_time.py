"""Working days and due times, by the city's clock. A due time is never early: it leaves the whole term."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from shared.kernel.city import City, WorkingDays

# Days end with the year 9999: a date that somebody mistyped comes late then, and holds nothing up.
FURTHEST = date(9900, 1, 1)


class Calendar(Protocol):
    """Knows which days people work."""

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and no public holiday."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When something is due: working days, the city's time zone and its office hours together."""

    city: City
    calendar: Calendar

    def first_day_from(self, day: date) -> date:
        """`day` itself when people work then, else the first working day after it."""
        day = min(day, FURTHEST)
        while not self.calendar.is_working_day(day):
            day += timedelta(days=1)
        return day

    def day_after(self, day: date, term: WorkingDays) -> date:
        """The `term`-th working day after `day`; `day` itself never counts."""
        day = min(day, FURTHEST)
        for _ in range(term.count):
            day = self.first_day_from(day + timedelta(days=1))
        return day

    def due_after(self, start: datetime, term: WorkingDays) -> datetime:
        """`term` working days after `start`, at the same local time.

        From a day on which nobody works every working day counts whole: a partner that is asked on Saturday morning
        has until the office closes on Monday.
        """
        local = start.astimezone(self.city.zone)
        if not self.calendar.is_working_day(local.date()):
            return self.due_after_day(local.date(), term)
        return self.city.instant_of(self.day_after(local.date(), term), local.time())

    def due_after_day(self, day: date, term: WorkingDays) -> datetime:
        """The end of the office day, `term` working days after `day`: a promised day is not over as it begins."""
        return self.city.instant_of(self.day_after(day, term), self.city.terms.office_closes_at)

    def follow_up_due(self, start: datetime, weeks: int) -> datetime:
        """When follow-ups are asked, on the first working day at least `weeks` weeks after the day of `start`."""
        day = self.city.day_of(start) + timedelta(weeks=weeks)
        return self.city.instant_of(self.first_day_from(day), self.city.follow_up.asked_at)
