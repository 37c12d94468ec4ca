"""Who was erased: of these everything was deleted, and what comes of them late is dropped. Same transaction as that.

A tombstone is an id and a day, and stays for ever. Subjects are erased one at a time, while no events are applied.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.messaging.outbox import BufferedOutbox
from shared.messaging.timers import BufferedTimers
from shared.storage.statements import Statement

_HOLD = Statement(
    """
    SELECT CASE WHEN CAST(:alone AS bool) THEN pg_advisory_xact_lock(key) ELSE pg_advisory_xact_lock_shared(key) END
    FROM (SELECT hashtextextended('schakel.erased', 0) AS key) AS held
    """
)
# A statement of its own: what a statement reads is older than the lock that it waits for.
_FIND = Statement("SELECT subject, erased_on FROM erased WHERE subject = ANY(CAST(:subjects AS uuid[]))")
_BURY = Statement(
    """
    WITH tombstone AS (
        INSERT INTO erased (subject, erased_on) VALUES (CAST(:subject AS uuid), CAST(:day AS date))
        ON CONFLICT DO NOTHING
    ), published AS (
        DELETE FROM outbox WHERE subject = ANY(CAST(:subjects AS uuid[])) OR position(CAST(:named AS text) IN data) > 0
    ), parked AS (
        DELETE FROM parked_events
        WHERE subject = CAST(:named AS text) OR position(convert_to(CAST(:named AS text), 'UTF8') IN value) > 0
    ), applied AS (
        DELETE FROM inbox_positions WHERE subject = CAST(:subject AS uuid)
    ), planned AS (
        DELETE FROM timers WHERE subject = ANY(CAST(:subjects AS uuid[])) OR position(CAST(:named AS text) IN key) > 0
    ), opened AS (
        DELETE FROM link_tokens WHERE subject_id = ANY(CAST(:subjects AS uuid[]))
    ), answered AS (
        DELETE FROM idempotency_replies WHERE position(CAST(:named AS text) IN body) > 0
    )
    SELECT 1
    """
)

# The value of one field, in JSON as it was written; escaped, so that bytes which are no text stay as they are.
_BLANK = Statement(
    """
    WITH published AS (
        UPDATE outbox SET data = regexp_replace(data, :field, :blank, 'g')
        WHERE subject = ANY(CAST(:subjects AS uuid[])) AND data ~ :field
    ), parked AS (
        UPDATE parked_events
        SET value = decode(regexp_replace(encode(value, 'escape'), :field, :blank, 'g'), 'escape')
        WHERE subject = ANY(CAST(:named AS text[])) AND encode(value, 'escape') ~ :field
    ), answered AS (
        UPDATE idempotency_replies SET body = regexp_replace(body, :field, :blank, 'g')
        FROM unnest(CAST(:named AS text[])) AS of (id) WHERE position(of.id IN body) > 0
    )
    SELECT 1
    """
)


def blanked(field: str) -> tuple[str, str]:
    """What to look for, and what to put there."""
    return rf'"{field}":\s*"[^"]*"', f'"{field}":null'


def blank_pending(outbox: BufferedOutbox, subjects: Collection[UUID], field: str) -> None:
    """What this unit of work is yet to write of these; an earlier event of the same batch may have said it."""
    value, nothing = blanked(field)
    outbox.pending = [
        replace(one, data=re.sub(value, nothing, one.data)) if one.event.subject in subjects else one
        for one in outbox.pending
    ]


class PostgresErased:
    """The table `erased`, and what the plumbing's other tables hold of a subject."""

    def __init__(self, connection: AsyncConnection, outbox: BufferedOutbox, timers: BufferedTimers) -> None:
        self._connection, self._outbox, self._timers = connection, outbox, timers

    async def hold(self, *, alone: bool = False) -> None:
        await _HOLD.rows(self._connection, {"alone": alone})

    async def find(self, subjects: Collection[UUID]) -> dict[UUID, date]:
        rows = await _FIND.rows(self._connection, {"subjects": list(subjects)}) if subjects else []
        return {row["subject"]: row["erased_on"] for row in rows}

    async def bury(self, subject: UUID, day: date, *, parts: Collection[UUID] = ()) -> None:
        named = str(subject)
        self._outbox.drop(named)
        self._timers.drop(named)
        values = {"subject": subject, "day": day, "named": named, "subjects": [subject, *parts]}
        await _BURY.rows(self._connection, values)

    async def blank(self, subjects: Collection[UUID], field: str) -> None:
        blank_pending(self._outbox, subjects, field)
        value, nothing = blanked(field)
        named = [str(subject) for subject in subjects]
        values = {"subjects": list(subjects), "named": named, "field": value, "blank": nothing}
        await _BLANK.rows(self._connection, values)
