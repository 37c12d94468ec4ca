"""Ranking one need on a whole map, beside one row by its key, and whether it is what the rule says of every offer."""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy import text

from services.matching.domain.case import CaseNeed
from services.matching.domain.network import Service
from services.matching.domain.ranking import MOST_RANKED, Offer
from services.matching.domain.referral import Referral
from services.matching.domain.rules import Situation, rank
from services.matching.store.offer_rows import read_offers
from shared.events.base import AgeBand, Beneficiary, Urgency
from shared.storage.database import Database, driver_dsn
from tests.benchmarks.bench_map import LONGEST, units_on
from tests.benchmarks.load import percentile
from tests.parts.city import a_city

NEEDS, WARM_UP, READ_AT_ONCE = 1000, 20, 5000
OPEN_REFERRALS = 5000
"""What a large city has at once."""
_ASKED = text("SELECT id FROM services WHERE cardinality(contact_ids) > 0 ORDER BY md5(CAST(id AS text)) LIMIT :most")


@dataclass(frozen=True, slots=True)
class Ranked:
    """Milliseconds; `by_key`: of one service with its organisation, in the same run. `differences` of `compared`."""

    p50: float
    p99: float
    by_key: float
    differences: int
    compared: int


async def prepare(owner_url: str) -> None:
    """Open referrals, and the statistics that autovacuum makes in an hour of rest."""
    database = Database(owner_url, application_name="bench")
    try:
        async with units_on(database).begin() as unit:
            asked = await (await unit.session.connection()).execute(_ASKED, {"most": OPEN_REFERRALS})
            for service in (await unit.services.hold_many(asked.scalars().all())).values():
                await unit.referrals.save(_asked_of(service))
    finally:
        await database.close()
    owner = await asyncpg.connect(driver_dsn(owner_url))
    await owner.execute("VACUUM ANALYZE", timeout=LONGEST)
    await owner.close()


def _asked_of(service: Service) -> Referral:
    now = datetime.now(UTC)
    return Referral(
        id=uuid4(), case_id=uuid4(), need_id=uuid4(), organisation_id=service.organisation_id, service_id=service.id,
        contact_id=service.contact_ids[0], case_code="ACDE-FGHJ", ambassador_id=uuid4(),
        category=service.categories[0], attempt=1, activated_at=now, answer_by=now, clock_since=now,
        beneficiary=Beneficiary.CHILD, reasons=(),
    )  # fmt: skip


async def ranked(url: str, compared: int) -> Ranked:
    """Needs of any kind on the map that is there, one after the other."""
    database, random = Database(url, application_name="bench"), Random(1)
    took, by_key = list[float](), list[float]()
    try:
        units, city = units_on(database), a_city()
        for number in range(NEEDS + WARM_UP):
            need, situation = _asked(random)
            async with units.begin() as unit:
                began = time.perf_counter()
                short = await unit.services.shortlist(need, situation, MOST_RANKED)
                ranking = rank(need, situation, short.offers, short.load, city)
                ended = time.perf_counter()
                await unit.services.read_offer(ranking.candidates[0].service.id)
                read = time.perf_counter()
            if number >= WARM_UP:
                took.append(1000 * (ended - began))
                by_key.append(1000 * (read - ended))
        differences = await _differences(database, compared)
    finally:
        await database.close()
    return Ranked(percentile(took, 0.5), percentile(took, 0.99), percentile(by_key, 0.5), differences, compared)


def _asked(random: Random) -> tuple[CaseNeed, Situation]:
    city = a_city()
    need = CaseNeed(
        UUID(int=random.getrandbits(128)), random.choice(list(city.categories)), random.choice(list(Urgency)),
        beneficiary=random.choice(list(Beneficiary)),
    )  # fmt: skip
    language = random.choice([city.language, *city.languages])
    where = random.choice([None, *city.districts])
    return need, Situation(where, random.choice(list(AgeBand)), language, interpreter_needed=True)


async def _differences(database: Database, compared: int) -> int:
    """How many of so many random needs come out otherwise when the rule looks at every offer of the map."""
    offers, load = await _all_offers(database)
    random, found = Random(2), 0
    for _ in range(compared):
        need, situation = _asked(random)
        whole = rank(need, situation, offers[need.category], load, a_city())
        async with units_on(database).begin() as unit:
            short = await unit.services.shortlist(need, situation, MOST_RANKED)
        ranking = rank(need, situation, short.offers, short.load, a_city()).out_of(short)
        same = ranking.candidates == whole.candidates[:MOST_RANKED] and ranking.passed == whole.passed[:MOST_RANKED]
        counts = ranking.more_candidates + len(ranking.candidates), ranking.more_passed + len(ranking.passed)
        found += not (same and counts == (len(whole.candidates), len(whole.passed)))
    return found


async def _all_offers(database: Database) -> tuple[Mapping[str, list[Offer]], Mapping[UUID, int]]:
    by_category: defaultdict[str, list[Offer]] = defaultdict(list)
    async with units_on(database).begin() as unit:
        connection = await unit.session.connection()
        ids = (await connection.execute(text("SELECT id FROM services WHERE on_map ORDER BY id"))).scalars().all()
        for first in range(0, len(ids), READ_AT_ONCE):
            for offer in await read_offers(connection, ids[first : first + READ_AT_ONCE]):
                for category in offer.service.categories:
                    by_category[category].append(offer)
        asked = (await connection.execute(text("SELECT DISTINCT service_id FROM referrals"))).scalars().all()
        return by_category, await unit.referrals.count_open(asked)
