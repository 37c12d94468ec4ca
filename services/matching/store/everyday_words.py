"""The desk's everyday words and the words that found nothing, on PostgreSQL."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain.entry_errors import EverydayWordExists
from services.matching.domain.everyday import MOST_A_DAY, EverydayWord, MissedWord
from services.matching.domain.vocabulary import Vocabulary, build_vocabulary, vocabulary_at
from services.matching.store.search_tables import ONCE
from services.matching.store.tables import EVERYDAY_WORDS, MISSED_WORDS, upsert
from shared.kernel.city import City
from shared.kernel.searched_words import folded
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.storage.statements import Statement

# Rows are never deleted, and every change raises a version.
_STATE: Final = Statement("SELECT coalesce(sum(hashtextextended(id::text, version)), 0)::text FROM everyday_words")
_COUNT: Final = Statement(
    """
    INSERT INTO missed_words (digest, on_day, times, word)
    SELECT digest, CAST(:day AS date), 1, '' FROM unnest(CAST(:digests AS text[])) AS digest
    WHERE (SELECT count(*) FROM missed_words AS counted WHERE counted.on_day = CAST(:day AS date)) < :most
    ON CONFLICT (digest, on_day) DO UPDATE SET times = missed_words.times + 1
    """
)
_NAME: Final = Statement(
    """
    UPDATE missed_words SET word = asked.word
    FROM unnest(CAST(:digests AS text[]), CAST(:words AS text[])) AS asked (digest, word)
    WHERE missed_words.digest = asked.digest AND missed_words.word = ''
      AND (SELECT sum(times) FROM missed_words AS every WHERE every.digest = asked.digest) >= :known_from
    """
)


class PostgresEverydayWords:
    """The table `everyday_words`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit

    async def get(self, word_id: UUID) -> EverydayWord | None:
        query = select(EVERYDAY_WORDS).where(EVERYDAY_WORDS.c.id == word_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return _word_of(row) if row else None

    async def list_all(self) -> list[EverydayWord]:
        words = select(EVERYDAY_WORDS).where(~EVERYDAY_WORDS.c.removed)
        rows = await self._connection.execute(words.order_by(EVERYDAY_WORDS.c.searched_as))
        return [_word_of(row) for row in rows]

    async def save(self, word: EverydayWord) -> None:
        values = asdict(word) | {"categories": list(word.categories), "searched_as": folded(word.word)}
        try:
            # Its own savepoint, so that the refusal leaves the transaction whole.
            async with self._unit.savepoint():
                await self._connection.execute(upsert(EVERYDAY_WORDS, values))
        except IntegrityError as error:
            if ONCE in str(error.orig):
                raise EverydayWordExists from error
            raise


class PostgresMissedWords:
    """The table `missed_words`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def count(self, words: Mapping[str, str], day: date, known_from: int) -> None:
        # Always in the same order, so that two questions do not wait for each other.
        digests = sorted(words)
        await _COUNT.rows(self._connection, {"digests": digests, "day": day, "most": MOST_A_DAY})
        named = {"digests": digests, "words": [words[digest] for digest in digests], "known_from": known_from}
        await _NAME.rows(self._connection, named)

    async def list_most(self, at_least: int, limit: int) -> list[MissedWord]:
        columns = MISSED_WORDS.c
        word, times = func.max(columns.word), func.sum(columns.times)
        counted = (
            select(word.label("word"), times.label("times"), func.max(columns.on_day).label("last_on"))
            .group_by(columns.digest)
            .having(times >= at_least, word != "")
            .order_by(times.desc(), word)
            .limit(limit)
        )
        return [MissedWord(row.word, row.times, row.last_on) for row in await self._connection.execute(counted)]

    async def forget_before(self, day: date) -> None:
        await self._connection.execute(delete(MISSED_WORDS).where(MISSED_WORDS.c.on_day < day))

    async def forget_rare_before(self, day: date, at_least: int) -> None:
        columns = MISSED_WORDS.c
        rare = select(columns.digest).group_by(columns.digest)
        rare = rare.having(func.sum(columns.times) < at_least, func.max(columns.on_day) < day)
        await self._connection.execute(delete(MISSED_WORDS).where(columns.digest.in_(rare)))


async def read_vocabulary(connection: AsyncConnection, city: City, words: PostgresEverydayWords) -> Vocabulary:
    """The words of the city and of its desk, as they are now."""
    state = str((await _STATE.rows(connection))[0][0])
    return vocabulary_at(city, state) or build_vocabulary(city, await words.list_all(), state)


def _word_of(row: Row[Any]) -> EverydayWord:
    return EverydayWord(
        id=row.id,
        word=row.word,
        categories=tuple(row.categories),
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        version=row.version,
        removed=row.removed,
    )
