"""The inbox: which events this service has applied, and how far each subject is. Same transaction as the effect."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.storage.statements import Statement
from shared.unit_of_work import Positions, RecordKey, SubjectKey

# Longer than topics keep records (`bus.topics`) and the outbox rows: no replay reaches back so far.
KEPT_FOR_DAYS = 190

_CLAIM = Statement(
    """
    INSERT INTO inbox (event_id) SELECT id FROM unnest(CAST(:ids AS uuid[])) AS t (id) ORDER BY id
    ON CONFLICT DO NOTHING RETURNING event_id
    """
)
_RELEASE = Statement("DELETE FROM inbox WHERE event_id = ANY(CAST(:ids AS uuid[]))")
# Parked events are looked up in the same statement: every batch asks for them, and nearly always there are none.
_POSITIONS = Statement(
    """
    WITH positions AS (
        SELECT service, subject, sequence FROM inbox_positions
        WHERE (service, subject) IN (SELECT * FROM unnest(CAST(:services AS text[]), CAST(:subjects AS uuid[])))
        ORDER BY service, subject FOR UPDATE
    )
    SELECT false AS parked, service, CAST(subject AS text) AS subject, sequence FROM positions
    UNION ALL
    SELECT true, service, subject, min(sequence) FROM parked_events
    WHERE (service, subject) IN (SELECT * FROM unnest(CAST(:key_services AS text[]), CAST(:keys AS text[])))
        AND sequence > 0
    GROUP BY service, subject
    """
)
_ADVANCE = Statement(
    """
    INSERT INTO inbox_positions AS p (service, subject, sequence)
    SELECT service, subject, sequence
    FROM unnest(CAST(:services AS text[]), CAST(:subjects AS uuid[]), CAST(:sequences AS int[]))
         AS t (service, subject, sequence)
    ORDER BY service, subject
    ON CONFLICT (service, subject) DO UPDATE SET sequence = greatest(p.sequence, excluded.sequence)
    """
)
_FORGET = Statement("DELETE FROM inbox WHERE claimed_at < now() - make_interval(days => :days) RETURNING event_id")


class PostgresInbox:
    """The tables `inbox` and `inbox_positions` in one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, ids: Iterable[UUID]) -> set[UUID]:
        # Waits for a transaction that claims the same.
        rows = await _CLAIM.rows(self._connection, {"ids": list(set(ids))})
        return {event_id for (event_id,) in rows}

    async def release(self, ids: Iterable[UUID]) -> None:
        await _RELEASE.rows(self._connection, {"ids": list(ids)})

    async def positions(self, subjects: Iterable[SubjectKey], keys: Iterable[RecordKey] = ()) -> Positions:
        pairs = list(keys)
        asked = {"key_services": [service for service, _ in pairs], "keys": [key for _, key in pairs]}
        rows = await _POSITIONS.rows(self._connection, _columns(subjects) | asked)
        return Positions(
            {(service, UUID(subject)): sequence for parked, service, subject, sequence in rows if not parked},
            {(service, key): sequence for parked, service, key, sequence in rows if parked},
        )

    async def advance(self, positions: Mapping[SubjectKey, int]) -> None:
        await _ADVANCE.rows(self._connection, {**_columns(positions), "sequences": list(positions.values())})

    async def forget_old(self) -> int:
        """Delete marks older than KEPT_FOR_DAYS; `inbox_positions` still refuses what is older than that."""
        return len(await _FORGET.rows(self._connection, {"days": KEPT_FOR_DAYS}))


def _columns(subjects: Iterable[SubjectKey]) -> dict[str, object]:
    pairs = list(subjects)
    return {"services": [service for service, _ in pairs], "subjects": [subject for _, subject in pairs]}
