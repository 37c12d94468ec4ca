"""Saved views on PostgreSQL."""

from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.monitoring.domain.board import SavedView
from services.monitoring.store.rows import letters_of
from services.monitoring.store.tables import DEFAULT_VIEWS as DEFAULTS
from services.monitoring.store.tables import SAVED_VIEWS as VIEWS


class PostgresSavedViews:
    """The tables `saved_views` and `default_views`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_for(self, person_id: UUID) -> list[SavedView]:
        theirs = select(VIEWS).where(or_(VIEWS.c.person_id == person_id, VIEWS.c.shared))
        in_order = theirs.order_by(VIEWS.c.title.collate("C"), VIEWS.c.view_id)
        return [SavedView(**row) for row in (await self._connection.execute(in_order)).mappings()]

    async def get(self, view_id: UUID) -> SavedView | None:
        found = await self._connection.execute(select(VIEWS).where(VIEWS.c.view_id == view_id))
        row = found.mappings().one_or_none()
        return SavedView(**row) if row else None

    async def save(self, view: SavedView) -> None:
        row = {
            "view_id": view.view_id,
            "person_id": view.person_id,
            "title": view.title,
            "query": view.query,
            "shared": view.shared,
        }
        added = insert(VIEWS).values(row)
        await self._connection.execute(added.on_conflict_do_update(index_elements=["view_id"], set_=row))

    async def delete(self, view_id: UUID) -> None:
        await self._connection.execute(delete(VIEWS).where(VIEWS.c.view_id == view_id))

    async def forget_searches(self, case_code: str) -> None:
        letters = func.regexp_replace(func.upper(VIEWS.c.query), "[^0-9A-Z]", "", "g")
        for_it = select(VIEWS.c.view_id).where(letters.contains(letters_of(case_code), autoescape=True))
        await self._connection.execute(delete(DEFAULTS).where(DEFAULTS.c.view_id.in_(for_it)))
        await self._connection.execute(delete(VIEWS).where(VIEWS.c.view_id.in_(for_it)))

    async def default_of(self, person_id: UUID) -> UUID | None:
        found: UUID | None = await self._connection.scalar(
            select(DEFAULTS.c.view_id).where(DEFAULTS.c.person_id == person_id)
        )
        return found

    async def choose_default(self, person_id: UUID, view_id: UUID | None) -> None:
        if view_id is None:
            await self._connection.execute(delete(DEFAULTS).where(DEFAULTS.c.person_id == person_id))
            return
        row = {"person_id": person_id, "view_id": view_id}
        chosen = insert(DEFAULTS).values(row)
        await self._connection.execute(chosen.on_conflict_do_update(index_elements=["person_id"], set_=row))
