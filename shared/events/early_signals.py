"""What intake publishes of a worry before there is a case (the subject is the signal)."""

from uuid import UUID

from shared.events.base import (
    AgeBand,
    CaseCode,
    Code,
    Day,
    Event,
)
from shared.events.care import OverLimitReason
from shared.events.case_codes import (
    SignalEnd,
)


class SignalFact(Event):
    """A fact about an early signal (the subject): somebody worries, and the family asked nothing yet.

    No name, no consent, no case.
    """

    signal_code: CaseCode
    ambassador_id: UUID
    organisation_id: UUID


class EarlySignalRaised(SignalFact):
    """Somebody worries about a child; `worries` are codes of the city's list of signals.

    `passed_on_by`: a trusted person passed it on to this ambassador, and is called for the rest. `over_limit`: why the
    desk asks one who has enough to do.
    """

    worries: tuple[Code, ...]
    district: Code | None = None
    age_band: AgeBand | None = None
    passed_on_by: UUID | None = None
    over_limit: OverLimitReason | None = None


class EarlySignalQuestionDue(SignalFact):
    """The signal is some weeks old: the ambassador is asked once what became of it, before it ends by itself."""

    ends_on: Day


class EarlySignalEnded(SignalFact):
    """The signal became a request, is not needed any more, or grew old."""

    end: SignalEnd
    case_id: UUID | None = None
