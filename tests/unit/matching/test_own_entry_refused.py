"""An own entry: bad input is named at its field, and two people at once do not undo each other's work."""

import pytest

from shared.events.base import Event
from tests.unit.matching.city import named
from tests.unit.matching.entries import as_partner, fields_of, posted, the_service
from tests.unit.matching.site import a_site, text_of

OWN = "/netwerk/vermelding"
SERVICE = named("service fietsbende")
WRONG: dict[str, tuple[object, ...]] = {
    "name": ("", "www.evil.example"),
    "categories": ([],),
    "phone": ("06 1234567",),
    "email": ("nergens",),
    "website": ("javascript:alert(1)",),
    "capacity": ("-1", "veel"),
    "full_until": ("01-01-2020", "morgen of zo", "01-01-2099"),
    "contact": (str(named("contact of rijwielhulp")), "iemand"),
    "description": ("BSN 111222333", "a\u202eb"),
}


@pytest.mark.parametrize(("field", "typed"), [(field, one) for field, typed in WRONG.items() for one in typed])
async def test_bad_input_is_named_at_its_field_and_changes_nothing(field: str, typed: object) -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/aanbod/{SERVICE}"
    fields = fields_of(await site.get(page))
    before = await the_service(site, SERVICE)
    events = len(site.world.published(Event))

    answered = await posted(site, page, {**fields, "address": "Kade 1", field: typed})

    assert answered.status_code == 400
    assert f'href="#veld-{field.replace("_", "-")}"' in answered.text
    assert "Kade 1" in answered.text
    assert await the_service(site, SERVICE) == before
    assert len(site.world.published(Event)) == events


async def test_two_people_at_once_the_second_is_told_and_nothing_is_lost() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/aanbod/{SERVICE}"
    first, second = fields_of(await site.get(page)), fields_of(await site.get(page))
    await posted(site, page, {**first, "description": "Van de eerste."})

    refused = await posted(site, page, {**second, "description": "Van de tweede.", "address": "Kade 1"})

    assert refused.status_code == 409
    words = text_of(refused)
    assert "Van de eerste." in words
    assert "Van de tweede." in words
    assert (await the_service(site, SERVICE)).description == "Van de eerste."
    await posted(site, page, fields_of(refused))
    kept = await the_service(site, SERVICE)
    assert (kept.description, kept.address) == ("Van de tweede.", "Kade 1")


async def test_two_people_who_change_different_things_both_keep_theirs() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/aanbod/{SERVICE}"
    first, second = fields_of(await site.get(page)), fields_of(await site.get(page))
    await posted(site, page, {**first, "description": "Van de eerste."})

    answered = await posted(site, page, {**second, "address": "Kade 1"})

    assert "samen" in answered.headers["location"]
    kept = await the_service(site, SERVICE)
    assert (kept.description, kept.address) == ("Van de eerste.", "Kade 1")


async def test_page_and_server_count_line_ends_alike() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/aanbod/{SERVICE}"
    lines = "\n".join(["x" * 99] * 20)

    as_a_browser_sends_it = {**fields_of(await site.get(page)), "description": lines.replace("\n", "\r\n")}
    assert (await posted(site, page, as_a_browser_sends_it)).status_code == 303

    assert (await the_service(site, SERVICE)).description == lines
