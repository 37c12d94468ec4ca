"""Given what the other services published: who gets which mail."""

from datetime import timedelta

import pytest

from services.notify.domain.mails.agreements import HELP_AGREED
from services.notify.domain.mails.answers import PARTNER_ACCEPTED
from services.notify.domain.mails.children import OUT_OF_SIGHT
from services.notify.domain.mails.desk import DESK_POINT
from services.notify.domain.mails.partners import PARTNER_ACTIVATED
from services.notify.domain.mails.requests import REQUEST_RECEIVED
from services.notify.domain.mails.unmet_needs import NOBODY_FOUND
from services.notify.domain.message import MessageState
from services.notify.domain.outcome import Accepted, Reason
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.events import matching, monitoring
from shared.events.base import Event, Role, Urgency
from shared.events.referral_contacts import ContactReplaced
from shared.messaging.subscriptions import by_event
from tests.unit.notify import builders
from tests.unit.notify.builders import AMBASSADOR, CODE, CONTACT, COORDINATOR, DEPUTY, NOW
from tests.unit.notify.twin import Notify


async def test_request_received_tells_the_ambassador_with_the_most_pressing_urgency(notify: Notify) -> None:
    await notify.given(builders.request_received(Urgency.NORMAL, Urgency.TODAY, Urgency.SOON))

    (message,) = notify.messages()
    assert (message.draft.mail, message.draft.recipient_id) == (REQUEST_RECEIVED, AMBASSADOR)
    assert message.draft.case_code == CODE
    assert message.draft.facts == {"needs": "bike", "district": "noord", "how_soon": "today", "today": "yes"}


