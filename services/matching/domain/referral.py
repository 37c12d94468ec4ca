"""A referral: one partner asked for one need of one case. Every method returns the facts it caused."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from services.matching.domain.case import CaseFile, CaseNeed
from services.matching.domain.errors import (
    AnswerIsFinal,
    DayOutOfRange,
    FirstContactOutOfRange,
    ReferralNotOpen,
    StepNotPossible,
)
from shared.events.base import Event
from shared.events.matching import (
    AcceptanceReverted,
    DeclineReason,
    FailureReason,
    HandoverKind,
    HelpDelivered,
    HelpFailed,
    HelpStarted,
    Outcome,
    OutcomeConfirmed,
    PartnerAccepted,
    PartnerActivated,
    PartnerDeclined,
    ReferralExpired,
    ReferralWithdrawn,
    WarmHandoverCompleted,
    WithdrawReason,
)
from shared.kernel.city import City

ANSWER_CAN_CHANGE_FOR = timedelta(minutes=30)


class ReferralState(StrEnum):
    """How a referral stands."""

    ACTIVATED = "activated"
    ACCEPTED = "accepted"
    HANDED_OVER = "handed_over"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


_S = ReferralState
ACTIVE = frozenset({_S.ACTIVATED, _S.ACCEPTED, _S.HANDED_OVER, _S.IN_PROGRESS, _S.DELIVERED})
"""A need has at most one referral in these states; the database holds the same list in an index."""
BEFORE_HELP = frozenset({_S.ACTIVATED, _S.ACCEPTED, _S.HANDED_OVER})
HELPING = frozenset({_S.ACCEPTED, _S.HANDED_OVER, _S.IN_PROGRESS, _S.DELIVERED})
CAN_BE_CONFIRMED = frozenset({_S.HANDED_OVER, _S.IN_PROGRESS, _S.DELIVERED})


class _Fact(TypedDict):
    subject: UUID
    occurred_at: datetime
    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    service_id: UUID


@dataclass(slots=True)
class Referral:
    """Times are UTC; days are days in the city."""

    id: UUID
    case_id: UUID
    need_id: UUID
    organisation_id: UUID
    service_id: UUID
    contact_id: UUID
    case_code: str
    ambassador_id: UUID
    category: str
    attempt: int
    activated_at: datetime
    reasons: tuple[str, ...] = ()
    """Why this partner came out of the ranking, in words, for the coordinator and the partner."""
    state: ReferralState = ReferralState.ACTIVATED
    answered_at: datetime | None = None
    first_contact_on: date | None = None
    decline_reason: DeclineReason | None = None
    failure_reason: FailureReason | None = None
    outcome: Outcome | None = None
    handed_over_on: date | None = None
    started_on: date | None = None
    delivered_on: date | None = None

    @property
    def is_active(self) -> bool:
        """Whether the need is with this partner now."""
        return self.state in ACTIVE

    def activated(self, case: CaseFile, need: CaseNeed) -> PartnerActivated:
        """The fact that the partner is asked."""
        return PartnerActivated(
            **self._fact(self.activated_at),
            case_code=case.code,
            contact_id=self.contact_id,
            ambassador_id=case.ambassador_id,
            category=need.category,
            district=case.district,
            urgency=need.urgency,
            attempt=self.attempt,
        )

    def accept(self, contact_id: UUID, first_contact_on: date, *, city: City, at: datetime) -> list[Event]:
        """The partner helps; a second, equal answer changes nothing."""
        answer = (contact_id, first_contact_on)
        if self.state is ReferralState.ACCEPTED and (self.contact_id, self.first_contact_on) == answer:
            return []
        self._open_question()
        today, at_most = city.day_of(at), city.terms.first_contact_at_most_days
        if not today <= first_contact_on <= today + timedelta(days=at_most):
            raise FirstContactOutOfRange(at_most)
        self.state, self.answered_at = ReferralState.ACCEPTED, at
        self.contact_id, self.first_contact_on = answer
        return [
            PartnerAccepted(
                **self._fact(at),
                contact_id=contact_id,
                ambassador_id=self.ambassador_id,
                case_code=self.case_code,
                first_contact_on=first_contact_on,
            )
        ]

    def decline(self, reason: DeclineReason, *, at: datetime) -> list[Event]:
        """The partner cannot help now; a second time changes nothing."""
        if self.state is ReferralState.DECLINED:
            return []
        self._open_question()
        self.state, self.answered_at, self.decline_reason = ReferralState.DECLINED, at, reason
        return [PartnerDeclined(**self._fact(at), reason=reason)]

    def can_revert(self, *, at: datetime) -> bool:
        """Whether an acceptance may still be taken back."""
        answered_at = self.answered_at if self.state is ReferralState.ACCEPTED else None
        return answered_at is not None and at < answered_at + ANSWER_CAN_CHANGE_FOR

    def revert_acceptance(self, *, city: City, at: datetime) -> list[Event]:
        """The partner takes its yes back; the question is open again. A second time changes nothing."""
        if self.state is ReferralState.ACTIVATED:
            return []
        previous = self.answered_at
        if previous is None or not self.can_revert(at=at):
            raise AnswerIsFinal(city)
        self.state, self.answered_at, self.first_contact_on = ReferralState.ACTIVATED, None, None
        return [AcceptanceReverted(**self._fact(at), previous_answer_at=previous)]

    def expire(self, *, at: datetime) -> list[Event]:
        """Nobody answered in time. After an answer this changes nothing: the answer was faster than the clock."""
        if self.state is not ReferralState.ACTIVATED:
            return []
        self.state = ReferralState.EXPIRED
        return [ReferralExpired(**self._fact(at), activated_at=self.activated_at)]

    def withdraw(self, reason: WithdrawReason, *, at: datetime) -> list[Event]:
        """The question, or the help, is taken back; one that is over stays as it was."""
        if not self.is_active:
            return []
        contact_id = self.contact_id if self.state in HELPING else None
        self.state = ReferralState.WITHDRAWN
        return [ReferralWithdrawn(**self._fact(at), reason=reason, case_code=self.case_code, contact_id=contact_id)]

    def hand_over(self, kind: HandoverKind, on: date, *, by: UUID, city: City, at: datetime) -> list[Event]:
        """Ambassador, contact person and family met."""
        if self.state in {ReferralState.HANDED_OVER, ReferralState.IN_PROGRESS, ReferralState.DELIVERED}:
            return []
        self._from("hand_over", ReferralState.ACCEPTED)
        self._happened(on, city, at)
        self.state, self.handed_over_on = ReferralState.HANDED_OVER, on
        return [WarmHandoverCompleted(**self._fact(at), kind=kind, on=on, reported_by=by)]

    def start(self, on: date, *, by: UUID, city: City, at: datetime) -> list[Event]:
        """The help began."""
        if self.state in {ReferralState.IN_PROGRESS, ReferralState.DELIVERED}:
            return []
        self._from("start", ReferralState.ACCEPTED, ReferralState.HANDED_OVER)
        self._happened(on, city, at)
        self.state, self.started_on = ReferralState.IN_PROGRESS, on
        return [HelpStarted(**self._fact(at), on=on, reported_by=by)]

    def deliver(self, on: date, *, by: UUID, city: City, at: datetime) -> list[Event]:
        """The help was given, or runs for the long term."""
        if self.state is ReferralState.DELIVERED:
            return []
        self._from("deliver", ReferralState.ACCEPTED, ReferralState.HANDED_OVER, ReferralState.IN_PROGRESS)
        self._happened(on, city, at)
        self.state, self.delivered_on = ReferralState.DELIVERED, on
        return [HelpDelivered(**self._fact(at), on=on, reported_by=by)]

    def fail(self, reason: FailureReason, *, by: UUID, at: datetime) -> list[Event]:
        """Help that was under way stopped."""
        if self.state is ReferralState.FAILED:
            return []
        self._from("fail", *HELPING)
        self.state, self.failure_reason = ReferralState.FAILED, reason
        return [HelpFailed(**self._fact(at), reason=reason, reported_by=by)]

    def confirm(self, outcome: Outcome, *, by: UUID, open_needs: int, at: datetime) -> list[Event]:
        """The family's word, also when the partner did not report every step. The same word twice changes nothing."""
        if self.state is ReferralState.CONFIRMED and self.outcome is outcome:
            return []
        self._from("confirm", *CAN_BE_CONFIRMED)
        self.state, self.outcome = ReferralState.CONFIRMED, outcome
        return [OutcomeConfirmed(**self._fact(at), outcome=outcome, confirmed_by=by, open_needs=open_needs)]

    def _open_question(self) -> None:
        if self.state is not ReferralState.ACTIVATED:
            raise ReferralNotOpen(self.state)

    def _happened(self, on: date, city: City, at: datetime) -> None:
        """What is reported happened after the partner was asked, and not in days to come."""
        if not city.day_of(self.activated_at) <= on <= city.day_of(at):
            raise DayOutOfRange

    def _from(self, step: str, *states: ReferralState) -> None:
        if self.state not in states:
            raise StepNotPossible(self.state, step)

    def _fact(self, at: datetime) -> _Fact:
        return {
            "subject": self.case_id,
            "occurred_at": at,
            "referral_id": self.id,
            "need_id": self.need_id,
            "organisation_id": self.organisation_id,
            "service_id": self.service_id,
        }
