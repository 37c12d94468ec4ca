"""Given what the other services said: who gets which mail."""

from datetime import timedelta

import pytest

from services.notify.commands import RecordOutcome
from services.notify.domain.message import GIVE_UP_AFTER, MessageState, Template
from services.notify.domain.outcome import Accepted, Deferred, Reason
from services.notify.handlers import record_outcomes
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.events import matching
from shared.events.base import Event, Role, Urgency
from shared.messaging.subscriptions import by_event
from tests.unit.notify import scenes
from tests.unit.notify.scenes import AMBASSADOR, CODE, CONTACT, COORDINATOR, NOW, Scene


async def test_request_received_tells_the_ambassador_with_the_most_pressing_urgency(scene: Scene) -> None:
    await scene.given(scenes.request_received(Urgency.NORMAL, Urgency.TODAY, Urgency.SOON))

    (message,) = scene.messages()
    assert (message.draft.template, message.draft.recipient_id) == (Template.REQUEST_RECEIVED, AMBASSADOR)
    assert message.draft.case_code == CODE
    assert message.draft.facts == {"district": "noord", "urgency": "today"}


@pytest.mark.parametrize(
    "event",
    [
        scenes.request_received(),
        scenes.partner_activated(),
        scenes.partner_accepted(),
        scenes.response_reminder_due(),
        scenes.no_partner_found(),
        scenes.follow_up_due(),
        scenes.follow_up_reminder_due(),
        scenes.child_out_of_sight(),
        scenes.sign_in_requested(),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_an_event_heard_twice_queues_its_mails_once(scene: Scene, event: Event) -> None:
    await scene.given(scenes.person_joined(COORDINATOR), event)
    once = len(scene.messages())

    await scene.given(event)

    assert len(scene.messages()) == once >= 1


async def test_partner_activated_asks_the_contact_without_saying_what_the_child_needs(scene: Scene) -> None:
    await scene.given(scenes.partner_activated())

    (message,) = scene.messages()
    assert (message.draft.template, message.draft.recipient_id) == (Template.PARTNER_ACTIVATED, CONTACT)
    assert "bike" not in str(message)


async def test_response_reminder_repeats_district_and_urgency_of_the_first_mail(scene: Scene) -> None:
    await scene.given(scenes.partner_activated(Urgency.SOON), scenes.response_reminder_due())

    reminder = scene.messages()[1].draft
    assert (reminder.template, reminder.recipient_id) == (Template.PARTNER_ACTIVATED, CONTACT)
    assert reminder.facts == {"district": "noord", "urgency": "soon", "reminder": "yes"}


async def test_partner_accepted_tells_the_ambassador_and_takes_the_reminder_back(scene: Scene) -> None:
    await scene.given(scenes.partner_activated())
    await scene.attempt(Accepted())
    await scene.given(scenes.response_reminder_due(), scenes.partner_accepted())

    first, reminder, told = scene.messages()
    assert first.state is MessageState.ACCEPTED
    assert (reminder.state, reminder.reason) == (MessageState.WITHDRAWN, Reason.OVERTAKEN)
    assert (told.draft.template, told.draft.recipient_id) == (Template.PARTNER_ACCEPTED, AMBASSADOR)
    assert told.draft.facts == {"firstContactOn": "2026-03-05"}


async def test_partner_declined_takes_the_unsent_question_back(scene: Scene) -> None:
    await scene.given(scenes.partner_activated(), scenes.partner_declined())

    assert [message.state for message in scene.messages()] == [MessageState.WITHDRAWN]


async def test_nobody_found_tells_the_ambassador_and_each_active_coordinator(scene: Scene) -> None:
    gone = scenes.person_joined(CONTACT, active=False)
    partner = scenes.person_joined(scenes.PARTNER, Role.PARTNER)
    await scene.given(scenes.person_joined(COORDINATOR), gone, partner, scenes.no_partner_found())

    told = {message.draft.recipient_id: message.draft.facts["audience"] for message in scene.messages()}
    assert told == {AMBASSADOR: "ambassador", COORDINATOR: "coordinator"}


async def test_child_out_of_sight_alarms_every_coordinator(scene: Scene) -> None:
    await scene.given(scenes.person_joined(COORDINATOR), scenes.person_joined(CONTACT), scenes.child_out_of_sight())

    assert {message.draft.recipient_id for message in scene.messages()} == {COORDINATOR, CONTACT}
    assert {message.draft.template for message in scene.messages()} == {Template.OUT_OF_SIGHT}


async def test_child_that_is_still_out_of_sight_alarms_again_and_says_that_it_is_a_reminder(scene: Scene) -> None:
    again = scenes.child_out_of_sight(NOW + timedelta(days=5))
    await scene.given(scenes.person_joined(COORDINATOR), scenes.child_out_of_sight(), again, again)

    assert [message.draft.facts for message in scene.messages()] == [
        {"since": NOW.isoformat()},
        {"since": NOW.isoformat(), "reminder": "yes"},
    ]


async def test_follow_up_answered_takes_the_reminder_back(scene: Scene) -> None:
    await scene.given(scenes.follow_up_reminder_due(), scenes.follow_up_recorded())

    (reminder,) = scene.messages()
    assert reminder.draft.facts == {"number": "1", "reminder": "yes"}
    assert reminder.state is MessageState.WITHDRAWN


async def test_sign_in_code_is_given_up_when_its_time_is_over(scene: Scene) -> None:
    await scene.given(scenes.sign_in_requested())
    scene.clock.forward(timedelta(minutes=10))

    assert await scene.claim() == []
    (message,) = scene.messages()
    assert (message.state, message.reason, message.draft.case_id) == (MessageState.REFUSED, Reason.GAVE_UP, None)
    assert scene.said() == ["message-refused"]


async def test_withdrawn_case_drops_its_waiting_mail_visibly_and_queues_no_more(scene: Scene) -> None:
    await scene.given(scenes.request_received(), scenes.case_withdrawn(), scenes.partner_activated())

    (message,) = scene.messages()
    assert (message.state, message.reason) == (MessageState.WITHDRAWN, Reason.CASE_WITHDRAWN)


async def test_closed_case_holds_its_mail_back_visibly(scene: Scene) -> None:
    await scene.given(scenes.request_received(), scenes.case_closed(), scenes.partner_activated())

    assert [(message.draft.template, message.state, message.reason) for message in scene.messages()] == [
        (Template.REQUEST_RECEIVED, MessageState.WITHDRAWN, Reason.CASE_CLOSED),
        (Template.PARTNER_ACTIVATED, MessageState.WITHDRAWN, Reason.CASE_CLOSED),
    ]
    assert await scene.claim() == []


async def test_mail_in_hand_when_the_case_is_withdrawn_is_not_tried_again(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    (message,) = await scene.claim()
    await scene.given(scenes.case_withdrawn())

    async with scene.units.begin() as unit:
        outcome = Deferred(Reason.MAIL_SERVER_AWAY)
        await record_outcomes([RecordOutcome(message.id, 1, outcome, 0.0)], unit)

    assert [(m.state, m.reason) for m in scene.messages()] == [(MessageState.WITHDRAWN, Reason.CASE_WITHDRAWN)]


@pytest.mark.parametrize("opening", [scenes.case_reopened(), scenes.new_question_raised()])
async def test_closed_case_that_opens_again_gets_mail_again(scene: Scene, opening: Event) -> None:
    await scene.given(scenes.case_closed(), opening, scenes.partner_activated())

    assert [message.state for message in scene.messages()] == [MessageState.QUEUED]


@pytest.mark.parametrize("heard_before_closing", [True, False])
async def test_question_heard_before_the_case_opened_again_goes_out_after_all(
    scene: Scene, *, heard_before_closing: bool
) -> None:
    first = [scenes.partner_activated(), scenes.case_closed()]
    await scene.given(*(first if heard_before_closing else reversed(first)), scenes.new_question_raised())

    message = await scene.attempt(Accepted())
    assert (message.draft.template, message.state) == (Template.PARTNER_ACTIVATED, MessageState.ACCEPTED)


async def test_mail_in_hand_when_the_case_closed_and_opened_again_is_tried_again(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    (message,) = await scene.claim()
    await scene.given(scenes.case_closed(), scenes.new_question_raised())

    async with scene.units.begin() as unit:
        await record_outcomes([RecordOutcome(message.id, 1, Deferred(Reason.MAIL_SERVER_AWAY), 0.0)], unit)

    assert [(m.state, m.reason) for m in scene.messages()] == [(MessageState.QUEUED, Reason.MAIL_SERVER_AWAY)]


async def test_mail_held_back_stays_here_when_it_was_overtaken_or_grew_old(scene: Scene) -> None:
    await scene.given(scenes.case_closed(), scenes.partner_activated(), scenes.partner_declined())
    await scene.given(scenes.no_partner_found(), scenes.follow_up_due())
    scene.clock.forward(GIVE_UP_AFTER)
    await scene.given(scenes.new_question_raised())

    assert [(message.draft.template, message.state, message.reason) for message in scene.messages()] == [
        (Template.PARTNER_ACTIVATED, MessageState.WITHDRAWN, Reason.OVERTAKEN),
        (Template.NOBODY_FOUND, MessageState.WITHDRAWN, Reason.CASE_CLOSED),
        (Template.FOLLOW_UP, MessageState.QUEUED, None),
    ]


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(days=2) - timedelta(seconds=1), MessageState.QUEUED),
        (timedelta(days=2), MessageState.WITHDRAWN),
    ],
)
async def test_mail_held_back_goes_out_when_the_case_opens_within_two_days(
    scene: Scene, after: timedelta, state: MessageState
) -> None:
    await scene.given(scenes.case_closed(), scenes.no_partner_found())
    scene.clock.forward(after)
    await scene.given(scenes.new_question_raised())

    assert [message.state for message in scene.messages()] == [state]


async def test_closed_case_that_is_withdrawn_opens_nothing(scene: Scene) -> None:
    await scene.given(scenes.case_closed(), scenes.partner_activated(), scenes.case_withdrawn(), scenes.case_reopened())

    assert [(m.state, m.reason) for m in scene.messages()] == [(MessageState.WITHDRAWN, Reason.CASE_WITHDRAWN)]


async def test_erased_case_leaves_no_message_and_a_late_event_revives_nothing(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    await scene.attempt(Accepted())
    await scene.given(scenes.partner_activated(), scenes.case_erased(), scenes.case_reopened())
    await scene.given(scenes.no_partner_found())

    assert scene.messages() == []


def test_every_event_listened_to_is_of_another_service() -> None:
    assert {event.__module__ for event in by_event(SUBSCRIPTIONS)} == {
        "shared.events.intake",
        "shared.events.matching",
        "shared.events.monitoring",
    }
    assert matching.SignInRequested in by_event(SUBSCRIPTIONS)
