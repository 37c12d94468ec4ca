"""Intake's cases, timelines and keys in PostgreSQL, and the unit of work over them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.intake.domain.case import Case, CaseState
from services.intake.ports import ApiKey, Codes, Position
from services.intake.store.read_models import PostgresNetwork, PostgresTimeline
from services.intake.store.replies import PostgresReplies
from services.intake.store.rows import as_text, case_of, row_of
from services.intake.store.tables import ApiKeyRow, CaseRow, IntakeTable
from services.intake.store.vault import PostgresVault
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.privacy.sealed import Sealing
from shared.storage.bulk_insert import columns_of, insert_many

CASES = IntakeTable.metadata.tables[CaseRow.__tablename__]
API_KEYS = IntakeTable.metadata.tables[ApiKeyRow.__tablename__]
_ADD = insert_many(CASES, "ON CONFLICT (code) DO NOTHING RETURNING id")


class PostgresCases:
    """The table `cases`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, cases: Sequence[Case]) -> set[UUID]:
        """Store those whose code is free, in one statement."""
        rows = [as_text(row_of(case)) for case in cases]
        stored = await _ADD.rows(self._connection, columns_of(CASES, rows))
        return {case.id for case in cases} - {case_id for (case_id,) in stored}

    async def get(self, case_id: UUID) -> Case | None:
        """One case, locked."""
        query = select(CASES).where(CASES.c.id == case_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return case_of(row) if row else None

    async def look(self, case_id: UUID) -> Case | None:
        """One case, to show."""
        row = (await self._connection.execute(select(CASES).where(CASES.c.id == case_id))).one_or_none()
        return case_of(row) if row else None

    async def save(self, case: Case) -> None:
        """Store what changed."""
        row: dict[str, Any] = row_of(case)
        await self._connection.execute(update(CASES).where(CASES.c.id == case.id).values(row))

    async def page(self, organisation_id: UUID | None, after: Position | None, limit: int) -> list[Case]:
        """Newest first."""
        place = tuple_(CASES.c.received_at, CASES.c.id)
        query = select(CASES).where(CASES.c.state != CaseState.ERASED.value)
        if organisation_id is not None:
            query = query.where(CASES.c.organisation_id == organisation_id)
        if after is not None:
            query = query.where(place < (after.received_at, after.case_id))
        query = query.order_by(CASES.c.received_at.desc(), CASES.c.id.desc()).limit(limit)
        return [case_of(row) for row in (await self._connection.execute(query)).all()]


class PostgresApiKeys:
    """The table `api_keys`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, key: ApiKey) -> None:
        """A new one."""
        row = {name: getattr(key, name) for name in ApiKey.__dataclass_fields__}
        await self._connection.execute(API_KEYS.insert().values(row))

    async def by_hash(self, key_hash: bytes) -> ApiKey | None:
        """The key with this hash."""
        return await self._one(API_KEYS.c.hash == key_hash)

    async def get(self, key_id: UUID) -> ApiKey | None:
        """One of them."""
        return await self._one(API_KEYS.c.id == key_id)

    async def all(self) -> list[ApiKey]:
        """Oldest first."""
        query = select(API_KEYS).order_by(API_KEYS.c.created_at, API_KEYS.c.id)
        return [_api_key(row) for row in (await self._connection.execute(query)).all()]

    async def revoke(self, key_id: UUID, at: datetime) -> None:
        """It opens nothing any more."""
        await self._connection.execute(update(API_KEYS).where(API_KEYS.c.id == key_id).values(revoked_at=at))

    async def _one(self, which: Any) -> ApiKey | None:  # noqa: ANN401 - a condition of SQLAlchemy
        row = (await self._connection.execute(select(API_KEYS).where(which))).one_or_none()
        return _api_key(row) if row else None


def _api_key(row: Row[Any]) -> ApiKey:
    return ApiKey(**{name: getattr(row, name) for name in ApiKey.__dataclass_fields__})


class PostgresIntakeUnit(PostgresUnit):
    """One transaction of intake."""

    def __init__(self, context: UnitContext, sealing: Sealing, codes: Codes) -> None:
        super().__init__(context)
        self.cases = PostgresCases(context.connection)
        self.vault = PostgresVault(context, sealing)
        self.network = PostgresNetwork(context.connection)
        self.timeline = PostgresTimeline(context.connection)
        self.keys = PostgresApiKeys(context.connection)
        self.replies = PostgresReplies(context.connection, context.now)
        self.codes = codes
