"""People who are added and changed by hand, on the command line."""

from dataclasses import replace
from typing import Any

import pytest

from services.matching.commands import AddPerson, ChangePerson
from services.matching.domain.errors import AddressTaken, PersonUnknown
from services.matching.domain.network import Person
from services.matching.handlers.network import add_person, change_person
from shared.events.base import Role
from shared.events.directory import PersonListed
from tests.unit.matching.city import World, named, organisation


async def test_person_is_added_once_and_changed_after_that() -> None:
    world = World()
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation("school"))
        await unit.organisations.save(organisation("other"))

    async with world.units.begin() as unit:
        first = await add_person(AddPerson(named("school"), Role.AMBASSADOR, "Noor", "noor@school.example"), unit)
    async with world.units.begin() as unit:
        again = await add_person(AddPerson(named("school"), Role.AMBASSADOR, "Noor S", "noor@school.example"), unit)
    async with world.units.begin() as unit:
        there = await add_person(AddPerson(named("other"), Role.PARTNER, "Noor S", "NOOR@school.example"), unit)

    assert (again.id, again.name) == (first.id, "Noor S")
    assert (there.id, set(there.organisation_ids)) == (first.id, {named("school"), named("other")})
    assert len(world.published(PersonListed)) == 2


async def a_person(world: World, key: str = "school", **changes: Any) -> Person:  # noqa: ANN401 - any field
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation(key))
        entry: dict[str, Any] = {"role": Role.COORDINATOR, "name": "Noor", "email": "noor@school.example"}
        return await add_person(AddPerson(named(key), **(entry | changes)), unit)


async def test_role_that_is_asked_for_by_hand_is_the_role() -> None:
    world = World()
    await a_person(world)

    person = await a_person(world, role=Role.PARTNER)

    assert person.memberships[0].role is Role.PARTNER
    assert [fact.memberships[0].role for fact in world.published(PersonListed)] == [Role.COORDINATOR, Role.PARTNER]


async def test_person_is_changed_by_id_and_keeps_what_is_not_given() -> None:
    world = World()
    before = await a_person(world, phone="010 555 01 23", email="nor@school.example")

    async with world.units.begin() as unit:
        after = await change_person(ChangePerson(before.id, email="noor@school.example"), unit)

    assert after == replace(before, email="noor@school.example", version=1)
    async with world.units.begin() as unit:
        assert await unit.people.read_by_email("noor@school.example") == after
        assert await unit.people.read_by_email("nor@school.example") is None
    assert len(world.published(PersonListed)) == 1


async def test_person_gets_no_address_of_somebody_else() -> None:
    world = World()
    first, second = await a_person(world), await a_person(world, email="sam@school.example")

    async with world.units.begin() as unit:
        with pytest.raises(AddressTaken):
            await change_person(ChangePerson(second.id, email=first.email), unit)
        with pytest.raises(PersonUnknown):
            await change_person(ChangePerson(named("nobody"), name="Kim"), unit)
