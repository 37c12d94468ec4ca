"""What matching publishes: the network (subject: organisation, service or person) and referrals (subject: the case)."""

from enum import StrEnum
from uuid import UUID

from shared.events.base import CaseCode, Code, Count, Day, Event, Instant, LanguageTag, PublicName, Role, Urgency


class DeclineReason(StrEnum):
    """Why a partner cannot help now; every one of them is fine."""

    NO_CAPACITY = "no-capacity"
    NOT_OUR_EXPERTISE = "not-our-expertise"
    OUTSIDE_AREA = "outside-area"
    CRITERIA_NOT_MET = "criteria-not-met"
    OTHER = "other"


class FailureReason(StrEnum):
    """Why help that was under way stopped."""

    PARTNER_STOPPED = "partner-stopped"
    FAMILY_STOPPED = "family-stopped"
    NO_CONTACT = "no-contact"
    RULES = "rules"
    OTHER = "other"


class HandoverKind(StrEnum):
    """Warm: ambassador, contact person and family together. Cold is an exception, with a reason."""

    WARM = "warm"
    COLD = "cold"


class WithdrawReason(StrEnum):
    """Why a referral was taken back before help began."""

    CASE_WITHDRAWN = "case-withdrawn"
    CASE_CLOSED = "case-closed"
    NEED_GONE = "need-gone"
    REPLACED = "replaced"


class Outcome(StrEnum):
    """What the family says of the help."""

    HELPED = "helped"
    PARTLY = "partly"
    NOT_HELPED = "not-helped"


class SignInPurpose(StrEnum):
    """What a mailed code is for."""

    SIGN_IN = "sign-in"


class OrganisationListed(Event):
    """An organisation is on the social map, or its entry changed."""

    name: PublicName
    kind: Code | None = None


class ServiceListed(Event):
    """A service is on the social map, or its entry changed."""

    organisation_id: UUID
    name: PublicName
    categories: tuple[Code, ...]
    districts: tuple[Code, ...]
    languages: tuple[LanguageTag, ...] = ()
    active: bool = True


class PersonJoined(Event):
    """A person joined the network or changed role; who it is, only matching knows."""

    organisation_id: UUID
    role: Role
    active: bool = True


class ReferralFact(Event):
    """A fact about one referral: one partner asked for one need of one case (the subject)."""

    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    service_id: UUID


class PartnerActivated(ReferralFact):
    """A partner is asked to help: the second public backbone fact. At most one active partner per need (P2)."""

    case_code: CaseCode
    contact_id: UUID
    ambassador_id: UUID
    category: Code
    district: Code
    urgency: Urgency
    attempt: Count


class PartnerAccepted(ReferralFact):
    """The partner helps, with a named contact person and a day of first contact."""

    contact_id: UUID
    ambassador_id: UUID
    case_code: CaseCode
    first_contact_on: Day


class PartnerDeclined(ReferralFact):
    """The partner cannot help now."""

    reason: DeclineReason


class AcceptanceReverted(ReferralFact):
    """The partner took its answer back within the time to change it."""

    previous_answer_at: Instant


class ReferralExpired(ReferralFact):
    """The partner did not answer in time; the next one is asked."""

    activated_at: Instant


class ReferralWithdrawn(ReferralFact):
    """The referral was taken back. The contact is named when the partner had said yes, and so must stop."""

    reason: WithdrawReason
    case_code: CaseCode | None = None
    contact_id: UUID | None = None


class NoPartnerFound(Event):
    """Nobody on the map can be asked (any more) for this need; it is on the coordinator's list.

    The subject is the case.
    """

    case_code: CaseCode
    need_id: UUID
    category: Code
    district: Code
    urgency: Urgency
    ambassador_id: UUID
    asked: Count


class WarmHandoverCompleted(ReferralFact):
    """Ambassador, contact person and family met, or a cold handover was chosen with a reason."""

    kind: HandoverKind
    on: Day
    reported_by: UUID


class HelpStarted(ReferralFact):
    """The help began."""

    on: Day
    reported_by: UUID


class HelpDelivered(ReferralFact):
    """The partner says that the help was given, or runs for the long term."""

    on: Day
    reported_by: UUID


class HelpFailed(ReferralFact):
    """Help that was under way stopped; the need is open again."""

    reason: FailureReason
    reported_by: UUID


class OutcomeConfirmed(ReferralFact):
    """The family, through its ambassador, says whether the help helped. `open_needs` is how many needs still wait."""

    outcome: Outcome
    confirmed_by: UUID
    open_needs: Count


class SignInRequested(Event):
    """A person wants to sign in: the subject is the person. The code itself is fetched at the moment of sending."""

    sign_in_id: UUID
    purpose: SignInPurpose
    expires_at: Instant
