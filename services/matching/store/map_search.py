"""A question to the map on PostgreSQL: which words the map has, which services answer, and how close each is.

The rules are those of the domain (`asking`, `answering`); here they are written as `tsquery`, of which the GIN index of
`services.search` answers every part by itself.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from re import compile as pattern
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, false, or_, true
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain.answering import MOST_FOUND, Stage
from services.matching.domain.asking import WHOLE, Asked, AskedWord, Group, Ladder, Step
from services.matching.domain.map_query import MapQuery
from services.matching.store.lexemes import any_of, both, one
from services.matching.store.map_filters import filters, unsure_last
from shared.storage.statements import Statement, driver_of

_DIALECT: Final[Dialect] = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # SQLAlchemy's dialects are not typed
_NUMBERED: Final = pattern(r"\$([0-9]+)")
MOST_MADE: Final = 200
"""Of the words that one word begins or ends."""

_WANTED: Final = Statement(
    f"""
    SELECT word, lemma FROM map_words WHERE lemma = ANY(CAST(:lemmas AS text[]))
    UNION
    SELECT found.word, found.lemma
    FROM unnest(CAST(:stems AS text[])) AS asked(stem), LATERAL (
        (SELECT word, lemma FROM map_words
         WHERE lemma >= asked.stem COLLATE "C" AND lemma < (asked.stem || chr(1114111)) COLLATE "C"
         ORDER BY lemma LIMIT {MOST_MADE})
        UNION ALL
        (SELECT word, lemma FROM map_words
         WHERE backwards >= reverse(asked.stem) COLLATE "C"
           AND backwards < (reverse(asked.stem) || chr(1114111)) COLLATE "C"
         ORDER BY backwards LIMIT {MOST_MADE})
    ) AS found
    """  # noqa: S608 - our own number
)
_ALIKE: Final = Statement("SELECT DISTINCT word FROM map_words WHERE keys && CAST(:keys AS text[])")


async def words_wanted(connection: AsyncConnection, lemmas: Collection[str], stems: Iterable[str]) -> dict[str, str]:
    """Words of the map with these lemmas, and those that begin or end with these stems; with their lemmas."""
    long_enough = sorted(stem for stem in stems if len(stem) > 2)  # noqa: PLR2004 - as in `is_made_with`
    rows = await _WANTED.rows(connection, {"lemmas": sorted(lemmas), "stems": long_enough})
    return dict(map(tuple, rows))


async def words_alike(connection: AsyncConnection, keys: Collection[str]) -> list[str]:
    """Words of the map that have one of these keys (`domain.spelling`)."""
    return [row[0] for row in await _ALIKE.rows(connection, {"keys": sorted(keys)})]


@dataclass(frozen=True, slots=True)
class Found:
    """How many services answer, those of one page, the closest first, and of how many each kind of help is."""

    total: int
    ids: Sequence[UUID]
    kinds: Mapping[str, int]


async def find(connection: AsyncConnection, asked: Asked, stage: Stage, query: MapQuery) -> Found:
    """What answers at this stage."""
    sql, values = _statement(asked, stage, query)
    driver = await driver_of(connection)
    # The planner takes reading every text for cheap.
    await driver.execute("SET LOCAL enable_seqscan = off")
    row = await driver.fetchrow(sql, *values)
    return Found(row["total"], row["ids"] or [], Counter(row["kinds"])) if row else Found(0, [], {})


def _statement(asked: Asked, stage: Stage, query: MapQuery) -> tuple[str, list[Any]]:
    """Put together as text: as expressions of SQLAlchemy it takes longer than PostgreSQL needs to answer."""
    wanted, unsure, values = _beside_words(replace(query, text="", page=1))
    values = list(values)

    def says(tsquery: str) -> str:
        values.append(tsquery)
        return f"search @@ ${len(values)}"

    tiers, candidates = _in_tiers([f"{wanted} AND {says(tier)}" for tier in _tiers(asked, stage)])
    ladders = [ladder for word in asked.words for ladder in word.ladders if ladder]
    points = " + ".join([_case([(says(one(asked.whole)), WHOLE)]), *(
        _case([(says(_step(step)), step.points) for step in ladder]) for ladder in ladders
    )])  # fmt: skip
    begins = (query.page - 1) * query.per_page
    return (
        f"""
        WITH {tiers}, closest AS (
            SELECT id, name, categories, {unsure} AS unsure, {points} AS points
            FROM services WHERE id = ANY(ARRAY(SELECT id FROM ({candidates}) AS candidate LIMIT {MOST_FOUND}))
        )
        SELECT count(*) AS total,
               (array_agg(id ORDER BY unsure, points DESC, name, id))[{begins + 1}:{begins + query.per_page}] AS ids,
               ARRAY(SELECT unnest(categories) FROM closest WHERE {query.counts_kinds}) AS kinds
        FROM closest
        """,  # noqa: S608 - numbers, and what is compiled of our own expressions; all else is a parameter
        values,
    )


def _in_tiers(conditions: Sequence[str]) -> tuple[str, str]:
    """The tiers with their names, and what reads them one after the other.

    Materialised, so that the planner reads them by the index of words however few rows are wanted of them; what is not
    wanted is not read.
    """
    named = (
        f"tier_{number} AS MATERIALIZED (SELECT id FROM services WHERE {each})"  # noqa: S608 - as above
        for number, each in enumerate(conditions)
    )
    read = (f"SELECT id FROM tier_{number}" for number in range(len(conditions)))  # noqa: S608 - our own names
    return ", ".join(named), " UNION ALL ".join(read)


@lru_cache(maxsize=500)
def _beside_words(query: MapQuery) -> tuple[str, str, list[Any]]:
    """The filters and the order that a query has beside its words, as text with the values of its parameters."""
    texts: list[str] = []
    values: list[Any] = []
    for expression in (and_(true(), *filters(query)), or_(false(), *unsure_last(query))):
        compiled = expression.compile(dialect=_DIALECT)
        texts.append(_renumbered(str(compiled), len(values)))
        values += [compiled.params[name] for name in compiled.positiontup or ()]
    return texts[0], texts[1], values


def _renumbered(sql: str, given: int) -> str:
    return _NUMBERED.sub(lambda found: f"${int(found[1]) + given}", sql)


def _case(steps: Iterable[tuple[str, int]]) -> str:
    return "CASE " + " ".join(f"WHEN {says} THEN {points}" for says, points in steps) + " ELSE 0 END"


def _tiers(asked: Asked, stage: Stage) -> Iterator[str]:
    """From what surely comes first to all that answers, each without those before it.

    Where a map is large not all that answers is looked at; the first places are right all the same.
    """
    before = [one(asked.whole)]
    yield before[0]
    for tier in _nested(stage):
        if tier:
            yield both(tier, *(f"!{query}" for query in before))
            before[1:] = [tier]


def _nested(stage: Stage) -> Iterator[str]:
    """Each holds the one before it."""
    words = stage.words
    yield both(*(both(any_of(_ladder(word.in_name)[:1]), any_of(_ladder(word.by_code)[:1])) for word in words))
    yield both(*(both(any_of(_ladder(word.in_name)), any_of(_ladder(word.by_code))) for word in words))
    named = [any_of([*_ladder(word.in_name), *_ladder(word.by_code)]) for word in words]
    for parts in (named, [any_of(_of_word(word)) for word in words]):
        yield any_of(both(*some) for some in combinations([part for part in parts if part], stage.at_least))


def _of_word(word: AskedWord) -> list[str]:
    return [query for ladder in word.ladders for query in _ladder(ladder)]


def _ladder(ladder: Ladder) -> list[str]:
    return [_step(step) for step in ladder]


def _step(step: Step) -> str:
    return any_of([*map(one, sorted(step.any_of)), both(*map(_group, step.all_of)) if step.all_of else ""])


def _group(group: Group) -> str:
    return any_of(map(one, sorted(group)))
