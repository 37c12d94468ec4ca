"""What a ranking reads follows the map: after any change it is what a rebuild would make of it."""

import asyncio
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from services.matching.domain import weights
from services.matching.domain.network import Service
from services.matching.store.map_index import INDEX_VERSION
from services.matching.store.ranked_offers import RankedOffers
from services.matching.store.repositories import PostgresMatchingUnit
from shared.messaging.postgres_unit import PostgresUnits
from tests.integration.matching.test_shortlist import offer, owners
from tests.unit.matching.city import organisation, service

Units = PostgresUnits[PostgresMatchingUnit]
CHANGES, SERVICES = 60, 40


async def kept(units: Units) -> tuple[list[Any], list[Any]]:
    async with units.begin() as unit:
        connection = await unit.session.connection()
        offers = await connection.execute(text("SELECT * FROM ranked_offers ORDER BY service_id, category, place"))
        counts = await connection.execute(text("SELECT * FROM ranked_counts WHERE number <> 0 ORDER BY 1, 2, 3, 4"))
        return list(offers.all()), list(counts.all())


async def rebuilt(units: Units) -> tuple[list[Any], list[Any]]:
    """As they are when they are made from the map alone."""
    async with units.begin() as unit:
        connection = await unit.session.connection()
        await connection.execute(text("TRUNCATE ranked_offers, ranked_counts"))
        ids = (await connection.execute(text("SELECT id FROM services"))).scalars().all()
        await RankedOffers(connection).renew(ids)
    return await kept(units)


async def change(unit: PostgresMatchingUnit, random: Random) -> None:
    """One of the things that people, files and jobs do to the map."""
    known = await unit.organisations.hold_many({one.id for one in owners(Random(1))})
    some = random.sample(sorted(known.values(), key=lambda one: one.id), 3)
    match random.randrange(4):
        case 0:
            flip = [replace(one, active=random.random() < 0.7, has_agreement=random.random() < 0.5) for one in some]
            await unit.organisations.save_all(flip)
        case 1:
            await unit.services.save(offer(random.randrange(SERVICES + 5), random))
        case 2:
            await unit.services.save_all([offer(number, random) for number in random.sample(range(SERVICES), 5)])
        case _:
            theirs = await unit.services.list_of_organisation(some[0].id)
            for one in theirs:
                await unit.services.save(replace(one, categories=one.categories[:1], kept=one.kept.hidden(at=unit.now)))


@pytest.mark.postgres
async def test_after_any_changes_they_are_what_a_rebuild_makes(postgres_units: Units) -> None:
    random = Random(20)
    async with postgres_units.begin() as unit:
        await unit.organisations.save_all(owners(Random(1)))
        await unit.services.save_all([offer(number, random) for number in range(SERVICES)])
    for _ in range(CHANGES):
        async with postgres_units.begin() as unit:
            await change(unit, random)

    found = await kept(postgres_units)

    assert found[0]
    assert found == await rebuilt(postgres_units)


@pytest.mark.postgres
async def test_organisation_and_a_new_service_of_it_at_the_same_moment_agree(postgres_units: Units) -> None:
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("one"))

    async def ends_its_agreement() -> None:
        async with postgres_units.begin() as unit:
            await unit.organisations.save(organisation("one", has_agreement=False, active=False))
            written.set()
            await asyncio.sleep(0.3)

    async def offers_more(new: Service) -> None:
        await written.wait()
        async with postgres_units.begin() as unit:
            await unit.services.save(new)

    written = asyncio.Event()
    await asyncio.gather(ends_its_agreement(), offers_more(service("new", of="one")))

    found = await kept(postgres_units)

    assert [row.askable for row in found[0]] == [False]
    assert found == await rebuilt(postgres_units)


@pytest.mark.postgres
async def test_many_who_change_the_map_at_the_same_moment_leave_the_right_counts(postgres_units: Units) -> None:
    async with postgres_units.begin() as unit:
        await unit.organisations.save_all(owners(Random(1)))

    async def saves(first: int) -> None:
        random = Random(first)
        for number in range(first, first + 12):
            async with postgres_units.begin() as unit:
                await unit.services.save(offer(number % 20, random))

    await asyncio.gather(*(saves(first) for first in (0, 5, 10, 15)))

    assert await kept(postgres_units) == await rebuilt(postgres_units)


def test_points_that_are_stored_are_of_this_version_of_the_index() -> None:
    """Whoever changes one of these raises the version, so that each service gets its new points; then this line too."""
    stored = (weights.ANSWERS_WITHIN, weights.WALK_IN, weights.WALK_IN_WHEN_URGENT, weights.HAS_AGREEMENT)

    assert (INDEX_VERSION, *stored, weights.UNCONFIRMED) == (5, {1: 15, 2: 10, 3: 5}, 3, 12, 10, -12)
