"""Given a queued message: what becomes of it with each outcome of an attempt."""

from datetime import timedelta

import orjson
import pytest

from services.notify.commands import RecordOutcome
from services.notify.domain.errors import MessageNotFound, NotRetryable
from services.notify.domain.message import GIVE_UP_AFTER, LEASE, SECOND_COPY_AFTER, MessageState
from services.notify.domain.outcome import Accepted, AttemptOutcome, Deferred, Overtaken, Reason, Refused, Unknown
from services.notify.domain.waiting import waiting_time
from services.notify.handlers.messages import (
    KEEP_SETTLED_FOR,
    forget_old_messages,
    record_outcomes,
    retry_message,
    send_again,
)
from shared.events import directory
from shared.events.notify import RefusalKind
from tests.unit.notify import builders
from tests.unit.notify.builders import NOW
from tests.unit.notify.twin import Notify

BUSY = Deferred(Reason.MAIL_SERVER_BUSY, 451)
BOUNCED = Refused(RefusalKind.REFUSED_BY_SERVER, 550, address_at_fault=True)


async def test_accepted_message_is_at_rest_and_said_once(notify: Notify) -> None:
    await notify.given(builders.request_received())
    message = await notify.attempt(Accepted())

    assert (message.state, message.attempt, message.settled_at) == (MessageState.ACCEPTED, 1, NOW)
    assert notify.published() == ["message-accepted"]
    assert await notify.claim() == []


