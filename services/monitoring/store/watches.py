"""Watches on PostgreSQL: one row per case, locked from reading to the end of the transaction, written at its end."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Text, cast, delete, select

from services.monitoring.domain.board import BoardRow
from services.monitoring.domain.in_hand import in_hand_of, needs_named, was_for_today
from services.monitoring.domain.measures import handovers_of
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.store.rows import asked_now, board_row, lane_rank, searched_numbers, without_owner
from services.monitoring.store.tables import WATCHES
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import HandoverKind
from shared.messaging.postgres_unit import UnitContext
from shared.storage.bulk_insert import types_of
from shared.storage.statements import Statement
from shared.storage.tables import timers

DOCUMENT: TypeAdapter[Watch] = TypeAdapter(Watch)

# Hot: every event about a case locks, reads and writes its watch, and those of a whole batch go together.
_LOCK = Statement(
    """
    SELECT case_id, CAST(document AS text) FROM watches
    WHERE case_id = ANY(CAST(:ids AS uuid[])) ORDER BY case_id FOR UPDATE
    """
)
_LOCK_NEW = Statement(
    """
    SELECT pg_advisory_xact_lock(hashtextextended(CAST(id AS text), 0))
    FROM (SELECT id FROM unnest(CAST(:ids AS uuid[])) AS t (id) ORDER BY id) AS in_order
    """
)


_TYPES = types_of(WATCHES)
# Rows as one JSON array: an array column of unequal lengths fits in no `unnest`.
_SAVE = Statement(
    f"""
    INSERT INTO watches ({", ".join(_TYPES)})
    SELECT {", ".join(_TYPES)}
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r ({", ".join(f"{name} {kind}" for name, kind in _TYPES.items())})
    ORDER BY case_id
    ON CONFLICT (case_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _TYPES if name != "case_id")}
    """  # noqa: S608 - made of the table's own columns
)


class PostgresWatches:
    """The table `watches`. What was read is held, what is saved is collected until `flush`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection
        self._held: dict[UUID, Watch | None] = {}
        self._changed: dict[UUID, Watch] = {}

    async def fetch(self, case_ids: Collection[UUID]) -> None:
        # In the order of the ids, so that two batches never wait for each other; a new case by its id.
        wanted = sorted(set(case_ids) - self._held.keys())
        if not wanted:
            return
        found = await self._locked(wanted)
        if missing := [case_id for case_id in wanted if case_id not in found]:
            # Two topics may bring the first word of a case at once: the second waits here and then sees the row.
            await _LOCK_NEW.rows(self._connection, {"ids": missing})
            found |= await self._locked(missing)
        self._held |= {case_id: found.get(case_id) for case_id in wanted}

    async def get(self, case_id: UUID) -> Watch | None:
        await self.fetch([case_id])
        return self._held[case_id]

    async def read(self, case_id: UUID) -> Watch | None:
        await self.flush()
        document = await self._connection.scalar(
            select(cast(WATCHES.c.document, Text)).where(WATCHES.c.case_id == case_id)
        )
        return DOCUMENT.validate_json(document) if document else None

    async def erase(self, case_id: UUID) -> None:
        self._changed.pop(case_id, None)
        self._held[case_id] = None
        await self._connection.execute(delete(WATCHES).where(WATCHES.c.case_id == case_id))

    async def save(self, watch: Watch) -> None:
        self._held[watch.case_id] = self._changed[watch.case_id] = watch

    async def flush(self) -> None:
        """All that changed, in one statement."""
        changed, self._changed = self._changed, {}
        if changed:
            rows = orjson.dumps([_row(watch) for watch in changed.values()]).decode()
            await _SAVE.rows(self._connection, {"rows": rows})

    def forget(self) -> None:
        """What is held may not be so any more."""
        self._held.clear()
        self._changed.clear()

    async def case_of_follow_up(self, follow_up_id: UUID) -> UUID | None:
        await self.flush()
        found: UUID | None = await self._connection.scalar(
            select(WATCHES.c.case_id).where(WATCHES.c.follow_up_ids.contains([follow_up_id]))
        )
        return found

    async def list_followed(self, organisation_id: UUID, after: UUID | None, limit: int) -> list[Watch]:
        await self.flush()
        query = select(cast(WATCHES.c.document, Text)).where(
            WATCHES.c.organisation_id == organisation_id,
            WATCHES.c.follow_up_ids != [],
            WATCHES.c.phase != Phase.ON_HOLD.value,
        )
        if after is not None:
            query = query.where(WATCHES.c.case_id > after)
        documents = await self._connection.scalars(query.order_by(WATCHES.c.case_id).limit(limit))
        return [DOCUMENT.validate_json(document) for document in documents]

    async def list_with_point(self, reason: EscalationReason, organisation_id: UUID, limit: int) -> list[Watch]:
        await self.flush()
        theirs = select(cast(WATCHES.c.document, Text)).where(
            WATCHES.c.organisation_id == organisation_id,
            WATCHES.c.phase == Phase.OPEN.value,
            WATCHES.c.reasons.contains([reason.value]),
        )
        documents = await self._connection.scalars(
            theirs.order_by(WATCHES.c.waits_since, WATCHES.c.case_id).limit(limit)
        )
        return [DOCUMENT.validate_json(document) for document in documents]

    async def list_asked(self, person_id: UUID) -> list[UUID]:
        await self.flush()
        mine = select(WATCHES.c.case_id).where(WATCHES.c.asked.contains([person_id]))
        return list(await self._connection.scalars(mine.order_by(WATCHES.c.opened_at, WATCHES.c.case_id)))

    async def list_without_next_step(self, limit: int) -> list[UUID]:
        await self.flush()
        lost = select(WATCHES.c.case_id).where(WATCHES.c.phase == Phase.OPEN.value, WATCHES.c.next_action_at.is_(None))
        return list(await self._connection.scalars(lost.order_by(WATCHES.c.case_id).limit(limit)))

    async def list_without_timer(self, before: datetime, limit: int) -> list[UUID]:
        await self.flush()
        timer = select(timers.c.key).where(
            timers.c.subject == WATCHES.c.case_id, timers.c.due_at == WATCHES.c.next_action_at
        )
        late = select(WATCHES.c.case_id).where(
            WATCHES.c.phase == Phase.OPEN.value,
            WATCHES.c.next_action_at < before,
            ~timer.exists(),
        )
        order = (WATCHES.c.next_action_at, WATCHES.c.case_id)
        return list(await self._connection.scalars(late.order_by(*order).limit(limit)))

    async def _locked(self, case_ids: Collection[UUID]) -> dict[UUID, Watch]:
        rows = await _LOCK.rows(self._connection, {"ids": list(case_ids)})
        return {case_id: DOCUMENT.validate_json(document) for case_id, document in rows}


