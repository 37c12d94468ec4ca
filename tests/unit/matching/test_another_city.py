"""Matching in another city: its codes and words are taken and shown, and no word of the first city stands anywhere."""

import re
from typing import Any

import pytest

from services.matching.handlers.cases import propose_partners
from services.matching.web.hsds_terms import term_of
from shared.events.base import Role
from shared.events.matching import PartnerAccepted
from shared.kernel.city import City
from tests.parts.city import VELDERMEER, a_city
from tests.unit.matching.city import World, assessed, named, need, organisation
from tests.unit.matching.site import Site, a_site, mailed, text_of

ELSEWHERE = a_city(file=VELDERMEER)
OF_SCHIEWIJK = ("Schiewijk", "Schakelpunt", "Bliep", "Kethel", "Groenoord", "regie")


async def a_site_in(city: City, **changes: Any) -> Site:  # noqa: ANN401 - facts of the inventory
    """A partner and a school in this city, and a case for which the partner was asked."""
    category, district = next(iter(city.categories.offered)), next(iter(city.districts.offered))
    world = await World(city=city).with_partners("wol", categories=(category,), districts=(district,))
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation("school", name="Basisschool De Dobber"))
        await propose_partners(assessed(need(category), **{"district": district, **changes}), unit)
    return Site(world)


async def test_hsds_shows_the_words_of_the_city_also_of_what_it_gave_up() -> None:
    site = Site(await World(city=ELSEWHERE).with_partners(
        "koor", categories=("singing", "instrument"), districts=("oude-kade", "duinrand"), languages=("fy",)
    ))  # fmt: skip

    terms = {term["code"]: term for term in (await site.get("/hsds/taxonomy_terms?per_page=100")).json()["contents"]}
    asked = f"/hsds/services?full=true&taxonomy_term_id={terms['singing']['id']}"
    [shown] = (await site.get(asked)).json()["contents"]
    elsewhere = term_of(a_city(), "bike").id
    refused = await site.get(f"/hsds/services?taxonomy_term_id={elsewhere}")

    shown_terms = [one["taxonomy_term"] for one in shown["attributes"]]
    assert [(term["code"], term["name"]) for term in shown_terms] == [
        ("singing", "Zangles"), ("instrument", "Muziekinstrument"),
    ]  # fmt: skip
    assert [area["name"] for area in shown["service_areas"]] == ["Oude Kade", "Duinrand"]
    assert [language["name"] for language in shown["languages"]] == ["Fries"]
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["parameter"] == "taxonomy_term_id"


@pytest.mark.parametrize(
    ("question", "is_found"),
    [("kleren", True), ("koud", True), ("KOU", True), ("winterjas", True), ("binnenveste", True), ("fries", True),
     ("huisraad", False), ("oost", False), ("ruimtevaart", False)],
)  # fmt: skip
async def test_map_is_searched_by_the_everyday_words_of_the_city(question: str, *, is_found: bool) -> None:
    site = Site(await World(city=ELSEWHERE).with_partners(
        "wol", name="Warm de winter in", categories=("winter-coat",), districts=("binnenveste",), languages=("fy",)
    ))  # fmt: skip

    page = text_of(await site.get(f"/kaart?q={question}"))

    assert ("Warm de winter in" in page) is is_found


async def test_map_offers_what_the_city_offers_and_passes_over_what_it_does_not() -> None:
    site = Site(await World(city=ELSEWHERE).with_partners("wol", categories=("winter-coat",)))

    page = (await site.get("/kaart?categorie=bike&wijk=oude-kade&alles=ja")).text

    offered = set(re.findall(r'<option value="([^"]+)"', page))
    assert offered == {*ELSEWHERE.categories.offered, *ELSEWHERE.districts.offered, *ELSEWHERE.languages.offered}
    assert "Aanbod van wol" in page


