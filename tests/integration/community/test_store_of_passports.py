"""Skills passports, on the twin and on PostgreSQL: sealed, erased, and one after the other when two act at once."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from services.community.domain.passport import Endorsement, EndorsementState, Helped, Passport, Skill, Source
from services.community.handlers.passport import describe_skill
from services.community.ports import CommunityUnit
from services.community.store.repositories import PostgresCommunityUnit
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.statements import Statement
from shared.unit_of_work import Units
from tests.unit.community.world import TUESDAY, an_id

A_MOMENT = 0.3
OWNER = an_id("owner")
GIVEN = Endorsement(an_id("asked"), "Bas", "bas@fonds.example", EndorsementState.GIVEN, date(2026, 9, 8))
SKILL = Skill(an_id("skill"), "Luisteren", Source.LIFE, "Elke week, Ş en ij.", (GIVEN,))
WHOLE = Passport(OWNER, TUESDAY, (SKILL,), Helped.YES)
SEALED = Statement("SELECT encode(skills, 'escape') FROM passport_skills")
KEYS = Statement("SELECT count(*) FROM passport_keys")


async def test_passports_come_back_as_they_were_and_go_with_all_that_is_theirs(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        assert await unit.passports.get(OWNER) is None
        for one in (replace(WHOLE, skills=(), helped=None), WHOLE):
            await unit.passports.save(one)
        await unit.passports.add_question(GIVEN.id, OWNER)

    async with units.begin() as unit:
        assert await unit.passports.get(OWNER) == WHOLE
        assert await unit.passports.list_all() == [WHOLE]
        assert await unit.passports.list_people() == [OWNER]
        assert await unit.passports.who_asked(GIVEN.id) == OWNER
        await unit.passports.remove_question(GIVEN.id)
        assert await unit.passports.who_asked(GIVEN.id) is None
        await unit.passports.add_question(GIVEN.id, OWNER)
        await unit.passports.remove(OWNER)
        assert await unit.passports.who_asked(GIVEN.id) is None
        assert await unit.passports.list_all() == []


@pytest.mark.postgres
async def test_what_stands_in_it_is_sealed_and_its_key_goes(
    postgres_units: PostgresUnits[PostgresCommunityUnit],
) -> None:
    async with postgres_units.begin() as unit:
        await unit.passports.save(WHOLE)
    async with postgres_units.begin() as unit:
        ((kept,),) = await SEALED.rows(unit._connection)
        assert ("Luisteren" in kept, "fonds" in kept) == (False, False)
        await unit.passports.remove(OWNER)
        ((keys,),) = await KEYS.rows(unit._connection)
    assert keys == 0


@pytest.mark.postgres
async def test_two_skills_at_once_both_stand(postgres_units: PostgresUnits[PostgresCommunityUnit]) -> None:
    async with postgres_units.begin() as unit:
        await unit.passports.save(replace(WHOLE, skills=()))

    async def describes(name: str) -> None:
        async with postgres_units.begin() as unit:
            await describe_skill(OWNER, replace(SKILL, id=an_id(name), example="Elke week."), unit)
            await asyncio.sleep(A_MOMENT)

    await asyncio.gather(describes("one"), describes("two"))

    async with postgres_units.begin() as unit:
        found = await unit.passports.get(OWNER)
    assert found is not None
    assert {one.id for one in found.skills} == {an_id("one"), an_id("two")}
