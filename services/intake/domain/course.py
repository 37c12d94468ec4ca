"""What was agreed with the family about the course of a case: a visit, a rest, how often somebody asks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from shared.events.case_codes import FollowUpRhythm, PauseWish


@dataclass(frozen=True, slots=True)
class HomeVisit:
    """A visit at home; with whom, and what to mind, is in the vault. `took_place` is None until somebody told."""

    planned_for: date
    starts_at: datetime | None = None
    interpreter_needed: bool = False
    took_place: bool | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """Another ambassador took the family over from this one; `told_on`: since then the family knows, if it does."""

    previous_id: UUID
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Until this day nobody asks the family or its ambassador anything."""

    until: date
    wished_by: PauseWish


@dataclass(frozen=True, slots=True)
class FollowUpPlan:
    """How often somebody asks how the child is doing, and who at the school reads along."""

    rhythm: FollowUpRhythm = FollowUpRhythm.CITY_PLAN
    second_reader_id: UUID | None = None


AS_THE_CITY_PLANS: Final = FollowUpPlan()
