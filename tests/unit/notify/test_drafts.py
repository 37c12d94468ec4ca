"""What the rules draft: the facts that each mail declares, and of a family nothing but codes."""

import asyncio
import re
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Form
from services.notify.domain.mails import MAILS, desk, digests, replies
from services.notify.domain.outcome import Accepted
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.events import case_codes, directory, intake, matching, monitoring
from shared.events.base import Event, Horizon, Urgency
from shared.events.care import CheckInAsked
from shared.events.desk_codes import ApplicationRefusal, ChoiceReason, UnavailableReason
from shared.events.referral_codes import ColdReason, FailureReason, HandoverKind, Party, WithdrawReason
from shared.events.referral_contacts import ContactReplaced
from shared.events.referral_deletion import DeletionRequested
from tests.contracts.invented import invented_event
from tests.unit.notify import builders, network
from tests.unit.notify.builders import AMBASSADOR, COLLEAGUE, CONTACT, COORDINATOR, DEPUTY, NOW, SCHOOL
from tests.unit.notify.twin import Notify

DAY = date(2026, 3, 10)
_CODE = "[A-Z0-9]{4}-[A-Z0-9]{4}"
EVENTS: dict[str, Event] = {
    "request received": builders.request_received(),
    "request received, for today": builders.request_received(Urgency.TODAY),
    "request filed by the desk": builders.request_received().model_copy(update={"filed_by": COORDINATOR}),
    "ambassador replaced": network.ambassador_replaced(),
    "ambassador replaced, the family knows": network.ambassador_replaced(told_on=DAY),
    "reminded of several": network.ambassador_reminded(),
    "signal passed on": network.signal_raised(passed_on_by=COLLEAGUE),
    "search waits": network.search(matching.SearchPostponed, until=DAY, postponed_by=COORDINATOR),
    "no help": network.search(
        matching.HelpRuledOut, district="noord", reason=UnavailableReason.TOO_EXPENSIVE, said_by=COORDINATOR
    ),
    "partner chosen by the desk": builders.partner_activated(
        chosen_by=COORDINATOR, choice=ChoiceReason.FAMILY_WISH
    ),
    "point given": network.point_assigned(COORDINATOR, by=COLLEAGUE),
    "point came back": network.point_assigned(None, previous=COORDINATOR),
    "contact named": network.network(
        directory.ContactNamed, organisation_id=SCHOOL, referral_id=builders.REFERRAL, named_by=CONTACT,
        told=(COLLEAGUE, CONTACT),
    ),
    "leaving blocked": network.network(directory.PersonLeavingBlocked, leaves_on=DAY, cases=2, questions=0),
    "many files read": network.network(
        intake.UnusualReadingFound, kind=case_codes.UnusualReading.MANY_FILES, families=31, since=builders.NOW
    ),
    "read without a task": network.network(
        intake.UnusualReadingFound, kind=case_codes.UnusualReading.WITHOUT_TASK, families=1, since=builders.NOW
    ),
    "asked to join": network.network(directory.ApplicationStarted),
    "applied": network.network(directory.OrganisationApplied, kind="school", categories=("bike",)),
    "applied, with nothing said": network.network(directory.OrganisationApplied),
    "accepted": network.network(
        directory.OrganisationAccepted, application_id=builders.POINT, person_id=CONTACT, accepted_by=COORDINATOR
    ),
    "refused": network.network(
        directory.ApplicationRefused, reason=ApplicationRefusal.ALREADY_KNOWN, refused_by=COORDINATOR
    ),
    "change proposed": network.network(
        directory.EntryProposed, proposal_id=builders.POINT, proposed_by=CONTACT
    ),
    "change accepted": network.network(
        directory.EntryProposalSettled, proposal_id=builders.POINT, accepted=True, settled_by=COORDINATOR,
        proposed_by=CONTACT,
    ),
    "entry looked at": network.network(directory.EntryCheckDue, person_id=CONTACT, number=1),
    "entry looked at again": network.network(directory.EntryCheckDue, person_id=CONTACT, number=2),
    "entry hidden": network.network(
        directory.EntryHidden, person_id=CONTACT, service_ids=(builders.POINT,)
    ),
    "entry hidden of nobody": network.network(directory.EntryHidden, service_ids=(builders.POINT,)),
    "entry doubted": network.network(
        directory.EntryDoubted, person_id=CONTACT, service_ids=(builders.POINT,)
    ),
    "entry reported": network.network(
        directory.EntryReported, service_id=builders.POINT, mistake=directory.EntryMistake.ADDRESS, doubtful=False,
        person_id=CONTACT,
    ),
    "entry reported again, of nobody": network.network(
        directory.EntryReported, service_id=builders.POINT, mistake=directory.EntryMistake.STOPPED, doubtful=True
    ),
    "nobody looked": network.network(directory.EntryCheckMissed, person_id=CONTACT),
    "urgent need": builders.of_case(intake.UrgentNeedRaised, **builders.OF_FAMILY, needs=(builders.need(),)),
    "request returned": builders.of_case(
        intake.RequestReturned, returned_by=COORDINATOR, missing=(case_codes.MissingPart.CONSENT,)
    ),
    "inventory asked": builders.of_case(
        monitoring.InventoryReminderDue, urgency=Urgency.SOON, number=1, due_at=NOW
    ),
    "inventory asked again, for today": builders.of_case(
        monitoring.InventoryReminderDue, urgency=Urgency.TODAY, number=2, due_at=NOW
    ),
    "home visit": builders.of_case(intake.HomeVisitPlanned, planned_for=DAY, interpreter_needed=True),
    "case withdrawn": builders.case_withdrawn(),
    "case closed": builders.case_closed(),
    "case rests": builders.of_case(intake.CasePaused, until=DAY, wished_by=case_codes.PauseWish.FAMILY),
    "rest over": builders.of_case(intake.CaseResumed, resumed_by=AMBASSADOR),
    "rest over by itself": builders.of_case(intake.CaseResumed),
    "early signal": builders.signal_question(),
    "partner asked": builders.partner_activated(),
    "second partner asked": builders.partner_activated(attempt=2, horizon=Horizon.LONG),
    "partner reminded, first mail forgotten": builders.response_reminder_due(),
    "deputy asked": builders.response_reminder_due(deputy_id=DEPUTY),
    "yes": builders.partner_accepted(),
    "yes, with a colleague": builders.partner_accepted(answered_by=COLLEAGUE),
    "no": builders.partner_declined(),
    "no answer": builders.referral(matching.ReferralExpired, activated_at=NOW),
    "another named": builders.referral(
        matching.PartnerRedirected, to_organisation_id=SCHOOL, to_service_id=UUID(int=31)
    ),
    "later": builders.referral(matching.PartnerWaitlisted, from_day=DAY),
    "later is now": builders.clock(monitoring.WaitlistDue),
    "question": builders.referral(matching.InformationRequested, question_id=UUID(int=32)),
    "answer": builders.referral(matching.InformationAnswered, question_id=UUID(int=32), answer_by=builders.ANSWER_BY),
    "meeting": builders.handover_planned(),
    "met, says the ambassador": builders.referral(
        matching.HandoverConfirmed, on=DAY, party=Party.AMBASSADOR, confirmed_by=AMBASSADOR
    ),
    "met, says the partner": builders.referral(
        matching.HandoverConfirmed, on=DAY, party=Party.PARTNER, confirmed_by=CONTACT
    ),
    "did they meet": builders.clock(monitoring.HandoverReminderDue),
    "met": builders.referral(
        matching.WarmHandoverCompleted, kind=HandoverKind.WARM, on=DAY, reported_by=COORDINATOR
    ),
    "cold": builders.referral(
        matching.WarmHandoverCompleted, kind=HandoverKind.COLD, cold_reason=ColdReason.FAMILY_WISH,
        on=DAY, reported_by=COORDINATOR,
    ),
    "help began": builders.referral(matching.HelpStarted, on=DAY, reported_by=CONTACT),
    "help given": builders.referral(matching.HelpDelivered, on=DAY, reported_by=CONTACT),
    "did it help": builders.clock(monitoring.ConfirmationReminderDue),
    "help stopped": builders.referral(
        matching.HelpFailed, reason=FailureReason.PARTNER_STOPPED, reported_by=AMBASSADOR
    ),
    "other contact, before the answer": builders.referral(
        ContactReplaced, previous_contact_id=builders.DEPUTY, replaced_by=COORDINATOR, answer_by=builders.ANSWER_BY
    ),
    "other contact, while helping": builders.referral(
        ContactReplaced, previous_contact_id=builders.DEPUTY, replaced_by=COORDINATOR
    ),
    "referral withdrawn": builders.referral_withdrawn(),
    "need gone": builders.referral_withdrawn(WithdrawReason.NEED_GONE),
    "nobody found": builders.no_partner_found(),
    "follow-up": builders.follow_up_due(),
    "follow-up reminder": builders.follow_up_reminder_due(),
    "sign-in code": builders.sign_in_requested(),
    "point at once": builders.point(monitoring.EscalationRaised, at_once=True),
    "point again": builders.point(monitoring.EscalationRepeated, level=2),
    "out of sight": builders.child_out_of_sight(),
    "ask how somebody is": CheckInAsked(subject=AMBASSADOR, occurred_at=NOW, asked_id=COLLEAGUE),
    "ask how somebody is, at the desk": CheckInAsked(subject=AMBASSADOR, occurred_at=NOW),
    "still out of sight": builders.child_out_of_sight(NOW + timedelta(days=5)),
}  # fmt: skip
# What leads to no mail by itself, but to one of those that were told otherwise before.
AFTER_ANOTHER: dict[str, tuple[Event, Event]] = {
    "acceptance-reverted": (builders.partner_accepted(), builders.acceptance_reverted()),
    "decline-reverted": (
        builders.partner_declined(),
        builders.referral(matching.DeclineReverted, answer_by=builders.ANSWER_BY),
    ),
    "appointment-cancelled": (builders.handover_planned(), builders.referral_withdrawn()),
    "stop-and-delete": (
        builders.partner_accepted(),
        builders.referral(DeletionRequested, reason=WithdrawReason.FAMILY_STOPPED, was_helping=True, has_helped=False),
    ),
}
_TOLD: frozenset[type[Event]] = frozenset(
    map(type, [*EVENTS.values(), *(one for both in AFTER_ANOTHER.values() for one in both)])
)
# Every other event that notify consumes, with any values.
EVENTS |= {one.event.__name__: invented_event(one.event) for one in SUBSCRIPTIONS if one.event not in _TOLD}


