"""What a file said of an offer when it was last taken over, and which file that was, on PostgreSQL."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from shared.messaging.postgres_unit import UnitContext
from shared.storage.statements import Statement, planned_each_time

_ASKED: Final = "unnest(CAST(:ids AS uuid[]), CAST(:digests AS text[])) AS asked (id, digest)"
# Versions only rise, so that one who changed, and one more or less, is another sum. Each is found by the key, however
# small the table was when the statement was planned: an import makes it grow by thousands, and the plan stays.
_PEOPLE: Final = """
    (SELECT coalesce(sum((SELECT people.version + 1 FROM people WHERE people.id = contact.id AND people.active)), 0)
     FROM unnest(services.contact_ids) AS contact(id))
"""
_UNCHANGED: Final = Statement(
    f"""
    SELECT taken.id FROM {_ASKED}
    JOIN taken_rows AS taken ON taken.id = asked.id AND taken.digest = asked.digest AND NOT taken.missing
    JOIN services ON services.id = taken.id AND services.version = taken.version
    WHERE taken.people = {_PEOPLE}
    """  # noqa: S608 - our own words
)
_REMEMBER: Final = Statement(
    f"""
    INSERT INTO taken_rows (id, digest, version, people, source, missing, ended)
    SELECT services.id, asked.digest, services.version, {_PEOPLE}, asked.source, false, false
    FROM unnest(CAST(:ids AS uuid[]), CAST(:digests AS text[]), CAST(:sources AS text[]))
         AS asked (id, digest, source)
    JOIN services ON services.id = asked.id ORDER BY services.id
    ON CONFLICT (id) DO UPDATE
    SET digest = excluded.digest, version = excluded.version, people = excluded.people, source = excluded.source,
        missing = false, ended = false
    """  # noqa: S608 - our own words
)
_MISSING: Final = Statement(
    """
    SELECT services.id, services.name FROM taken_rows AS taken JOIN services ON services.id = taken.id
    WHERE taken.source = :source AND NOT taken.missing AND services.active
      AND NOT EXISTS (SELECT FROM unnest(CAST(:ids AS uuid[])) AS there (id) WHERE there.id = taken.id)
    ORDER BY services.name, services.id
    """
)
# Locked in the order in which everybody locks offers.
_HELD: Final = """
    held AS (SELECT id FROM services WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR UPDATE)
"""
_MARK: Final = Statement(
    f"""
    WITH {_HELD}, taken AS (UPDATE taken_rows SET missing = true FROM held WHERE taken_rows.id = held.id)
    UPDATE services SET missing_since = CAST(:day AS date), missing_from = :source
    FROM held WHERE services.id = held.id AND services.active
    """  # noqa: S608 - our own words
)
_UNMARK: Final = Statement(
    f"""
    WITH {_HELD}, taken AS (UPDATE taken_rows SET missing = false FROM held WHERE taken_rows.id = held.id)
    UPDATE services SET missing_since = NULL, missing_from = '' FROM held WHERE services.id = held.id
    """  # noqa: S608 - our own words
)
_END: Final = Statement(
    """
    INSERT INTO taken_rows (id, digest, version, people, source, missing, ended)
    SELECT id, '', 0, 0, '', false, true FROM unnest(CAST(:ids AS uuid[])) AS asked (id) ORDER BY id
    ON CONFLICT (id) DO UPDATE SET ended = true
    """
)
_ENDED: Final = Statement("SELECT id FROM taken_rows WHERE ended AND id = ANY(CAST(:ids AS uuid[]))")
_BACK: Final = Statement("UPDATE taken_rows SET ended = false WHERE ended AND id = ANY(CAST(:ids AS uuid[]))")


class PostgresTakenRows:
    """The table `taken_rows`, and what is missing in `services`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def find_unchanged(self, digests: Mapping[UUID, str]) -> set[UUID]:
        async with planned_each_time(self._connection):
            return {row[0] for row in await _UNCHANGED.rows(self._connection, _columns(digests))}

    async def remember(self, digests: Mapping[UUID, str], sources: Mapping[UUID, str]) -> None:
        of_each = {"sources": [sources[key] for key in digests]}
        async with planned_each_time(self._connection):
            await _REMEMBER.rows(self._connection, _columns(digests) | of_each)

    async def find_missing(self, source: str, there: Collection[UUID]) -> dict[UUID, str]:
        rows = await _MISSING.rows(self._connection, {"source": source, "ids": list(there)})
        return {row[0]: row[1] for row in rows}

    async def mark_missing(self, offer_ids: Collection[UUID], source: str, day: date) -> None:
        await _MARK.rows(self._connection, {"ids": list(offer_ids), "source": source, "day": day})

    async def forget_missing(self, offer_ids: Collection[UUID]) -> None:
        await _UNMARK.rows(self._connection, {"ids": list(offer_ids)})

    async def add_ended(self, ids: Collection[UUID]) -> None:
        await _END.rows(self._connection, {"ids": list(ids)})

    async def list_ended(self, ids: Collection[UUID]) -> frozenset[UUID]:
        return frozenset(row[0] for row in await _ENDED.rows(self._connection, {"ids": list(ids)}))

    async def forget_ended(self, ids: Collection[UUID]) -> None:
        if ids:
            await _BACK.rows(self._connection, {"ids": list(ids)})


def _columns(digests: Mapping[UUID, str]) -> dict[str, object]:
    return {"ids": list(digests), "digests": list(digests.values())}
