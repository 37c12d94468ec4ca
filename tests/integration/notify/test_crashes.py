"""The sender killed as by `kill -9` at each named point: every mail arrives, a second copy only after an unknown."""

import asyncio
import contextlib
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from services.notify.domain.message import Message, MessageState
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.kernel.clock import SystemClock
from shared.kernel.crash_points import VARIABLE
from shared.messaging.subscriptions import by_event
from shared.storage.database import Database
from tests.integration.notify.databases import postgres_units
from tests.integration.notify.mail_servers import Orders, real_server
from tests.unit.notify import builders

HANDLERS = by_event(SUBSCRIPTIONS)

EVENTS = (
    builders.request_received(),
    builders.partner_activated(),
    builders.follow_up_due(),
    builders.no_partner_found(),
)
# Where the attempt may have been made when the process died: one more copy may arrive, under the same Message-ID.
MAY_REPEAT = {"notify.after-claim", "notify.before-send", "notify.after-send", "notify.before-outcome-commit"}
POINTS = ["notify.before-claim-commit", *sorted(MAY_REPEAT)]

pytestmark = [pytest.mark.crash, pytest.mark.postgres]


@asynccontextmanager
async def sender(url: str, port: int, crash_at: str = "") -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.integration.notify.crashing_sender",
        url,
        str(port),
        env={**os.environ, VARIABLE: crash_at},
        stderr=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def all_messages(database: Database) -> list[Message]:
    async with postgres_units(database, SystemClock()).begin() as unit:
        return [message for state in MessageState for message in await unit.overview.list_in_state(state, 100)]


async def all_at_rest(database: Database, count: int) -> list[Message]:
    """The states are read one after the other: a message that changes meanwhile can be missed."""
    async with asyncio.timeout(30):
        while True:
            messages = await all_messages(database)
            if len(messages) == count and all(message.settled_at for message in messages):
                return messages
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("point", POINTS)
async def test_sender_killed_at_a_point_loses_no_mail_and_repeats_only_what_is_unknown(
    point: str, database: Database
) -> None:
    orders = Orders()
    async with postgres_units(database, SystemClock()).begin() as unit:
        for event in EVENTS:
            await HANDLERS[type(event)](event, unit)
    queued = len(await all_messages(database))

    async with real_server(orders) as port:
        async with sender(database.url, port, crash_at=point) as killed:
            assert await asyncio.wait_for(killed.wait(), 20) == -signal.SIGKILL
        async with sender(database.url, port):
            messages = await all_at_rest(database, queued)

    assert queued >= len(EVENTS)
    copies = Counter(str(mail["Message-ID"]).strip("<>").partition("@")[0] for mail in orders.mails)
    assert copies.keys() == {str(message.id) for message in messages}
    assert {message.state for message in messages} == {MessageState.ACCEPTED}
    for message in messages:
        assert copies[str(message.id)] <= 1 + message.doubts
        assert message.doubts <= (point in MAY_REPEAT)
