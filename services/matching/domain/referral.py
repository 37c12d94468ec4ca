"""A referral: one partner asked for one need of one case. Here how the help goes after the partner's yes.

Every method returns the facts it caused. What a partner can answer is in `asked_referral`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from services.matching.domain.asked_referral import AskedReferral
from services.matching.domain.errors import (
    DayOutOfRange,
    MeetFirst,
    PlannedDayOutOfRange,
    ReferralNotOpen,
    RestNotSaid,
    StepNotPossible,
)
from services.matching.domain.referral_state import AFTER_MEETING, HELPING, SAID_YES, UNANSWERED, ReferralState
from shared.events.base import Event
from shared.events.matching import (
    HandoverConfirmed,
    HandoverPlanned,
    HelpDelivered,
    HelpFailed,
    HelpStarted,
    OutcomeConfirmed,
    ReferralWithdrawn,
    WarmHandoverCompleted,
)
from shared.events.referral_codes import (
    ColdReason,
    FailureReason,
    HandoverKind,
    Outcome,
    Party,
    RestOfNeed,
    WithdrawReason,
)
from shared.events.referral_contacts import ContactReplaced
from shared.events.referral_deletion import DeletionRequested, PartnerConfirmedDeletion
from shared.events.referral_number import referral_number
from shared.events.referral_terms import AnswerTermRenewed
from shared.kernel.city import City


@dataclass(slots=True)
class Referral(AskedReferral):
    """Help begins only after both sides said that they met, or after a cold handover with its reason."""

    @property
    def number(self) -> str:
        """By which its partner knows it."""
        return referral_number(self.id)

    def replace_contact(self, contact_id: UUID, *, by: UUID, at: datetime) -> list[Event]:
        """Another person speaks for the partner from now on; the same one changes nothing."""
        if not self.is_active:
            raise ReferralNotOpen(self.state)
        if contact_id == self.contact_id:
            return []
        previous, self.contact_id = self.contact_id, contact_id
        if self.deputy_id in {previous, contact_id}:
            self.deputy_id = None
        waits = self.answer_by if self.state in UNANSWERED else None
        return [ContactReplaced(**self._fact(at), previous_contact_id=previous, replaced_by=by, answer_by=waits)]

    def renew_term(self, answer_by: datetime, *, at: datetime) -> list[Event]:
        """The case stood still: a partner that had not answered has its whole term again, whatever clock ran before."""
        if self.state is not ReferralState.ACTIVATED:
            return []
        self.answer_by, self.clock_since = answer_by, at
        return [AnswerTermRenewed(**self._fact(at), answer_by=answer_by)]

    def plan_handover(self, on: date, starts_at: datetime | None, *, by: UUID, city: City, at: datetime) -> list[Event]:
        """Ambassador, contact person and family agreed to meet; another day moves it."""
        self._from("plan_handover", ReferralState.ACCEPTED)
        if (self.planned_on, self.planned_at) == (on, starts_at):
            return []
        today, at_most = city.day_of(at), city.terms.first_contact_at_most_days
        if not today <= on <= today + timedelta(days=at_most):
            raise PlannedDayOutOfRange(at_most)
        self.planned_on, self.planned_at = on, starts_at
        return [HandoverPlanned(**self._fact(at), on=on, starts_at=starts_at, planned_by=by)]

    def confirm_handover(self, party: Party, on: date, *, by: UUID, city: City, at: datetime) -> list[Event]:
        """One side says that they met; the second one completes the handover. The same word twice changes nothing."""
        if self.state in AFTER_MEETING or (self.met_said_by, self.met_on) == (party, on):
            return []
        self._from("confirm_handover", ReferralState.ACCEPTED)
        self._happened(on, city, at)
        said: list[Event] = [HandoverConfirmed(**self._fact(at), on=on, party=party, confirmed_by=by)]
        if self.met_said_by in {None, party}:
            self.met_on, self.met_said_by = on, party
            return said
        return [*said, self._completed(HandoverKind.WARM, on, by, at)]

    def hand_over_cold(self, reason: ColdReason, on: date, *, by: UUID, city: City, at: datetime) -> list[Event]:
        """Family and partner begin without meeting together, for this reason."""
        if self.state in AFTER_MEETING:
            return []
        self._from("hand_over_cold", ReferralState.ACCEPTED)
        self._happened(on, city, at)
        self.cold_reason = reason
        return [self._completed(HandoverKind.COLD, on, by, at)]

    def start(self, on: date, *, by: UUID, city: City, at: datetime) -> list[Event]:
        """The help began."""
        if self.state in {ReferralState.IN_PROGRESS, ReferralState.DELIVERED}:
            return []
        self._after_meeting("start", ReferralState.HANDED_OVER)
        self._happened(on, city, at)
        self.state, self.started_on = ReferralState.IN_PROGRESS, on
        return [HelpStarted(**self._fact(at), on=on, reported_by=by)]

    def deliver(self, on: date, *, by: UUID, city: City, at: datetime) -> list[Event]:
        """The help was given, or runs for the long term."""
        if self.state is ReferralState.DELIVERED:
            return []
        self._after_meeting("deliver", ReferralState.HANDED_OVER, ReferralState.IN_PROGRESS)
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

    def confirm(
        self, outcome: Outcome, rest: RestOfNeed | None, *, by: UUID, open_needs: int, at: datetime
    ) -> list[Event]:
        """The family's word, also when the partner did not report every step. The same word twice changes nothing."""
        if outcome is not Outcome.PARTLY:
            rest = None
        if self.state is ReferralState.CONFIRMED and (self.outcome, self.rest) == (outcome, rest):
            return []
        self._from("confirm", *AFTER_MEETING)
        if outcome is Outcome.PARTLY and rest is None:
            raise RestNotSaid
        self.state, self.outcome, self.rest = ReferralState.CONFIRMED, outcome, rest
        fact = self._fact(at)
        return [OutcomeConfirmed(**fact, outcome=outcome, rest=rest, confirmed_by=by, open_needs=open_needs)]

    def withdraw(self, reason: WithdrawReason, *, at: datetime) -> list[Event]:
        """The question, or the help, is taken back; one that is over stays as it was."""
        if not self.is_active:
            return []
        was_helping = self.state in SAID_YES
        self.state, self.withdraw_reason = ReferralState.WITHDRAWN, reason
        return [ReferralWithdrawn(**self._fact(at), reason=reason, was_helping=was_helping)]

    def stop(self, reason: WithdrawReason, states: Collection[ReferralState], *, at: datetime) -> list[Event]:
        """The family stops: in one of these states it is taken back; help that was over stays so.

        Whoever knows of it is asked, once, to delete what was written down.
        """
        helped, said_yes = self.first_contact_on is not None, self.state in SAID_YES
        knows_of_it = self.is_active or helped
        taken_back = self.withdraw(reason, at=at) if self.state in states else []
        if not knows_of_it or self.deletion_asked_at is not None:
            return taken_back
        self.deletion_asked_at, stops = at, bool(taken_back) and said_yes
        over = helped and not stops
        asked = DeletionRequested(**self._fact(at), reason=reason, was_helping=stops, has_helped=over)
        return [*taken_back, asked]

    def confirm_deletion(self, *, by: UUID, at: datetime) -> list[Event]:
        """The partner deleted what it wrote down; a second time changes nothing."""
        if self.deletion_asked_at is None:
            raise StepNotPossible(self.state, "confirm_deletion")
        if self.deleted_at is not None:
            return []
        self.deleted_at = at
        return [PartnerConfirmedDeletion(**self._fact(at), confirmed_by=by)]

    def _after_meeting(self, step: str, *states: ReferralState) -> None:
        if self.state is ReferralState.ACCEPTED:
            raise MeetFirst
        self._from(step, *states)

    def _completed(self, kind: HandoverKind, on: date, by: UUID, at: datetime) -> WarmHandoverCompleted:
        self.state, self.handed_over_on, self.handover_kind = ReferralState.HANDED_OVER, on, kind
        return WarmHandoverCompleted(**self._fact(at), kind=kind, cold_reason=self.cold_reason, on=on, reported_by=by)

    def _happened(self, on: date, city: City, at: datetime) -> None:
        """What is reported happened after the partner was asked, and not in days to come."""
        if not city.day_of(self.activated_at) <= on <= city.day_of(at):
            raise DayOutOfRange
