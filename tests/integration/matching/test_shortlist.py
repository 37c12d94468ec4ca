"""Who comes first for a need, chosen by PostgreSQL, is who the rule puts first when it looks at every offer."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from services.matching.domain.case import CaseNeed
from services.matching.domain.kept import Kept
from services.matching.domain.network import Organisation, Service
from services.matching.domain.ranking import Offer
from services.matching.domain.referral_state import ReferralState
from services.matching.domain.rules import Situation, rank
from services.matching.ports import MatchingUnit
from services.matching.store.repositories import PostgresMatchingUnit
from shared.events.base import AgeBand, Beneficiary, Urgency
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.unit_of_work import Units
from tests.integration.matching.test_store import a_referral
from tests.parts.city import a_city
from tests.unit.matching.city import NOON, contact, named, organisation, service

CITY, TODAY = a_city(), date(2026, 3, 2)
OFFERS, NEEDS, MOST = 150, 1000, 7
CATEGORIES = list(CITY.categories)[:3]
DISTRICTS = list(CITY.districts)
LANGUAGES = list(CITY.languages)[:4]
STATES = [ReferralState.ACTIVATED, ReferralState.ACCEPTED, ReferralState.DELIVERED, ReferralState.DECLINED]


def owners(random: Random) -> list[Organisation]:
    return [
        organisation(f"owner {n}", has_agreement=random.random() < 0.5, active=random.random() < 0.9) for n in range(20)
    ]


def offer(number: int, random: Random) -> Service:
    """Anything that a ranking looks at, and often the same as another one, so that they draw."""
    moment = random.choice([None, NOON, NOON - timedelta(days=4000)])
    districts = tuple(random.sample(DISTRICTS, random.choice((0, 1, 2))))
    return service(
        f"{number}", of=f"owner {random.randrange(20)}",
        categories=tuple(random.sample(CATEGORIES, random.choice((1, 2)))),
        districts=districts, whole_city=not districts and random.random() < 0.5,
        languages=tuple(random.sample(LANGUAGES, random.choice((0, 1, 2)))),
        minimum_age=random.choice((None, 0, 4, 12)), maximum_age=random.choice((None, 11, 18)),
        contact_ids=(named("somebody"),) if random.random() < 0.9 else (),
        interpreter=random.random() < 0.3, walk_in=random.random() < 0.3,
        capacity=random.choice((None, None, 1, 3)), response_days=random.choice((None, 0, 1, 2, 3, 9)),
        active=random.random() < 0.95, on_map=random.random() < 0.95,
        full_until=random.choice((None, None, TODAY, TODAY + timedelta(days=1))),
        kept=Kept(1, moment, random.choice([None, NOON]), None, random.choice([None, None, NOON]),
                  random.choice([None, None, None, NOON])),
    )  # fmt: skip


async def a_map(units: Units[MatchingUnit], random: Random) -> list[Offer]:
    """With open referrals on some of it."""
    organisations = {one.id: one for one in owners(random)}
    services = [offer(number, random) for number in range(OFFERS)]
    async with units.begin() as unit:
        await unit.organisations.save_all(list(organisations.values()))
        await unit.services.save_all(services)
        for number in range(120):
            asked = random.choice(services[:60])
            made = a_referral(f"r{number}", service_id=asked.id, need_id=named(f"n{number}"))
            await unit.referrals.save(replace(made, state=random.choice(STATES)))
    return [Offer(one, organisations[one.organisation_id]) for one in services if one.on_map]


def a_need(random: Random) -> tuple[CaseNeed, Situation]:
    need = CaseNeed(
        UUID(int=random.getrandbits(128)), random.choice(CATEGORIES), random.choice(list(Urgency)),
        beneficiary=random.choice(list(Beneficiary)),
    )  # fmt: skip
    situation = Situation(
        district=random.choice([None, *DISTRICTS]),
        age_band=random.choice(list(AgeBand)),
        language=random.choice([*LANGUAGES, "pt-BR", f"{CITY.language}-BE"]),
        interpreter_needed=random.random() < 0.5,
        excluded=frozenset({named(f"owner {random.randrange(20)}")}),
        asked=frozenset({named(f"owner {random.randrange(20)}")}) if random.random() < 0.5 else frozenset(),
        today=random.choice([TODAY, date.min]),
    )
    return need, situation


@pytest.mark.timeout(180)
async def test_shortlist_of_a_thousand_needs_is_what_the_rule_says_of_every_offer(
    postgres_units: PostgresUnits[PostgresMatchingUnit],
) -> None:
    random = Random(2026)
    offers = await a_map(postgres_units, random)
    async with postgres_units.begin() as unit:
        load = await unit.referrals.count_open([one.service.id for one in offers])
        for _ in range(NEEDS):
            need, situation = a_need(random)
            whole = rank(need, situation, offers, load, CITY)
            short = await unit.services.shortlist(need, situation, MOST)
            ranked = rank(need, situation, short.offers, short.load, CITY).out_of(short)
            assert ranked.candidates == whole.candidates[:MOST]
            assert ranked.passed == whole.passed[:MOST]
            assert ranked.more_candidates == len(whole.candidates[MOST:])
            assert ranked.more_passed == len(whole.passed[MOST:])


async def test_shortlist_goes_on_behind_those_that_were_looked_at(units: Units[MatchingUnit]) -> None:
    random = Random(7)
    offers = await a_map(units, random)
    async with units.begin() as unit:
        load = await unit.referrals.count_open([one.service.id for one in offers])
        for _ in range(40):
            need, situation = a_need(random)
            whole = rank(need, situation, offers, load, CITY)
            for skip in (0, 3, MOST, 60):
                short = await unit.services.shortlist(need, situation, MOST, skip)
                ranked = rank(need, situation, short.offers, short.load, CITY)
                assert ranked.candidates == whole.candidates[skip : skip + MOST]


async def test_who_comes_first_of_equals_differs_from_need_to_need_of_the_same_day(units: Units[MatchingUnit]) -> None:
    ids = RandomIds()
    names = [f"equal {number}" for number in range(4)]
    async with units.begin() as unit:
        for name in names:
            await unit.organisations.save(organisation(name))
            await unit.people.save(contact(name))
        await unit.services.save_all([service(name) for name in names])
        case = Situation("oost", AgeBand.CHILD, "nl", interpreter_needed=False, today=TODAY)
        first = set[UUID]()
        for _ in range(60):
            need = CaseNeed(ids.new(), "bike", Urgency.NORMAL)
            short = await unit.services.shortlist(need, case, 4)
            first.add(rank(need, case, short.offers, short.load, CITY).candidates[0].service.id)

    assert first == {named(f"service {name}") for name in names}


async def test_shortlist_counts_who_is_not_in_it(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        for name in ("one", "two", "three"):
            await unit.organisations.save(organisation(name))
            await unit.people.save(contact(name))
        await unit.services.save(service("one", active=False))
        await unit.services.save_all([service(name) for name in ("two", "three")])
        case = Situation("oost", AgeBand.CHILD, "nl", interpreter_needed=False, today=TODAY)

        short = await unit.services.shortlist(CaseNeed(named("need"), "bike", Urgency.NORMAL), case, 1)

    assert (short.candidates, short.passed, len(short.offers)) == (2, 1, 2)
