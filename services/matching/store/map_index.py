"""What services are found by, and the words that the map says: written with a service, and put right by a job."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import ARRAY, Text, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain.network import Organisation, Service
from services.matching.domain.search import index_of, owner_of, words_of_index
from services.matching.domain.spelling import keys_of
from services.matching.store.lexemes import all_of
from services.matching.store.network_rows import service_of
from services.matching.store.ranked_offers import RankedOffers
from services.matching.store.tables import ORGANISATIONS, SERVICES, one_of
from shared.kernel.dutch_words import lemma_of
from shared.kernel.ids import Ids
from shared.storage.statements import Statement

INDEX_VERSION: Final = 5
"""Rises when `domain.search` or `domain.opening_words` makes something else of a text, or `weights` other points; then
every service is indexed again."""

_UNKNOWN: Final = Statement(
    """
    SELECT said.word FROM unnest(CAST(:words AS text[])) AS said(word)
    WHERE NOT EXISTS (SELECT FROM map_words WHERE map_words.word = said.word)
    """
)
_ADD: Final = Statement(
    """
    INSERT INTO map_words (id, word, lemma, backwards, keys)
    SELECT id, word, lemma, reverse(lemma), CASE WHEN keys = '' THEN ARRAY[]::text[] ELSE string_to_array(keys, ' ') END
    FROM unnest(CAST(:ids AS uuid[]), CAST(:words AS text[]), CAST(:lemmas AS text[]), CAST(:keys AS text[]))
             AS new(id, word, lemma, keys)
    """
)
# Words that no service says any more, and those that are there twice.
_FORGET: Final = Statement(
    """
    DELETE FROM map_words
    WHERE word <> ALL(CAST(:words AS text[]))
       OR id NOT IN (SELECT min(id::text)::uuid FROM map_words GROUP BY word)
    RETURNING id
    """
)
_CALLED_OTHERWISE: Final = Statement(
    """
    SELECT services.id
    FROM unnest(CAST(:ids AS uuid[]), CAST(:names AS text[])) AS owner(id, name)
    JOIN services ON services.organisation_id = owner.id
    WHERE owner.name = '' OR NOT services.search @@ owner.name::tsquery
    ORDER BY services.id
    """
)
_SAID: Final = Statement("SELECT word FROM ts_stat('SELECT search FROM services') WHERE word !~ '^[~^=@]'")


_INDEX_AGAIN: Final = (
    update(SERVICES)
    .where(SERVICES.c.id == bindparam("of_id"))
    .values(search=func.array_to_tsvector(bindparam("lexemes", type_=ARRAY(Text))))
)


class MapIndex:
    """The index of the map, on a connection."""

    def __init__(self, connection: AsyncConnection, ids: Ids) -> None:
        self._connection, self._ids = connection, ids

    async def found_by(self, services: Sequence[tuple[Service, str]]) -> list[dict[str, Any]]:
        """What each is found by, with the name of its organisation; the map knows its words from now on."""
        found = [index_of(service, name) for service, name in services]
        await self.learn(words_of_index(frozenset().union(*found)))
        return [
            {"lexemes": list(lexemes), "open_hours": service.hours.as_stored(), "index_version": INDEX_VERSION}
            for lexemes, (service, _) in zip(found, services, strict=True)
        ]

    async def learn(self, words: Collection[str]) -> None:
        """The map says these words too."""
        new = [row[0] for row in await _UNKNOWN.rows(self._connection, {"words": sorted(words)})]
        if new:
            await _ADD.rows(self._connection, {
                "ids": [self._ids.new() for _ in new], "words": new, "lemmas": [lemma_of(word) for word in new],
                "keys": [" ".join(sorted(keys_of(word))) for word in new],
            })  # fmt: skip

    async def index_again(self, owners: Sequence[Organisation]) -> None:
        """A service is found by its organisation's name too, so a new name goes into the index of all its services."""
        names = {owner.id: owner.name for owner in owners}
        called = {"ids": list(names), "names": [all_of(owner_of(name)) for name in names.values()]}
        changed = [row[0] for row in await _CALLED_OTHERWISE.rows(self._connection, called)]
        if changed:
            rows = await self._connection.execute(select(SERVICES).where(one_of(SERVICES.c.id, changed)))
            await self._index([(service_of(row), names[row.organisation_id]) for row in rows])

    async def index_older(self, limit: int) -> int:
        """Index services of another version of the index, at most so many; how many that were."""
        other = (
            select(SERVICES, ORGANISATIONS.c.name.label("of_name"))
            .join(ORGANISATIONS, ORGANISATIONS.c.id == SERVICES.c.organisation_id)
            # An index knows what is less and what is more, and not what is other.
            .where(or_(SERVICES.c.index_version < INDEX_VERSION, SERVICES.c.index_version > INDEX_VERSION))
            .order_by(SERVICES.c.id)
            .limit(limit)
            .with_for_update(of=SERVICES, skip_locked=True)
        )
        found = [(service_of(row), row.of_name) for row in await self._connection.execute(other)]
        await self._index(found)
        return len(found)

    async def tidy_words(self) -> None:
        """The words of the map are those that its services say, each once."""
        said = [row[0] for row in await _SAID.rows(self._connection)]
        await _FORGET.rows(self._connection, {"words": said})
        await self.learn(said)

    async def _index(self, services: Sequence[tuple[Service, str]]) -> None:
        if services:
            indexes = await self.found_by(services)
            rows = [{"of_id": one.id, **found} for (one, _), found in zip(services, indexes, strict=True)]
            await self._connection.execute(_INDEX_AGAIN, rows)
            await RankedOffers(self._connection).renew([one.id for one, _ in services])
