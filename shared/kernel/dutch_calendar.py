"""Dutch working days, by the rules of the national holidays."""

from datetime import date, timedelta
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6
# Days from Easter Sunday: Good Friday, Easter itself and Monday, Ascension Day, Whit Sunday and Monday.
AROUND_EASTER = (-2, 0, 1, 39, 49, 50)
LUSTRUM = 5


class DutchCalendar:
    """Monday to Friday without the national holidays (Good Friday counts as one, as in the Algemene termijnenwet).

    A test compares it with the `holidays` library, which itself holds every country of the world in memory, a fifth of
    what a worker may have.
    """

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`."""
        return day.weekday() < SATURDAY and not is_holiday(day)


def is_holiday(day: date) -> bool:
    """Whether `day` is a national holiday."""
    return day in _holidays(day.year)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    days = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    days |= {easter + timedelta(days=distance) for distance in AROUND_EASTER}
    kings_day = date(year, 4, 27)
    days.add(kings_day.replace(day=26) if kings_day.weekday() == SUNDAY else kings_day)
    if year % LUSTRUM == 0:
        # Liberation Day is a day off for everybody once in five years.
        days.add(date(year, 5, 5))
    return frozenset(days)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, after Meeus, Jones and Butcher."""
    golden, century, in_century = year % 19, year // 100, year % 100
    leaps, rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * rest + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
