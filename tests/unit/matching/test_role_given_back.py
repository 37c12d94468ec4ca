"""What ended and is given back opens for who signs in anew, and for no session of before."""

from collections.abc import Awaitable, Callable

import pytest

from services.matching.commands import AddPerson, ChangePerson, ContactEntry, ImportMap, PersonEntry
from services.matching.handlers.network import add_person, change_person
from services.matching.handlers.sign_in import request_sign_in
from services.matching.handlers.taking_over import import_map
from shared.events.base import Role
from shared.events.directory import PersonListed
from tests.unit.matching.city import named
from tests.unit.matching.people_at_work import a_desk, colleague, now, press
from tests.unit.matching.site import Site

MEES = named("mees")
AT_SCHOOL = {"organisation": str(named("school")), "role": "ambassador"}
Change = Callable[[Site], Awaitable[object]]


async def leaves(site: Site) -> None:
    await press(site, MEES, "leave", when="now")


async def comes_back(site: Site) -> None:
    await press(site, MEES, "back")


async def loses_the_role(site: Site) -> None:
    await press(site, MEES, "role", organisation=str(named("fietsbende")), role="partner")
    await press(site, MEES, "end-role", **AT_SCHOOL)


async def gets_the_role(site: Site) -> None:
    await press(site, MEES, "role", **AT_SCHOOL)


def by_hand(role: Role) -> Change:
    async def change(site: Site) -> None:
        async with site.world.units.begin() as unit:
            await change_person(ChangePerson(MEES, role), unit)

    return change


def added(role: Role) -> Change:
    async def change(site: Site) -> None:
        async with site.world.units.begin() as unit:
            await add_person(AddPerson(named("school"), role, "Mees Verzonnen", "mees@school.example"), unit)

    return change


def by_file(role: Role) -> Change:
    async def change(site: Site) -> None:
        contact = ContactEntry("Mees Verzonnen", "mees@school.example")
        async with site.world.units.begin() as unit:
            await import_map(ImportMap(people=(PersonEntry(1, str(named("school")), role, contact),)), unit)

    return change


@pytest.mark.parametrize(
    ("taken", "given"),
    [
        (leaves, comes_back),
        (loses_the_role, gets_the_role),
        (by_hand(Role.COORDINATOR), by_hand(Role.AMBASSADOR)),
        (added(Role.COORDINATOR), added(Role.AMBASSADOR)),
        (by_file(Role.COORDINATOR), by_file(Role.AMBASSADOR)),
    ],
    ids=["leaving", "role", "by-hand", "added", "by-file"],
)
async def test_session_of_before_opens_nothing(taken: Change, given: Change) -> None:
    site = await a_desk()
    await colleague(site, "school", "mees", Role.AMBASSADOR)
    desk, before = site.client, site.another_browser()
    site.client = before
    site.sign_in(Role.AMBASSADOR, "school", "mees")
    site.client = desk
    async with site.world.units.begin() as unit:
        await request_sign_in("mees@school.example", "lane", unit)
    assert (await before.get("/doorverwijzingen")).status_code == 200

    await taken(site)
    await given(site)

    person = await now(site, MEES)
    assert person.may(Role.AMBASSADOR, named("school"))
    assert site.world.published(PersonListed)[-1].epoch == person.epoch > 0
    answered = await before.get("/doorverwijzingen")
    assert (answered.status_code, answered.headers["location"][:9]) == (303, "/inloggen")
    assert await site.codes_go_out() == []
