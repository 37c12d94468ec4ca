"""Parked events (dead letters): what a consumer could not apply, with its reason; only its subject waits for it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Row, Uuid, case, cast, exists, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.storage.tables import inbox_positions as positions
from shared.storage.tables import parked_events as table
from shared.unit_of_work import Parked, ParkedState

# A record without a readable sequence, or one that comes too late, cannot block a subject: it is parked alone.
NO_SEQUENCE = -1
WANTED = (ParkedState.RETRY.value, ParkedState.SKIP.value)
WAITING = (ParkedState.BEHIND.value, ParkedState.GAP.value)


# By its bytes, whatever language the database sorts in.
_BY_ID = table.c.event_id.collate("C")


def _nothing_before() -> ColumnElement[bool]:
    """Two may claim one version, as what nobody can read and the true one do: the first that came goes first."""
    before = table.alias("before")
    return ~exists().where(
        before.c.service == table.c.service,
        before.c.subject == table.c.subject,
        before.c.sequence > 0,
        tuple_(before.c.sequence, before.c.parked_at, before.c.event_id.collate("C"))
        < tuple_(table.c.sequence, table.c.parked_at, _BY_ID),
    )


def _next_version() -> ColumnElement[int]:
    """Of the row's subject, which is a UUID where the sequence could be read."""
    subject = case((table.c.sequence > 0, cast(table.c.subject, Uuid)))
    done = select(positions.c.sequence).where(positions.c.service == table.c.service, positions.c.subject == subject)
    return func.coalesce(done.scalar_subquery(), 0) + 1


def _parked(row: Row[Any]) -> Parked:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping
    return Parked(**{**values, "state": ParkedState(values["state"])})


class PostgresParking:
    """The table `parked_events` in one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def park(self, parked: Parked) -> None:
        values = {**asdict(parked), "state": parked.state.value, "headers": dict(parked.headers)}
        renewed = {name: values[name] for name in ("state", "reason", "attempts")}
        statement = insert(table).values(values).on_conflict_do_update(index_elements=["event_id"], set_=renewed)
        await self._connection.execute(statement)

    async def of_subject(self, service: str, subject: str) -> list[Parked]:
        query = select(table).where(table.c.service == service, table.c.subject == subject)
        rows = await self._connection.execute(
            query.order_by(table.c.sequence, table.c.parked_at, _BY_ID).with_for_update()
        )
        return [_parked(row) for row in rows]

    async def wanted(self, limit: int) -> list[Parked]:
        wanted = table.c.state.in_(WANTED)
        can_leave = wanted | (table.c.state.in_(WAITING) & (table.c.sequence <= _next_version()))
        query = select(table).where(can_leave, _nothing_before())
        query = query.order_by(wanted.desc(), table.c.parked_at, table.c.sequence, _BY_ID).limit(limit)
        rows = await self._connection.execute(query.with_for_update(skip_locked=True, of=table))
        return [_parked(row) for row in rows]

    async def all(self, limit: int) -> list[Parked]:
        query = select(table).order_by(table.c.parked_at, table.c.sequence, _BY_ID).limit(limit)
        return [_parked(row) for row in await self._connection.execute(query)]

    async def get(self, event_id: str) -> Parked | None:
        row = (await self._connection.execute(select(table).where(table.c.event_id == event_id))).one_or_none()
        return None if row is None else _parked(row)

    async def mark(self, event_id: str, state: ParkedState) -> bool:
        statement = update(table).where(table.c.event_id == event_id).values(state=state.value)
        return (await self._connection.execute(statement)).rowcount == 1

    async def failed(self, of_type: str = "") -> list[str]:
        """The ids of what a handler refused or nobody could read, oldest first; of one type, or of all."""
        query = select(table.c.event_id).where(table.c.state == ParkedState.FAILED.value)
        if of_type:
            query = query.where(table.c.type == of_type)
        rows = await self._connection.scalars(query.order_by(table.c.parked_at, table.c.sequence, _BY_ID))
        return list(rows)

    async def retry_failed(self, event_ids: Sequence[str]) -> int:
        """Ask for a retry of these; how many of them still stood aside as failed."""
        failed = table.c.event_id.in_(event_ids) & (table.c.state == ParkedState.FAILED.value)
        statement = update(table).where(failed).values(state=ParkedState.RETRY.value)
        return (await self._connection.execute(statement)).rowcount

    async def waiting(self) -> int:
        """How many wait for an earlier event of their subject, which failed or never came."""
        query = select(func.count()).select_from(table).where(table.c.state.in_(WAITING))
        return int(await self._connection.scalar(query) or 0)

    async def remove(self, event_id: str) -> None:
        await self._connection.execute(table.delete().where(table.c.event_id == event_id))