def drafted(*events: Event) -> list[MessageDraft]:
    """What notify queues at these events, the mails of each sent before the next comes."""

    async def play() -> list[MessageDraft]:
        notify = Notify()
        await notify.given(builders.person_joined(COORDINATOR))
        await notify.given(directory.OrganisationListed(subject=builders.PARTNER, occurred_at=NOW, name="Fietsenbank"))
        for event in events:
            await notify.given(event)
            await notify.time_passes(timedelta(days=1))
            while claimed := await notify.claim():
                for message in claimed:
                    await notify.ends(message, Accepted())
        return [message.draft for message in notify.messages()]

    return asyncio.run(play())


DRAFTS: dict[str, MessageDraft] = {
    f"{name}: {draft.mail.template}": draft for name, event in EVENTS.items() for draft in drafted(event)
} | {name: draft for name, events in AFTER_ANOTHER.items() for draft in drafted(*events) if draft.mail.template == name}
every_draft = pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS.keys())


@every_draft
def test_draft_brings_exactly_the_facts_that_its_mail_declares(draft: MessageDraft) -> None:
    flags = {fact for fact, form in draft.mail.facts.items() if form is Form.FLAG}

    assert draft.facts.keys() <= draft.mail.facts.keys()
    assert draft.mail.facts.keys() - draft.facts.keys() <= flags | draft.mail.may_lack


def test_every_mail_is_drafted_by_an_event() -> None:
    """A digest is drafted by the moment that its parts leave, how many cases stand still once a week, and what is told
    of an answer when that comes in.
    """
    by_events = {draft.mail.template for draft in DRAFTS.values()}
    by_the_clock = {mail.template for mail in (*digests.DIGESTS.values(), desk.CASES_ON_HOLD)}

    assert by_events | by_the_clock | replies.AUTOMATIC == set(MAILS)


@every_draft
def test_draft_names_nobody_of_a_family_and_carries_ids_codes_and_moments_only(draft: MessageDraft) -> None:
    for fact, said in draft.facts.items():
        form = draft.mail.facts[fact]
        pattern = f"{_CODE}(,{_CODE})*" if form is Form.CODES else r"[a-z0-9,:;T+.-]*"
        assert form is Form.ORGANISATION or re.fullmatch(pattern, said), (fact, said)
