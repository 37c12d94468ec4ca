"""How long a search of the map takes, in this process, with the database beside it, on a map of invented services."""

import json
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from services.matching.bootstrap import open_units
from services.matching.domain.map_query import MapQuery
from services.matching.domain.network import Organisation, Service
from services.matching.domain.search import index_of, words_of_index
from services.matching.store.map_index import INDEX_VERSION, MapIndex
from services.matching.store.network_rows import organisation_values, service_values
from services.matching.store.repositories import PostgresMatchingUnit
from services.matching.store.tables import ORGANISATIONS, SERVICES
from shared.kernel.city import City
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from shared.storage.statements import driver_of
from tests.benchmarks.bench_map import LONGEST
from tests.benchmarks.load import percentile
from tests.parts.audit import CHAIN
from tests.parts.city import a_city

QUESTIONS: Final = 400
WARM_UP: Final = 20
AT_ONCE: Final = 5_000
PER_ORGANISATION: Final = 5


def _words(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(","))


FIRST: Final = _words("Buurt, Wijk, Stads, Kinder, Jeugd, Gezins, Ouder, Nood, Kans, Hart, Zonne, Regen, Steun, Warme")
LAST: Final = _words(
    "fonds, huis, club, winkel, ploeg, kring, lijn, punt, bank, school, kamer, hoek, tuin, loket, kast"
)
PLACES: Final = _words(
    "Linde, Kade, Molen, Brug, Haven, Eiken, Vliet, Singel, Markt, Dijk, Sluis, Beuken, Polder, Duin"
)
WITH: Final = _words("met een vrijwilliger, in de buurt, zonder kosten, elke week, na schooltijd, op woensdag")
SAYS: Final = (
    "Je krijgt het dezelfde week nog. Bel eerst even.", "Samen met de school zoeken we wat past.",
    "Een vrijwilliger komt bij je thuis en helpt zolang het nodig is.", "We praten met je en kijken wat kan.",
    "Voor gezinnen met weinig geld. Neem je stadspas mee.", "Je hoeft niets te betalen. Er is thee.",
    "In een groep van hooguit acht.",
)  # fmt: skip
OPEN: Final = (
    "ma-vr 09:00-17:00", "ma-vr 8.30-12.30", "di 13:00-15:00; do 19:00-21:00", "za 10-12", "vr-za 20:00-02:00", "", "",
    "na afspraak",
)  # fmt: skip
MONDAY: Final = datetime(2026, 11, 30, tzinfo=UTC)
ASKED_AS: Final = _words("mijn kind heeft geen {}, een {}, {}, {}, hulp met {}, {} voor een meisje")


