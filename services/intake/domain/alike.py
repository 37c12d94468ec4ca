"""Families that look like an example: which cases count."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from services.intake.domain.case_state import KEPT, CaseState
from shared.events.alike_families import FamilyShape
from shared.events.base import LanguageTag

# Whoever withdrew is counted for nothing any more.
COUNTED: Final = KEPT - {CaseState.WITHDRAWN}
MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class AlikeSearch:
    """A shape, of requests from `since` until before `until`; `language`: what the city speaks."""

    shape: FamilyShape
    since: datetime
    until: datetime
    language: LanguageTag


def whole_months(today: date, months: int) -> tuple[date, date]:
    """From the first day, until before the last, of so many whole months before this one.

    This month does not count, so that nobody sees by the answer that one family more asked for help.
    """
    until = today.replace(day=1)
    year, month = divmod(until.year * MONTHS_A_YEAR + until.month - 1 - months, MONTHS_A_YEAR)
    return date(year, month + 1, 1), until
