"""Somebody new who is named twice at the same moment is one person, on the real database."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest

from services.matching.commands import AcceptReferral, AddPerson, ChangePerson, NewContact
from services.matching.domain.case import CaseFile
from services.matching.domain.errors import AddressTaken
from services.matching.domain.network import Person
from services.matching.handlers.network import add_person, change_person
from services.matching.handlers.partner_answers import accept_referral
from services.matching.store.repositories import PostgresMatchingUnit
from shared.events.base import AgeBand, Role
from shared.messaging.postgres_unit import PostgresUnits
from tests.integration.matching.test_store import a_referral
from tests.unit.matching.city import named, organisation

pytestmark = pytest.mark.postgres
RealUnits = PostgresUnits[PostgresMatchingUnit]
Act = Callable[[PostgresMatchingUnit], Awaitable[object]]
ADDRESS = "sam@fietsbende.example"


async def two_questions(units: RealUnits) -> None:
    """Two cases; the first and the last of three partners are of one organisation."""
    async with units.begin() as unit:
        for name in ("fietsbende", "rijwielhulp"):
            await unit.organisations.save(organisation(name))
        for name, owner in (("first", "fietsbende"), ("second", "fietsbende"), ("third", "rijwielhulp")):
            case = CaseFile(
                named(f"case {name}"), "AC34-DEFG", named("juf"), named("school"), "oost", AgeBand.CHILD, "nl",
                interpreter_needed=False, excluded=frozenset(),
            )  # fmt: skip
            await unit.cases.save(case)
            asked = a_referral(name, case_id=case.id, need_id=named(f"need {name}"), organisation_id=named(owner))
            await unit.referrals.save(asked)


def says_yes(referral: str, name: str) -> Act:
    async def act(unit: PostgresMatchingUnit) -> UUID | None:
        contact = NewContact(name, ADDRESS, "010-0000009")
        command = AcceptReferral(named(referral), contact, unit.city.day_of(unit.now), named("somebody"))
        return (await accept_referral(command, unit)).contact_id

    return act


async def joins(unit: PostgresMatchingUnit) -> Person:
    return await add_person(AddPerson(named("fietsbende"), Role.PARTNER, "Sam van de regie", ADDRESS.upper()), unit)


async def at_once(units: RealUnits, first: Act, second: Act) -> None:
    """The second acts while what the first wrote is not yet committed."""

    async def act() -> None:
        async with units.begin() as unit:
            await second(unit)

    async with units.begin() as unit:
        await first(unit)
        other = asyncio.create_task(act())
        await asyncio.wait({other}, timeout=0.3)
        assert not other.done()
    await other


async def name_of_the_only_one(units: RealUnits) -> str:
    async with units.begin() as unit:
        (person,) = await unit.people.list_of_organisation(named("fietsbende"))
    return person.name


async def test_two_partners_who_name_the_same_newcomer_at_once_both_say_yes(postgres_units: RealUnits) -> None:
    await two_questions(postgres_units)

    await at_once(postgres_units, says_yes("first", "Sam de Vries"), says_yes("second", "Sam"))

    assert await name_of_the_only_one(postgres_units) == "Sam"
    async with postgres_units.begin() as unit:
        (person,) = await unit.people.list_of_organisation(named("fietsbende"))
        for name in ("first", "second"):
            referral = await unit.referrals.read(named(name))
            assert referral is not None
            assert referral.contact_id == person.id


async def test_newcomer_who_joins_while_a_partner_names_them_is_one_person(postgres_units: RealUnits) -> None:
    await two_questions(postgres_units)

    await at_once(postgres_units, says_yes("first", "Sam de Vries"), joins)

    assert await name_of_the_only_one(postgres_units) == "Sam van de regie"


async def test_newcomer_who_is_named_while_they_join_is_one_person(postgres_units: RealUnits) -> None:
    await two_questions(postgres_units)

    await at_once(postgres_units, joins, says_yes("first", "Sam de Vries"))

    assert await name_of_the_only_one(postgres_units) == "Sam de Vries"


async def test_newcomer_whom_another_organisation_names_at_once_is_refused_there(postgres_units: RealUnits) -> None:
    await two_questions(postgres_units)

    with pytest.raises(AddressTaken):
        await at_once(postgres_units, says_yes("first", "Sam de Vries"), says_yes("third", "Sam"))

    assert await name_of_the_only_one(postgres_units) == "Sam de Vries"


async def test_two_changes_of_one_person_at_once_are_both_kept(postgres_units: RealUnits) -> None:
    async with postgres_units.begin() as unit:
        person = await joins(unit)

    def changes(*, name: str | None = None, phone: str | None = None) -> Act:
        return lambda unit: change_person(ChangePerson(person.id, name=name, phone=phone), unit)

    await at_once(postgres_units, changes(name="Sam Verzonnen"), changes(phone="010-0000007"))

    async with postgres_units.begin() as unit:
        changed = await unit.people.read(person.id)
    assert changed == replace(person, name="Sam Verzonnen", phone="010-0000007")
