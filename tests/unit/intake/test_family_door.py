"""How a family comes in at its own page, by the card from its ambassador; and what it reads there of who looked."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx

from services.intake.domain.break_glass import OpenReason
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers.break_glass import give_reason
from services.intake.handlers.safety import press
from services.intake.handlers.showing import open_dossier
from shared.privacy.audit import Via
from tests.twins.clock import HeldClock
from tests.unit.intake.app import person_of
from tests.unit.intake.builders import (
    COLLEAGUE,
    COORDINATOR,
    NOW,
    ROOS,
    STRANGER,
    everybody_joins,
    request,
    submit_request,
    units_in_memory,
)  # fmt: skip
from tests.unit.intake.pages import Pages

CODE = re.compile(r'schakel-whole">([A-Z0-9-]{14})<')
TELLS_NOTHING = "deze code werkt nu niet"


async def card_of(pages: Pages, viewer: Viewer = ROOS) -> str:
    """The code on the card that Roos, or another ambassador, makes."""
    reply = await pages.sends(viewer, f"{pages.path}/link-gezin")
    assert reply.status_code == 200
    (code,) = CODE.findall(reply.text)
    return str(code)


@asynccontextmanager
async def family_of(pages: Pages, code: str) -> AsyncIterator[httpx.AsyncClient]:
    """The family, in by its code."""
    async with person_of(pages.app, None) as client:
        reply = await client.post("/gezin", data={"code": code})
        assert reply.headers["location"] == "/gezin/pagina", reply.text
        yield client


async def test_family_comes_in_by_the_code_of_its_card_and_reads_who_helps(pages: Pages) -> None:
    async with family_of(pages, (await card_of(pages)).lower().replace("-", " ")) as family:
        page = await family.get("/gezin/pagina")

    assert page.status_code == 200
    assert "Wie helpt waarmee?" in page.text
    assert "Roos Verzonnen" in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_no_page_of_a_family_has_a_name_in_its_title_or_its_address(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        for path in ("pagina", "wat-wij-weten", "wie-zag-wat"):
            page = await family.get(f"/gezin/{path}")
            (title,) = re.findall(r"<title>(.*?)</title>", page.text)
            assert title == "Mijn pagina \u2013 Schakel"


async def test_family_reads_what_is_known_and_the_log_says_that_it_did(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        page = await family.get("/gezin/wat-wij-weten")

    assert "Zonnetje" in page.text
    async with pages.units.begin() as unit:
        line = (await unit.readers.list_of_case(pages.case_id, 1))[0]
    assert (line.actor.role, line.actor.via, line.actor.person_id) == ("family", Via.LINK, None)
    assert "first_name" in line.fields


async def test_family_reads_who_looked_at_what_of_the_desk_too(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await open_dossier(pages.case_id, unit, ROOS, [Fact.FIRST_NAME, Fact.PHONE], "case-page")
    async with pages.units.begin() as unit:
        await give_reason(pages.case_id, OpenReason.FAMILY_CALLED, unit, COORDINATOR)
    async with pages.units.begin() as unit:
        await open_dossier(pages.case_id, unit, COORDINATOR, [Fact.STORY], "case-page")
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/wie-zag-wat")).text

    assert "Roos Verzonnen (De Bedachte School)" in page
    assert "Loes Verzonnen (Het Schakelpunt)" in page
    assert "Keek naar: namen, telefoon, mail of adres en wat jullie vertelden." in page
    assert "Waarom: jullie belden." in page


async def test_new_card_shuts_out_whoever_has_the_old_one_and_whoever_is_in_by_it(pages: Pages) -> None:
    old = await card_of(pages)
    async with family_of(pages, old) as family:
        new = await card_of(pages)
        assert (await family.get("/gezin/pagina")).headers["location"] == "/gezin"
        assert TELLS_NOTHING in (await family.post("/gezin", data={"code": old})).text
    async with family_of(pages, new):
        pass


async def test_link_that_is_switched_off_opens_nothing(pages: Pages) -> None:
    code = await card_of(pages)
    async with family_of(pages, code) as family:
        await pages.sends(ROOS, f"{pages.path}/link-gezin/weg")
        assert (await family.get("/gezin/wat-wij-weten")).status_code == 303
        assert (await family.post("/gezin", data={"code": code})).status_code == 404


async def test_while_a_case_stands_still_its_code_opens_as_little_as_an_unknown_one(pages: Pages) -> None:
    code = await card_of(pages)
    async with family_of(pages, code) as family:
        async with pages.units.begin() as unit:
            await press(pages.case_id, unit, ROOS)
        assert (await family.get("/gezin/pagina")).headers["location"] == "/gezin"
    async with person_of(pages.app, None) as somebody:
        known = await somebody.post("/gezin", data={"code": code})
        unknown = await somebody.post("/gezin", data={"code": "AAAA-AAAA-AAAA"})
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert TELLS_NOTHING in known.text


async def test_visit_is_over_after_half_an_hour() -> None:
    clock = HeldClock(NOW)
    units = units_in_memory(clock=clock)
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(), unit)
    pages = Pages(units, case.id)
    async with family_of(pages, await card_of(pages)) as family:
        clock.forward(timedelta(minutes=31))
        assert (await family.get("/gezin/pagina")).headers["location"] == "/gezin"


async def test_opening_the_address_of_a_card_tells_and_changes_nothing(pages: Pages) -> None:
    page = (await pages.sends(ROOS, f"{pages.path}/link-gezin")).text
    assert "/gezin" in page
    before = pages.units.tables.copy()
    for token in ("x" * 43, "AAAA-AAAA-AAAA"):
        reply = await pages.shows(None, f"/gezin/open/{token}")
        assert reply.status_code == 200
        assert "set-cookie" not in reply.headers
    assert pages.units.tables.table("family_visits") == before.table("family_visits")


async def test_way_out_ends_the_visit_and_says_nobody_where_from(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        assert 'href="/gezin/weg" rel="noreferrer"' in (await family.get("/gezin/pagina")).text
        reply = await family.get("/gezin/weg")
        assert reply.headers["location"].startswith("https://www.knmi.nl/")
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert (await family.get("/gezin/pagina")).headers["location"] == "/gezin"


async def test_whoever_guesses_codes_is_stopped(pages: Pages) -> None:
    async with person_of(pages.app, None) as somebody:
        tried = [await somebody.post("/gezin", data={"code": f"AAAA-AAAA-AA{n:02}"}) for n in range(21)]
    assert [reply.status_code for reply in tried] == [404] * 20 + [429]


async def test_only_its_ambassador_and_the_desk_make_a_familys_card(pages: Pages) -> None:
    assert (await pages.sends(COLLEAGUE, f"{pages.path}/link-gezin")).status_code == 403
    assert (await pages.sends(STRANGER, f"{pages.path}/link-gezin")).status_code == 404


async def test_address_that_is_secret_stands_on_no_page_of_the_family(pages: Pages) -> None:
    typed = {"contactName": "Maan Verzonnen", "address": "Schuilstraat 1", "addressIsSecret": "true"}
    assert (await pages.sends(ROOS, f"{pages.path}/contact", typed)).status_code == 303
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/wat-wij-weten")).text
    assert "Schuilstraat" not in page
    assert "Jullie adres is geheim" in page
