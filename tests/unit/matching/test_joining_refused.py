"""What nobody gets in with: bad input is named at its field, and who tries again and again is stopped."""

import pytest

from services.matching.handlers.applications import MOST_UNCONFIRMED
from shared.events.base import Event
from shared.events.directory import ApplicationStarted, OrganisationApplied
from tests.unit.matching.entries import JOINING, a_network, applied, as_desk, confirmation_of, posted
from tests.unit.matching.site import text_of

WRONG = {
    "name": ("www.evil.example", "Klik op https://evil.example", ""),
    "contact_name": ("Sara: bel 06", "Sara\nBel mij", "Sara \u202e", "x@y.example", ""),
    "email": ("sara", ""),
    "phone": ("06 1234567", "nul"),
    "offer": ("", "https://evil.example"),
    "does": ("Het nummer is 111222333.", "a\u202eb"),
    "website": ("javascript:alert(1)",),
    "maximum_age": ("2", "oud"),
    "kind": ("no-such-kind",),
    "joins_as": ("boss", ""),
}


@pytest.mark.parametrize(("field", "typed"), [(field, one) for field, typed in WRONG.items() for one in typed])
async def test_bad_input_is_named_at_its_field_and_kept(field: str, typed: str) -> None:
    site = a_network()

    answered = await posted(site, "/aansluiten", {**JOINING, field: typed})

    assert answered.status_code == 400
    assert f'href="#veld-{field.replace("_", "-")}"' in answered.text
    assert "Wij betalen zwemles." in answered.text or field == "does"
    assert site.world.published(Event) == []


async def test_stranger_mails_an_address_so_often_and_its_owner_joins_all_the_same() -> None:
    site = a_network()
    for number in range(MOST_UNCONFIRMED + 3):
        answered = await posted(site, "/aansluiten", {**JOINING, "name": f"Vreemd {'abcdefghij'[number]}"})
        assert answered.status_code == 303
    assert len(site.world.published(ApplicationStarted)) == MOST_UNCONFIRMED

    answered = await posted(site, "/aansluiten", {**JOINING, "email": "SARA@golf.example"})

    assert answered.headers["location"] == "/aansluiten/verstuurd"
    assert len(site.world.published(ApplicationStarted)) == MOST_UNCONFIRMED
    page = await confirmation_of(site, site.world.published(ApplicationStarted)[-1].subject)
    assert "Zwemfonds De Golf" in text_of(await site.get(page))
    await site.post(page)
    [applied] = site.world.published(OrganisationApplied)
    as_desk(site)
    looked = text_of(await site.get(f"/netwerk/organisaties/aanmelding/{applied.subject}"))
    assert "Zwemfonds De Golf" in looked


async def test_whoever_confirms_each_of_them_joins_with_as_many_as_they_want() -> None:
    site = a_network()

    for number in range(MOST_UNCONFIRMED + 1):
        await applied(site, name=f"Fonds {'abcdefghij'[number]}")

    assert len(site.world.published(OrganisationApplied)) == MOST_UNCONFIRMED + 1


async def test_day_after_a_new_mail_goes_out_again() -> None:
    site = a_network()
    for _ in range(MOST_UNCONFIRMED + 1):
        await posted(site, "/aansluiten", JOINING)
    site.world.later(days=1)

    await posted(site, "/aansluiten", JOINING)

    assert len(site.world.published(ApplicationStarted)) == MOST_UNCONFIRMED + 1
