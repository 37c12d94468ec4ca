"""What monitoring publishes: what every clock brings, follow-ups, and who is out of sight. The subject is the case."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.events.base import CaseCode, Code, Count, Day, Event, Instant, Urgency
from shared.events.case_codes import CallTime, FamilyMood
from shared.events.desk_codes import RemindedCase, Resolution, TakeOverReason, WaitReason


class FollowUpAnswer(StrEnum):
    """What the ambassador says of the child."""

    GOING_WELL = "going-well"
    NOT_WELL = "not-well"
    NEW_QUESTION = "new-question"
    CALL_ME = "call-me"
    DO_NOT_KNOW = "do-not-know"
    LEFT_SCHOOL = "left-school"


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
    NEW_REQUEST = "new-request"
    NOT_GOING_WELL = "not-going-well"
    LEFT_SCHOOL = "left-school"
    HOME_VISIT_LATE = "home-visit-late"
    QUESTION_UNANSWERED = "question-unanswered"
    HANDOVER_LATE = "handover-late"
    WAITLIST_LATE = "waitlist-late"
    HELP_NOT_STARTED = "help-not-started"
    FAMILY_WISH_UNKNOWN = "family-wish-unknown"
    CHILD_WITHOUT_HELP = "child-without-help"
    CONSENT_OUTGROWN = "consent-outgrown"
    DELETION_UNCONFIRMED = "deletion-unconfirmed"
    FAMILY_UNANSWERED = "family-unanswered"


class ClockFact(Event):
    """A clock of one referral ran to a mark."""

    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    case_code: CaseCode
    contact_id: UUID
    ambassador_id: UUID
    due_at: Instant


class ResponseReminderDue(ClockFact):
    """Half of the partner's time is over without an answer: remind it, kindly, and ask its deputy too."""

    deputy_id: UUID | None = None
    answer_by: Instant


class ResponseExpired(ClockFact):
    """The partner's time to answer is over: matching asks the next one."""


class HandoverReminderDue(ClockFact):
    """The day of first contact, or of meeting together, passed and nobody said that they met: ask both."""


class ConfirmationReminderDue(ClockFact):
    """Help was given, and nobody asked the family yet whether it helped: ask the ambassador to."""


class DeletionOverdue(ClockFact):
    """The family stopped with everything, and a partner did not say in time that it deleted what it wrote down.

    A case that ended is on no list: the desk reads it in a mail.
    """


class WaitlistDue(ClockFact):
    """The day came from which the partner could help: ask it to begin."""


class InventoryReminderDue(Event):
    """The inventory is not there yet: ask the ambassador, kindly. The subject is the case; `number` counts from 1."""

    case_code: CaseCode
    ambassador_id: UUID
    urgency: Urgency
    number: Count
    due_at: Instant


class PauseEnded(Event):
    """The day came until which the case rests. The subject is the case."""

    due_at: Instant


class FollowUpFact(Event):
    """A fact about one follow-up of a case; `number` counts them from 1."""

    follow_up_id: UUID
    number: Count


class FollowUpScheduled(FollowUpFact):
    """Somebody will ask how the child is doing, at `due_at`."""

    due_at: Instant


class FollowUpQuestionFact(FollowUpFact):
    """The question how the child is doing. It says which request it is about, without a name.

    `categories` are what was asked for, `requested_on` is the day that it was asked.
    """

    case_code: CaseCode
    ambassador_id: UUID
    second_reader_id: UUID | None = None
    categories: tuple[Code, ...]
    district: Code | None = None
    requested_on: Day
    due_at: Instant


class FollowUpDue(FollowUpQuestionFact):
    """It is time to ask the ambassador how the child is doing: the third public backbone fact."""


class FollowUpReminderDue(FollowUpQuestionFact):
    """The ambassador has not answered the follow-up yet: remind, kindly."""


class FollowUpRecorded(FollowUpFact):
    """The ambassador, or who reads along, answered the follow-up; words that were added are in intake's vault."""

    answer: FollowUpAnswer
    answered_by: UUID
    family: FamilyMood | None = None
    call_at: CallTime | None = None


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


class EscalationFact(Event):
    """A point on the coordinators' list, with what they must know to act on it.

    `at_once`: it cannot wait for the digest of the next working day. `level` counts how often it was brought up, from
    1; `call_id` is whom to call first: the ambassador, or the partner's contact person.
    """

    escalation_id: UUID
    case_code: CaseCode
    reason: EscalationReason
    need_id: UUID | None = None
    referral_id: UUID | None = None
    category: Code | None = None
    district: Code | None = None
    urgency: Urgency
    since: Instant
    level: Count
    at_once: bool
    call_id: UUID | None = None


class EscalationRaised(EscalationFact):
    """The case is on the coordinators' list."""


class EscalationRepeated(EscalationFact):
    """The point is still open after its term: it is brought up again, louder."""


class PointAssigned(EscalationFact):
    """Somebody of the desk has this point now, or nobody any more: then it is for all of them again.

    `assigned_by` is empty when it came back by itself, because `previous_id` did nothing with it for some days. `why`
    is there when it was taken over from a colleague.
    """

    owner_id: UUID | None
    previous_id: UUID | None = None
    assigned_by: UUID | None = None
    why: TakeOverReason | None = None


class PointPostponed(EscalationFact):
    """The desk can do nothing about this point until a day; anything that happens with the case wakes it before."""

    until: Day
    why: WaitReason
    postponed_by: UUID


class PointResumed(EscalationFact):
    """Something happened with the case: the point waits no longer."""


class EscalationResolved(Event):
    """A person (or the course of things) took the case off the coordinator's list; a person says what they did."""

    escalation_id: UUID
    resolved_by: UUID | None
    resolution: Resolution | None = None


class AmbassadorReminded(Event):
    """The desk asks an ambassador (the subject) in one mail about several cases that wait for the same thing."""

    cases: tuple[RemindedCase, ...]
    reason: EscalationReason
    reminded_by: UUID


class WatchErased(Event):
    """Confirms `CaseErased`: monitoring deleted all that it held of the case: its watch, clocks, timeline, notes."""

    is_tombstone: ClassVar[bool] = True
