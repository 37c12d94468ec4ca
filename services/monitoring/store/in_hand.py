"""How many families wait for whom, and who is asked how it goes, on PostgreSQL."""

from datetime import datetime
from uuid import UUID

from services.monitoring.domain.in_hand import InHand
from services.monitoring.store.watches import PostgresWatches
from shared.messaging.postgres_unit import UnitContext
from shared.storage.statements import Statement

_CHANGED = Statement(
    """
    SELECT person_id, coalesce(now.families, 0), coalesce(now.heavy, 0)
    FROM (
        SELECT in_hand_of AS person_id, CAST(count(*) AS int) AS families,
               CAST(count(*) FILTER (WHERE was_for_today OR needs_named >= CAST(:many_needs AS int)) AS int) AS heavy
        FROM watches WHERE in_hand_of IS NOT NULL GROUP BY in_hand_of
    ) AS now
    FULL JOIN families_told AS told USING (person_id)
    WHERE (coalesce(now.families, 0), coalesce(now.heavy, 0))
          IS DISTINCT FROM (coalesce(told.families, 0), coalesce(told.heavy, 0))
    ORDER BY person_id LIMIT :most
    """
)
_TELL = Statement(
    """
    INSERT INTO families_told (person_id, families, heavy) VALUES (:person, :families, :heavy)
    ON CONFLICT (person_id) DO UPDATE SET families = excluded.families, heavy = excluded.heavy
    """
)
_NOTHING = Statement("DELETE FROM families_told WHERE person_id = :person")
_PLAN = Statement("INSERT INTO check_ins (person_id, due_at) VALUES (:person, :due_at) ON CONFLICT DO NOTHING")
_TAKE = Statement(
    """
    DELETE FROM check_ins WHERE person_id IN (
        SELECT person_id FROM check_ins WHERE due_at <= :now ORDER BY due_at, person_id LIMIT :most FOR UPDATE
    ) RETURNING person_id
    """
)


class PostgresFamiliesInHand:
    """The tables `families_told` and `check_ins`, and what the watches say."""

    def __init__(self, context: UnitContext, watches: PostgresWatches) -> None:
        self._connection, self._watches = context.connection, watches

    async def list_changed(self, many_needs: int, limit: int) -> list[InHand]:
        await self._watches.flush()
        rows = await _CHANGED.rows(self._connection, {"many_needs": many_needs, "most": limit})
        return [InHand(*row) for row in rows]

    async def tell(self, told: InHand) -> None:
        if told.families:
            told_row = {"person": told.person_id, "families": told.families, "heavy": told.heavy}
            await _TELL.rows(self._connection, told_row)
        else:
            await _NOTHING.rows(self._connection, {"person": told.person_id})

    async def plan_check_in(self, person_id: UUID, due_at: datetime) -> None:
        await _PLAN.rows(self._connection, {"person": person_id, "due_at": due_at})

    async def take_check_ins(self, now: datetime, limit: int) -> list[UUID]:
        rows = await _TAKE.rows(self._connection, {"now": now, "most": limit})
        return sorted(row[0] for row in rows)