class InventedMap:
    """Services as a city has them: names of a few words, a category with its own words, a text of some sentences."""

    def __init__(self, city: City, size: int) -> None:
        self._city, self._size, self._random = city, size, Random(size)
        self._codes = list(city.categories.offered)
        self.said: list[str] = []

    def organisations(self) -> list[Organisation]:
        """One for every few services."""
        names = ((self._name() + f" {number}", number) for number in range(max(1, self._size // PER_ORGANISATION)))
        return [Organisation(_id(1, number), name, active=True) for name, number in names]

    def services(self, owners: Sequence[Organisation]) -> list[Service]:
        """All of them."""
        return [self._service(number, owners[number % len(owners)]) for number in range(self._size)]

    def questions(self) -> list[str]:
        """Everyday words, sentences, names, mistakes of typing and words that nobody has."""
        everyday = [word for code in self._codes for word in self._city.categories[code].search]
        asked = [self._random.choice(ASKED_AS).format(self._random.choice(everyday)) for _ in range(QUESTIONS // 2)]
        asked += [self._random.choice(self.said) for _ in range(QUESTIONS // 4)]
        asked += [self._misspelt(self._random.choice(everyday)) for _ in range(QUESTIONS // 4)]
        self._random.shuffle(asked)
        return asked

    def _service(self, number: int, owner: Organisation) -> Service:
        choose = self._random.choice
        code = choose(self._codes)
        word = choose(self._city.categories[code].search)
        name = f"{word.capitalize()} {choose(WITH)}" if number % 2 else f"{self._name()} {word}"
        self.said.append(name)
        return Service(
            id=_id(2, number), organisation_id=owner.id, name=name, categories=(code,),
            description=" ".join(self._random.sample(SAYS, 3)), does=f"Wij regelen {word} {choose(WITH)}.",
            districts=tuple(self._random.sample(list(self._city.districts.offered), 2)), languages=("nl",),
            schedule=choose(OPEN),
        )  # fmt: skip

    def _name(self) -> str:
        choose = self._random.choice
        return f"{choose(FIRST)}{choose(LAST)} De {choose(PLACES)}{choose(LAST)}"

    def _misspelt(self, word: str) -> str:
        at = self._random.randrange(len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


async def times_of_searches(database_url: str, size: int) -> Mapping[str, Sequence[float]]:
    """Milliseconds of many different questions (`search`), and of a plain SELECT by key in the same run (`plain`).

    `open`: of the first page of all that is open at some moment of the week.
    """
    database = Database(database_url, application_name="bench")
    city = a_city()
    units = open_units(city, database, RandomIds(), Random(1), CHAIN)
    invented = InventedMap(city, size)
    async with units.begin() as unit:
        driver = await driver_of(await unit.session.connection())
        await driver.execute("DELETE FROM services; DELETE FROM organisations; DELETE FROM map_words", timeout=LONGEST)
    ids = await _fill(units, invented)
    questions = invented.questions()
    found: dict[str, list[float]] = {"search": [], "plain": [], "open": []}
    for number, question in enumerate([*questions[:WARM_UP], *questions]):
        async with units.begin() as unit:
            begun = time.perf_counter()
            await unit.services.search(MapQuery(text=question))
            searched = time.perf_counter()
            await unit.services.read_offer(ids[number % len(ids)])
            read = time.perf_counter()
            await unit.services.search(MapQuery(open_at=MONDAY + timedelta(minutes=25 * number)))
            opened = time.perf_counter()
        if number >= WARM_UP:
            found["search"].append(1000 * (searched - begun))
            found["plain"].append(1000 * (read - searched))
            found["open"].append(1000 * (opened - read))
    await database.close()
    return found


def middle_and_last(times: Sequence[float]) -> tuple[float, float]:
    """p50 and p99."""
    return percentile(list(times), 0.5), percentile(list(times), 0.99)


async def _fill(units: PostgresUnits[PostgresMatchingUnit], invented: InventedMap) -> list[UUID]:
    owners = invented.organisations()
    services = invented.services(owners)
    names = {owner.id: owner.name for owner in owners}
    words: set[str] = set()
    for begin in range(0, len(owners), AT_ONCE):
        await _copy(units, ORGANISATIONS, [organisation_values(one) for one in owners[begin : begin + AT_ONCE]])
    for begin in range(0, len(services), AT_ONCE):
        rows = []
        for one in services[begin : begin + AT_ONCE]:
            lexemes = index_of(one, names[one.organisation_id])
            words |= words_of_index(lexemes)
            index = {
                "index_version": INDEX_VERSION, "search": sorted(lexemes),
                "open_hours": json.dumps(one.hours.as_stored()),
            }  # fmt: skip
            rows.append(service_values(one) | index)
        await _copy(units, SERVICES, rows)
    async with units.begin() as unit:
        await MapIndex(await unit.session.connection(), RandomIds()).learn(words)
    async with units.begin() as unit:
        await (await driver_of(await unit.session.connection())).execute("ANALYZE", timeout=LONGEST)
    return [one.id for one in services]


async def _copy(units: PostgresUnits[PostgresMatchingUnit], table: Table, rows: list[dict[str, Any]]) -> None:
    columns = list(rows[0])
    async with units.begin() as unit:
        driver = await driver_of(await unit.session.connection())
        # The driver copies no tsvector: its lexemes come as an array.
        await driver.execute(f"CREATE TEMPORARY TABLE coming (LIKE {table.name}) ON COMMIT DROP")
        taken = columns.copy()
        if "search" in columns:
            await driver.execute("ALTER TABLE coming ALTER search TYPE text[] USING NULL")
            taken[columns.index("search")] = "array_to_tsvector(search)"
        records = [[row[name] for name in columns] for row in rows]
        await driver.copy_records_to_table("coming", columns=columns, records=records)
        named = ", ".join(columns)
        await driver.execute(f"INSERT INTO {table.name} ({named}) SELECT {', '.join(taken)} FROM coming")  # noqa: S608


def _id(kind: int, number: int) -> UUID:
    return UUID(int=(kind << 96) + (number * 2_654_435_761) % (1 << 64))
