"""Who is who: what matching answers to the pages of the other services."""

from dataclasses import replace
from typing import Any, cast

import pytest

from shared.access.members import Member
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.base import Role
from shared.events.http import PEOPLE
from tests.parts.keys import ring_that_asks
from tests.unit.matching.city import contact, named
from tests.unit.matching.site import Site, a_site


async def ask(site: Site, by: str = "monitoring", **question: Any) -> Any:  # noqa: ANN401 - any question, a reply
    tokens = ServiceTokens(ring_that_asks(by, "matching"), by, site.world.clock)
    return await site.client.post(PEOPLE, json=question, auth=ServiceAuth(tokens, "matching"))


async def people(site: Site, **question: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any question
    return cast("list[dict[str, Any]]", (await ask(site, **question)).json()["people"])


async def test_people_are_told_in_the_order_of_the_question_also_who_left() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        await unit.people.save(replace(contact("fietsbende"), active=False))

    found = await people(site, personIds=[str(named(each)) for each in ("contact of fietsbende", "nobody", "juf")])

    assert [one["name"] for one in found] == ["Contact van fietsbende", "Noor Verzonnen"]
    assert found[0]["isMember"] is False
    assert (found[1]["phone"], found[1]["organisations"]) == ("010 0000002", ["Basisschool De Zevensprong"])


async def test_people_are_found_by_role_and_by_address() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        for person in (contact("fietsbende"), contact("rijwielhulp")):
            await unit.members.save(Member.of(person.listed(at=unit.now)))

    here = await people(site, role=Role.PARTNER, organisationId=str(named("rijwielhulp")))
    anywhere = await people(site, role=Role.PARTNER)
    by_address = await people(site, address="Noor@School.example")

    assert [one["name"] for one in here] == ["Contact van rijwielhulp"]
    assert [one["name"] for one in anywhere] == ["Contact van fietsbende", "Contact van rijwielhulp"]
    assert [one["name"] for one in by_address] == ["Noor Verzonnen"]


@pytest.mark.parametrize("by", ["matching", "somebody"])
async def test_nobody_else_may_ask(by: str) -> None:
    assert (await ask(await a_site(), by)).status_code in {401, 403}
