"""Given a queued message: what becomes of it with each outcome of an attempt."""

from datetime import timedelta

import pytest

from services.notify.commands import RecordOutcome, RetryMessage
from services.notify.domain.errors import MessageNotFound, NotRetryable
from services.notify.domain.message import GIVE_UP_AFTER, LEASE, SECOND_COPY_AFTER, MessageState
from services.notify.domain.outcome import Accepted, Deferred, Outcome, Overtaken, Reason, Refused, Unknown
from services.notify.domain.waiting import waiting_time
from services.notify.handlers import KEEP_SETTLED_FOR, forget_old_messages, record_outcomes, retry_message
from shared.events.notify import RefusalKind
from tests.unit.notify import scenes
from tests.unit.notify.scenes import NOW, Scene

BUSY = Deferred(Reason.MAIL_SERVER_BUSY, 451)
BOUNCED = Refused(RefusalKind.REFUSED_BY_SERVER, 550, address_at_fault=True)


async def test_accepted_message_is_at_rest_and_said_once(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    message = await scene.attempt(Accepted())

    assert (message.state, message.attempt, message.settled_at) == (MessageState.ACCEPTED, 1, NOW)
    assert scene.said() == ["message-accepted"]
    assert await scene.claim() == []


async def test_claimed_message_is_not_claimed_again_within_its_lease(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    await scene.claim()
    scene.clock.forward(LEASE - timedelta(seconds=1))

    assert await scene.claim() == []


async def test_deferred_message_waits_with_its_reason_and_is_tried_again(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    message = await scene.attempt(BUSY)
    assert (message.state, message.reason, message.reply_code) == (MessageState.QUEUED, Reason.MAIL_SERVER_BUSY, 451)
    assert await scene.claim() == []

    scene.clock.forward(timedelta(seconds=2))
    assert (await scene.attempt(Accepted())).attempt == 2
    assert scene.said() == ["message-accepted"]


async def test_deferred_message_is_given_up_after_two_days_and_says_so(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    await scene.attempt(BUSY)
    scene.clock.forward(GIVE_UP_AFTER)

    assert await scene.claim() == []
    (message,) = scene.messages()
    assert (message.state, message.reason) == (MessageState.REFUSED, Reason.GAVE_UP)
    assert scene.said() == ["message-refused"]


async def test_message_never_tried_gets_one_attempt_however_late(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    scene.clock.forward(GIVE_UP_AFTER * 3)

    assert (await scene.attempt(Accepted())).state is MessageState.ACCEPTED


async def test_refused_message_flags_the_address_when_that_is_at_fault(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    message = await scene.attempt(BOUNCED)

    assert (message.state, message.reason, message.reply_code) == (MessageState.REFUSED, Reason.REFUSED_BY_SERVER, 550)
    assert scene.said() == ["message-refused", "address-flagged"]


async def test_unknown_attempt_is_repeated_once_and_then_rests(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    await scene.attempt(Unknown())
    assert await scene.claim() == []
    scene.clock.forward(SECOND_COPY_AFTER)
    message = await scene.attempt(Unknown())
    assert (message.state, message.attempt, message.next_attempt_at) == (MessageState.UNKNOWN, 2, None)

    scene.clock.forward(timedelta(days=9))
    assert await scene.claim() == []
    assert scene.said() == ["message-unknown", "message-unknown"]


async def test_sender_that_died_counts_as_an_unknown_attempt(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    await scene.claim()
    scene.clock.forward(LEASE)

    assert await scene.claim() == []
    (message,) = scene.messages()
    assert (message.state, message.reason) == (MessageState.UNKNOWN, Reason.SENDER_STOPPED)
    scene.clock.forward(SECOND_COPY_AFTER)
    assert (await scene.attempt(Accepted())).state is MessageState.ACCEPTED


async def test_outcome_of_an_earlier_attempt_changes_nothing(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    (message,) = await scene.claim()
    scene.clock.forward(LEASE)
    await scene.claim()

    async with scene.units.begin() as unit:
        assert await record_outcomes([RecordOutcome(message.id, 1, Accepted(), 0.0)], unit) == []
    assert scene.said() == ["message-unknown"]


async def test_message_no_longer_needed_is_withdrawn_without_a_word(scene: Scene) -> None:
    await scene.given(scenes.partner_activated())
    message = await scene.attempt(Overtaken())

    assert (message.state, message.reason, scene.said()) == (MessageState.WITHDRAWN, Reason.OVERTAKEN, [])


async def test_sign_in_codes_go_before_everything_else(scene: Scene) -> None:
    await scene.given(scenes.request_received(), scenes.partner_activated(), scenes.sign_in_requested())

    assert [message.draft.template.value for message in await scene.claim(1)] == ["sign-in-code"]


async def test_refused_message_goes_again_when_a_person_asks(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    refused = await scene.attempt(BOUNCED)
    scene.clock.forward(timedelta(days=30))
    async with scene.units.begin() as unit:
        await retry_message(RetryMessage(refused.id), unit)

    assert (await scene.attempt(BUSY)).state is MessageState.QUEUED


@pytest.mark.parametrize("outcome", [Accepted(), BUSY, Unknown(), Overtaken()])
async def test_message_that_does_not_need_it_cannot_be_retried(scene: Scene, outcome: Outcome) -> None:
    await scene.given(scenes.request_received())
    message = await scene.attempt(outcome)

    async with scene.units.begin() as unit:
        with pytest.raises(NotRetryable):
            await retry_message(RetryMessage(message.id), unit)


async def test_expired_sign_in_code_cannot_be_retried(scene: Scene) -> None:
    await scene.given(scenes.sign_in_requested())
    message = await scene.attempt(BOUNCED)
    scene.clock.forward(timedelta(minutes=10))

    async with scene.units.begin() as unit:
        with pytest.raises(NotRetryable):
            await retry_message(RetryMessage(message.id), unit)


async def test_message_that_is_not_there_cannot_be_retried(scene: Scene) -> None:
    async with scene.units.begin() as unit:
        with pytest.raises(MessageNotFound):
            await retry_message(RetryMessage(scenes.CASE), unit)


async def test_messages_long_at_rest_are_forgotten_and_waiting_ones_are_kept(scene: Scene) -> None:
    await scene.given(scenes.request_received())
    await scene.attempt(Accepted())
    await scene.given(scenes.partner_activated())
    scene.clock.forward(KEEP_SETTLED_FOR + timedelta(seconds=1))

    async with scene.units.begin() as unit:
        await forget_old_messages(unit)

    assert [message.state for message in scene.messages()] == [MessageState.QUEUED]


@pytest.mark.parametrize(
    ("reason", "first", "longest"),
    [(Reason.MAIL_SERVER_AWAY, 0.5, 15), (Reason.ADDRESS_BOOK_AWAY, 0.5, 15), (Reason.MAIL_SERVER_BUSY, 2, 300)],
)
def test_waiting_time_doubles_up_to_a_limit_and_spreads(reason: Reason, first: float, longest: float) -> None:
    seconds = [waiting_time(reason, waits, 1.0).total_seconds() for waits in range(40)]

    assert seconds[:3] == [first, first * 2, first * 4]
    assert seconds == sorted(seconds)
    assert seconds[-1] == longest
    assert waiting_time(reason, 0, 0.0).total_seconds() == first / 2
