"""How people like to get their mail, on PostgreSQL."""

from collections.abc import Collection
from datetime import time
from typing import Final
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.moments import Preferences
from services.notify.store.tables import PreferencesRow
from shared.messaging.postgres_unit import PostgresUnit
from shared.storage.statements import Statement

# Both are asked for every mail.
_GET: Final = Statement(
    "SELECT digest_at, quiet_from, quiet_until, codes_only FROM preferences WHERE person_id = CAST(:person_id AS uuid)"
)
_CODES_ONLY: Final = Statement(
    "SELECT person_id FROM preferences WHERE codes_only AND person_id = ANY(CAST(:person_ids AS uuid[]))"
)


class PostgresPreferences:
    """The table `preferences`."""

    def __init__(self, unit: PostgresUnit, connection: AsyncConnection) -> None:
        self._unit, self._connection = unit, connection

    async def get(self, person_id: UUID) -> Preferences:
        rows = await _GET.rows(self._connection, {"person_id": person_id})
        if not rows:
            return Preferences(person_id)
        row = rows[0]
        return Preferences(
            person_id,
            digest_at=_time(row["digest_at"]),
            quiet_from=_time(row["quiet_from"]),
            quiet_until=_time(row["quiet_until"]),
            codes_only=row["codes_only"],
        )

    async def list_codes_only(self, person_ids: Collection[UUID]) -> set[UUID]:
        rows = await _CODES_ONLY.rows(self._connection, {"person_ids": list(person_ids)}) if person_ids else []
        return {row["person_id"] for row in rows}

    async def save(self, preferences: Preferences) -> None:
        row = {
            "digest_at": _text(preferences.digest_at),
            "quiet_from": _text(preferences.quiet_from),
            "quiet_until": _text(preferences.quiet_until),
            "codes_only": preferences.codes_only,
        }
        kept = insert(PreferencesRow).values(person_id=preferences.person_id, **row)
        await self._unit.session.exec(kept.on_conflict_do_update(index_elements=["person_id"], set_=row))


def _time(hours: str | None) -> time | None:
    return time.fromisoformat(hours) if hours else None


def _text(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None
