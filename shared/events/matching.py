"""What matching publishes: the network (subject: organisation, service or person) and referrals (subject: the case)."""

from enum import StrEnum
from uuid import UUID

from shared.events.base import (
    Beneficiary,
    CaseCode,
    Code,
    Count,
    Day,
    Event,
    Horizon,
    Instant,
    LanguageTag,
    PublicName,
    Role,
    Urgency,
)


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


class ColdReason(StrEnum):
    """Why family and partner begin without meeting together with the ambassador."""

    FAMILY_WISH = "family-wish"
    KNOW_EACH_OTHER = "know-each-other"
    NO_DAY_FOUND = "no-day-found"
    HELP_COULD_NOT_WAIT = "help-could-not-wait"
    ONLY_GOODS = "only-goods"


class Party(StrEnum):
    """Whose word it is: the ambassador also speaks for the family."""

    AMBASSADOR = "ambassador"
    PARTNER = "partner"


class RestOfNeed(StrEnum):
    """What happens with a need that the help met for a part."""

    LOOK_FURTHER = "look-further"
    ENOUGH_FOR_NOW = "enough-for-now"
    FAMILY_GOES_ON_ALONE = "family-goes-on-alone"


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
    """A fact about one referral: one partner asked for one need of one case (the subject).

    It says whom it concerns, so that whoever consumes it needs to remember nothing: `contact_id` is the partner's
    contact person now, `ambassador_id` that of the family.
    """

    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    service_id: UUID
    case_code: CaseCode
    contact_id: UUID
    ambassador_id: UUID
    category: Code
    beneficiary: Beneficiary


class PartnerActivated(ReferralFact):
    """A partner is asked to help: the second public backbone fact. At most one active partner per need (P2).

    `answer_by` is the last moment to answer, which mail and page name; `deputy_id` is who is asked as well after half
    of that time.
    """

    deputy_id: UUID | None = None
    district: Code
    urgency: Urgency
    horizon: Horizon
    answer_by: Instant
    attempt: Count


class PartnerAccepted(ReferralFact):
    """The partner helps, with a named contact person and a day of first contact.

    `answered_by` is who said yes; the contact person may be a colleague, who gets a mail and a link of their own.
    """

    answered_by: UUID
    first_contact_on: Day


class PartnerDeclined(ReferralFact):
    """The partner cannot help now. `full_until`: until this day it has no place for anybody else either."""

    reason: DeclineReason
    full_until: Day | None = None


class DeclineReverted(ReferralFact):
    """The partner took its no back while nobody else had been asked: the question is open again."""

    answer_by: Instant


class PartnerRedirected(ReferralFact):
    """Not us, but this service of the map: the referral is over, and that one is asked next if it fits."""

    to_organisation_id: UUID
    to_service_id: UUID


class PartnerWaitlisted(ReferralFact):
    """The partner helps later, from this day; until then the family may prefer another partner."""

    from_day: Day


class InformationRequested(ReferralFact):
    """The partner asks something first; the words stay in matching. Its time to answer stands still."""

    question_id: UUID


class InformationAnswered(ReferralFact):
    """The ambassador answered the question; the partner has until `answer_by`."""

    question_id: UUID
    answer_by: Instant


class AcceptanceReverted(ReferralFact):
    """The partner took its answer back within the time to change it; the question is open again until `answer_by`."""

    previous_answer_at: Instant
    answer_by: Instant


class ReferralExpired(ReferralFact):
    """The partner did not answer in time; the next one is asked."""

    activated_at: Instant


class ReferralWithdrawn(ReferralFact):
    """The referral was taken back. `was_helping`: the partner had said yes, and so must stop."""

    reason: WithdrawReason
    was_helping: bool


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


class HandoverPlanned(ReferralFact):
    """Ambassador, contact person and family agreed to meet; another day is published again.

    `starts_at` is there when a time was agreed too.
    """

    on: Day
    starts_at: Instant | None = None
    planned_by: UUID


class HandoverConfirmed(ReferralFact):
    """One of both sides says that they met; the ambassador says so for the family as well. The other is asked."""

    on: Day
    party: Party
    confirmed_by: UUID


class WarmHandoverCompleted(ReferralFact):
    """Both sides confirmed that ambassador, contact person and family met; or cold was chosen, with a reason."""

    kind: HandoverKind
    cold_reason: ColdReason | None = None
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
    """Help that was under way stopped. Nobody else is asked before the ambassador says that the family wants it.

    That is told by the next `PartnerActivated` or `NoPartnerFound`, or by `SearchStopped`.
    """

    reason: FailureReason
    reported_by: UUID


class SearchStopped(Event):
    """The family wants no other partner for this need (the subject is the case)."""

    case_code: CaseCode
    need_id: UUID
    stopped_by: UUID


class OutcomeConfirmed(ReferralFact):
    """The family, through its ambassador, says whether the help helped. `open_needs` is how many needs still wait.

    `rest` is there for help that helped for a part: whether somebody else is sought for what is left.
    """

    outcome: Outcome
    rest: RestOfNeed | None = None
    confirmed_by: UUID
    open_needs: Count


class SignInRequested(Event):
    """A person wants to sign in: the subject is the person. The code itself is fetched at the moment of sending."""

    sign_in_id: UUID
    purpose: SignInPurpose
    expires_at: Instant
