"""What every fact, every answer and every clock does to a watch, in every phase of its case."""

from datetime import date

import pytest

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.errors import CaseNotFound, CaseNotWatched, EscalationNotOpen
from services.monitoring.domain.watch import Phase
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.events import (
    case_codes,
    desk_codes,
    directory,
    family_safety,
    family_voice,
    intake,
    matching,
    notify,
    referral_codes,
    referral_contacts,
    referral_deletion,
    referral_terms,
    same_child,
)
from shared.events.base import ConsentGiver, Event, Role, Urgency
from shared.kernel.errors import Refusal, RequestPaused
from tests.parts.people import listed
from tests.step_tables import NOTHING, REFUSED, Cell, StepTable
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CODE,
    COORDINATOR,
    FUND_CONTACT,
    TUESDAY,
    a_need,
    an_id,
    answer_by,
    corrected,
    handed_over,
    help_delivered,
    help_failed,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    paused,
    read_much,
    request_received,
    resumed,
    urgent_need_raised,
)
from tests.unit.monitoring.watched_case import (
    ENDS,
    MAIL,
    NEEDS,
    OF_CASE,
    REFERRAL,
    SUBJECT,
    TODAY,
    Case,
)

# The case of this table had lessons that helped, and its first follow-up is asked; a partner was asked for its bike; a
# mail about it was refused, so that it is on the coordinator's list.
TABLE = StepTable(
    """
                          open      on-hold   closed    withdrawn
    RequestReceived       +         +         +         +
    RequestAcknowledged   .         .         .         .
    RequestReturned       +         .         .         .
    UrgentNeedRaised      +         +         +         +
    HomeVisitPlanned      .         .         .         .
    HomeVisitCompleted    .         .         .         .
    NeedsAssessed         +         +         +         +
    CaseCorrected         +         +         +         +
    NewQuestionRaised     +         +         open      open
    CasePaused            +         .         .         .
    CaseResumed           .         .         .         .
    ConsentOutgrown       +         +         +         +
    ConsentRenewed        .         .         .         .
    SafetyHoldSet         on-hold   .         .         .
    SafetyHoldLifted      .         open      .         .
    FamilyAsked           +         +         +         +
    FamilyAnswered        .         .         .         .
    OrganisationsExcluded +         +         +         +
    PlansJoined           .         .         .         .
    PlansParted           .         .         .         .
    AddressHidden         +         +         +         +
    AddressShown          +         +         +         +
    FollowUpsAgreed       +         +         +         +
    AmbassadorReplaced    +         +         +         +
    CaseClosed            closed    closed    .         closed
    CaseReopened          .         .         open      open
    CaseWithdrawn         withdrawn withdrawn withdrawn .
    OrganisationListed    .         .         .         .
    UnusualReadingFound   .         .         .         .
    PersonListed          .         .         .         .
    PartnerActivated      +         +         +         +
    PartnerAccepted       +         +         +         +
    PartnerDeclined       +         +         +         +
    DeclineReverted       +         +         +         +
    PartnerRedirected     +         +         +         +
    PartnerWaitlisted     +         +         +         +
    InformationRequested  +         +         +         +
    InformationAnswered   +         +         +         +
    AcceptanceReverted    +         +         +         +
    ReferralExpired       +         +         +         +
    ReferralWithdrawn     +         +         +         +
    DeletionRequested     +         +         +         +
    PartnerConfirmedDeletion .      .         .         .
    AnswerTermRenewed     +         +         +         +
    ContactReplaced       +         +         +         +
    NoPartnerFound        +         +         +         +
    SearchPostponed       +         +         +         +
    HelpRuledOut          +         +         +         +
    HandoverPlanned       .         .         .         .
    HandoverConfirmed     +         +         +         +
    WarmHandoverCompleted +         +         +         +
    HelpStarted           +         +         +         +
    HelpDelivered         +         +         +         +
    HelpFailed            +         +         +         +
    SearchStopped         +         +         +         +
    OutcomeConfirmed      +         +         +         +
    MessageAccepted       +         +         .         .
    MessageRefused        +         +         .         .
    MessageUnknown        .         .         .         .
    answer                +         no        no        no
    resolve               +         no        no        no
    clocks                +         .         .         .
    """,
    steps_down=True,
)
REFUSALS: dict[tuple[str, str], type[Refusal]] = {
    ("answer", "on-hold"): RequestPaused,
    ("answer", "closed"): CaseNotWatched,
    ("answer", "withdrawn"): CaseNotWatched,
    ("resolve", "on-hold"): CaseNotFound,
    ("resolve", "closed"): EscalationNotOpen,
    ("resolve", "withdrawn"): EscalationNotOpen,
}

