"""The page of an offer says whether it is open now; the map finds what says so, and tells that others do not say."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from services.matching.domain.network import Service
from services.matching.web.open_now import today
from tests.parts.city import a_city
from tests.unit.matching.city import named, service
from tests.unit.matching.site import Site, a_site, text_of

CITY = a_city()
OFFER = f"/kaart/{named('service fietsbende')}"
HOURS = "ma-vr 9.00-12.30 en 13-17 uur; za 20:00-02:00"


def offer(schedule: str) -> Service:
    return service("fietsbende", schedule=schedule)


def moments() -> Iterator[tuple[str, str]]:
    yield "2026-11-30 08:15", "Nu open. Vandaag open van 9 tot 12.30 uur en van 13 tot 17 uur."
    yield "2026-11-30 11:45", "Nu gesloten. Vandaag open van 9 tot 12.30 uur en van 13 tot 17 uur."
    yield "2026-11-30 18:00", "Nu gesloten, morgen weer vanaf 9 uur."
    yield "2026-12-06 18:00", "Nu gesloten, morgen weer vanaf 9 uur."
    yield "2026-12-06 00:30", "Nu open, tot 2 uur."
    yield "2026-12-25 10:00", "Vandaag is een feestdag. Bel eerst of het open is."
    yield "2026-12-24 18:00", "Nu gesloten, maandag weer vanaf 9 uur."
    # In summer the clock of the city is two hours ahead, not one.
    yield "2026-07-06 07:00", "Nu open. Vandaag open van 9 tot 12.30 uur en van 13 tot 17 uur."
    yield "2026-07-06 15:00", "Nu gesloten, morgen weer vanaf 9 uur."


@pytest.mark.parametrize(("at", "expected"), list(moments()))
def test_page_says_whether_it_is_open_on_the_clock_of_the_city(at: str, expected: str) -> None:
    assert today(offer(HOURS), CITY, datetime.fromisoformat(at).replace(tzinfo=UTC)) == expected


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("op afspraak", ""),
        ("", ""),
        ("van 1-1-2026 tot en met 1-2-2026: ma 9-12", "Nu gesloten."),
        ("vanaf 4-1-2027: ma 9-12", "Nu gesloten, maandag 4 januari weer vanaf 9 uur."),
    ],
)
def test_page_says_nothing_of_hours_that_nobody_knows(schedule: str, expected: str) -> None:
    assert today(offer(schedule), CITY, datetime(2026, 11, 30, 12, tzinfo=UTC)) == expected


async def listed(site: Site, schedule: str) -> None:
    async with site.world.units.begin() as unit:
        await unit.services.save(offer(schedule))


async def test_map_finds_what_is_open_now_and_says_that_others_do_not_say() -> None:
    site = await a_site()
    await listed(site, "ma-zo 0:00-24:00; ook op feestdagen")
    found = text_of(await site.get("/kaart?open=ja"))
    await listed(site, "op afspraak")
    missed = text_of(await site.get("/kaart?open=ja"))

    assert "1 plek waar je hulp krijgt" in found
    assert "Aanbod van fietsbende" in found
    assert "Niets gevonden" in missed
    for page in (found, missed):
        assert "nu open ✕ weghalen" in page
        assert "Van sommige plekken weten we de tijden niet. Die staan hier niet bij." in page


async def test_page_of_an_offer_says_it_in_the_language_of_its_reader() -> None:
    site = await a_site()
    await listed(site, "ma-zo 0:00-24:00; ook op feestdagen")

    assert "Nu open. Vandaag open van 0 tot 24 uur." in text_of(await site.get(OFFER))
    assert "Open now. Open today from 0:00 to 24:00." in text_of(await site.get(f"{OFFER}?leestaal=en"))
