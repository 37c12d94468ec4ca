"""The map inside the pages of other sites: of those that the city names, and of no other."""

import pytest

from shared.events.base import Role
from tests.parts.city import a_city
from tests.unit.matching.city import World, named
from tests.unit.matching.site import ADDRESS, Site, text_of

HERE = "/kaart/ingebed"
SCHOOLS = ("https://www.school.example", "https://kerk.example:8443")


async def a_site_for(*may_embed: str) -> Site:
    city = a_city({"site": {"may_embed": list(may_embed)}})
    return Site(await World(city=city).with_partners("fietsbende", "rijwielhulp"))


def ancestors(policy: str) -> str:
    [found] = [part.strip() for part in policy.split(";") if part.strip().startswith("frame-ancestors")]
    return found.removeprefix("frame-ancestors ")


async def test_only_sites_that_the_city_names_may_show_it() -> None:
    page = await (await a_site_for(*SCHOOLS)).get(HERE)

    assert page.status_code == 200
    assert ancestors(page.headers["content-security-policy"]) == " ".join(SCHOOLS)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers
    assert page.headers["x-robots-tag"] == "noindex, nofollow"


async def test_no_site_may_show_it_when_the_city_names_none() -> None:
    page = await (await a_site_for()).get(HERE)

    assert ancestors(page.headers["content-security-policy"]) == "'none'"
    assert page.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/kaart?q=fiets", "/kaart/op-je-site", "/inloggen", "/kaart/x", "/hsds"])
async def test_no_other_page_may_be_shown_by_another_site(path: str) -> None:
    page = await (await a_site_for(*SCHOOLS)).get(path)

    assert ancestors(page.headers["content-security-policy"]) == "'none'"
    assert page.headers["x-frame-options"] == "DENY"


async def test_it_finds_what_the_map_finds_and_leads_to_the_whole_window() -> None:
    site = await a_site_for(*SCHOOLS)

    page = (await site.get(f"{HERE}?q=fiets")).text

    assert '<base target="_top">' in page
    assert f'<form method="get" action="{HERE}" target="_self"' in page
    assert f'href="/kaart/{named("service fietsbende")}"' in page
    assert "<nav" not in page
    assert "Inloggen" not in page
    assert "Niets gevonden" in text_of(await site.get(f"{HERE}?q=ruimtevaart"))
    assert 'href="/kaart?groep=' in (await site.get(HERE)).text


async def test_it_shows_nobody_that_only_professionals_see() -> None:
    site = await a_site_for(*SCHOOLS)
    as_it_is = (await site.get(f"{HERE}?q=fiets")).text
    site.sign_in(Role.COORDINATOR, "regie")

    assert (await site.get(f"{HERE}?q=fiets")).text == as_it_is


async def test_page_for_professionals_says_what_to_copy_and_which_sites_may() -> None:
    some, none = await a_site_for(*SCHOOLS), await a_site_for()

    page = await some.get("/kaart/op-je-site")

    assert f"&lt;iframe src=&#34;{ADDRESS}{HERE}&#34; title=&#34;Sociale kaart van Schiewijk&#34;" in page.text
    assert all(origin in text_of(page) for origin in SCHOOLS)
    assert "Nog geen enkele" in text_of(await none.get("/kaart/op-je-site"))


@pytest.mark.parametrize("origin", ["http://school.example", "https://school.example/", "https://*", "'self'", "data:"])
def test_city_names_whole_sites_with_a_certificate(origin: str) -> None:
    with pytest.raises(ValueError, match="may_embed"):
        a_city({"site": {"may_embed": [origin]}})
