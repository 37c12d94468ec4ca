"""How fast help comes, in words: for the board over many cases, for one case on its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date

from services.monitoring.domain.board import PaceFigures, StepPace
from services.monitoring.domain.measures import Pace
from shared.kernel.city import City
from shared.web.languages import PAGE_LANGUAGE
from shared.web.pages import day

NOT_YET = "nog niet"
HOURS_A_DAY = 24
MONTHS_BACK = 24
STEPS = ("Eerste antwoord van een partner", "Eerste contact met het gezin", "Eerste hulp")


@dataclass(frozen=True, slots=True)
class PaceView:
    """Rows for the board; `warm` says how families were handed over."""

    rows: Sequence[tuple[str, str, str, str]]
    warm: str


def pace_rows(figures: PaceFigures) -> PaceView:
    """Each step with how many cases came so far, the median, and what nine in ten stay within; none without cases."""
    steps = zip(STEPS, (figures.answer, figures.contact, figures.help), strict=True)
    rows = [_row(step, taken) for step, taken in steps]
    share, handovers = figures.warm_share, figures.warm + figures.cold
    if share is None:
        warm = "Er is nog geen gezin aan een partner voorgesteld."
    else:
        gone = f"{figures.warm} van {handovers} keer ({share}%)"
        warm = f"Samen kennismaken: {gone}. Koud, met een reden: {figures.cold} keer."
    return PaceView(rows if any(one.cases for one in (figures.answer, figures.contact, figures.help)) else [], warm)


def case_pace(pace: Pace, city: City) -> list[tuple[str, str, str]]:
    """The steps of one case: when, and how long after the request."""
    ends = (pace.first_answer_at, pace.first_contact_at, pace.first_help_at)
    return [
        (step, day(city.day_of(end)) if end else NOT_YET, _after(pace.asked_at, end))
        for step, end in zip(STEPS, ends, strict=True)
    ]


def months_until(today: date) -> list[tuple[str, str]]:
    """The months to choose from, newest first, as code and words."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS_BACK:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return [(code := f"{one:%Y-%m}", month_in_words(code)) for one in months]


def month_in_words(code: str) -> str:
    """`2026-09` as people say it."""
    return format_date(date.fromisoformat(f"{code}-01"), "LLLL y", locale=PAGE_LANGUAGE)


def in_words(taken: timedelta) -> str:
    """`3 dagen en 4 uur`; under an hour nobody counts."""
    hours = round(taken.total_seconds() / 3600)
    days, rest = divmod(hours, HOURS_A_DAY)
    parts = [f"{days} {'dag' if days == 1 else 'dagen'}"] if days else []
    parts += [f"{rest} uur"] if rest else []
    return " en ".join(parts) or "minder dan een uur"


def _row(step: str, taken: StepPace) -> tuple[str, str, str, str]:
    median, ninetieth = (in_words(one) if one is not None else NOT_YET for one in (taken.median, taken.ninetieth))
    return step, str(taken.cases), median, ninetieth


def _after(asked_at: datetime | None, end: datetime | None) -> str:
    return in_words(end - asked_at) if asked_at and end else ""