OF_THE_NEW = {"ambassador_id": an_id("new"), "organisation_id": an_id("school")}
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
    intake.ConsentOutgrown(**OF_CASE, asked_of=ConsentGiver.YOUNG_PERSON),
    intake.ConsentRenewed(**SUBJECT, given_by=ConsentGiver.YOUNG_PERSON),
    family_safety.SafetyHoldLifted(**SUBJECT, case_code=CODE, lifted_by=COORDINATOR),
    family_voice.FamilyAsked(**OF_CASE, question_id=an_id("asked"), question=case_codes.FamilyQuestion.WHY_SEEN),
    family_voice.FamilyAnswered(**SUBJECT, question_id=an_id("asked"), answered_by=AMBASSADOR),
    family_voice.OrganisationsExcluded(**SUBJECT, left_out=("m" * 43,)),
    same_child.PlansJoined(**OF_CASE),
    same_child.PlansParted(**OF_CASE),
    family_safety.AddressHidden(**SUBJECT),
    read_much(COORDINATOR),
    family_safety.AddressShown(**SUBJECT, district="west"),
    intake.FollowUpsAgreed(**SUBJECT, rhythm=case_codes.FollowUpRhythm.MONTHLY),
    intake.AmbassadorReplaced(**(OF_CASE | OF_THE_NEW), previous_id=AMBASSADOR, replaced_by=COORDINATOR),
    needs_assessed(),
    corrected(),
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
    referral_contacts.ContactReplaced(
        **REFERRAL | {"contact_id": an_id("other")}, previous_contact_id=FUND_CONTACT, replaced_by=COORDINATOR
    ),
    matching.InformationAnswered(**REFERRAL, question_id=an_id("question"), answer_by=answer_by(TUESDAY)),
    matching.AcceptanceReverted(**REFERRAL, previous_answer_at=TUESDAY, answer_by=answer_by(TUESDAY)),
    matching.ReferralExpired(**REFERRAL, activated_at=TUESDAY),
    matching.ReferralWithdrawn(**REFERRAL, was_helping=False, reason=referral_codes.WithdrawReason.NEED_GONE),
    referral_deletion.DeletionRequested(
        **REFERRAL, reason=referral_codes.WithdrawReason.FAMILY_STOPPED, was_helping=True, has_helped=False
    ),
    referral_deletion.PartnerConfirmedDeletion(**REFERRAL, confirmed_by=REFERRAL["contact_id"]),
    referral_terms.AnswerTermRenewed(**REFERRAL, answer_by=answer_by(TUESDAY)),
    no_partner_found(),
    matching.SearchPostponed(
        **OF_CASE, need_id=an_id("bike"), category="bike", until=date(2026, 10, 5), postponed_by=COORDINATOR
    ),
    matching.HelpRuledOut(
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


def test_table_holds_every_phase_and_whatever_monitoring_hears() -> None:
    # After a tombstone there is no watch.
    consumed = {one.event.__name__ for one in SUBSCRIPTIONS if not one.event.is_tombstone}
    assert TABLE.is_whole(Phase, consumed | {"answer", "resolve", "clocks"})


@pytest.mark.parametrize("cell", TABLE.cells, ids=str)
async def test_watch_takes_the_steps_of_its_phase_and_no_other(cell: Cell) -> None:
    case = Case(BY_NAME)
    await case.come_to(cell.state)
    before = await case.monitoring.watch()
    if cell.expected == REFUSED:
        with pytest.raises(REFUSALS[cell.step, cell.state]):
            await case.take(cell.step)
    else:
        await case.take(cell.step)
    after, published = await case.monitoring.watch(), case.monitoring.published()

    assert after.phase is Phase(cell.after)
    assert ((before, []) == (after, published)) == (cell.expected in {NOTHING, REFUSED})
    # Whatever was consumed: an open case has a next step, one that ended waits only until partners deleted.
    assert any(clock.kind is not ClockKind.DELETION_LATE for clock in after.clocks.values()) == after.is_open
    points = {clock.about for clock in after.clocks.values() if clock.kind is ClockKind.POINT_AGAIN}
    assert not after.is_open or after.is_paused or points == {one.escalation_id for one in after.open_escalations}
    assert case.monitoring.timers().keys() == after.clocks.keys()
