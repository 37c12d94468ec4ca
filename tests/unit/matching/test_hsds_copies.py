"""Whoever keeps a copy of the map: what is new since, what is the same, and from any site."""

from dataclasses import replace
from datetime import datetime

import pytest

from services.matching.domain.network import Organisation, Service
from services.matching.handlers.entries import confirm_entries, list_new, stop_taking_part
from services.matching.handlers.entry_doubts import hide_unconfirmed
from shared.web.site import is_open_data
from tests.unit.matching.city import named, organisation, service
from tests.unit.matching.site import Site, a_site

KEEPER = {"Origin": "https://elders.example"}


async def a_map() -> Site:
    site = await a_site()
    await put(site, organisation("bikes", name="Fietsenfonds", active=True))
    await put(site, service("bikes", name="Kinderfietsen", does="Op maat."))
    return site


async def put(site: Site, entry: Organisation | Service) -> None:
    async with site.world.units.begin() as unit:
        await list_new(entry, unit)


async def changed_since(site: Site, moment: datetime) -> dict[str, str]:
    """The name and the status of each."""
    answer = await site.get(f"/hsds/services?modified_after={moment:%Y-%m-%dT%H:%M:%S.%fZ}")
    return {one["name"]: one["status"] for one in answer.json()["contents"]}


async def test_service_says_when_its_entry_or_that_of_its_organisation_last_changed() -> None:
    site = await a_map()
    path = f"/hsds/services/{named('service bikes')}"
    listed_at = site.world.clock.now()
    assert (await site.get(path)).json()["last_modified"] == f"{listed_at:%Y-%m-%dT%H:%M:%SZ}"

    site.world.later(days=1)
    await put(site, organisation("bikes", name="Fietsenbank"))

    assert (await site.get(path)).json()["last_modified"] == f"{site.world.clock.now():%Y-%m-%dT%H:%M:%SZ}"
    [minimal] = (await site.get("/hsds/services?minimal=true&search=maat")).json()["contents"]
    assert minimal == {
        "id": str(named("service bikes")),
        "modified_date": f"{site.world.clock.now():%Y-%m-%dT%H:%M:%SZ}",
    }


async def test_only_what_changed_since_is_given_and_what_ended_is_told() -> None:
    site = await a_map()
    site.world.later(days=1)
    day = site.world.clock.now()
    assert await changed_since(site, day) == {}

    await put(site, service("new", of="bikes", name="Driewielers"))
    assert await changed_since(site, day) == {"Driewielers": "active"}

    site.world.later(seconds=1)
    later = site.world.clock.now()
    async with site.world.units.begin() as unit:
        await stop_taking_part(named("bikes"), named("juf"), unit)
    assert await changed_since(site, later) == {"Driewielers": "inactive", "Kinderfietsen": "inactive"}
    assert (await site.get("/hsds/services?search=maat")).json()["empty"]


async def test_what_is_hidden_or_confirmed_is_told_as_a_change() -> None:
    site = await a_map()
    terms = site.world.city.entries
    async with site.world.units.begin() as unit:
        owner = await unit.organisations.read(named("bikes"))
        assert owner is not None
        await unit.organisations.save(replace(owner, checks_asked=terms.ask_at_most + 1))
    site.world.later(days=terms.hide_after_days + 1)
    hidden = site.world.clock.now()
    async with site.world.units.begin() as unit:
        await hide_unconfirmed(unit)
    assert await changed_since(site, hidden) == {"Kinderfietsen": "inactive"}

    site.world.later(hours=1)
    async with site.world.units.begin() as unit:
        await confirm_entries(named("bikes"), named("juf"), unit)

    assert await changed_since(site, site.world.clock.now()) == {"Kinderfietsen": "active"}


@pytest.mark.parametrize("said", ["{tag}", "W/{tag}", '"other", {tag}', "*"])
async def test_whoever_has_the_answer_already_is_told_so(said: str) -> None:
    site = await a_map()
    first = await site.get("/hsds/services")
    tag = first.headers["etag"]

    again = await site.client.get("/hsds/services", headers={"If-None-Match": said.format(tag=tag)})

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    described = (await site.get("/hsds/openapi.json")).json()["paths"]
    assert all("304" in operations["get"]["responses"] for operations in described.values())
    assert first.headers["cache-control"] == again.headers["cache-control"] == "public, no-cache"


async def test_answer_that_changed_is_given_whole() -> None:
    site = await a_map()
    tag = (await site.get("/hsds/services")).headers["etag"]
    await put(site, service("new", of="bikes", name="Driewielers"))

    again = await site.client.get("/hsds/services", headers={"If-None-Match": tag})

    assert again.status_code == 200
    assert again.headers["etag"] != tag


@pytest.mark.parametrize("path", ["/hsds", "/hsds/services", "/hsds/services/x", "/hsds/services?x=1", "/hsds/niets"])
async def test_any_site_may_read_it_also_what_is_wrong(path: str) -> None:
    answer = await (await a_map()).client.get(path, headers=KEEPER)

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-credentials" not in answer.headers
    assert "set-cookie" not in answer.headers
    if answer.status_code >= 400:
        assert answer.headers["cache-control"] == "no-store"


async def test_browser_that_asks_first_may_read_and_nothing_else() -> None:
    site = await a_map()
    asks = {**KEEPER, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}

    answer = await site.client.options("/hsds/services", headers=asks)

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-headers"].lower() == "if-none-match"
    assert (await site.client.post("/hsds/services", headers=KEEPER)).status_code == 405


@pytest.mark.parametrize("path", ["/", "/kaart", "/v1/referrals", "/hsdsx", "/netwerk/mensen"])
async def test_nothing_else_is_open_to_other_sites(path: str) -> None:
    answer = await (await a_map()).client.get(path, headers=KEEPER)

    assert not is_open_data(path)
    assert not [name for name in answer.headers if name.startswith("access-control-")]
