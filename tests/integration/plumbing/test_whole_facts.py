"""A fact that tells all there is to know of its subject fills a new or a restored service, which missed the others."""

from typing import Any
from uuid import UUID

import pytest

from shared.events.directory import OrganisationListed
from shared.messaging.bus.base import Delivered
from shared.messaging.consumer import Consumer
from shared.unit_of_work import UnitOfWork
from tests.integration.plumbing.conftest import T0, Bench

NAMES = ("De Bron", "De Nieuwe Bron", "De Bron aan Zee")


class Known:
    """What is known of an organisation."""

    def __init__(self) -> None:
        self.names: list[str] = []

    async def keep(self, event: OrganisationListed, _: UnitOfWork) -> None:
        self.names.append(event.name)


@pytest.fixture
def known() -> Known:
    return Known()


@pytest.fixture
def consumer(bench: Bench, known: Known) -> Consumer[Any]:
    return Consumer(bench.units, {OrganisationListed: known.keep})


async def told(bench: Bench) -> list[Delivered]:
    await bench.say(*(OrganisationListed(subject=UUID(int=2), occurred_at=T0, name=name) for name in NAMES))
    return list(await bench.records("matching"))


async def test_service_that_missed_what_was_before_begins_with_what_is_told_now(
    bench: Bench, consumer: Consumer[Any], known: Known
) -> None:
    _, _, newest = await told(bench)
    await consumer.deliver([newest])
    assert known.names == [NAMES[2]]
    assert await bench.in_unit(lambda unit: unit.parking.all(10)) == []


async def test_what_comes_after_one_that_told_all_is_not_done_any_more(
    bench: Bench, consumer: Consumer[Any], known: Known
) -> None:
    first, second, newest = await told(bench)
    await consumer.deliver([first, newest])
    await consumer.deliver([second])
    await consumer.deliver([newest])
    assert known.names == [NAMES[0], NAMES[2]]
    assert await bench.in_unit(lambda unit: unit.parking.all(10)) == []