def _row(watch: Watch) -> Mapping[str, object]:
    row = board_row(watch)
    return {
        "case_id": row.case_id,
        "document": DOCUMENT.dump_python(watch, mode="json"),
        "case_code": row.case_code,
        "case_search": searched_numbers(watch),
        "phase": watch.phase.value,
        "state": row.state.value,
        "lane_rank": lane_rank(row.lane),
        "urgency": row.urgency.value if row.urgency else None,
        "district": row.district,
        "categories": list(row.categories),
        "beneficiaries": [one.value for one in row.beneficiaries],
        "organisation_id": row.organisation_id,
        "at_work": list(row.at_work),
        "follow_up_ids": list(watch.follow_ups),
        "asked": asked_now(watch),
        "next_action_at": row.next_action_at,
        "next_action": row.next_action.value if row.next_action else None,
        "urgency_rank": row.urgency_rank,
        "opened_at": row.opened_at,
        **_points(watch, row),
        **_measures(watch),
    }


def _points(watch: Watch, row: BoardRow) -> Mapping[str, object]:
    return {
        "open_escalations": len(watch.open_escalations),
        "reasons": [reason.value for reason in row.reasons],
        "level": row.level,
        "owner_ids": list(row.owner_ids),
        "without_owner": without_owner(watch),
        "waits_until": row.waits_until,
        "call_id": row.call_id,
        "waits_since": row.waits_since,
        "held_since": watch.held_since,
        "outgrown_since": watch.outgrown_since,
        "out_of_sight_since": row.out_of_sight_since,
    }


def _measures(watch: Watch) -> Mapping[str, object]:
    return {
        "first_answer_at": watch.first_answer_at,
        "first_contact_at": watch.first_contact_at,
        "first_help_at": watch.first_help_at,
        "warm_handovers": handovers_of(watch, HandoverKind.WARM),
        "cold_handovers": handovers_of(watch, HandoverKind.COLD),
        "in_hand_of": in_hand_of(watch),
        "was_for_today": was_for_today(watch),
        "needs_named": needs_named(watch),
    }
