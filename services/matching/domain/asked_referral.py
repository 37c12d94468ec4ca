"""A referral as long as it is a question: what a partner can say to it. Every method returns the facts it caused."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict
from uuid import UUID

from services.matching.domain.case import CaseFile, CaseNeed
from services.matching.domain.days import check_first_contact, check_from_day
from services.matching.domain.errors import (
    AlreadySaidYes,
    AnswerIsFinal,
    ReferralNotOpen,
    StepNotPossible,
)
from services.matching.domain.referral_state import ACTIVE, ASKED, HELPING, ReferralState
from shared.events.base import Beneficiary, Event
from shared.events.matching import (
    AcceptanceReverted,
    DeclineReverted,
    InformationAnswered,
    InformationRequested,
    PartnerAccepted,
    PartnerActivated,
    PartnerDeclined,
    PartnerRedirected,
    PartnerWaitlisted,
    ReferralExpired,
)
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
from shared.kernel.city import City

ANSWER_CAN_CHANGE_FOR = timedelta(minutes=30)


class _Fact(TypedDict):
    subject: UUID
    occurred_at: datetime
    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    service_id: UUID
    case_code: str
    contact_id: UUID
    ambassador_id: UUID
    category: str
    beneficiary: Beneficiary


@dataclass(slots=True)
class AskedReferral:
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
    answer_by: datetime
    clock_since: datetime
    """When the partner's time to answer began, or began again."""
    beneficiary: Beneficiary = Beneficiary.CHILD
    deputy_id: UUID | None = None
    reasons: tuple[str, ...] = ()
    """Why this partner came out of the ranking, in words, for the coordinator and the partner."""
    state: ReferralState = ReferralState.ACTIVATED
    answered_at: datetime | None = None
    answered_by: UUID | None = None
    first_contact_on: date | None = None
    from_day: date | None = None
    """The partner helps from this day."""
    decline_reason: DeclineReason | None = None
    explanation: str = ""
    """The partner's no in its own words; for the desk and the ambassador."""
    redirected_to: UUID | None = None
    """The service that the partner named instead."""
    withdraw_reason: WithdrawReason | None = None
    planned_on: date | None = None
    planned_at: datetime | None = None
    """The time of that day, when one was agreed."""
    met_on: date | None = None
    met_said_by: Party | None = None
    """Who said first that they met; the other side is still asked."""
    handed_over_on: date | None = None
    handover_kind: HandoverKind | None = None
    cold_reason: ColdReason | None = None
    started_on: date | None = None
    delivered_on: date | None = None
    failure_reason: FailureReason | None = None
    outcome: Outcome | None = None
    rest: RestOfNeed | None = None
    """After help that helped for a part: what happens with what is left."""
    deletion_asked_at: datetime | None = None
    """Since when the partner is asked to delete what it wrote down: the family stopped."""
    deleted_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether the need is with this partner now."""
        return self.state in ACTIVE

    @property
    def counts_as_asked(self) -> bool:
        """Whether asking this partner again for the same need would be asking twice."""
        passed_over = {WithdrawReason.REPLACED, WithdrawReason.DESK_CHOICE}
        return self.state is not ReferralState.WITHDRAWN or self.withdraw_reason in passed_over

    def activated(self, case: CaseFile, need: CaseNeed) -> PartnerActivated:
        """The fact that the partner is asked."""
        return PartnerActivated(
            **self._fact(self.activated_at),
            deputy_id=self.deputy_id,
            district=case.district,
            urgency=need.urgency,
            horizon=need.horizon,
            answer_by=self.answer_by,
            attempt=self.attempt,
        )

    def accept(self, contact_id: UUID, first_contact_on: date, *, by: UUID, city: City, at: datetime) -> list[Event]:
        """The partner helps; a second, equal answer changes nothing."""
        answer = (contact_id, first_contact_on)
        if self.state is ReferralState.ACCEPTED and (self.contact_id, self.first_contact_on) == answer:
            return []
        if self.state in HELPING:
            raise AlreadySaidYes(city)
        self._open_question()
        check_first_contact(first_contact_on, city=city, at=at)
        self.state, self.answered_at, self.answered_by = ReferralState.ACCEPTED, at, by
        self.contact_id, self.first_contact_on = answer
        return [PartnerAccepted(**self._fact(at), answered_by=by, first_contact_on=first_contact_on)]

    def decline(
        self, reason: DeclineReason, *, explanation: str = "", full_until: date | None = None, at: datetime
    ) -> list[Event]:
        """The partner cannot help now; a second time changes nothing."""
        if self.state is ReferralState.DECLINED:
            return []
        self._open_question()
        self.state, self.answered_at = ReferralState.DECLINED, at
        self.decline_reason, self.explanation = reason, explanation
        return [PartnerDeclined(**self._fact(at), reason=reason, full_until=full_until)]

    def revert_decline(self, *, answer_by: datetime, at: datetime) -> list[Event]:
        """The partner takes its no back; whoever calls this knows that nobody else was asked."""
        if self.state in ASKED:
            return []
        self._from("revert_decline", ReferralState.DECLINED)
        self.decline_reason, self.explanation = None, ""
        self._ask_again(answer_by, at)
        return [DeclineReverted(**self._fact(at), answer_by=answer_by)]

    def wait(self, from_day: date, *, city: City, at: datetime) -> list[Event]:
        """The partner helps later, from this day."""
        if self.state is ReferralState.WAITLISTED and self.from_day == from_day:
            return []
        self._open_question()
        check_from_day(from_day, city=city, at=at)
        self.state, self.answered_at, self.from_day = ReferralState.WAITLISTED, at, from_day
        return [PartnerWaitlisted(**self._fact(at), from_day=from_day)]

    def redirect(self, organisation_id: UUID, service_id: UUID, *, at: datetime) -> list[Event]:
        """Not us, but they; a second time changes nothing."""
        if self.state is ReferralState.REDIRECTED:
            return []
        self._open_question()
        self.state, self.answered_at, self.redirected_to = ReferralState.REDIRECTED, at, service_id
        return [PartnerRedirected(**self._fact(at), to_organisation_id=organisation_id, to_service_id=service_id)]

    def ask(self, question_id: UUID, *, at: datetime) -> list[Event]:
        """The partner asks something first: its time to answer stands still."""
        self._from("ask", ReferralState.ACTIVATED, ReferralState.WAITLISTED)
        self.state = ReferralState.ON_HOLD
        return [InformationRequested(**self._fact(at), question_id=question_id)]

    def answer(self, question_id: UUID, *, answer_by: datetime, at: datetime) -> list[Event]:
        """The ambassador answered; the partner has until `answer_by`."""
        self._from("answer", ReferralState.ON_HOLD)
        self._ask_again(answer_by, at)
        return [InformationAnswered(**self._fact(at), question_id=question_id, answer_by=answer_by)]

    def can_revert(self, *, at: datetime) -> bool:
        """Whether an acceptance may still be taken back."""
        answered_at = self.answered_at if self.state is ReferralState.ACCEPTED else None
        return answered_at is not None and at < answered_at + ANSWER_CAN_CHANGE_FOR

    def revert_acceptance(
        self, *, answer_by: datetime, city: City, at: datetime, back_to: UUID | None = None
    ) -> list[Event]:
        """The partner takes its yes back: open again, for `back_to` if named. A second time changes nothing."""
        if self.state is ReferralState.ACTIVATED:
            return []
        previous = self.answered_at
        if previous is None or not self.can_revert(at=at):
            raise AnswerIsFinal(city)
        self.first_contact_on = self.planned_on = self.planned_at = self.met_on = self.met_said_by = None
        self.contact_id = back_to or self.contact_id
        self._ask_again(answer_by, at)
        return [AcceptanceReverted(**self._fact(at), previous_answer_at=previous, answer_by=answer_by)]

    def bring_forward(self, answer_by: datetime) -> None:
        """The need is more urgent now: never more time than before."""
        if self.state is ReferralState.ACTIVATED:
            self.answer_by = min(self.answer_by, answer_by)

    def expire(self, *, due_at: datetime, at: datetime) -> list[Event]:
        """Nobody answered in time. After an answer this changes nothing: the answer was faster than the clock.

        Nor does a clock (`due_at`) that ran out before the question was opened again.
        """
        if self.state is not ReferralState.ACTIVATED or due_at <= self.clock_since:
            return []
        self.state = ReferralState.EXPIRED
        return [ReferralExpired(**self._fact(at), activated_at=self.activated_at)]

    def _ask_again(self, answer_by: datetime, at: datetime) -> None:
        self.state, self.answer_by, self.clock_since = ReferralState.ACTIVATED, answer_by, at
        self.answered_at = self.answered_by = self.from_day = None

    def _open_question(self) -> None:
        if self.state not in ASKED:
            raise ReferralNotOpen(self.state)

    def _from(self, step: str, *states: ReferralState) -> None:
        if self.state not in states:
            raise StepNotPossible(self.state, step)

    def _fact(self, at: datetime) -> _Fact:
        return {
            "subject": self.case_id, "occurred_at": at, "referral_id": self.id, "need_id": self.need_id,
            "organisation_id": self.organisation_id, "service_id": self.service_id, "case_code": self.case_code,
            "contact_id": self.contact_id, "ambassador_id": self.ambassador_id, "category": self.category,
            "beneficiary": self.beneficiary,
        }  # fmt: skip
