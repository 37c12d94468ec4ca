"""The sender as it runs: woken, stopped, and with the database or the mail server away."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import pytest

from services.notify.adapters.smtp import TimeLimits
from services.notify.domain.letter import Letter
from services.notify.domain.message import LEASE, MessageState
from services.notify.domain.outcome import Deferred, Reason
from services.notify.sender.loop import COMPOSE_SECONDS
from shared.storage.database import DatabaseAway
from tests.twins.notify import MemoryNotifyUnit
from tests.unit.notify import builders
from tests.unit.notify.post import Post
from tests.unit.notify.twin import Notify


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def test_loop_sends_what_comes_in_and_stops_with_nothing_in_hand(notify: Notify, post: Post) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(post.sender.run(stop))
    await notify.given(builders.request_received())
    post.sender.wake()
    await until(lambda: len(notify.published()) == 1)
    await notify.given(builders.partner_activated())
    post.sender.wake()
    await until(lambda: len(notify.published()) == 2)
    stop.set()
    await asyncio.wait_for(running, 2)

    assert {message.state for message in notify.messages()} == {MessageState.ACCEPTED}


async def test_loop_finishes_and_records_the_attempt_in_hand_when_it_is_stopped(
    notify: Notify, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, send = asyncio.Event(), post.mailer.send

    async def slowly(letter: Letter) -> object:
        begun.set()
        await asyncio.sleep(0.1)
        return await send(letter)

    monkeypatch.setattr(post.mailer, "send", slowly)
    await notify.given(builders.request_received())
    stop = asyncio.Event()
    running = asyncio.create_task(post.sender.run(stop))
    await begun.wait()
    stop.set()
    await asyncio.wait_for(running, 2)

    assert post.message().state is MessageState.ACCEPTED


async def test_outcome_is_kept_while_the_database_is_away_and_not_sent_again(
    notify: Notify, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, send = notify.units.begin, post.mailer.send
    away = False

    def begin_when_there() -> AbstractAsyncContextManager[MemoryNotifyUnit]:
        if away:
            raise DatabaseAway("57P01")
        return begin()

    async def break_off(letter: Letter) -> object:
        nonlocal away
        away = True
        return await send(letter)

    monkeypatch.setattr(notify.units, "begin", begin_when_there)
    monkeypatch.setattr(post.mailer, "send", break_off)
    await notify.given(builders.request_received())
    await post.sender.send_due()
    away = False
    notify.clock.forward(LEASE * 2)
    await post.sender.send_due()

    assert (len(post.letters()), post.message().state) == (1, MessageState.ACCEPTED)


async def test_mail_server_that_is_away_is_tried_with_one_message_at_a_time(notify: Notify, post: Post) -> None:
    post.mailer.plan(*[Deferred(Reason.MAIL_SERVER_AWAY)] * 100)
    await notify.given(builders.request_received())
    await post.sender.send_due()
    await notify.given(builders.partner_activated(), builders.follow_up_due(), builders.no_partner_found())
    before = sum(message.attempt for message in notify.messages())

    def attempts() -> int:
        return sum(message.attempt for message in notify.messages()) - before

    stop = asyncio.Event()
    running = asyncio.create_task(post.sender.run(stop))
    await until(lambda: attempts() > 0)
    await asyncio.sleep(0.6)
    stop.set()
    await asyncio.wait_for(running, 2)

    assert attempts() <= 2


def test_longest_attempt_ends_within_its_lease() -> None:
    """Reached for, written, a wait for a line, and a new connection for the letter."""
    each = TimeLimits()
    reached_and_written = each.entering + COMPOSE_SECONDS
    longest = reached_and_written + each.waiting_for_a_line + each.entering + each.asking + each.handing_over

    assert timedelta(seconds=longest) < LEASE
