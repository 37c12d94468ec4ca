"""One offer on the social map: how to ask for it, for whom it is shown how, a card, and saying that it is wrong."""

import httpx
import pytest

from services.matching.domain.network import SignUp
from services.matching.domain.rules import REPORTED
from shared.events.base import Role
from shared.events.directory import EntryMistake, EntryReported
from tests.unit.matching.city import named, organisation, service
from tests.unit.matching.desk import NEED, a_desk
from tests.unit.matching.entries import as_desk, as_partner
from tests.unit.matching.site import ADDRESS, FORM, Site, a_site, text_of

OFFER = f"/kaart/{named('service fietsbende')}"
WRONG = f"{OFFER}/klopt-niet"


async def says(site: Site, mistake: str, *, at: str) -> httpx.Response:
    """Somebody at this address of the network says that it is wrong."""
    transport = httpx.ASGITransport(app=site.app, client=(at, 1))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as browser:
        return await browser.post(WRONG, data={"mistake": mistake}, headers=FORM)


@pytest.mark.parametrize(
    ("sign_up", "agreement", "expected"),
    [
        (SignUp.SELF, True, "Je kunt dit zelf vragen. Je hebt geen school"),
        (SignUp.THROUGH_SCHOOL, False, "De Bliep-ambassadeur op school vraagt het voor je aan."),
        (SignUp.EITHER, False, "Of vraag de Bliep-ambassadeur op school"),
        ("", True, "die heeft afspraken met deze plek"),
        ("", False, "We weten nog niet of je dit zelf kunt vragen."),
    ],
)
async def test_page_says_who_may_ask_for_it(sign_up: str, agreement: bool, expected: str) -> None:  # noqa: FBT001 - a case of the test
    site = await a_site()
    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("fietsbende", has_agreement=agreement))
        await unit.services.save(service("fietsbende", sign_up=sign_up))

    assert expected in text_of(await site.get(OFFER))


async def test_partner_says_who_may_ask_for_it() -> None:
    site = await a_site()
    as_partner(site)
    path = f"/netwerk/vermelding/aanbod/{named('service fietsbende')}"
    fields = {"name": "Aanbod van fietsbende", "categories": "bike", "active": "true", "is_free": "true"}

    await site.post(path, **fields, contact=str(named("contact of fietsbende")), sign_up="self")

    assert "Je kunt dit zelf vragen." in text_of(await site.get(OFFER))


async def test_professional_sees_more_and_may_see_it_as_everybody_does() -> None:
    site = await a_site()
    site.sign_in(Role.AMBASSADOR, "school")

    theirs, public = text_of(await site.get(OFFER)), text_of(await site.get(f"{OFFER}?als=iedereen"))

    assert "Voor professionals Dit ziet alleen wie ingelogd is." in theirs
    assert "Contact van fietsbende" in theirs
    assert "Zo ziet iedereen dit." in public
    assert "Contact van fietsbende" not in public


async def test_card_has_the_address_as_a_picture_and_in_words_and_no_person() -> None:
    site = await a_site()
    site.sign_in(Role.AMBASSADOR, "school")

    card = await site.get(f"{OFFER}/kaartje")

    assert "<svg" in card.text.split("schakel-paper__code", 1)[1]
    assert "schakel.test/kaart en zoek op Aanbod van fietsbende" in text_of(card)
    assert "Contact van" not in text_of(card)


async def test_card_of_what_is_not_on_the_map_is_not_there() -> None:
    site = await a_site()

    assert (await site.get(f"/kaart/{named('nothing')}/kaartje")).status_code == 404
    assert (await site.get(f"/kaart/{named('nothing')}/klopt-niet")).status_code == 404


async def test_anybody_may_say_that_it_is_wrong_and_the_organisation_hears() -> None:
    site = await a_site()
    assert "Het adres klopt niet." in text_of(await site.get(WRONG))

    thanked = await says(site, "address", at="10.0.0.1")

    assert thanked.headers["location"] == f"{OFFER}?gemeld=ja"
    assert "Dank je wel." in text_of(await site.get(f"{OFFER}?gemeld=ja"))
    [reported] = site.world.published(EntryReported)
    assert (reported.mistake, reported.doubtful, reported.person_id) == (
        EntryMistake.ADDRESS, False, named("contact of fietsbende"),
    )  # fmt: skip
    assert "Bel eerst" not in text_of(await site.get(OFFER))
    as_partner(site)
    assert "Aanbod van fietsbende : Het adres klopt niet." in text_of(await site.get("/netwerk/vermelding"))
    as_desk(site)
    assert "niet goed, zegt iemand: Het adres klopt niet." in text_of(await site.get("/netwerk/organisaties"))


async def test_one_person_counts_once() -> None:
    site = await a_site()

    for mistake in ("address", "address", "cost"):
        assert (await says(site, mistake, at="10.0.0.1")).status_code == 303

    assert [one.mistake for one in site.world.published(EntryReported)] == ["address"]


async def test_two_people_put_it_in_doubt_until_somebody_confirms_it() -> None:
    site = await a_desk("rijwielhulp", "fietsbende", "trapkracht")

    for at in ("10.0.0.1", "10.0.0.2", "10.0.0.3"):
        await says(site, "stopped", at=at)

    assert [one.doubtful for one in site.world.published(EntryReported)] == [False, True]
    assert "Bel eerst." in text_of(await site.get(OFFER))
    as_desk(site)
    assert REPORTED in text_of(await site.get(NEED))
    as_partner(site)
    await site.post("/netwerk/vermelding", choice="confirm")
    assert "Bel eerst." not in text_of(await site.get(OFFER))
    assert "Iemand zegt dat dit niet klopt" not in text_of(await site.get("/netwerk/vermelding"))


async def test_nothing_chosen_is_asked_again() -> None:
    site = await a_site()

    again = await site.post(WRONG)

    assert again.status_code == 400
    assert "Wat wil je melden? Kies wat klopt." in text_of(again)
    assert site.world.published(EntryReported) == []


async def test_who_says_it_all_the_time_waits() -> None:
    site = await a_site()

    answers = [(await says(site, "address", at="10.0.0.9")).status_code for _ in range(31)]

    assert (answers[0], answers[-1]) == (303, 429)
