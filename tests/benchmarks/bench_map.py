"""A whole map: taking it over, taking it over again, and ranking one need on it."""

import resource
import time
from dataclasses import dataclass
from io import BytesIO
from random import Random
from statistics import quantiles
from uuid import UUID

from sqlalchemy import text

from services.matching.bootstrap import open_units
from services.matching.commands import ContactEntry, ImportMap, OrganisationEntry, ServiceEntry
from services.matching.domain.case import CaseNeed
from services.matching.domain.ranking import MOST_SHOWN
from services.matching.domain.rules import Situation, rank
from services.matching.handlers.taking_over import take_over
from services.matching.store.repositories import PostgresMatchingUnit
from shared.events.base import AgeBand, Urgency
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from shared.storage.statements import driver_of
from tests.parts.audit import CHAIN
from tests.parts.city import a_city

SERVICES_OF_ONE, CONTACTS = 4, 2
WORDS = (
    "fiets",
    "zwemles",
    "taal",
    "muziek",
    "sport",
    "kleding",
    "eten",
    "geld",
    "spelen",
    "buurt",
    "koken",
    "tekenen",
)
_EVENTS = text("SELECT count(*) FROM outbox")
_OF_CATEGORY = text("SELECT count(*) FROM services WHERE categories @> ARRAY[CAST(:category AS text)] AND on_map")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds; `copy`: the same rows of services with COPY into a table with the same indexes."""

    first: float
    again: float
    copy: float
    events_of_again: int
    megabytes: float


def invented_map(count: int) -> ImportMap:
    """So many offers, invented; four of each organisation, which has two people."""
    city, random = a_city(), Random(count)
    categories, districts = list(city.categories), list(city.districts)
    owners = max(1, count // SERVICES_OF_ONE)
    return ImportMap(
        organisations=[OrganisationEntry(f"o{number}", f"Stichting Verzonnen {number}") for number in range(owners)],
        services=[
            ServiceEntry(
                line=number,
                external_id=f"s{number}",
                organisation=f"o{number % owners}",
                name=f"{random.choice(WORDS).title()} {number}",
                categories=tuple(random.sample(categories, random.choice((1, 1, 2)))),
                description=" ".join(random.choices(WORDS, k=40)),
                districts=tuple(random.sample(districts, random.choice((0, 1, 1, 2)))),
                minimum_age=random.choice((None, 0, 4, 8, 12)),
                maximum_age=random.choice((None, 12, 18)),
                response_days=random.choice((None, 1, 2, 3, 5)),
                walk_in=random.random() < 0.2,
                interpreter=random.random() < 0.2,
                contacts=tuple(_contact(number % owners, which) for which in range(CONTACTS)),
            )
            for number in range(count)
        ],
    )


def _contact(owner: int, which: int) -> ContactEntry:
    return ContactEntry(f"Sam Verzonnen {owner}-{which}", f"sam{which}@verzonnen{owner}.example")


def units_on(database: Database) -> PostgresUnits[PostgresMatchingUnit]:
    """Matching's, without its processes."""
    return open_units(a_city(), database, RandomIds(), Random(1), CHAIN)


async def taken_over(url: str, count: int) -> Taken:
    """The map in an empty database, then the same map again."""
    database = Database(url, application_name="bench")
    try:
        units, rows = units_on(database), invented_map(count)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        first = await _seconds(units, rows)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        told = await _events(database)
        again = await _seconds(units, rows)
        return Taken(first, again, await _copied(database), await _events(database) - told, used / 1024)
    finally:
        await database.close()


async def _seconds(units: PostgresUnits[PostgresMatchingUnit], rows: ImportMap) -> float:
    began = time.perf_counter()
    await take_over(rows, units)
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Ranked:
    """Milliseconds to rank one need, and those of the same question without a rule: to count its kind of help."""

    p50: float
    p99: float
    counting: float


async def ranked(url: str, needs: int = 300) -> Ranked:
    """Needs of any kind on the map that is there, one after the other."""
    database, city, random = Database(url, application_name="bench"), a_city(), Random(1)
    took, counting = list[float](), list[float]()
    try:
        for _ in range(needs):
            need = CaseNeed(UUID(int=random.getrandbits(128)), random.choice(list(city.categories)), Urgency.NORMAL)
            situation = Situation(random.choice(list(city.districts)), AgeBand.CHILD, "ar", interpreter_needed=True)
            async with units_on(database).begin() as unit:
                began = time.perf_counter()
                shortlist = await unit.services.shortlist(need, situation, MOST_SHOWN)
                rank(need, situation, shortlist.offers, shortlist.load, city)
                took.append(1000 * (time.perf_counter() - began))
            counting.append(1000 * await _counted(database, need.category))
    finally:
        await database.close()
    return Ranked(quantiles(took, n=100)[49], quantiles(took, n=100)[98], quantiles(counting, n=100)[49])


async def _counted(database: Database, category: str) -> float:
    async with database.transaction() as connection:
        began = time.perf_counter()
        await connection.execute(_OF_CATEGORY, {"category": category})
        return time.perf_counter() - began


async def _events(database: Database) -> int:
    async with database.transaction() as connection:
        return int(await connection.scalar(_EVENTS) or 0)


async def _copied(database: Database) -> float:
    async with database.transaction() as connection:
        await connection.execute(text("SET LOCAL statement_timeout = 0"))
        driver, rows = await driver_of(connection), BytesIO()
        await driver.copy_from_query("SELECT * FROM services", output=rows)
        rows.seek(0)
        await driver.execute("CREATE TEMPORARY TABLE copied (LIKE services INCLUDING ALL) ON COMMIT DROP")
        began = time.perf_counter()
        await driver.copy_to_table("copied", source=rows)
        return time.perf_counter() - began
