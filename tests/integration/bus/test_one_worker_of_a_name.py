"""Two workers that are given one name: the second consumes nothing and says why, until the first is gone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from random import Random

import asyncpg
import pytest
from structlog.testing import capture_logs

from shared.messaging.member_name import SESSION, MemberNameTaken, OneOfItsName
from shared.storage.database import driver_dsn
from tests.conftest import MakeDatabase
from tests.integration.bus.worlds import KafkaWorld, Running, Taken, eventually, group_name, keys, records, relay
from tests.parts.postgres import Postgres

pytestmark = [pytest.mark.kafka, pytest.mark.postgres, pytest.mark.timeout(300)]
LONGER_THAN_A_FIGHT = 8.0
"""Seconds; two static members of one name take their partitions from each other every three."""


@contextlib.asynccontextmanager
async def worker(world: KafkaWorld, url: str, group: str, name: str, taken: Taken) -> AsyncIterator[Running]:
    """The consumer of one worker process."""
    consumer = world.bus().subscribe([world.topic], group=group, member=name, deliver=taken.deliver)
    named, stopping = OneOfItsName(consumer, url, member=name, random=Random(1)), asyncio.Event()
    running = Running(named, asyncio.create_task(named.run(stopping)), stopping)
    try:
        yield running
    finally:
        if not running.task.done():
            await running.stop()


async def is_at_work(running: Running) -> None:
    """It is a member of its group."""

    async def until() -> None:
        while True:
            with contextlib.suppress(Exception):
                await running.subscription.lag()
                return
            await asyncio.sleep(0.1)

    await asyncio.wait_for(until(), 60)


async def test_second_worker_of_a_name_consumes_nothing_says_why_and_takes_over(
    kafka_world: KafkaWorld, make_database: MakeDatabase
) -> None:
    url, group, first, second = await make_database(), group_name(), Taken(), Taken()
    said = [records(kafka_world.topic, keys(30), [number]) for number in (1, 2, 3)]
    with capture_logs() as logs:
        async with (
            worker(kafka_world, url, group, "intake-a", first) as one,
            contextlib.AsyncExitStack() as later,
        ):
            await is_at_work(one)
            two = await later.enter_async_context(worker(kafka_world, url, group, "intake-a", second))
            await relay(kafka_world.bus(), said[0])
            await first.until_all(said[0])
            await asyncio.sleep(LONGER_THAN_A_FIGHT)
            await relay(kafka_world.bus(), said[1])
            await first.until_all(said[1])

            with pytest.raises(MemberNameTaken, match="intake-a"):
                await two.subscription.lag()
            assert (second.batches, len(first.values)) == ([], len(set(first.values))), "nothing was taken twice"
            await one.kill()
            await relay(kafka_world.bus(), said[2])
            await second.until_all(said[2])
    joined = [line for line in logs if line["event"] == "partitions_assigned"]
    assert len(joined) == 2, "each of them joined once"
    (refused,) = [line for line in logs if line["event"] == "member_name_taken"]
    assert (refused["log_level"], refused["member"]) == ("error", "intake-a")


async def test_workers_with_names_of_their_own_share_the_partitions(
    kafka_world: KafkaWorld, make_database: MakeDatabase
) -> None:
    url, group, first, second = await make_database(), group_name(), Taken(), Taken()
    async with (
        worker(kafka_world, url, group, "intake-a", first),
        worker(kafka_world, url, group, "intake-b", second),
    ):
        number = 0
        while not (first.batches and second.batches):
            number += 1
            wanted = records(kafka_world.topic, keys(30), [number])
            await relay(kafka_world.bus(), wanted)
            await eventually(lambda: {one.value.decode() for one in wanted} <= {*first.values, *second.values})  # noqa: B023


async def test_worker_whose_database_was_away_consumes_again(
    kafka_world: KafkaWorld, make_database: MakeDatabase, postgres: Postgres
) -> None:
    url, taken = await make_database(), Taken()
    said = [records(kafka_world.topic, keys(30), [number]) for number in (1, 2)]
    async with worker(kafka_world, url, group_name(), "intake-a", taken) as one:
        await is_at_work(one)
        await relay(kafka_world.bus(), said[0])
        await taken.until_all(said[0])

        connection = await asyncpg.connect(driver_dsn(url))
        ended = await connection.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name LIKE $1",
            f"{SESSION}%",
        )
        await connection.close()

        assert ended == 1
        await relay(kafka_world.bus(), said[1])
        await taken.until_all(said[1])
