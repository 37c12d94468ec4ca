"""What people and other services ask of monitoring."""

from dataclasses import dataclass
from uuid import UUID

from shared.events.desk_codes import Resolution
from shared.events.monitoring import CallTime, FamilyMood, FollowUpAnswer


@dataclass(frozen=True, slots=True)
class AnswerFollowUp:
    """The ambassador says how the child is doing."""

    follow_up_id: UUID
    answer: FollowUpAnswer
    answered_by: UUID
    family: FamilyMood | None = None
    call_at: CallTime | None = None


@dataclass(frozen=True, slots=True)
class ResolveEscalation:
    """A coordinator acted, and says what was done."""

    case_id: UUID
    escalation_id: UUID
    resolution: Resolution
    resolved_by: UUID


@dataclass(frozen=True, slots=True)
class MintFollowUpLink:
    """Notify is about to send the follow-up mail and needs its link."""

    follow_up_id: UUID
    recipient_id: UUID


@dataclass(frozen=True, slots=True)
class SaveView:
    """Somebody of the desk gives a name to a choice of filters; `shared`: for the whole team."""

    person_id: UUID
    title: str
    query: str
    shared: bool
    as_default: bool
