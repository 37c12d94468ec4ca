"""A question to the map on PostgreSQL: which words the map has, which services answer, and how close each is.

The rules are those of the domain (`asking`, `answering`); here they are written as `tsquery`, of which the GIN index of
`services.search` answers every part by itself.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations
from operator import add
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Uuid, case, desc, func, literal, select, union
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain.answering import MOST_FOUND, Stage
from services.matching.domain.asking import WHOLE, Asked, AskedWord, Group, Ladder, Step
from services.matching.domain.map_query import MapQuery
from services.matching.store.lexemes import any_of, both, one
from services.matching.store.tables import SERVICES
from shared.storage.statements import Statement

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


def found_by(asked: Asked, stage: Stage, query: MapQuery, filters: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """One row: how many services answer (`total`), and those of one page, the closest first (`ids`)."""
    candidates = union(*(
        select(SERVICES.c.id).where(*filters, _says(tier)).limit(MOST_FOUND).subquery().select()
        for tier in _tiers(asked, stage)
    )).subquery()  # fmt: skip
    columns = (SERVICES.c.id, SERVICES.c.name, _points(asked).label("points"))
    closest = (
        select(*columns)
        .where(SERVICES.c.id.in_(select(candidates.c.id)))
        .order_by(desc("points"), SERVICES.c.name, SERVICES.c.id)
        .limit(MOST_FOUND)
        .subquery()
    )
    order = (closest.c.points.desc(), closest.c.name, closest.c.id)
    begins = (query.page - 1) * query.per_page
    ids = func.array_agg(aggregate_order_by(closest.c.id, *order), type_=ARRAY(Uuid))
    return select(func.count().label("total"), ids[begins + 1 : begins + query.per_page].label("ids")).select_from(
        closest
    )


def _tiers(asked: Asked, stage: Stage) -> Iterator[str]:
    """From what surely comes first to all that answers: where a map is large, the first places are right."""
    yield one(asked.whole)
    strong = [both(any_of(_ladder(word.in_name)), any_of(_ladder(word.by_code))) for word in stage.words]
    if all(strong):
        yield both(*strong)
    named = [any_of([*_ladder(word.in_name), *_ladder(word.by_code)]) for word in stage.words]
    for parts in (named, [any_of(_of_word(word)) for word in stage.words]):
        kept = [part for part in parts if part]
        if len(kept) >= stage.at_least:
            yield any_of(both(*some) for some in combinations(kept, stage.at_least))


def _points(asked: Asked) -> ColumnElement[int]:
    whole: ColumnElement[int] = case((_says(one(asked.whole)), WHOLE), else_=0)
    return reduce(add, (_worth(ladder) for word in asked.words for ladder in word.ladders if ladder), whole)


def _worth(ladder: Ladder) -> ColumnElement[int]:
    return case(*((_says(_step(step)), step.points) for step in ladder), else_=0)


def _says(query: str) -> ColumnElement[bool]:
    return SERVICES.c.search.bool_op("@@")(literal(query, TSQUERY))


def _of_word(word: AskedWord) -> list[str]:
    return [query for ladder in word.ladders for query in _ladder(ladder)]


def _ladder(ladder: Ladder) -> list[str]:
    return [_step(step) for step in ladder]


def _step(step: Step) -> str:
    return any_of([*map(one, sorted(step.any_of)), both(*map(_group, step.all_of)) if step.all_of else ""])


def _group(group: Group) -> str:
    return any_of(map(one, sorted(group)))
