"""The whole of matching on PostgreSQL, through its pages: from the city's map to the family's word."""

from typing import Any

import pytest

from deploy.demo.city.demo_city import demo_city
from deploy.demo.city.make_map import MapMaker
from services.matching.adapters.map_files import read_files
from services.matching.domain.map_query import MapQuery
from services.matching.domain.referral import Referral
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.taking_over import import_map
from services.matching.store.repositories import PostgresMatchingUnit
from shared.events.base import Role
from shared.messaging.postgres_unit import PostgresUnits
from tests.twins.clock import HeldClock
from tests.unit.matching.city import World, assessed, named
from tests.unit.matching.site import Site, text_of

pytestmark = pytest.mark.postgres
RealUnits = PostgresUnits[PostgresMatchingUnit]
SCHIEWIJK = demo_city("schiewijk")
SCHOOL = "Basisschool De Zevensprong"
NOOR = f"{SCHOOL}/Noor Spaarndijk"


@pytest.fixture
async def site(postgres_units: RealUnits) -> Site:
    async with postgres_units.begin() as unit:
        report = await import_map(read_files([SCHIEWIJK.map_file], SCHIEWIJK.city), unit)
        assert report.refused == []
        now = unit.now
    world: Any = World(clock=HeldClock(now))
    world.units = postgres_units
    return Site(world)


async def test_a_need_goes_from_the_map_to_the_familys_word(site: Site, postgres_units: RealUnits) -> None:
    asked = assessed(
        family_language="ar",
        ambassador_id=MapMaker(SCHIEWIJK).identity("person", NOOR),
        organisation_id=MapMaker(SCHIEWIJK).identity("organisation", SCHOOL),
    )
    async with postgres_units.begin() as unit:
        await propose_partners(asked, unit)
        [referral] = await unit.referrals.list_of_case(asked.subject)
        today = unit.city.day_of(unit.now)
    question = {"recipientId": str(referral.contact_id), "referralId": str(referral.id)}
    delivery = await site.delivery(**question)
    path = delivery["link"].removeprefix("http://schakel.test")
    assert "Jullie werken in" in text_of(await site.get(path))

    first_contact = f"{today:%d-%m-%Y}"
    yes = {"choice": "accept", "contact": str(referral.contact_id), "first_contact_on": first_contact}
    assert (await site.post(path, **yes)).status_code == 303
    assert "Noor Spaarndijk" in text_of(await site.get(path))
    assert (await site.post(path, choice="handover", when="today")).status_code == 303
    await ambassador_confirms(site, referral)
    for step in ("start", "deliver"):
        assert (await site.post(path, choice=step, when="today")).status_code == 303
    await signed_in(site, "noor@basisschool-de-zevensprong.example")
    outcome = await site.post(f"/doorverwijzingen/{referral.id}", choice="outcome", outcome="helped")
    assert outcome.status_code == 303

    async with postgres_units.begin() as unit:
        assert [row.state for row in await unit.referrals.list_of_need(named("need bike"))] == ["confirmed"]


async def ambassador_confirms(site: Site, referral: Referral) -> None:
    """By the link in the mail: they met, and the family says so too."""
    question = {"recipientId": str(referral.ambassador_id), "referralId": str(referral.id), "link": "family"}
    family = (await site.delivery(**question))["link"].removeprefix("http://schakel.test")
    assert (await site.post(family, choice="handover", when="today", family_agrees="true")).status_code == 303


async def test_importing_the_city_again_changes_nothing(site: Site, postgres_units: RealUnits) -> None:
    async with postgres_units.begin() as unit:
        again = await import_map(read_files([SCHIEWIJK.map_file], SCHIEWIJK.city), unit)

    assert (again.organisations, again.services, again.people, again.refused) == (0, 0, 0, [])


@pytest.mark.parametrize(
    ("question", "owner"),
    [
        ("fiets voor mijn kind", "Fietsenfonds De Gouden Bel"),
        ("winterjas", "Kledingkast De Blauwe Knoop"),
        ("zwemles", "Zwemclub De Schieotter"),
        ("voedselpakket", "Voedselpunt De Volle Mand"),
        ("schulden", "Schuldmaatjes Schiewijk"),
        ("schieoter", "Zwemclub De Schieotter"),
    ],
)
async def test_people_find_help_in_the_city(site: Site, postgres_units: RealUnits, question: str, owner: str) -> None:
    async with postgres_units.begin() as unit:
        found = await unit.services.search(MapQuery(text=question, per_page=100))

    assert owner in {offer.organisation.name for offer in found.offers}
    assert len(found.offers) < 40


async def signed_in(site: Site, address: str) -> None:
    """As a person does it; the code comes from where notify gets it."""
    sent = await site.post("/inloggen", email=address)
    sign_in_id = sent.headers["location"].split("aanmelding=")[1].split("&")[0]
    async with site.world.units.begin() as unit:
        person = await unit.people.read_by_email(address)
    assert person is not None
    assert person.memberships[0].role is Role.AMBASSADOR
    question = {"recipientId": str(person.id), "signInId": sign_in_id}
    code = (await site.delivery(**question))["code"]
    assert (await site.post("/inloggen/code", aanmelding=sign_in_id, code=code)).status_code == 303
