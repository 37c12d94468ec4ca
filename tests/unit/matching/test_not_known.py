"""What nobody said of an offer is not known: it is not free, not for the whole city and not for all ages."""

from typing import Any

import pytest

from shared.events.base import Role
from tests.unit.matching.city import World, contact, named, organisation, service
from tests.unit.matching.entries import posted
from tests.unit.matching.site import Site, text_of

NOTHING_SAID: dict[str, Any] = {"whole_city": False, "minimum_age": None, "is_free": None}
SILENT = named("service silent")


async def a_map() -> Site:
    site = Site(World())
    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("fietsbende"))
        await unit.people.save(contact("fietsbende"))
        await unit.services.save(service("silent", of="fietsbende", name="Aanbod A", **NOTHING_SAID))
        await unit.services.save(service("clear", of="fietsbende", name="Aanbod B"))
    return site


async def test_page_says_what_is_not_known() -> None:
    page = text_of(await (await a_map()).get(f"/kaart/{SILENT}"))

    assert "wijk niet bekend" in page
    assert "leeftijd niet bekend" in page
    assert "Kosten niet bekend" in " ".join(page.split())
    for widened in ("gratis", "hele stad", "alle leeftijden"):
        assert widened not in page


@pytest.mark.parametrize("query", ["wijk=oost", "leeftijd=5"])
async def test_offer_that_may_fit_is_found_after_the_one_that_says_so(query: str) -> None:
    page = text_of(await (await a_map()).get(f"/kaart?{query}"))

    assert 0 < page.index("Aanbod B") < page.index("Aanbod A")


async def test_whoever_asks_for_what_is_free_finds_what_says_so() -> None:
    page = text_of(await (await a_map()).get("/kaart?gratis=ja"))

    assert "Aanbod B" in page
    assert "Aanbod A" not in page


async def test_machine_reads_nothing_of_what_is_not_known() -> None:
    shown = (await (await a_map()).get(f"/hsds/services/{SILENT}")).json()

    assert (shown["service_areas"], shown["cost_options"]) == ([], [])
    assert shown.get("minimum_age") is None


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({"whole_city": "true", "minimum_age": "0", "is_free": "true"}, (True, 0, True)),
        ({"is_free": "false", "cost": "2 euro"}, (False, None, False)),
        ({"is_free": ""}, (False, None, None)),
    ],
)
async def test_desk_says_what_is_known(filled: dict[str, str], said: tuple[bool, int | None, bool | None]) -> None:
    site = await a_map()
    site.sign_in(Role.COORDINATOR, of="desk")
    fields = {"name": "Aanbod A", "categories": ["bike"], "contact": str(named("contact of fietsbende")), **filled}

    answered = await posted(site, f"/netwerk/aanbod/{SILENT}", fields)

    assert answered.status_code == 303, answered.text
    async with site.world.units.begin() as unit:
        kept = await unit.services.read(SILENT)
    assert kept is not None
    assert (kept.whole_city, kept.minimum_age, kept.is_free) == said


async def test_whole_city_and_one_district_do_not_go_together() -> None:
    site = await a_map()
    site.sign_in(Role.COORDINATOR, of="desk")
    fields = {"name": "Aanbod A", "categories": ["bike"], "districts": ["oost"], "whole_city": "true"}

    answered = await posted(site, f"/netwerk/aanbod/{SILENT}", fields)

    assert answered.status_code == 400
    assert "Wij helpen in de hele stad: kies wat klopt" in text_of(answered)
