"""What comes in bulk is applied beside what somebody waits for, in a transaction of its own."""

import asyncio
from uuid import UUID

import pytest

from shared.events.base import Event
from shared.events.directory import OrganisationListed
from shared.events.intake import CaseReopened
from shared.messaging.consumer import Consumer
from shared.unit_of_work import UnitOfWork
from tests.integration.plumbing.conftest import T0, Bench, said

pytestmark = pytest.mark.postgres
CASE, ORGANISATION = UUID(int=1), UUID(int=2)


async def test_bulk_that_takes_long_holds_nothing_else_back(postgres_bench: Bench) -> None:
    begun, may_end, applied = asyncio.Event(), asyncio.Event(), list[UUID]()

    async def apply(event: Event, _: UnitOfWork) -> None:
        if isinstance(event, OrganisationListed):
            begun.set()
            await may_end.wait()
        applied.append(event.subject)

    consumer = Consumer(postgres_bench.units, {CaseReopened: apply, OrganisationListed: apply})
    await postgres_bench.say(OrganisationListed(subject=ORGANISATION, occurred_at=T0, name="De Bron"))
    in_bulk = [one for one in await postgres_bench.records("matching") if one.key == str(ORGANISATION)]
    await postgres_bench.say(said(CASE))
    prompt = [one for one in await postgres_bench.records() if one.key == str(CASE)]

    taking = asyncio.create_task(consumer.deliver(in_bulk))
    await begun.wait()
    await consumer.deliver(prompt)
    assert applied == [CASE]

    may_end.set()
    await taking
    assert applied == [CASE, ORGANISATION]
