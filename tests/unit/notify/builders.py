"""Invented events and people for notify's tests."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from shared.events import intake, matching, monitoring
from shared.events.base import AgeBand, Cause, ConsentGiver, Need, Role, Urgency

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASE, REFERRAL, NEED, FOLLOW_UP, SIGN_IN = (UUID(int=number) for number in (1, 2, 3, 20, 21))
AMBASSADOR, CONTACT, COORDINATOR, SCHOOL, PARTNER = (UUID(int=n) for n in range(10, 15))
CODE = "KTRN-47WX"
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


def partner_activated(urgency: Urgency = Urgency.SOON) -> matching.PartnerActivated:
    return matching.PartnerActivated(
        subject=CASE,
        occurred_at=NOW,
        referral_id=REFERRAL,
        need_id=NEED,
        organisation_id=PARTNER,
        service_id=UUID(int=30),
        case_code=CODE,
        contact_id=CONTACT,
        ambassador_id=AMBASSADOR,
        category="bike",
        district="noord",
        urgency=urgency,
        attempt=1,
    )


def partner_accepted(at: datetime = NOW) -> matching.PartnerAccepted:
    return matching.PartnerAccepted(
        subject=CASE,
        occurred_at=at,
        referral_id=REFERRAL,
        need_id=NEED,
        organisation_id=PARTNER,
        service_id=UUID(int=30),
        contact_id=CONTACT,
        ambassador_id=AMBASSADOR,
        case_code=CODE,
        first_contact_on=date(2026, 3, 5),
    )


def partner_declined() -> matching.PartnerDeclined:
    return matching.PartnerDeclined(
        subject=CASE,
        occurred_at=NOW,
        referral_id=REFERRAL,
        need_id=NEED,
        organisation_id=PARTNER,
        service_id=UUID(int=30),
        reason=matching.DeclineReason.NO_CAPACITY,
    )


def acceptance_reverted(at: datetime = NOW + timedelta(minutes=5)) -> matching.AcceptanceReverted:
    return matching.AcceptanceReverted(
        subject=CASE,
        occurred_at=at,
        referral_id=REFERRAL,
        need_id=NEED,
        organisation_id=PARTNER,
        service_id=UUID(int=30),
        previous_answer_at=NOW,
    )


def referral_withdrawn(
    reason: matching.WithdrawReason = matching.WithdrawReason.CASE_WITHDRAWN, *, contact: UUID | None = CONTACT
) -> matching.ReferralWithdrawn:
    return matching.ReferralWithdrawn(
        subject=CASE,
        occurred_at=NOW,
        referral_id=REFERRAL,
        need_id=NEED,
        organisation_id=PARTNER,
        service_id=UUID(int=30),
        reason=reason,
        case_code=CODE,
        contact_id=contact,
    )


def response_reminder_due() -> monitoring.ResponseReminderDue:
    return monitoring.ResponseReminderDue(
        subject=CASE,
        occurred_at=NOW,
        referral_id=REFERRAL,
        need_id=NEED,
        organisation_id=PARTNER,
        due_at=NOW,
        case_code=CODE,
        contact_id=CONTACT,
    )


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


def follow_up_due() -> monitoring.FollowUpDue:
    return monitoring.FollowUpDue(
        subject=CASE,
        occurred_at=NOW,
        follow_up_id=FOLLOW_UP,
        number=1,
        case_code=CODE,
        ambassador_id=AMBASSADOR,
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
        subject=AMBASSADOR,
        occurred_at=NOW,
        sign_in_id=SIGN_IN,
        purpose=matching.SignInPurpose.SIGN_IN,
        expires_at=NOW + timedelta(minutes=10),
    )


def case_closed() -> intake.CaseClosed:
    return intake.CaseClosed(
        subject=CASE, occurred_at=NOW, closed_by=AMBASSADOR, reason=intake.CloseReason.ALL_NEEDS_MET
    )


def case_reopened() -> intake.CaseReopened:
    return intake.CaseReopened(subject=CASE, occurred_at=NOW, reopened_by=AMBASSADOR)


def new_question_raised() -> intake.NewQuestionRaised:
    return intake.NewQuestionRaised(subject=CASE, occurred_at=NOW, raised_by=AMBASSADOR)


def case_withdrawn() -> intake.CaseWithdrawn:
    return intake.CaseWithdrawn(subject=CASE, occurred_at=NOW, withdrawn_at=NOW)


def case_erased() -> intake.CaseErased:
    return intake.CaseErased(subject=CASE, occurred_at=NOW)


def person_joined(person: UUID, role: Role = Role.COORDINATOR, *, active: bool = True) -> matching.PersonJoined:
    return matching.PersonJoined(subject=person, occurred_at=NOW, organisation_id=SCHOOL, role=role, active=active)
