"""Intake's cases and keys in PostgreSQL, and the unit of work over them."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Table, tuple_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.intake.domain.api_key import ApiKey
from services.intake.domain.case import Case, CaseState
from services.intake.ports import Codes, Position
from services.intake.store.drafts import PostgresDrafts
from services.intake.store.read_models import PostgresNetwork, PostgresTimeline
from services.intake.store.rows import case_of, row_of, text_row_of
from services.intake.store.signals import PostgresSignals
from services.intake.store.tables import ApiKeyRow, CaseRow
from services.intake.store.vault import PostgresVault
from shared.access.members import PostgresMembers
from shared.access.replies import PostgresReplies
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.privacy.sealed import Sealing
from shared.storage.bulk_insert import columns_of, insert_many

CASES: Final[Table] = CaseRow.metadata.tables["cases"]
# Many requests in one statement, straight through the driver: the way that must stay fast.
_ADD: Final = insert_many(CASES, "ON CONFLICT (code) DO NOTHING RETURNING id")


class PostgresCases:
    """The table `cases`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection = context.connection
        self._unit = unit

    async def add(self, cases: Sequence[Case]) -> set[UUID]:
        stored = await _ADD.rows(self._connection, columns_of(CASES, [text_row_of(case) for case in cases]))
        return {case.id for case in cases} - {case_id for (case_id,) in stored}

    async def get(self, case_id: UUID) -> Case | None:
        return await self._one(select(CaseRow).where(CaseRow.id == case_id).with_for_update())

    async def read(self, case_id: UUID) -> Case | None:
        return await self._one(select(CaseRow).where(CaseRow.id == case_id))

    async def save(self, case: Case) -> None:
        await self._unit.session.merge(CaseRow(**row_of(case)))

    async def list_newest(
        self, organisation_id: UUID | None, after: Position | None, limit: int, *, number: str = ""
    ) -> list[Case]:
        query = select(CaseRow).where(CaseRow.state != CaseState.ERASED)
        if number:
            query = query.where(col(CaseRow.code).contains(number, autoescape=True))
        if organisation_id is not None:
            query = query.where(CaseRow.organisation_id == organisation_id)
        if after is not None:
            position = tuple_(col(CaseRow.received_at), col(CaseRow.id))
            query = query.where(position < (after.received_at, after.case_id))
        query = query.order_by(col(CaseRow.received_at).desc(), col(CaseRow.id).desc()).limit(limit)
        return [case_of(row) for row in await self._unit.session.exec(query)]

    async def _one(self, query: SelectOfScalar[CaseRow]) -> Case | None:
        # What this unit read before may have been changed by another since then.
        fresh = query.execution_options(populate_existing=True)
        row = (await self._unit.session.exec(fresh)).one_or_none()
        return case_of(row) if row else None


class PostgresApiKeys:
    """The table `api_keys`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def add(self, key: ApiKey) -> None:
        self._unit.session.add(_row_of(key))

    async def read_by_hash(self, key_hash: bytes) -> ApiKey | None:
        return await self._one(select(ApiKeyRow).where(ApiKeyRow.hash == key_hash))

    async def get(self, key_id: UUID) -> ApiKey | None:
        return await self._one(select(ApiKeyRow).where(ApiKeyRow.id == key_id).with_for_update())

    async def save(self, key: ApiKey) -> None:
        await self._unit.session.merge(_row_of(key))

    async def list_all(self) -> list[ApiKey]:
        query = select(ApiKeyRow).order_by(col(ApiKeyRow.created_at), col(ApiKeyRow.id))
        return [_key_of(row) for row in await self._unit.session.exec(query)]

    async def _one(self, query: SelectOfScalar[ApiKeyRow]) -> ApiKey | None:
        row = (await self._unit.session.exec(query)).one_or_none()
        return _key_of(row) if row else None


def _row_of(key: ApiKey) -> ApiKeyRow:
    return ApiKeyRow(**{name: getattr(key, name) for name in ApiKey.__dataclass_fields__})


def _key_of(row: ApiKeyRow) -> ApiKey:
    return ApiKey(**{name: getattr(row, name) for name in ApiKey.__dataclass_fields__})


class PostgresIntakeUnit(PostgresUnit):
    """One transaction of intake."""

    def __init__(self, context: UnitContext, sealing: Sealing | None, codes: Codes) -> None:
        super().__init__(context)
        self.cases = PostgresCases(context, self)
        self.vault = PostgresVault(context, self, sealing)
        self.members = PostgresMembers(context.connection)
        self.network = PostgresNetwork(context, self)
        self.timeline = PostgresTimeline(context, self)
        self.keys = PostgresApiKeys(self)
        self.replies = PostgresReplies(context.connection, context.now)
        self.drafts = PostgresDrafts(self, sealing)
        self.signals = PostgresSignals(self, sealing)
        self.codes = codes
