"""An early signal: somebody worries about a child, and the family asked nothing yet. No name, no consent, no case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.intake.domain.errors import SignalIsOver
from shared.events.base import AgeBand, CaseCode, Code, Event
from shared.events.care import OverLimitReason
from shared.events.case_codes import SignalEnd
from shared.events.early_signals import EarlySignalEnded, EarlySignalQuestionDue, EarlySignalRaised


@dataclass(slots=True)
class Signal:
    """One signal of one ambassador. Every method returns the events it caused."""

    id: UUID
    code: CaseCode
    ambassador_id: UUID
    organisation_id: UUID
    worries: tuple[Code, ...]
    district: Code | None
    age_band: AgeBand | None
    raised_at: datetime
    question_at: datetime
    ends_at: datetime
    asked_at: datetime | None = None
    end: SignalEnd | None = None
    ended_at: datetime | None = None
    case_id: UUID | None = None
    passed_on_by: UUID | None = None

    def raised(self, at: datetime, over_limit: OverLimitReason | None = None) -> EarlySignalRaised:
        """It is there, for this ambassador."""
        told: dict[str, Any] = {"worries": self.worries, "district": self.district, "age_band": self.age_band}
        return EarlySignalRaised(**self._published(at), **told, passed_on_by=self.passed_on_by, over_limit=over_limit)

    def pass_on(
        self, ambassador_id: UUID, organisation_id: UUID, at: datetime, over_limit: OverLimitReason | None = None
    ) -> list[Event]:
        """It is another ambassador's from now on, who calls whoever passed it on; the same one changes nothing.

        `over_limit`: why the desk asks somebody who has enough to do.
        """
        if ambassador_id == self.ambassador_id:
            return []
        if not self.is_open:
            raise SignalIsOver
        # Who knows the child is called: whoever passed it on, or had it until now; never whoever only moved it.
        known = {self.passed_on_by, self.ambassador_id} - {None, ambassador_id}
        self.passed_on_by = self.passed_on_by if self.passed_on_by in known else self.ambassador_id
        self.ambassador_id, self.organisation_id = ambassador_id, organisation_id
        return [self.raised(at, over_limit)]

    @property
    def is_open(self) -> bool:
        """Whether it did not end yet."""
        return self.end is None

    def ask(self, ends_on: date, ends_at: datetime, at: datetime) -> list[Event]:
        """What became of it? Asked once. It ends at `ends_at`, on the day `ends_on`: there is time to answer."""
        if not self.is_open or self.asked_at is not None:
            return []
        self.asked_at, self.ends_at = at, ends_at
        return [EarlySignalQuestionDue(**self._published(at), ends_on=ends_on)]

    def finish(self, end: SignalEnd, at: datetime, case_id: UUID | None = None) -> list[Event]:
        """It became a request, is not needed any more, or grew old. The same end a second time changes nothing."""
        if self.end is end:
            return []
        if not self.is_open:
            raise SignalIsOver
        self.end, self.ended_at, self.case_id = end, at, case_id
        return [EarlySignalEnded(**self._published(at), end=end, case_id=case_id)]

    def _published(self, at: datetime) -> dict[str, Any]:
        return {
            "subject": self.id,
            "occurred_at": at,
            "signal_code": self.code,
            "ambassador_id": self.ambassador_id,
            "organisation_id": self.organisation_id,
        }
