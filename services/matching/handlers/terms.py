"""How long a partner has to answer."""

from datetime import datetime, timedelta

from services.matching.ports import MatchingUnit
from shared.events.base import Urgency
from shared.kernel.city import WorkingDays
from shared.kernel.working_time import WorkingTime


def answer_by(urgency: Urgency, unit: MatchingUnit) -> datetime:
    """The last moment to answer for a partner that is asked now."""
    return WorkingTime(unit.city, unit.calendar).due_after(unit.now, unit.city.terms.answer[urgency].expire_after)


def answer_by_again(before: datetime, unit: MatchingUnit) -> datetime:
    """The question is open again: the time that there was, and never less than who is asked for today gets."""
    return max(before, answer_by(Urgency.TODAY, unit))


def answer_by_after_pause(stood_still_at: datetime, before: datetime, unit: MatchingUnit) -> datetime:
    """As many working days as were left when the clock was stopped, counted from now."""
    day, end, left = unit.city.day_of(stood_still_at), unit.city.day_of(before), 0
    while day < end:
        day += timedelta(days=1)
        left += unit.calendar.is_working_day(day)
    return WorkingTime(unit.city, unit.calendar).due_after(unit.now, WorkingDays(max(left, 1)))
