"""Invented events and people for notify's tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from shared.events import case_codes, directory, early_signals, intake, matching, monitoring, referral_codes
from shared.events.base import AgeBand, Beneficiary, Cause, ConsentGiver, Event, Horizon, Need, Role, Urgency
from shared.events.desk_codes import SignInPurpose
from tests.parts.people import listed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASE, REFERRAL, NEED, FOLLOW_UP, SIGN_IN = (UUID(int=number) for number in (1, 2, 3, 20, 21))
AMBASSADOR, CONTACT, COORDINATOR, SCHOOL, PARTNER = (UUID(int=n) for n in range(10, 15))
POINT, DEPUTY, COLLEAGUE, SIGNAL = (UUID(int=n) for n in range(40, 44))
CODE, OTHER_CODE = "KTRN-47WX", "KR9X-QXGQ"
OTHER_CASE = UUID(int=50)
# A Thursday, eleven o'clock by the clocks of Amsterdam.
ANSWER_BY = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
EventT = TypeVar("EventT", bound=Event)
FactT = TypeVar("FactT", bound=matching.ReferralFact)
ClockT = TypeVar("ClockT", bound=monitoring.ClockFact)
PointT = TypeVar("PointT", bound=monitoring.EscalationFact)
TRACE = "0af7651916cd43dd8448eb211c80319c"
CAUSE = Cause(SIGN_IN, FOLLOW_UP, f"00-{TRACE}-b7ad6b7169203331-01")


def need(urgency: Urgency = Urgency.NORMAL) -> Need:
    return Need(need_id=NEED, category="bike", urgency=urgency)


def request_received(*urgencies: Urgency) -> intake.RequestReceived:
    return intake.RequestReceived(
        subject=CASE,
        occurred_at=NOW,
        case_code=CODE,
        ambassador_id=AMBASSADOR,
        organisation_id=SCHOOL,
        district="noord",
        age_band=AgeBand.CHILD,
        family_language="nl",
        interpreter_needed=False,
        consent_given_by=ConsentGiver.GUARDIAN,
        needs=tuple(need(urgency) for urgency in urgencies or (Urgency.NORMAL,)),
    )


# What every fact about the referral says.
OF_REFERRAL: dict[str, Any] = {
    "subject": CASE,
    "referral_id": REFERRAL,
    "need_id": NEED,
    "organisation_id": PARTNER,
    "service_id": UUID(int=30),
    "case_code": CODE,
    "contact_id": CONTACT,
    "ambassador_id": AMBASSADOR,
    "category": "bike",
    "beneficiary": Beneficiary.CHILD,
}
OF_CLOCK: dict[str, Any] = {
    "subject": CASE,
    "occurred_at": NOW,
    "referral_id": REFERRAL,
    "need_id": NEED,
    "organisation_id": PARTNER,
    "case_code": CODE,
    "contact_id": CONTACT,
    "ambassador_id": AMBASSADOR,
    "due_at": NOW,
}
OF_CASE: dict[str, Any] = {"subject": CASE, "case_code": CODE, "ambassador_id": AMBASSADOR}


# What all that is published of a case says besides.
OF_FAMILY: dict[str, Any] = {
    "organisation_id": SCHOOL,
    "district": "noord",
    "age_band": AgeBand.CHILD,
    "family_language": "nl",
    "interpreter_needed": False,
}


def signal_question() -> early_signals.EarlySignalQuestionDue:
    return early_signals.EarlySignalQuestionDue(
        subject=SIGNAL,
        occurred_at=NOW,
        signal_code=CODE,
        ambassador_id=AMBASSADOR,
        organisation_id=SCHOOL,
        ends_on=date(2026, 3, 16),
    )


def referral(fact: type[FactT], at: datetime = NOW, **more: object) -> FactT:
    """A fact about the referral."""
    return fact(occurred_at=at, **OF_REFERRAL | more)


def clock(fact: type[ClockT], **more: object) -> ClockT:
    """A clock of the referral that ran to a mark."""
    return fact(**OF_CLOCK | more)


def of_case(fact: type[EventT], at: datetime = NOW, **more: object) -> EventT:
    """A fact about the case that says whose it is."""
    return fact(occurred_at=at, **OF_CASE | more)


def partner_activated(urgency: Urgency = Urgency.SOON, **more: object) -> matching.PartnerActivated:
    said: dict[str, Any] = {
        "district": "noord",
        "urgency": urgency,
        "horizon": Horizon.SHORT,
        "answer_by": ANSWER_BY,
        "attempt": 1,
    }
    return referral(matching.PartnerActivated, **{**said, **more})


def partner_accepted(at: datetime = NOW, **more: object) -> matching.PartnerAccepted:
    said: dict[str, Any] = {"answered_by": CONTACT, "first_contact_on": date(2026, 3, 5)}
    return referral(matching.PartnerAccepted, at, **{**said, **more})


def partner_declined() -> matching.PartnerDeclined:
    return referral(matching.PartnerDeclined, reason=referral_codes.DeclineReason.NO_CAPACITY)


def acceptance_reverted(at: datetime = NOW + timedelta(minutes=5)) -> matching.AcceptanceReverted:
    return referral(matching.AcceptanceReverted, at, previous_answer_at=NOW, answer_by=ANSWER_BY)


def referral_withdrawn(
    reason: referral_codes.WithdrawReason = referral_codes.WithdrawReason.CASE_CLOSED, *, was_helping: bool = True
) -> matching.ReferralWithdrawn:
    return referral(matching.ReferralWithdrawn, reason=reason, was_helping=was_helping)


def response_reminder_due(**more: object) -> monitoring.ResponseReminderDue:
    said: dict[str, Any] = {"answer_by": ANSWER_BY, **more}
    return clock(monitoring.ResponseReminderDue, **said)


def handover_planned(on: date = date(2026, 3, 10), at: datetime = NOW, **more: object) -> matching.HandoverPlanned:
    said: dict[str, Any] = {"on": on, "planned_by": AMBASSADOR, **more}
    return referral(matching.HandoverPlanned, at, **said)


def point(fact: type[PointT], at: datetime = NOW, **more: object) -> PointT:
    said: dict[str, Any] = {
        "escalation_id": POINT, "reason": monitoring.EscalationReason.PARTNER_SILENT, "need_id": NEED,
        "category": "bike", "district": "noord", "urgency": Urgency.NORMAL, "since": NOW, "level": 1,
        "at_once": False, "call_id": CONTACT,
    }  # fmt: skip
    return fact(subject=CASE, occurred_at=at, case_code=CODE, **{**said, **more})


def point_resolved() -> monitoring.EscalationResolved:
    return monitoring.EscalationResolved(subject=CASE, occurred_at=NOW, escalation_id=POINT, resolved_by=COORDINATOR)


def no_partner_found() -> matching.NoPartnerFound:
    return matching.NoPartnerFound(
        subject=CASE,
        occurred_at=NOW,
        case_code=CODE,
        need_id=NEED,
        category="bike",
        district="noord",
        urgency=Urgency.NORMAL,
        ambassador_id=AMBASSADOR,
        asked=3,
    )


def follow_up_due(second_reader: UUID | None = None) -> monitoring.FollowUpDue:
    return monitoring.FollowUpDue(
        subject=CASE,
        occurred_at=NOW,
        follow_up_id=FOLLOW_UP,
        number=1,
        case_code=CODE,
        ambassador_id=AMBASSADOR,
        second_reader_id=second_reader,
        categories=("bike",),
        district="noord",
        requested_on=date(2025, 11, 29),
        due_at=NOW,
    )


def follow_up_reminder_due() -> monitoring.FollowUpReminderDue:
    return monitoring.FollowUpReminderDue(**follow_up_due().model_dump())


def follow_up_recorded() -> monitoring.FollowUpRecorded:
    return monitoring.FollowUpRecorded(
        subject=CASE,
        occurred_at=NOW,
        follow_up_id=FOLLOW_UP,
        number=1,
        answer=monitoring.FollowUpAnswer.GOING_WELL,
        answered_by=AMBASSADOR,
    )


def child_out_of_sight(at: datetime = NOW) -> monitoring.ChildOutOfSight:
    return monitoring.ChildOutOfSight(subject=CASE, occurred_at=at, case_code=CODE, ambassador_id=AMBASSADOR, since=NOW)


def sign_in_requested() -> matching.SignInRequested:
    return matching.SignInRequested(
        subject=SIGN_IN,
        occurred_at=NOW,
        person_id=AMBASSADOR,
        purpose=SignInPurpose.SIGN_IN,
        expires_at=NOW + timedelta(minutes=10),
    )


def case_closed() -> intake.CaseClosed:
    return of_case(intake.CaseClosed, closed_by=AMBASSADOR, reason=case_codes.CloseReason.ALL_NEEDS_MET)


def case_rests() -> intake.CasePaused:
    return of_case(intake.CasePaused, until=date(2026, 3, 20), wished_by=case_codes.PauseWish.FAMILY)


def case_reopened() -> intake.CaseReopened:
    return intake.CaseReopened(subject=CASE, occurred_at=NOW, reopened_by=AMBASSADOR)


def new_question_raised() -> intake.NewQuestionRaised:
    return intake.NewQuestionRaised(subject=CASE, occurred_at=NOW, raised_by=AMBASSADOR)


def case_withdrawn(case_id: UUID = CASE, case_code: str = CODE) -> intake.CaseWithdrawn:
    return of_case(intake.CaseWithdrawn, withdrawn_at=NOW, subject=case_id, case_code=case_code)


def case_erased() -> intake.CaseErased:
    return intake.CaseErased(subject=CASE, occurred_at=NOW)


def person_joined(person: UUID, role: Role = Role.COORDINATOR, *, active: bool = True) -> directory.PersonListed:
    return listed(person, SCHOOL, role, at=NOW, active=active)