@pytest.mark.parametrize(
    "event",
    [
        builders.request_received(),
        builders.partner_activated(),
        builders.partner_accepted(),
        builders.response_reminder_due(),
        builders.no_partner_found(),
        builders.follow_up_due(),
        builders.follow_up_reminder_due(),
        builders.child_out_of_sight(),
        builders.sign_in_requested(),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_an_event_heard_twice_queues_its_mails_once(notify: Notify, event: Event) -> None:
    await notify.given(builders.person_joined(COORDINATOR), event)
    once = len(notify.messages())

    await notify.given(event)

    assert len(notify.messages()) == once >= 1


async def test_partner_activated_tells_the_contact_what_for_whom_where_how_soon_and_by_when(notify: Notify) -> None:
    await notify.given(builders.partner_activated())

    (message,) = notify.messages()
    assert (message.draft.mail, message.draft.recipient_id) == (PARTNER_ACTIVATED, CONTACT)
    assert message.draft.facts == {
        "need": "bike",
        "for_whom": "child",
        "district": "noord",
        "how_soon": "soon",
        "answer_by": builders.ANSWER_BY.isoformat(),
    }


async def test_response_reminder_repeats_the_first_mail_and_asks_the_deputy_the_same(notify: Notify) -> None:
    await notify.given(builders.partner_activated(Urgency.SOON))
    await notify.attempt(Accepted())
    await notify.given(builders.response_reminder_due(deputy_id=DEPUTY))

    first, reminder, deputy = (message.draft for message in notify.messages())
    assert {reminder.mail, deputy.mail} == {PARTNER_ACTIVATED}
    assert (reminder.recipient_id, deputy.recipient_id) == (CONTACT, DEPUTY)
    assert reminder.facts == {**first.facts, "reminder": "yes"}
    assert deputy.facts == {**first.facts, "deputy": "yes"}


async def test_reminder_takes_the_place_of_a_question_that_has_not_left(notify: Notify) -> None:
    await notify.given(builders.partner_activated(), builders.response_reminder_due())

    first, reminder = notify.messages()
    assert (first.state, first.reason) == (MessageState.WITHDRAWN, Reason.NEWER_MAIL)
    assert reminder.state is MessageState.QUEUED


async def test_partner_accepted_tells_the_ambassador_and_takes_the_reminder_back(notify: Notify) -> None:
    await notify.given(builders.partner_activated())
    await notify.attempt(Accepted())
    await notify.given(builders.response_reminder_due(), builders.partner_accepted())

    first, reminder, told, agreed = notify.messages()
    assert (agreed.draft.mail, agreed.draft.recipient_id) == (HELP_AGREED, CONTACT)
    assert first.state is MessageState.ACCEPTED
    assert (reminder.state, reminder.reason) == (MessageState.WITHDRAWN, Reason.OVERTAKEN)
    assert (told.draft.mail, told.draft.recipient_id) == (PARTNER_ACCEPTED, AMBASSADOR)
    assert told.draft.facts == {
        "need": "bike",
        "for_whom": "child",
        "first_contact_on": "2026-03-05",
        "contact": str(CONTACT),
    }


async def test_partner_declined_takes_the_unsent_question_back(notify: Notify) -> None:
    await notify.given(builders.partner_activated(), builders.partner_declined())

    assert notify.messages()[0].state is MessageState.WITHDRAWN


async def test_nobody_found_tells_the_ambassador_and_its_point_each_active_coordinator(notify: Notify) -> None:
    gone = builders.person_joined(CONTACT, active=False)
    partner = builders.person_joined(builders.PARTNER, Role.PARTNER)
    raised = builders.point(monitoring.EscalationRaised, at_once=True)
    await notify.given(builders.person_joined(COORDINATOR), gone, partner, builders.no_partner_found(), raised)

    told = {message.draft.recipient_id: message.draft.mail for message in notify.messages()}
    assert told == {AMBASSADOR: NOBODY_FOUND, COORDINATOR: DESK_POINT}


async def test_child_out_of_sight_alarms_every_coordinator(notify: Notify) -> None:
    await notify.given(
        builders.person_joined(COORDINATOR), builders.person_joined(CONTACT), builders.child_out_of_sight()
    )

    assert {message.draft.recipient_id for message in notify.messages()} == {COORDINATOR, CONTACT}
    assert {message.draft.mail for message in notify.messages()} == {OUT_OF_SIGHT}


async def test_child_that_is_still_out_of_sight_alarms_again_and_says_that_it_is_a_reminder(notify: Notify) -> None:
    again = builders.child_out_of_sight(NOW + timedelta(days=5))
    await notify.given(builders.person_joined(COORDINATOR), builders.child_out_of_sight(), again, again)

    assert [message.draft.facts for message in notify.messages()] == [
        {"since": NOW.isoformat(), "ambassador": str(AMBASSADOR)},
        {"since": NOW.isoformat(), "ambassador": str(AMBASSADOR), "reminder": "yes"},
    ]


async def test_follow_up_answered_takes_the_reminder_back(notify: Notify) -> None:
    await notify.given(builders.follow_up_reminder_due(), builders.follow_up_recorded())

    (reminder,) = notify.messages()
    assert reminder.draft.facts["reminder"] == "yes"
    assert reminder.state is MessageState.WITHDRAWN


async def test_sign_in_code_is_given_up_when_its_time_is_over(notify: Notify) -> None:
    await notify.given(builders.sign_in_requested())
    notify.clock.forward(timedelta(minutes=10))

    assert await notify.claim() == []
    (message,) = notify.messages()
    assert (message.state, message.reason, message.draft.case_id) == (MessageState.REFUSED, Reason.GAVE_UP, None)
    assert notify.published() == ["message-refused"]


def test_every_event_listened_to_is_of_another_service() -> None:
    assert {event.__module__ for event in by_event(SUBSCRIPTIONS)} == {
        "shared.events.community",
        "shared.events.consents",
        "shared.events.directory",
        "shared.events.acquaintance",
        "shared.events.following",
        "shared.events.early_signals",
        "shared.events.family_safety",
        "shared.events.family_voice",
        "shared.events.intake",
        "shared.events.matching",
        "shared.events.monitoring",
        "shared.events.referral_contacts",
        "shared.events.referral_deletion",
        "shared.events.sparring",
        "shared.events.cards",
        "shared.events.swap",
        "shared.events.skills",
        "shared.events.care",
        "shared.events.knowledge",
        "shared.events.referral_terms",
        "shared.events.programme",
        "shared.events.same_child",
    }
    assert matching.SignInRequested in by_event(SUBSCRIPTIONS)


async def test_question_that_is_handed_to_a_colleague_is_asked_of_them_and_not_of_the_one_before(
    notify: Notify,
) -> None:
    await notify.given(builders.partner_activated(), builders.response_reminder_due())
    passed_on = builders.referral(
        ContactReplaced, contact_id=DEPUTY, previous_contact_id=CONTACT, replaced_by=COORDINATOR,
        answer_by=builders.ANSWER_BY,
    )  # fmt: skip

    await notify.given(passed_on, passed_on)

    told = {one.draft.recipient_id: one for one in notify.messages() if one.draft.mail is PARTNER_ACTIVATED}
    assert told[DEPUTY].state is MessageState.QUEUED
    assert told[DEPUTY].draft.facts["district"] == "noord"
    states = {one.state for one in notify.messages() if one.draft.recipient_id == CONTACT}
    assert MessageState.QUEUED not in states


async def test_help_that_is_handed_to_a_colleague_is_told_to_them_and_to_the_ambassador(notify: Notify) -> None:
    await notify.given(builders.partner_activated())
    passed_on = builders.referral(
        ContactReplaced, contact_id=DEPUTY, previous_contact_id=CONTACT, replaced_by=COORDINATOR
    )

    await notify.given(passed_on)

    told = {(one.draft.mail.template, one.draft.recipient_id) for one in notify.messages()}
    assert {("help-passed-on", DEPUTY), ("other-contact", AMBASSADOR)} <= told
