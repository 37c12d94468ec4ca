"""Somebody new who is named, or about whom two decide, at the same moment: one person, on the real database."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest

from services.matching.commands import (
    AcceptReferral,
    AddPerson,
    ChangePerson,
    ContactEntry,
    ImportMap,
    NewContact,
    ServiceEntry,
)
from services.matching.domain.case import CaseFile
from services.matching.domain.contact import Contact, ContactState
from services.matching.domain.network import Person
from services.matching.domain.people_errors import ContactSettled
from services.matching.domain.person_changes import PersonChange
from services.matching.handlers.named_contacts import confirm_contact, refuse_contact
from services.matching.handlers.network import add_person, change_person
from services.matching.handlers.partner_answers import accept_referral
from services.matching.handlers.taking_over import import_map
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


async def contacts_of(units: RealUnits, *referrals: str) -> list[Contact]:
    async with units.begin() as unit:
        found = []
        for name in referrals:
            referral = await unit.referrals.read(named(name))
            assert referral is not None
            found += await unit.contacts.list_by_ids([referral.contact_id])
    return found


async def both(units: RealUnits, first: Act, second: Act) -> None:
    """Neither waits for the other."""
    async with units.begin() as unit:
        await first(unit)
        async with units.begin() as other:
            await second(other)


async def test_newcomer_whom_two_questions_name_at_once_is_contact_of_each(postgres_units: RealUnits) -> None:
    await two_questions(postgres_units)

    await both(postgres_units, says_yes("first", "Sam de Vries"), says_yes("third", "Sam"))

    first, third = await contacts_of(postgres_units, "first", "third")
    assert (first.name, first.organisation_id) == ("Sam de Vries", named("fietsbende"))
    assert (third.name, third.organisation_id) == ("Sam", named("rijwielhulp"))


async def test_newcomer_who_joins_while_a_partner_names_them_keeps_name_and_number(postgres_units: RealUnits) -> None:
    await two_questions(postgres_units)

    await both(postgres_units, says_yes("first", "Sam de Vries"), joins)

    assert await name_of_the_only_one(postgres_units) == "Sam van de regie"


async def test_two_leads_who_say_yes_at_once_make_one_person(postgres_units: RealUnits) -> None:
    await two_questions(postgres_units)
    async with postgres_units.begin() as unit:
        await says_yes("first", "Sam de Vries")(unit)
    [contact] = await contacts_of(postgres_units, "first")

    def confirms(by: str) -> Act:
        return lambda unit: confirm_contact(contact.id, unit, by=named(by), organisation_id=contact.organisation_id)

    await at_once(postgres_units, confirms("ann"), confirms("bob"))

    assert await name_of_the_only_one(postgres_units) == "Sam de Vries"
    async with postgres_units.begin() as unit:
        [settled] = await unit.contacts.list_by_ids([contact.id])
        changes = await unit.person_history.list_of(contact.id, 10)
    assert (settled.state, settled.settled_by) == (ContactState.CONFIRMED, named("ann"))
    assert [one.change for one in changes].count(PersonChange.CONFIRMED) == 1


async def test_lead_who_says_no_while_another_says_yes_is_told(postgres_units: RealUnits) -> None:
    await two_questions(postgres_units)
    async with postgres_units.begin() as unit:
        await says_yes("first", "Sam de Vries")(unit)
    [contact] = await contacts_of(postgres_units, "first")

    with pytest.raises(ContactSettled):
        await at_once(
            postgres_units,
            lambda unit: confirm_contact(contact.id, unit, by=named("ann")),
            lambda unit: refuse_contact(contact.id, unit, by=named("bob")),
        )


async def test_two_changes_of_one_person_at_once_are_both_kept(postgres_units: RealUnits) -> None:
    async with postgres_units.begin() as unit:
        person = await joins(unit)

    def changes(*, name: str | None = None, phone: str | None = None) -> Act:
        return lambda unit: change_person(ChangePerson(person.id, name=name, phone=phone), unit)

    await at_once(postgres_units, changes(name="Sam Verzonnen"), changes(phone="010-0000007"))

    async with postgres_units.begin() as unit:
        changed = await unit.people.read(person.id)
    assert changed == replace(person, name="Sam Verzonnen", phone="010-0000007", version=2)


def a_file_names(offer: str) -> Act:
    async def act(unit: PostgresMatchingUnit) -> object:
        sam = ContactEntry("Sam", ADDRESS, external_id=offer)
        rows = [ServiceEntry(1, offer, str(named("fietsbende")), offer.title(), ("bike",), contacts=(sam,))]
        return await import_map(ImportMap(services=rows), unit)

    return act


async def test_newcomer_whom_two_files_name_at_once_is_one_contact_of_both_offers(postgres_units: RealUnits) -> None:
    await two_questions(postgres_units)

    await at_once(postgres_units, a_file_names("fiets"), a_file_names("helm"))

    async with postgres_units.begin() as unit:
        (person,) = await unit.people.list_of_organisation(named("fietsbende"))
        offers = await unit.services.list_of_organisation(named("fietsbende"))
    assert [(offer.name, offer.contact_ids) for offer in offers] == [("Fiets", (person.id,)), ("Helm", (person.id,))]
