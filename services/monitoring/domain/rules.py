"""What a decision of monitoring needs from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.events.base import Urgency
from shared.kernel.city import FollowUpPlan, Terms, WorkingDays
from shared.kernel.working_time import WorkingTime

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """What a decision needs from outside: the time, the city with its working days, and new identities."""

    now: datetime
    working_time: WorkingTime
    new_id: Callable[[], UUID]
    mark: Callable[[UUID, UUID], str]
    """How facts of a case name an organisation that its family would rather not have."""

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

    def at_most(self, term: WorkingDays, urgency: Urgency) -> WorkingDays:
        """This term, or less when it is about what is needed today: nobody waits longer for that without a word."""
        today = self.terms.points.today
        return today if urgency is Urgency.TODAY and today.count < term.count else term

    def closing_before(self, at: datetime) -> datetime:
        """The last moment until `at` at which the office closed."""
        working_time = self.working_time
        closes = working_time.city.terms.office_closes_at
        day = working_time.city.day_of(at)
        while not working_time.calendar.is_working_day(day) or working_time.city.instant_of(day, closes) > at:
            day -= ONE_DAY
        return working_time.city.instant_of(day, closes)

    def in_office_hours(self, at: datetime) -> datetime:
        """This moment when somebody reads mail then, else the next working morning."""
        city = self.working_time.city
        local = at.astimezone(city.zone)
        opens, closes = self.follow_up.asked_at, self.terms.office_closes_at
        if local.date() == self.working_time.first_day_from(local.date()):
            if opens <= local.time() <= closes:
                return at
            if local.time() < opens:
                return city.instant_of(local.date(), opens)
        return city.instant_of(self.working_time.first_day_from(local.date() + ONE_DAY), opens)
