"""Every fact that monitoring consumes, about one case."""

from datetime import date
from typing import Any

from services.monitoring.domain.watch import Phase
from shared.events import case_codes, desk_codes, directory, intake, matching, notify, referral_codes
from shared.events.base import Event, Role, Urgency
from tests.parts.people import listed
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    FUND_CONTACT,
    TUESDAY,
    a_need,
    an_id,
    answer_by,
    closed,
    day_of,
    handed_over,
    help_delivered,
    help_failed,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    paused,
    referral,
    request_received,
    resumed,
    urgent_need_raised,
)

SUBJECT: dict[str, Any] = {"subject": CASE, "occurred_at": TUESDAY}
OF_CASE: dict[str, Any] = {**SUBJECT, "case_code": CODE, "ambassador_id": AMBASSADOR}
REFERRAL: dict[str, Any] = {**SUBJECT, **referral()}
MAIL: dict[str, Any] = {
    "subject": an_id("mail"), "occurred_at": TUESDAY, "template": "partner-activated", "recipient_id": AMBASSADOR,
    "case_id": CASE, "case_code": CODE, "attempt": 1,
}  # fmt: skip
TODAY = day_of(TUESDAY)
NEEDS = (a_need(), a_need("lessons"))
ENDS: dict[str, Event] = {
    Phase.CLOSED: closed(TUESDAY),
    Phase.WITHDRAWN: intake.CaseWithdrawn(**OF_CASE, withdrawn_at=TUESDAY),
    Phase.ERASED: intake.CaseErased(**SUBJECT),
}
FACTS: tuple[Event, ...] = (
    *ENDS.values(),
    request_received(needs=NEEDS),
    intake.RequestAcknowledged(**SUBJECT, acknowledged_by=COORDINATOR),
    intake.RequestReturned(**OF_CASE, returned_by=COORDINATOR, missing=(case_codes.MissingPart.CONSENT,)),
    urgent_need_raised(TUESDAY, needs=(a_need("coat", Urgency.TODAY),)),
    intake.HomeVisitPlanned(**OF_CASE, planned_for=TODAY, interpreter_needed=False),
    intake.HomeVisitCompleted(**SUBJECT, ambassador_id=AMBASSADOR, on=TODAY, took_place=True),
    paused(TUESDAY, date(2026, 12, 1)),
    resumed(TUESDAY),
    intake.FollowUpsAgreed(**SUBJECT, rhythm=case_codes.FollowUpRhythm.MONTHLY),
    intake.AmbassadorReplaced(
        **SUBJECT,
        case_code=CODE,
        previous_id=AMBASSADOR,
        ambassador_id=an_id("new"),
        organisation_id=an_id("school"),
        replaced_by=COORDINATOR,
    ),
    needs_assessed(),
    intake.NewQuestionRaised(**SUBJECT, raised_by=AMBASSADOR),
    intake.CaseReopened(**SUBJECT, reopened_by=COORDINATOR),
    directory.OrganisationListed(subject=an_id("fund"), occurred_at=TUESDAY, name="Verzonnen Fonds", kind="other"),
    listed(AMBASSADOR, an_id("school"), Role.AMBASSADOR, at=TUESDAY),
    partner_activated(TUESDAY, "third"),
    partner_accepted(TUESDAY, TODAY),
    matching.PartnerDeclined(**REFERRAL, reason=referral_codes.DeclineReason.NO_CAPACITY),
    matching.DeclineReverted(**REFERRAL, answer_by=answer_by(TUESDAY)),
    matching.PartnerRedirected(
        **REFERRAL, to_organisation_id=an_id("other fund"), to_service_id=an_id("other service")
    ),
    matching.PartnerWaitlisted(**REFERRAL, from_day=date(2026, 10, 5)),
    matching.InformationRequested(**REFERRAL, question_id=an_id("question")),
    matching.InformationAnswered(**REFERRAL, question_id=an_id("question"), answer_by=answer_by(TUESDAY)),
    matching.AcceptanceReverted(**REFERRAL, previous_answer_at=TUESDAY, answer_by=answer_by(TUESDAY)),
    matching.ReferralExpired(**REFERRAL, activated_at=TUESDAY),
    matching.ReferralWithdrawn(**REFERRAL, was_helping=False, reason=referral_codes.WithdrawReason.NEED_GONE),
    no_partner_found(),
    matching.SearchPostponed(
        **OF_CASE, need_id=an_id("bike"), category="bike", until=date(2026, 10, 5), postponed_by=COORDINATOR
    ),
    matching.HelpUnavailable(
        **OF_CASE,
        need_id=an_id("bike"),
        category="bike",
        district="noord",
        reason=desk_codes.UnavailableReason.OTHER,
        said_by=COORDINATOR,
    ),
    matching.HandoverPlanned(**REFERRAL, on=TODAY, planned_by=AMBASSADOR),
    matching.HandoverConfirmed(**REFERRAL, on=TODAY, party=referral_codes.Party.PARTNER, confirmed_by=FUND_CONTACT),
    handed_over(TUESDAY),
    matching.HelpStarted(**REFERRAL, on=TODAY, reported_by=FUND_CONTACT),
    help_delivered(TUESDAY),
    help_failed(TUESDAY, referral_codes.FailureReason.OTHER),
    matching.SearchStopped(**SUBJECT, case_code=CODE, need_id=an_id("bike"), stopped_by=AMBASSADOR),
    outcome_confirmed(TUESDAY),
    notify.MessageAccepted(**MAIL, accepted_at=TUESDAY),
    notify.MessageRefused(**{**MAIL, "subject": an_id("other mail")}, kind=notify.RefusalKind.NO_ADDRESS),
    notify.MessageUnknown(**MAIL),
)
BY_NAME = {type(fact).__name__: fact for fact in FACTS}