async def test_claimed_message_is_not_claimed_again_within_its_lease(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.claim()
    notify.clock.forward(LEASE - timedelta(seconds=1))

    assert await notify.claim() == []


async def test_deferred_message_waits_with_its_reason_and_is_tried_again(notify: Notify) -> None:
    await notify.given(builders.request_received())
    message = await notify.attempt(BUSY)
    assert (message.state, message.reason, message.reply_code) == (MessageState.QUEUED, Reason.MAIL_SERVER_BUSY, 451)
    assert await notify.claim() == []

    notify.clock.forward(timedelta(seconds=2))
    assert (await notify.attempt(Accepted())).attempt == 2
    assert notify.published() == ["message-accepted"]


async def test_deferred_message_is_given_up_after_two_days_and_says_so(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(BUSY)
    notify.clock.forward(GIVE_UP_AFTER)

    assert await notify.claim() == []
    (message,) = notify.messages()
    assert (message.state, message.reason) == (MessageState.REFUSED, Reason.GAVE_UP)
    assert notify.published() == ["message-refused"]


async def test_message_never_tried_gets_one_attempt_however_late(notify: Notify) -> None:
    await notify.given(builders.request_received())
    notify.clock.forward(GIVE_UP_AFTER * 3)

    assert (await notify.attempt(Accepted())).state is MessageState.ACCEPTED


async def test_refused_message_flags_the_address_when_that_is_at_fault(notify: Notify) -> None:
    await notify.given(builders.request_received())
    message = await notify.attempt(BOUNCED)

    assert (message.state, message.reason, message.reply_code) == (MessageState.REFUSED, Reason.REFUSED_BY_SERVER, 550)
    assert notify.published() == ["message-refused", "address-flagged"]


async def test_unknown_attempt_is_repeated_once_and_then_rests(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(Unknown())
    assert await notify.claim() == []
    notify.clock.forward(SECOND_COPY_AFTER)
    message = await notify.attempt(Unknown())
    assert (message.state, message.attempt, message.next_attempt_at) == (MessageState.UNKNOWN, 2, None)

    notify.clock.forward(timedelta(days=9))
    assert await notify.claim() == []
    assert notify.published() == ["message-unknown", "message-unknown"]


async def test_sender_that_died_counts_as_an_unknown_attempt(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.claim()
    notify.clock.forward(LEASE)

    assert await notify.claim() == []
    (message,) = notify.messages()
    assert (message.state, message.reason) == (MessageState.UNKNOWN, Reason.SENDER_STOPPED)
    notify.clock.forward(SECOND_COPY_AFTER)
    assert (await notify.attempt(Accepted())).state is MessageState.ACCEPTED


async def test_outcome_of_an_earlier_attempt_changes_nothing(notify: Notify) -> None:
    await notify.given(builders.request_received())
    (message,) = await notify.claim()
    notify.clock.forward(LEASE)
    await notify.claim()

    async with notify.units.begin() as unit:
        assert await record_outcomes([RecordOutcome(message.id, 1, Accepted(), 0.0)], unit) == []
    assert notify.published() == ["message-unknown"]


async def test_message_no_longer_needed_is_withdrawn_without_a_word(notify: Notify) -> None:
    await notify.given(builders.partner_activated())
    message = await notify.attempt(Overtaken())

    assert (message.state, message.reason, notify.published()) == (MessageState.WITHDRAWN, Reason.OVERTAKEN, [])


async def test_sign_in_codes_go_before_everything_else(notify: Notify) -> None:
    await notify.given(builders.request_received(), builders.partner_activated(), builders.sign_in_requested())

    assert [message.draft.mail.template for message in await notify.claim(1)] == ["sign-in-code"]


async def test_refused_message_goes_again_when_a_person_asks(notify: Notify) -> None:
    await notify.given(builders.request_received())
    refused = await notify.attempt(BOUNCED)
    notify.clock.forward(timedelta(days=30))
    async with notify.units.begin() as unit:
        await retry_message(refused.id, unit)

    assert (await notify.attempt(BUSY)).state is MessageState.QUEUED


@pytest.mark.parametrize("outcome", [Accepted(), BUSY, Unknown(), Overtaken()])
async def test_message_that_does_not_need_it_cannot_be_retried(notify: Notify, outcome: AttemptOutcome) -> None:
    await notify.given(builders.request_received())
    message = await notify.attempt(outcome)

    async with notify.units.begin() as unit:
        with pytest.raises(NotRetryable):
            await retry_message(message.id, unit)


async def test_expired_sign_in_code_cannot_be_retried(notify: Notify) -> None:
    await notify.given(builders.sign_in_requested())
    message = await notify.attempt(BOUNCED)
    notify.clock.forward(timedelta(minutes=10))

    async with notify.units.begin() as unit:
        with pytest.raises(NotRetryable):
            await retry_message(message.id, unit)


async def test_message_that_is_not_there_cannot_be_retried(notify: Notify) -> None:
    async with notify.units.begin() as unit:
        with pytest.raises(MessageNotFound):
            await retry_message(builders.CASE, unit)


async def test_messages_long_at_rest_are_forgotten_and_waiting_ones_are_kept(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(Accepted())
    await notify.given(builders.partner_activated())
    notify.clock.forward(KEEP_SETTLED_FOR + timedelta(seconds=1))

    async with notify.units.begin() as unit:
        await forget_old_messages(unit)

    assert [message.state for message in notify.messages()] == [MessageState.QUEUED]


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


async def test_message_that_is_unknown_twice_says_that_a_person_must_look(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(Unknown())
    notify.clock.forward(SECOND_COPY_AFTER)
    await notify.attempt(Unknown())

    rows = [orjson.loads(row.data) for row, _ in notify.units.tables.table("outbox").values()]
    assert [row.get("isLast", False) for row in rows] == [False, True]


async def test_mail_that_names_an_organisation_is_sent_again_with_that_name(notify: Notify) -> None:
    listed = directory.OrganisationListed(subject=builders.PARTNER, occurred_at=NOW, name="Fietsenbank")
    await notify.given(listed, builders.partner_declined())
    await notify.time_passes(timedelta(days=1))
    told = await notify.attempt(Accepted())
    async with notify.units.begin() as unit:
        again = await send_again(told.id, unit)
        (message,) = (await unit.messages.get_each([again])).values()
    assert message.draft.facts["partner"] == "Fietsenbank"
