"""The end of a case's data: why it is erased, and which services still have to confirm that they did."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.intake.domain.case_state import CaseState
from shared.kernel.city import City

# So soon every service has erased what it holds; after it somebody must look.
CONFIRMED_WITHIN: Final = timedelta(hours=1)


class ErasureReason(StrEnum):
    """Why a case is erased."""

    FAMILY_ASKED = "family-asked"
    FILED_IN_ERROR = "filed-in-error"
    TERM_PASSED = "term-passed"


@dataclass(frozen=True, slots=True)
class Erasure:
    """Why, and who asked for it; nobody did when its time was over or an operator erased it."""

    reason: ErasureReason
    asked_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A case that is erased here, and the services that did not say yet that they erased it too."""

    case_id: UUID
    since: datetime
    waits_for: Collection[str]


def kept_until(state: CaseState, ended_on: date, city: City) -> date:
    """The day on which a case that was withdrawn or closed on `ended_on` is erased by itself."""
    kept = city.retention
    if state is CaseState.WITHDRAWN:
        return ended_on + timedelta(weeks=kept.withdrawn_weeks)
    years, month = divmod(ended_on.month - 1 + kept.closed_months, 12)
    # The first of the month after, where a month has no such day.
    first = date(ended_on.year + years, month + 1, 1)
    return first + timedelta(days=ended_on.day - 1)
