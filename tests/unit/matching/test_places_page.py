"""A partner corrects until when it has no place, and reads by when to answer, at every hour of the day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.matching.web import words
from tests.parts.city import a_city
from tests.unit.matching.city import named
from tests.unit.matching.site import Site, a_site, chosen_beforehand, mailed, text_of


async def a_full_partner() -> tuple[Site, str]:
    """It said no, also for others until a day; and another partner was asked."""
    site = await a_site()
    _, link = await mailed(site)
    page = f"/antwoord/{link.token}"
    await site.post(page, choice="decline", reason="no-capacity", full_until="31-03-2026")
    return site, page


async def full_until(site: Site) -> date | None:
    async with site.world.units.begin() as unit:
        service = await unit.services.read(named("service fietsbende"))
    assert service is not None
    return service.full_until


async def test_partner_that_has_a_place_again_says_so_on_its_own_page() -> None:
    site, page = await a_full_partner()
    shown = await site.get(page)
    assert "geen plek voor Aanbod van fietsbende tot dinsdag 31 maart" in text_of(shown)
    assert chosen_beforehand(shown) == []

    sent = await site.post(page, choice="places", place="yes")

    assert "Genoteerd: jullie plek klopt weer." in text_of(await site.get(sent.headers["location"]))
    assert await full_until(site) is None
    assert "Jullie plek" not in text_of(await site.get(page))


async def test_partner_moves_the_day_until_which_it_is_full() -> None:
    site, page = await a_full_partner()

    await site.post(page, choice="places", place="no", full_until="09-03-2026")

    assert await full_until(site) == date(2026, 3, 9)


@pytest.mark.parametrize("fields", [{}, {"place": "no"}, {"place": "no", "full_until": "02-03-2026"}])
async def test_places_that_are_not_told_well_stay_as_they_were(fields: dict[str, str]) -> None:
    site, page = await a_full_partner()

    sent = await site.post(page, choice="places", **fields)

    assert sent.status_code == 400
    assert await full_until(site) == date(2026, 3, 31)


async def test_partner_that_is_not_full_is_not_asked_about_its_places() -> None:
    site = await a_site()
    _, link = await mailed(site)
    assert "Jullie plek" not in text_of(await site.get(f"/antwoord/{link.token}"))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-05T11:00", "donderdag 5 maart om 11:00 uur"),
        ("2026-03-05T08:00", "donderdag 5 maart om 08:00 uur"),
        ("2026-03-05T17:00", "donderdag 5 maart om 17:00 uur"),
        ("2026-03-05T17:01", "het eind van donderdag 5 maart"),
        ("2026-03-05T23:47", "het eind van donderdag 5 maart"),
        ("2026-03-05T03:12", "donderdag 5 maart"),
    ],
)
def test_moment_to_answer_reads_well_outside_office_hours(at: str, expected: str) -> None:
    city = a_city()
    instant = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert words.until(instant, city) == expected


async def test_partner_that_is_asked_late_in_the_evening_reads_a_day() -> None:
    site = await a_site()
    site.world.later(hours=11)
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")
    _, link = await mailed(site)

    assert "Antwoord graag vóór het eind van" in text_of(await site.get(f"/antwoord/{link.token}"))
