"""The shared vision on PostgreSQL, who signed it, and what organisations are called."""

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.vision import Signature, Vision
from services.community.store.programme_tables import ORGANISATIONS, SIGNATURES, VISIONS
from services.community.store.table_rows import TableRows


class PostgresVisions:
    """The table `visions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._rows = TableRows(connection, VISIONS)

    async def save(self, vision: Vision) -> None:
        await self._rows.write(asdict(vision))

    async def list_all(self) -> list[Vision]:
        newest_first = select(VISIONS).order_by(VISIONS.c.version.desc())
        return [Vision(**row) for row in await self._rows.list_rows(newest_first)]

    async def get_draft(self) -> Vision | None:
        draft = select(VISIONS).where(VISIONS.c.published_at.is_(None)).with_for_update()
        return next((Vision(**row) for row in await self._rows.list_rows(draft)), None)


class PostgresSignatures:
    """The table `vision_signatures`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._rows = TableRows(connection, SIGNATURES)

    async def get(self, person_id: UUID) -> Signature | None:
        row = await self._rows.find(person_id)
        return Signature(**row) if row else None

    async def save(self, signature: Signature) -> None:
        await self._rows.write(asdict(signature))

    async def remove(self, person_id: UUID) -> None:
        await self._rows.remove(person_id)

    async def list_all(self) -> list[Signature]:
        by_person = select(SIGNATURES).order_by(SIGNATURES.c.person_id)
        return [Signature(**row) for row in await self._rows.list_rows(by_person)]


class PostgresOrganisations:
    """The table `organisations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._rows = TableRows(connection, ORGANISATIONS)

    async def save(self, organisation_id: UUID, name: str, *, active: bool) -> None:
        await self._rows.write({"id": organisation_id, "name": name, "active": active})

    async def names_of(self, organisation_ids: Collection[UUID]) -> list[str]:
        theirs = select(ORGANISATIONS).where(ORGANISATIONS.c.id.in_(organisation_ids), ORGANISATIONS.c.active)
        return [row["name"] for row in await self._rows.list_rows(theirs.order_by(ORGANISATIONS.c.id))]

    async def list_active(self) -> dict[UUID, str]:
        there = select(ORGANISATIONS).where(ORGANISATIONS.c.active)
        by_name = there.order_by(ORGANISATIONS.c.name.collate("C"), ORGANISATIONS.c.id)
        return {row["id"]: row["name"] for row in await self._rows.list_rows(by_name)}
