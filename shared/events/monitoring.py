"""What monitoring publishes: what every clock brings, follow-ups, and who is out of sight. The subject is the case."""

from enum import StrEnum
from uuid import UUID

from shared.events.base import CaseCode, Count, Event, Instant


class FollowUpAnswer(StrEnum):
    """What the ambassador says of the child."""

    GOING_WELL = "going-well"
    NEW_QUESTION = "new-question"
    CALL_ME = "call-me"


class EscalationReason(StrEnum):
    """Why a case is on the coordinator's list."""

    NO_PARTNER_FOUND = "no-partner-found"
    PARTNER_SILENT = "partner-silent"
    FIRST_CONTACT_LATE = "first-contact-late"
    CONFIRMATION_LATE = "confirmation-late"
    INVENTORY_LATE = "inventory-late"
    HELP_FAILED = "help-failed"
    CALL_ASKED = "call-asked"
    OUT_OF_SIGHT = "out-of-sight"
    PLAN_FINISHED = "plan-finished"
    MAIL_NOT_DELIVERED = "mail-not-delivered"
    PARTNER_NOT_WANTED = "partner-not-wanted"


class ClockFact(Event):
    """A clock of one referral ran to a mark."""

    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    due_at: Instant


class ResponseReminderDue(ClockFact):
    """The partner has not answered yet: remind it, kindly."""

    case_code: CaseCode
    contact_id: UUID


class ResponseOverdue(ClockFact):
    """The partner has not answered for long: tell the coordinator."""


class ResponseExpired(ClockFact):
    """The partner's time to answer is over: matching asks the next one."""


class FirstContactOverdue(ClockFact):
    """The day of first contact passed and no handover was reported."""


class ConfirmationOverdue(ClockFact):
    """Help was delivered, and nobody asked the family yet whether it helped."""


class AcknowledgementOverdue(Event):
    """A request waits too long for its inventory. The subject is the case."""

    due_at: Instant


class FollowUpFact(Event):
    """A fact about one follow-up of a case; `number` counts them from 1."""

    follow_up_id: UUID
    number: Count


class FollowUpScheduled(FollowUpFact):
    """Somebody will ask how the child is doing, at `due_at`."""

    due_at: Instant


class FollowUpDue(FollowUpFact):
    """It is time to ask the ambassador how the child is doing: the third public backbone fact."""

    case_code: CaseCode
    ambassador_id: UUID
    due_at: Instant


class FollowUpReminderDue(FollowUpFact):
    """The ambassador has not answered the follow-up yet: remind, kindly."""

    case_code: CaseCode
    ambassador_id: UUID
    due_at: Instant


class FollowUpRecorded(FollowUpFact):
    """The ambassador answered the follow-up."""

    answer: FollowUpAnswer
    answered_by: UUID


class FollowUpMissed(FollowUpFact):
    """Nobody answered the follow-up in time."""

    due_at: Instant


class ChildOutOfSight(Event):
    """Nobody looks after this child at this moment; the coordinator must act. The subject is the case."""

    case_code: CaseCode
    ambassador_id: UUID
    since: Instant


class CaseBackInSight(Event):
    """Somebody looks after the child again."""

    seen_by: UUID | None


class EscalationRaised(Event):
    """The case is on the coordinator's list."""

    escalation_id: UUID
    case_code: CaseCode
    reason: EscalationReason
    need_id: UUID | None = None
    referral_id: UUID | None = None


class EscalationResolved(Event):
    """A person (or the course of things) took the case off the coordinator's list."""

    escalation_id: UUID
    resolved_by: UUID | None
