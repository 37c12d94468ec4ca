"""Working days, due times and how long each clock runs. A due time is never early: it leaves the whole term."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.events.base import Urgency

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Calendar(Protocol):
    """Knows which days people work."""

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and no public holiday."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A number of working days, 1 or more."""

    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"a term is at least one working day, not {self.count}")


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """What a decision needs from outside: the time, the calendar, and new identities."""

    now: datetime
    calendar: Calendar
    new_id: Callable[[], UUID]


@dataclass(frozen=True, slots=True)
class AnswerTerms:
    """How long a partner has: when it is reminded (if at all), the coordinator told, the next one asked."""

    remind: WorkingDays | None
    escalate: WorkingDays
    expire: WorkingDays


ANSWER_WITHIN = {
    Urgency.NORMAL: AnswerTerms(WorkingDays(2), WorkingDays(4), WorkingDays(6)),
    Urgency.SOON: AnswerTerms(WorkingDays(1), WorkingDays(2), WorkingDays(3)),
    Urgency.TODAY: AnswerTerms(None, WorkingDays(1), WorkingDays(1)),
}
INVENTORY_WITHIN = {Urgency.NORMAL: WorkingDays(3), Urgency.SOON: WorkingDays(3), Urgency.TODAY: WorkingDays(1)}
# Matching answers within seconds; a need that has no partner and no verdict after this is a need that got lost.
MATCHING_WITHIN = WorkingDays(1)
FIRST_CONTACT_WITHIN = WorkingDays(2)
CONFIRM_WITHIN = WorkingDays(5)
FOLLOW_UP_REMIND_AFTER = WorkingDays(3)
FOLLOW_UP_MISSED_AFTER = WorkingDays(6)
# A child that is out of sight is brought up again at this pace, until a person acts.
OUT_OF_SIGHT_AGAIN_AFTER = WorkingDays(3)
# A need that still has nobody comes back on the list so long after a person took it off.
NOBODY_AGAIN_AFTER = WorkingDays(5)

# After the first confirmed outcome: 2 weeks, 6 weeks, then every 12 weeks, four times.
PLAN_WEEKS = (2, 6, 18, 30, 42, 54)
# Where there is no plan (any more): soon the first time, then in the rhythm that the answers so far allow.
INTERIM_WEEKS = 2
AFTER_INTERIM_WEEKS = 6
AFTER_PLAN_WEEKS = 12

# Days end with the year 9999: a date that somebody mistyped comes late then, and holds nothing up.
FURTHEST = date(9900, 1, 1)
FOLLOW_UP_TIME = time(9)
# A promised day is over when the office closes, not when the day begins.
END_OF_OFFICE = time(17)


def first_working_day_from(calendar: Calendar, day: date) -> date:
    """`day` itself when people work then, else the first working day after it."""
    day = min(day, FURTHEST)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_after(calendar: Calendar, day: date, term: WorkingDays) -> date:
    """The `term`-th working day after `day`; `day` itself never counts."""
    day = min(day, FURTHEST)
    for _ in range(term.count):
        day = first_working_day_from(calendar, day + timedelta(days=1))
    return day


def at_wall_clock(day: date, wall: time) -> datetime:
    """The instant (UTC) at which clocks in Amsterdam show `wall` on `day`.

    A time that summer time skips, or that comes twice, gives the later instant: never early.
    """
    return max(datetime.combine(day, wall.replace(fold=fold), AMSTERDAM).astimezone(UTC) for fold in (0, 1))


def due_after(calendar: Calendar, start: datetime, term: WorkingDays) -> datetime:
    """`term` working days after `start`, at the same local time.

    From a day on which nobody works every working day counts whole: a partner that is asked on Saturday morning has
    until the office closes on Monday.
    """
    local = start.astimezone(AMSTERDAM)
    if not calendar.is_working_day(local.date()):
        return due_after_day(calendar, local.date(), term)
    return at_wall_clock(working_day_after(calendar, local.date(), term), local.time())


def due_after_day(calendar: Calendar, day: date, term: WorkingDays) -> datetime:
    """The end of the office day, `term` working days after `day`."""
    return at_wall_clock(working_day_after(calendar, day, term), END_OF_OFFICE)


def follow_up_due(calendar: Calendar, start: datetime, weeks: int) -> datetime:
    """Nine o'clock on the first working day that is at least `weeks` weeks after the day of `start`."""
    day = start.astimezone(AMSTERDAM).date() + timedelta(weeks=weeks)
    return at_wall_clock(first_working_day_from(calendar, day), FOLLOW_UP_TIME)
