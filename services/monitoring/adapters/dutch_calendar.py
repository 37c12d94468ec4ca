"""Dutch working days, from the `holidays` library."""

from datetime import date
from functools import cached_property

import holidays

SATURDAY = 5


class DutchCalendar:
    """Monday to Friday without the national holidays (Good Friday counts as one, as in the Algemene termijnenwet)."""

    @cached_property
    def _holidays(self) -> holidays.HolidayBase:
        # Years are worked out when a day in them is first asked for.
        return holidays.country_holidays("NL")

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`."""
        return day.weekday() < SATURDAY and day not in self._holidays
