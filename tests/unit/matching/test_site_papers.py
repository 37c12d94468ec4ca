"""What a public site says of itself, below every page and at the addresses where others look for it."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.matching.web.pages.site_papers import AXE, TESTED_ON
from shared.access.sessions import COOKIE
from tests.parts.city import SCHIEWIJK, a_city
from tests.unit.matching.city import World, named
from tests.unit.matching.site import ADDRESS, Site, a_site, text_of

ROOT = Path(__file__).parents[3]
LOGO = SCHIEWIJK.with_name("logo.svg").read_bytes()


def a_site_of(**site: object) -> Site:
    return Site(World(city=a_city({"site": {"owner": None, "security": None, **site}}).with_logo(LOGO)))


@pytest.mark.parametrize("path", ["/", "/kaart", "/inloggen", "/cookies", "/privacy", "/bestaat-niet"])
async def test_below_every_page_stand_whose_it_is_and_what_they_promise(path: str) -> None:
    site = a_site_of(owner="Stichting Zo Kan Het")
    city = site.world.city

    page = (await site.get(path)).text

    footer = page[page.index("<footer") :]
    assert "Deze site is van Stichting Zo Kan Het." in footer
    for address in ("/privacy", "/toegankelijkheid", "/cookies", f"mailto:{city.desk.email}"):
        assert f'href="{address}"' in footer
    [logo] = re.findall(r'src="(/static/logo\.[^"]+)"', footer)
    picture = await site.get(logo)
    assert (picture.content, picture.headers["content-type"]) == (LOGO, "image/svg+xml")


async def test_site_without_owner_or_logo_is_the_municipalitys() -> None:
    site = Site(World(city=a_city({"site": None})))

    page = (await site.get("/")).text

    assert f"Deze site is van {site.world.city.municipality}." in page
    assert "logo" not in page[page.index("<footer") :].replace("schakel-footer", "")


async def test_statement_on_accessibility_says_what_was_tested_and_when() -> None:
    site = a_site_of(accessibility="https://www.toegankelijkheidsverklaring.nl/register/1")
    installed = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]["axe-core"]

    page = await site.get("/toegankelijkheid")

    assert installed == AXE
    words = text_of(page)
    for said in ("WCAG 2.2", "niveau AA", f"axe {AXE}", f"{TESTED_ON.day} november {TESTED_ON.year}"):
        assert said in words
    assert 'href="https://www.toegankelijkheidsverklaring.nl/register/1"' in page.text


async def test_page_of_cookies_names_every_cookie_that_any_service_sets() -> None:
    sources = [*ROOT.glob("services/*/web/**/*.py"), *ROOT.glob("shared/access/*.py")]
    written = {name for file in sources for name in re.findall(r'"(schakel_[a-z_]+)"', file.read_text("utf-8"))}

    page = text_of(await a_site_of().get("/cookies"))

    assert written >= {COOKIE, "schakel_gelukt"}
    assert {name for name in written if name in page} == written


@pytest.mark.parametrize(
    ("said", "contact"),
    [
        ({"security": "mailto:lek@stad.example"}, "mailto:lek@stad.example"),
        ({"security": "https://stad.example/lek"}, "https://stad.example/lek"),
        ({}, "mailto:regie@schiewijk.example"),
    ],
)
async def test_security_txt_says_where_to_report_and_until_when(said: dict[str, str], contact: str) -> None:
    site = a_site_of(**said)

    answer = await site.get("/.well-known/security.txt")
    site.world.later(days=200)
    much_later = await site.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    now = site.world.clock.now() - timedelta(days=200)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == contact
    assert fields["Canonical"] == f"{ADDRESS}/.well-known/security.txt"
    assert now < datetime.fromisoformat(fields["Expires"]) < now + timedelta(days=365)
    assert fields["Expires"] not in much_later.text


async def test_there_is_no_security_txt_when_nobody_can_be_told() -> None:
    site = Site(World(city=a_city({"site": None, "desk": {"email": ""}})))

    assert (await site.get("/.well-known/security.txt")).status_code == 404


async def test_only_the_map_may_be_found() -> None:
    site = await a_site()
    robots = (await site.get("/robots.txt")).text.splitlines()
    service = f"/kaart/{named('service fietsbende')}"

    assert robots == [
        "User-agent: *", "Disallow: /kaart/ingebed", "Allow: /kaart", "Allow: /hsds", "Allow: /static", "Disallow: /",
    ]  # fmt: skip
    for path in ("/kaart", service, "/hsds/services"):
        found = await site.get(path)
        assert found.status_code == 200
        assert "x-robots-tag" not in found.headers
        assert 'name="robots"' not in found.text
    for path in ("/", "/inloggen", "/privacy", "/netwerk", "/v1/referrals", "/livez", "/bestaat-niet", "/antwoord/x"):
        hidden = await site.get(path)
        assert hidden.headers["x-robots-tag"] == "noindex, nofollow"
        if "html" in hidden.headers.get("content-type", ""):
            assert '<meta name="robots" content="noindex">' in hidden.text
