"""A whole map: taking it over, and taking it over again."""

import gc
import resource
import time
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

import asyncpg
from sqlalchemy import text

from services.matching.bootstrap import open_units
from services.matching.commands import ContactEntry, ImportMap, OrganisationEntry, ServiceEntry
from services.matching.handlers.taking_over import take_over_map
from services.matching.store.repositories import PostgresMatchingUnit
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database, driver_dsn
from tests.parts.audit import CHAIN
from tests.parts.city import a_city

SERVICES_OF_ONE, CONTACTS = 4, 2
LONGEST = 3600.0
"""Seconds that one statement may take on the largest map."""
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
    categories, districts, languages = list(city.categories), list(city.districts), list(city.languages)
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
                **_where(random, districts),
                languages=tuple(random.sample(languages, random.choice((0, 1, 1, 2)))),
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


def _where(random: Random, districts: list[str]) -> dict[str, Any]:
    """A third works everywhere, some do not say where."""
    drawn = random.random()
    if drawn < 0.45:
        return {"whole_city": drawn < 0.3}
    return {"districts": tuple(random.sample(districts, random.choice((1, 1, 2))))}


def _contact(owner: int, which: int) -> ContactEntry:
    return ContactEntry(f"Sam Verzonnen {owner}-{which}", f"sam{which}@verzonnen{owner}.example")


def units_on(database: Database) -> PostgresUnits[PostgresMatchingUnit]:
    """Matching's, without its processes."""
    return open_units(a_city(), database, RandomIds(), Random(1), CHAIN)


async def taken_over(url: str, owner_url: str, count: int) -> Taken:
    """The map in an empty database, then the same map again; only its owner may make the table that COPY fills."""
    database = Database(url, application_name="bench")
    try:
        units, rows = units_on(database), invented_map(count)
        gc.freeze()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        first = await _seconds(units, rows)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        told = await _events(database)
        again = await _seconds(units, rows)
        return Taken(first, again, await _copied(owner_url), await _events(database) - told, used / 1024)
    finally:
        await database.close()


async def _seconds(units: PostgresUnits[PostgresMatchingUnit], rows: ImportMap) -> float:
    began = time.perf_counter()
    await take_over_map(rows, units)
    return time.perf_counter() - began


async def _events(database: Database) -> int:
    async with database.transaction() as connection:
        return int(await connection.scalar(_EVENTS) or 0)


async def _copied(owner_url: str) -> float:
    owner = await asyncpg.connect(driver_dsn(owner_url))
    try:
        rows = BytesIO()
        await owner.copy_from_query("SELECT * FROM services", output=rows, timeout=LONGEST)
        rows.seek(0)
        await owner.execute("CREATE TEMPORARY TABLE copied (LIKE services INCLUDING ALL)")
        began = time.perf_counter()
        await owner.copy_to_table("copied", source=rows, timeout=LONGEST)
        return time.perf_counter() - began
    finally:
        await owner.close()