async def test_pages_speak_of_the_city_only() -> None:
    site = await a_site_in(ELSEWHERE, family_language="vi", interpreter_needed=True)
    referral_id, link = await mailed(site)
    site.sign_in(Role.COORDINATOR, "desk", "desk")
    shown = {}
    for path in ("/", "/kaart", f"/kaart/{named('service wol')}", f"/antwoord/{link.token}", "/antwoord/x",
                 "/doorverwijzingen", f"/doorverwijzingen/{referral_id}"):  # fmt: skip
        shown[path] = (await site.get(path)).text
        assert [word for word in OF_SCHIEWIJK if word in shown[path]] == [], path
    answer = shown[f"/antwoord/{link.token}"]
    for expected in ("boodschappen", "Jullie werken in de Binnenveste", "kan even wachten",
                     "het Brugpunt", "wijkverbinder", "binnen 21 dagen"):  # fmt: skip
        assert expected in answer
    assert "Vietnamees" not in answer, "no other family speaks it"
    await site.post(f"/antwoord/{link.token}", choice="accept", contact=str(named("contact of wol")),
                    first_contact_on="12-03-2026")  # fmt: skip
    assert "Vietnamees" in (await site.get(f"/antwoord/{link.token}")).text


async def test_partner_may_promise_the_first_contact_as_far_ahead_as_the_city_says() -> None:
    site = await a_site_in(ELSEWHERE)
    _, link = await mailed(site)
    yes = {"choice": "accept", "contact": str(named("contact of wol"))}

    late = await site.post(f"/antwoord/{link.token}", **yes, first_contact_on="24-03-2026")
    in_time = await site.post(f"/antwoord/{link.token}", **yes, first_contact_on="23-03-2026")

    assert (late.status_code, in_time.status_code) == (400, 303)
    assert "binnen 21 dagen" in text_of(late)


async def test_day_is_that_of_the_city() -> None:
    # Eleven in the morning in Greenwich: in Auckland the third of March has just begun.
    site = await a_site_in(a_city({"time_zone": "Pacific/Auckland"}, VELDERMEER))
    _, link = await mailed(site)
    yes = {"choice": "accept", "contact": str(named("contact of wol"))}

    past = await site.post(f"/antwoord/{link.token}", **yes, first_contact_on="02-03-2026")
    today = await site.post(f"/antwoord/{link.token}", **yes, first_contact_on="03-03-2026")

    assert (past.status_code, today.status_code) == (400, 303)
    assert "03-03-2026" in text_of(past)
    assert len(site.world.published(PartnerAccepted)) == 1


@pytest.mark.parametrize(
    ("language", "languages", "reason"),
    [
        ("nl", ("nl",), "Spreekt Nederlands"),
        ("nl", ("tr",), "Spreekt geen Nederlands; een tolk is nodig"),
        ("en", ("nl",), None),
    ],
)
async def test_ranking_takes_it_that_everybody_speaks_the_language_of_the_city(
    language: str, languages: tuple[str, ...], reason: str | None
) -> None:
    world = await World(city=a_city({"language": "en"})).with_partners("wol", languages=languages)
    async with world.units.begin() as unit:
        await propose_partners(assessed(family_language=language, interpreter_needed=True), unit)

    [referral] = await world.referrals()

    assert [one for one in referral.reasons if one.startswith("Spreekt")] == ([reason] if reason else [])


async def test_referral_keeps_the_words_of_a_kind_of_help_that_the_city_gave_up() -> None:
    before = await a_site(family_language="tr")
    referral_id, link = await mailed(before)
    gone: dict[str, Any] = {"retired": True}
    city = a_city({"categories": {"bike": gone}, "districts": {"oost": {"words": "Oost", **gone}}})
    site = Site(World(city=city))
    site.world.units.tables = before.world.units.tables
    site.sign_in(Role.COORDINATOR, "desk", "desk")

    listed, one, answer = [
        text_of(await site.get(path))
        for path in ("/doorverwijzingen", f"/doorverwijzingen/{referral_id}", f"/antwoord/{link.token}")
    ]

    assert "een fiets" in listed
    assert "Een fiets" in one
    assert "Wijk Oost" in answer
    offered = re.findall(r'<option value="([^"]+)"', (await site.get("/kaart")).text)
    assert not {"bike", "oost"} & set(offered)


async def test_refusal_names_the_desk_of_the_city() -> None:
    site = await a_site_in(ELSEWHERE)
    _, link = await mailed(site)
    yes = {"choice": "accept", "contact": str(named("contact of wol")), "first_contact_on": "03-03-2026"}
    await site.post(f"/antwoord/{link.token}", **yes)
    site.world.later(minutes=31)

    assert "Bel het Brugpunt" in text_of(await site.post(f"/antwoord/{link.token}", choice="revert"))
