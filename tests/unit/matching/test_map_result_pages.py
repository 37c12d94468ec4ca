"""What is found on the map, page by page."""

from tests.unit.matching.city import service
from tests.unit.matching.site import Site, text_of
from tests.unit.matching.test_map_pages import a_map


async def with_many(site: Site) -> None:
    async with site.world.units.begin() as unit:
        for number in range(30):
            await unit.services.save(service(f"extra {number}", of="bikes", name=f"Extra {number:02}"))


async def test_search_page_has_pages() -> None:
    site = await a_map()
    await with_many(site)

    first = await site.get("/kaart?q=extra&categorie=bike")

    assert "30 plekken waar je hulp krijgt · pagina 1 van 2" in text_of(first)
    assert 'href="/kaart?q=extra&amp;categorie=bike&amp;pagina=2"' in first.text
    assert "Extra 29" in text_of(await site.get("/kaart?q=extra&categorie=bike&pagina=2"))


async def test_each_kind_of_help_says_how_many_there_are_on_all_pages() -> None:
    site = await a_map()
    async with site.world.units.begin() as unit:
        for number in range(70):
            codes = ("bike",) if number < 45 else ("sport",)
            of = service(f"extra {number}", of="bikes", name=f"Extra {number:02}", categories=codes)
            await unit.services.save(of)

    first, last = [text_of(await site.get(f"/kaart?q=extra&pagina={page}")) for page in (1, 2)]

    assert "70 plekken waar je hulp krijgt · pagina 1 van 2" in first
    assert "45 plekken" in first
    assert "25 plekken" in first
    assert "25 plekken" in last


async def test_page_that_is_not_there_leads_to_the_last_one() -> None:
    site = await a_map()
    await with_many(site)

    beyond = await site.get("/kaart?q=extra&categorie=bike&pagina=99")

    assert (beyond.status_code, beyond.headers["location"]) == (303, "/kaart?q=extra&categorie=bike&pagina=2")


async def test_title_says_what_was_searched_and_which_page_it_is() -> None:
    site = await a_map()
    await with_many(site)

    page = (await site.get("/kaart?q=extra&categorie=bike&pagina=2")).text

    assert "<title>Gezocht: “extra”, pagina 2 van 2 " in page
