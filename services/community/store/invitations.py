"""Invitations on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.invitation import Invitation, InvitationState
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows
from services.community.store.tables import GATHERINGS, INVITATIONS


class PostgresInvitations:
    """The table `invitations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, INVITATIONS)

    async def get(self, invitation_id: UUID) -> Invitation | None:
        row = await self._rows.find(invitation_id, locked=True)
        return _invitation_of(row) if row else None

    async def read(self, invitation_id: UUID) -> Invitation | None:
        row = await self._rows.find(invitation_id)
        return _invitation_of(row) if row else None

    async def save(self, invitation: Invitation) -> None:
        await self._rows.write(asdict(invitation))

    async def list_of(self, gathering_id: UUID) -> list[Invitation]:
        theirs = select(INVITATIONS).where(INVITATIONS.c.gathering_id == gathering_id).order_by(INVITATIONS.c.id)
        return [_invitation_of(row) for row in await self._rows.list_rows(theirs)]

    async def list_over(self, ended: datetime, limit: int) -> list[UUID]:
        known = select(INVITATIONS.c.id).join(GATHERINGS, GATHERINGS.c.id == INVITATIONS.c.gathering_id)
        over = known.where(GATHERINGS.c.ends_at < ended).order_by(INVITATIONS.c.id).limit(limit)
        return list(await self._connection.scalars(over))

    async def list_of_person(self, person_id: UUID) -> list[UUID]:
        theirs = select(INVITATIONS.c.id).where(INVITATIONS.c.person_id == person_id).order_by(INVITATIONS.c.id)
        return list(await self._connection.scalars(theirs))

    async def remove(self, invitation_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(INVITATIONS).where(INVITATIONS.c.id.in_(invitation_ids)))


def _invitation_of(row: Row) -> Invitation:
    return Invitation(**{**row, "state": InvitationState(row["state"])})
