"""What matching publishes of referrals (the subject is the case) and of signing in; the network: `directory.py`."""

from typing import ClassVar
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
    Urgency,
)
from shared.events.desk_codes import ChoiceReason, SignInPurpose, UnavailableReason
from shared.events.referral_codes import (
    ColdReason,
    DeclineReason,
    FailureReason,
    HandoverKind,
    Outcome,
    Party,
    RestOfNeed,
    WithdrawReason,
)


class ReferralFact(Event):
    """A fact about one referral: one partner asked for one need of one case (the subject).

    It says whom it concerns, so that its consumers remember nothing: the partner's contact now, and the ambassador.
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

    `answer_by` is the last moment to answer; `deputy_id` is who is asked as well after half of that time. `chosen_by`
    of the desk chose this partner, for the reason `choice`; otherwise it was the first of the ranking.
    """

    deputy_id: UUID | None = None
    district: Code | None = None
    urgency: Urgency
    horizon: Horizon
    answer_by: Instant
    attempt: Count
    chosen_by: UUID | None = None
    choice: ChoiceReason | None = None


class PartnerAccepted(ReferralFact):
    """The partner helps, with a contact person, who may be another than `answered_by`, and a day of first contact."""

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
    """The partner took its yes back in the time to change it; the question is open again until `answer_by`."""

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
    district: Code | None = None
    urgency: Urgency
    ambassador_id: UUID
    asked: Count


class SearchFact(Event):
    """A fact about the search for one need that is with no partner (the subject is the case)."""

    case_code: CaseCode
    need_id: UUID
    category: Code
    ambassador_id: UUID


class SearchPostponed(SearchFact):
    """The desk waits with this need until a day; then the search goes on by itself."""

    until: Day
    postponed_by: UUID


class HelpRuledOut(SearchFact):
    """The desk says that for this there is no help in this city now; the reason is kept for the report."""

    district: Code | None = None
    reason: UnavailableReason
    said_by: UUID


class HandoverPlanned(ReferralFact):
    """Ambassador, contact person and family agreed to meet; another day or time is published again."""

    on: Day
    starts_at: Instant | None = None
    planned_by: UUID


class HandoverConfirmed(ReferralFact):
    """One of both sides says that they met; the ambassador says so for the family as well."""

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
    """Help that was under way stopped. The ambassador says whether somebody else is asked, or `SearchStopped`."""

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
    """A person wants to sign in (the subject is that attempt). The code itself is fetched at the moment of sending.

    A code waits for nothing else that is said of the person.
    """

    person_id: UUID
    purpose: SignInPurpose
    expires_at: Instant


class ReferralsErased(Event):
    """Confirms `CaseErased`: matching deleted all that it held of the case: referrals, choices, questions, contacts."""

    is_tombstone: ClassVar[bool] = True
