"""A trusted person is called by the ambassador, so nobody is one without a number: on the page, by hand, in a file."""

import json
from pathlib import Path

import pytest

from services.matching.commands import AddPerson, ChangePerson
from services.matching.domain.people_errors import PhoneMissing
from services.matching.handlers.leaving import leave_now
from services.matching.handlers.network import add_person, change_person
from shared.events.base import Role
from shared.events.directory import PersonListed
from tests.unit.matching.city import World, named, organisation
from tests.unit.matching.entries import as_desk, posted
from tests.unit.matching.importing import a_file, hsds_service, taken_over
from tests.unit.matching.site import Site, a_site, text_of

VERA = {"name": "Vera Verzonnen", "email": "vera@wijk.example", "role": "trusted-person"}
NEEDS_A_PHONE = "contactpersoon van het gezin belt een vertrouwenspersoon."


async def a_person(site: Site, **changes: str) -> str:
    """The desk adds somebody: where their page is."""
    as_desk(site)
    fields = {**VERA, "organisation": str(named("school")), "phone": "010 123 45 67", **changes}
    answered = await posted(site, "/netwerk/mensen/nieuw", fields)
    assert answered.status_code == 303, text_of(answered)
    return answered.headers["location"].partition("?")[0]


async def test_desk_adds_no_trusted_person_without_a_number() -> None:
    site = await a_site()
    as_desk(site)

    refused = await posted(site, "/netwerk/mensen/nieuw", {**VERA, "organisation": str(named("school"))})

    assert refused.status_code == 400
    assert NEEDS_A_PHONE in text_of(refused)
    assert "Telefoonnummer: de contactpersoon" in text_of(refused)
    assert site.world.published(PersonListed) == []
    await a_person(site)


async def test_number_of_a_trusted_person_is_not_taken_away() -> None:
    site = await a_site()
    page = await a_person(site)

    refused = await posted(site, page, {**VERA, "choice": "details", "version": "0", "phone": ""})

    assert refused.status_code == 400
    assert NEEDS_A_PHONE in text_of(refused)
    assert "010 123 4567" in (await site.get(page)).text


async def test_role_is_given_once_there_is_a_number() -> None:
    site = await a_site()
    page = await a_person(site, role="partner", phone="")
    role = {"choice": "role", "version": "0", "organisation": str(named("school")), "role": "trusted-person"}

    refused = await posted(site, page, role)

    assert refused.status_code == 400
    assert NEEDS_A_PHONE in text_of(refused)
    await posted(site, page, {**VERA, "choice": "details", "version": "0", "phone": "010 123 45 67"})
    assert (await posted(site, page, {**role, "version": "1"})).status_code == 303


async def test_by_hand_the_number_is_asked_for_and_whoever_has_one_may_leave() -> None:
    world = World()
    add = AddPerson(named("school"), Role.TRUSTED_PERSON, "Vera", "vera@wijk.example")
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation("school"))
        with pytest.raises(PhoneMissing) as refused:
            await add_person(add, unit)
        assert refused.value.field == "phone"
        vera = await add_person(AddPerson(add.organisation_id, add.role, add.name, add.email, "010 123 4567"), unit)
    async with world.units.begin() as unit:
        with pytest.raises(PhoneMissing):
            await change_person(ChangePerson(vera.id, phone=""), unit)
        await leave_now(vera.id, unit)


async def test_file_with_a_trusted_person_without_a_number_names_row_and_column(tmp_path: Path) -> None:
    world = World()
    people = [
        {"organization_id": str(named("owner")), **VERA},
        {"organization_id": str(named("owner")), **VERA, "email": "vier@wijk.example", "phones": [{"number": "010 555 01 23"}]},
    ]
    file = a_file(tmp_path, "kaart.json", json.dumps({"services": [hsds_service()], "people": people}))

    report = await taken_over(world, file)

    assert [(row.column, NEEDS_A_PHONE in row.problem) for row in report.refused] == [("telefoon", True)]
    assert len(world.published(PersonListed)) == 1
