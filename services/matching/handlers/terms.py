"""How long a partner has to answer. The calendar is a rule of the country, not a thing of the outside world."""

from datetime import datetime, timedelta
from typing import Final

from services.matching.ports import MatchingUnit
from shared.events.base import Urgency
from shared.kernel.city import WorkingDays
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.working_time import WorkingTime

A_WORKING_DAY: Final = WorkingDays(1)


def answer_by(urgency: Urgency, unit: MatchingUnit) -> datetime:
    """The last moment to answer for a partner that is asked now."""
    return _time(unit).due_after(unit.now, unit.city.terms.answer[urgency].expire_after)


def answer_by_again(answer_by: datetime, unit: MatchingUnit) -> datetime:
    """The question is open again: the time that there was, and never less than a working day."""
    return max(answer_by, _time(unit).due_after(unit.now, A_WORKING_DAY))


def answer_by_after_pause(stood_still_at: datetime, answer_by: datetime, unit: MatchingUnit) -> datetime:
    """As many working days as were left when the clock was stopped, counted from now."""
    time, day, end = _time(unit), unit.city.day_of(stood_still_at), unit.city.day_of(answer_by)
    left = 0
    while day < end:
        day += timedelta(days=1)
        left += time.calendar.is_working_day(day)
    return time.due_after(unit.now, WorkingDays(max(left, 1)))


def _time(unit: MatchingUnit) -> WorkingTime:
    return WorkingTime(unit.city, DutchCalendar())
