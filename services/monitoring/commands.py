"""What people and other services ask of monitoring."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from shared.events.case_codes import CallTime, FamilyMood
from shared.events.desk_codes import Resolution, TakeOverReason, WaitReason
from shared.events.monitoring import EscalationReason, FollowUpAnswer


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
    version: int | None = None
    """The point as it was read; without one it is resolved as it is."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point as somebody of the desk saw it."""

    case_id: UUID
    escalation_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Cause:
    """What several points have in common: the school that asked, and why they are on the list."""

    reason: EscalationReason
    school_id: UUID


@dataclass(frozen=True, slots=True)
class TakePoint:
    """Somebody of the desk does it; `why` when it is a colleague's."""

    point: Point
    by: UUID
    why: TakeOverReason | None = None


@dataclass(frozen=True, slots=True)
class HandOverPoint:
    """From now on a colleague does it; without one it is for all of the desk again."""

    point: Point
    by: UUID
    to: UUID | None


@dataclass(frozen=True, slots=True)
class PostponePoint:
    """Nothing can be done before this day."""

    point: Point
    until: date
    why: WaitReason
    by: UUID


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Words for colleagues. `note_id`: that of the form, so that one that is sent twice is kept once."""

    case_id: UUID
    by: UUID
    words: str = field(repr=False)
    pinned: bool = False
    note_id: UUID | None = None


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
