"""Whoever joins is known already, or was: there as well, and nothing else is given back."""

from dataclasses import replace

from services.matching.domain.leaving import left
from services.matching.domain.network import Person
from shared.events.base import Role
from shared.events.directory import (
    OrganisationAccepted,
    PersonListed,
)
from tests.unit.matching.city import contact, named
from tests.unit.matching.entries import (
    a_network,
    applied,
    as_desk,
)
from tests.unit.matching.people_at_work import known, now
from tests.unit.matching.site import a_site, text_of

DESK = named("desk person")


async def test_known_person_belongs_to_the_new_organisation_as_well() -> None:
    site = await a_site()
    application_id = await applied(site, email=contact("fietsbende").email, contact_name="Iemand Anders")
    as_desk(site)

    assert "kennen we al" in text_of(await site.get(f"/netwerk/organisaties/aanmelding/{application_id}"))
    await site.post(f"/netwerk/organisaties/aanmelding/{application_id}/ja")

    [accepted] = site.world.published(OrganisationAccepted)
    async with site.world.units.begin() as unit:
        person = await unit.people.read(named("contact of fietsbende"))
    assert person is not None
    assert accepted.person_id == person.id
    assert person.name == "Contact van fietsbende"
    assert person.organisation_ids == (named("fietsbende"), accepted.subject)


async def test_person_who_left_comes_back_with_a_new_organisation() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        await unit.people.save(replace(contact("fietsbende"), memberships=(), active=False))
    application_id = await applied(site, email=contact("fietsbende").email)
    as_desk(site)

    await site.post(f"/netwerk/organisaties/aanmelding/{application_id}/ja")

    assert site.world.published(PersonListed)[-1].active


async def test_who_left_and_joins_again_gets_nothing_back_of_what_they_were() -> None:
    """Whoever coordinated once, and applies with the address that is still theirs, does not coordinate again."""
    site = a_network()
    before = Person(named("sara"), "Sara Verzonnen", "sara@golf.example").joining(named("desk"), Role.COORDINATOR)
    await known(site, left(before))
    application_id = await applied(site)
    as_desk(site)

    await site.post(f"/netwerk/organisaties/aanmelding/{application_id}/ja")

    [accepted] = site.world.published(OrganisationAccepted)
    person = await now(site, named("sara"))
    assert person.active
    assert [(one.organisation_id, one.role) for one in person.memberships] == [(accepted.subject, Role.PARTNER)]
    async with site.world.units.begin() as unit:
        history = await unit.person_history.list_of(person.id, 10)
    assert {one.by for one in history} == {DESK}
