"""What people can read with a gathering: links that the desk adds, on its page and with its report."""

import httpx
import pytest

from services.community.domain.material import MOST_MATERIALS
from services.community.handlers.reports import report_gathering
from shared.events.base import Role
from tests.unit.community.world import EVENING, Community, announced

SLIDES = {"title": "De dia's over schulden", "address": "https://www.kennis.example/schulden.pdf"}
LINK = f'href="{SLIDES["address"]}"'


async def test_material_stands_on_the_page_and_with_the_report() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    page = f"/bijeenkomsten/{gathering_id}"
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor() as visitor:
        assert f"{page}/materiaal" in (await desk.get(page)).text
        assert "Materiaal" not in (await visitor.get(page)).text
        assert (await desk.post(f"{page}/materiaal", data=SLIDES)).status_code == 303
        assert LINK in (await desk.get(f"{page}/materiaal")).text
        shown = (await visitor.get(page)).text
        community.moves_to(EVENING.ends_at)
        async with community.units.begin() as unit:
            await report_gathering(gathering_id, "Goed nieuws.", unit)
        report = (await visitor.get(f"{page}/verslag?leestaal=en")).text

    for text in (shown, report):
        assert LINK in text
        assert "De dia&#39;s over schulden" in text
    assert "Material" in report


async def test_material_that_is_taken_away_is_shown_no_more() -> None:
    community = Community()
    page = f"/bijeenkomsten/{await announced(community.units)}"
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(f"{page}/materiaal", data=SLIDES)
        for _ in range(2):
            gone = await desk.post(f"{page}/materiaal/weg", data={"address": SLIDES["address"]})
            assert gone.status_code == 303
        assert LINK not in (await desk.get(page)).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"address": "http://www.kennis.example/"}, "https"),
        ({"address": "javascript:alert(1)"}, "it is geen webadres"),
        ({"address": "https://www.kennis.example/111222333"}, "burgerservicenummer"),
        ({"title": "Over Sem, BSN 111222333"}, "burgerservicenummer"),
        ({"title": ""}, "Waar gaat het over?"),
    ],
)
async def test_what_is_no_material_is_refused_and_kept_nowhere(typed: dict[str, str], words: str) -> None:
    community = Community()
    page = f"/bijeenkomsten/{await announced(community.units)}"
    async with community.visitor(Role.COORDINATOR) as desk:
        reply = await desk.post(f"{page}/materiaal", data=SLIDES | typed)
        shown = (await desk.get(page)).text

    assert reply.status_code == 400
    assert words in reply.text
    assert "kennis.example" not in shown


async def test_same_address_or_one_too_many_is_refused() -> None:
    community = Community()
    page = f"/bijeenkomsten/{await announced(community.units)}"
    async with community.visitor(Role.COORDINATOR) as desk:

        async def add(number: int) -> httpx.Response:
            address = f"https://www.kennis.example/{number}"
            return await desk.post(f"{page}/materiaal", data=SLIDES | {"address": address})

        assert (await add(0)).status_code == 303
        again = await add(0)
        for number in range(1, MOST_MATERIALS):
            assert (await add(number)).status_code == 303
        too_many = await add(MOST_MATERIALS)

    assert (again.status_code, too_many.status_code) == (400, 400)
    assert "it adres staat er al" in again.text
    assert f"r staan al {MOST_MATERIALS} links" in too_many.text
