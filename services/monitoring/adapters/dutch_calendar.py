"""Dutch working days, from a table of national holidays."""

from datetime import date
from functools import cached_property
from pathlib import Path

SATURDAY = 5
TABLE = Path(__file__).with_name("dutch_holidays.txt")


class DutchCalendar:
    """Monday to Friday without the national holidays (Good Friday counts as one, as in the Algemene termijnenwet).

    The table is made from the `holidays` library (`python -m tests.parts.dutch_holidays`) and compared with it by a
    test: the library itself holds every country of the world in memory, a fifth of what a worker may have.
    """

    @cached_property
    def _holidays(self) -> frozenset[date]:
        return frozenset(map(date.fromisoformat, TABLE.read_text(encoding="ascii").split()))

    @cached_property
    def _last_year(self) -> int:
        return max(self._holidays).year

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`. Raises LookupError after the last year of the table."""
        if day.year > self._last_year:
            msg = f"the table of Dutch holidays ends with {self._last_year}; a newer Schakel has a longer one"
            raise LookupError(msg)
        return day.weekday() < SATURDAY and day not in self._holidays
