"""Somebody leaves while they are asked something: nothing hangs on who left, whoever was first."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from services.matching.domain.network import Person
from services.matching.domain.people_errors import LastCoordinator, StillHanging
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.leaving import leave_now
from services.matching.handlers.passing_on import pass_question
from services.matching.handlers.people import list_person
from services.matching.store.repositories import PostgresMatchingUnit
from shared.events.base import Role
from shared.messaging.postgres_unit import PostgresUnits
from tests.unit.matching.city import assessed, contact, named, organisation, service

pytestmark = pytest.mark.postgres
RealUnits = PostgresUnits[PostgresMatchingUnit]
Act = Callable[[PostgresMatchingUnit], Awaitable[object]]
DESK = named("desk")
ANN, KIM = contact("fietsbende"), replace(contact("fietsbende"), id=named("kim"), email="kim@fietsbende.example")


async def a_partner(units: RealUnits) -> None:
    """Kim is asked for the offer, then Ann."""
    async with units.begin() as unit:
        await unit.organisations.save(organisation("fietsbende"))
        for person in (ANN, KIM):
            await unit.people.save(person)
        await unit.services.save(replace(service("fietsbende"), contact_ids=(KIM.id, ANN.id)))


async def hands_over_the_offer(units: RealUnits) -> None:
    """So that only a question could keep Kim."""
    async with units.begin() as unit:
        await unit.services.save(replace(service("fietsbende"), contact_ids=(ANN.id,)))


async def at_once(units: RealUnits, first: Act, second: Act) -> None:
    """The second acts while what the first wrote is not yet committed, and waits for it."""

    async def act() -> None:
        async with units.begin() as unit:
            await second(unit)

    async with units.begin() as unit:
        await first(unit)
        other = asyncio.create_task(act())
        await asyncio.wait({other}, timeout=0.3)
        assert not other.done()
    await other


async def asks(unit: PostgresMatchingUnit) -> None:
    await propose_partners(assessed(), unit)


async def leaves(unit: PostgresMatchingUnit) -> None:
    await leave_now(KIM.id, unit)


async def nothing_hangs_on_who_left(units: RealUnits) -> None:
    async with units.begin() as unit:
        kim = await unit.people.read(KIM.id)
        assert kim is not None
        assert kim.active or (await unit.hangings.read_of(KIM.id)).is_empty


async def test_who_was_just_asked_cannot_leave(postgres_units: RealUnits) -> None:
    await a_partner(postgres_units)

    async def asks_and_then_the_offer_goes_over(unit: PostgresMatchingUnit) -> None:
        await asks(unit)
        await unit.services.save(replace(service("fietsbende"), contact_ids=(ANN.id,)))

    with pytest.raises(StillHanging):
        await at_once(postgres_units, asks_and_then_the_offer_goes_over, leaves)

    await nothing_hangs_on_who_left(postgres_units)


async def test_who_just_left_is_not_asked(postgres_units: RealUnits) -> None:
    await a_partner(postgres_units)

    async def hands_over_and_leaves(unit: PostgresMatchingUnit) -> None:
        # Whoever ranks meanwhile still reads Kim in the offer.
        await unit.services.save(replace(service("fietsbende"), contact_ids=(ANN.id,)))
        await leaves(unit)

    await at_once(postgres_units, hands_over_and_leaves, asks)

    await nothing_hangs_on_who_left(postgres_units)
    async with postgres_units.begin() as unit:
        [asked] = await unit.referrals.list_of_case(named("case"))
    assert asked.contact_id == ANN.id


async def test_question_is_not_handed_to_who_leaves_at_this_moment(postgres_units: RealUnits) -> None:
    await a_partner(postgres_units)
    await hands_over_the_offer(postgres_units)
    async with postgres_units.begin() as unit:
        await asks(unit)
        [asked] = await unit.referrals.list_of_case(named("case"))

    async def to_kim(unit: PostgresMatchingUnit) -> None:
        await pass_question(asked.id, KIM.id, unit, by=named("regie"))

    with pytest.raises(StillHanging):
        await at_once(postgres_units, to_kim, leaves)

    await nothing_hangs_on_who_left(postgres_units)


async def test_two_last_coordinators_do_not_leave_at_once(postgres_units: RealUnits) -> None:
    both = [Person(named(name), name, f"{name}@desk.example").joining(DESK, Role.COORDINATOR) for name in ("bo", "fay")]
    async with postgres_units.begin() as unit:
        for person in both:
            await unit.people.save(person)
            await list_person(person, unit)

    bo, fay = both
    with pytest.raises(LastCoordinator):
        await at_once(postgres_units, lambda unit: leave_now(bo.id, unit), lambda unit: leave_now(fay.id, unit))

    async with postgres_units.begin() as unit:
        assert [one.id for one in await unit.people.list_by_ids([bo.id, fay.id]) if one.active] == [fay.id]
