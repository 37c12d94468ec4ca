"""Drafts in PostgreSQL: what was typed is sealed, with a key for each draft."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.intake.domain.draft import Draft, DraftKind
from services.intake.store.early_tables import DraftKeyRow, DraftRow
from services.intake.store.intake_table import IntakeTable
from services.intake.store.vault import VaultClosed
from shared.messaging.postgres_unit import PostgresUnit
from shared.privacy.sealed import Sealing, WrappedKey

DRAFTS: Final = IntakeTable.metadata.tables[DraftRow.__tablename__]
KEYS: Final = IntakeTable.metadata.tables[DraftKeyRow.__tablename__]
TYPED: Final = "typed"


class PostgresDrafts:
    """The tables `draft_keys` and `drafts`."""

    def __init__(self, unit: PostgresUnit, sealing: Sealing | None) -> None:
        self._unit = unit
        self._given = sealing

    async def add(self, draft: Draft) -> bool:
        key = self._sealing.new_key(KEYS.name, draft.id)
        new = insert(DraftKeyRow).values(draft_id=draft.id, wrapped=key.wrapped).on_conflict_do_nothing()
        if (await self._unit.session.exec(new.returning(col(DraftKeyRow.draft_id)))).one_or_none() is None:
            return False
        await self._unit.session.exec(insert(DraftRow).values(**self._row(draft, key)))
        return True

    async def get(self, draft_id: UUID, owner_id: UUID) -> Draft | None:
        return await self._one(self._of(owner_id).where(DraftRow.id == draft_id).with_for_update(of=DRAFTS))

    async def read(self, draft_id: UUID, owner_id: UUID) -> Draft | None:
        return await self._one(self._of(owner_id).where(DraftRow.id == draft_id))

    async def save(self, draft: Draft) -> None:
        await self._unit.session.merge(DraftRow(**self._row(draft, await self._key_of(draft.id))))

    async def list_of(self, owner_id: UUID) -> list[Draft]:
        newest = self._of(owner_id).order_by(col(DraftRow.saved_at).desc(), col(DraftRow.id).desc())
        return [await self._draft(row) for row in await self._unit.session.exec(newest)]

    async def forget(self, draft_ids: Collection[UUID]) -> None:
        await self._unit.session.exec(delete(DraftKeyRow).where(col(DraftKeyRow.draft_id).in_(draft_ids)))

    async def forget_of_case(self, case_id: UUID) -> None:
        of_case = select(DraftRow.id).where(DraftRow.case_id == case_id)
        await self._unit.session.exec(delete(DraftKeyRow).where(col(DraftKeyRow.draft_id).in_(of_case)))

    async def forget_before(self, instant: datetime) -> None:
        old = select(DraftRow.id).where(DraftRow.saved_at < instant)
        await self._unit.session.exec(delete(DraftKeyRow).where(col(DraftKeyRow.draft_id).in_(old)))

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise VaultClosed
        return self._given

    def _of(self, owner_id: UUID) -> SelectOfScalar[DraftRow]:
        # What this unit read before may have been changed by another since then.
        return select(DraftRow).where(DraftRow.owner_id == owner_id).execution_options(populate_existing=True)

    async def _one(self, query: SelectOfScalar[DraftRow]) -> Draft | None:
        row = (await self._unit.session.exec(query)).one_or_none()
        return await self._draft(row) if row else None

    async def _draft(self, row: DraftRow) -> Draft:
        typed = orjson.loads(self._sealing.open(await self._key_of(row.id), DRAFTS.name, TYPED, row.id, row.typed))
        return Draft(row.id, DraftKind(row.kind), row.owner_id, row.saved_at, typed, row.case_id, row.version)

    async def _key_of(self, draft_id: UUID) -> WrappedKey:
        query = select(DraftKeyRow.wrapped).where(DraftKeyRow.draft_id == draft_id)
        return WrappedKey(KEYS.name, draft_id, (await self._unit.session.exec(query)).one())

    def _row(self, draft: Draft, key: WrappedKey) -> dict[str, Any]:
        typed = orjson.dumps(dict(draft.typed)).decode()
        return {
            "id": draft.id,
            "kind": draft.kind,
            "owner_id": draft.owner_id,
            "case_id": draft.case_id,
            "saved_at": draft.saved_at,
            "version": draft.version,
            TYPED: self._sealing.seal(key, DRAFTS.name, TYPED, draft.id, typed),
        }
