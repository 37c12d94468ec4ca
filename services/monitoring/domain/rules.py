"""What a decision of monitoring needs from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.kernel.city import FollowUpPlan, Terms, WorkingDays
from shared.kernel.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """What a decision needs from outside: the time, the city with its working days, and new identities."""

    now: datetime
    working_time: WorkingTime
    new_id: Callable[[], UUID]

    @property
    def terms(self) -> Terms:
        """How long each clock runs."""
        return self.working_time.city.terms

    @property
    def follow_up(self) -> FollowUpPlan:
        """When somebody is asked how the child is doing."""
        return self.working_time.city.follow_up

    def due(self, term: WorkingDays) -> datetime:
        """`term` from now on."""
        return self.working_time.due_after(self.now, term)
