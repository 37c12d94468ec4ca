"""Hosts and their turns on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.hosting import Host, HostTurn, Turn, TurnState
from services.community.store.rows import Row
from services.community.store.table_rows import TableRows
from services.community.store.tables import GATHERINGS, HOST_TURNS, HOSTS
from shared.events.community import GatheringKind


class PostgresHosts:
    """The table `hosts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._rows = TableRows(connection, HOSTS)

    async def get(self, person_id: UUID) -> Host | None:
        row = await self._rows.find(person_id)
        return Host(**row) if row else None

    async def save(self, host: Host) -> None:
        await self._rows.write(asdict(host))

    async def remove(self, person_id: UUID) -> None:
        await self._rows.remove(person_id)

    async def list_all(self) -> list[Host]:
        return [Host(**row) for row in await self._rows.list_rows(select(HOSTS).order_by(HOSTS.c.person_id))]


class PostgresTurns:
    """The table `host_turns`. Whoever changes one holds its gathering."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._rows = TableRows(connection, HOST_TURNS)

    async def get(self, turn_id: UUID) -> HostTurn | None:
        row = await self._rows.find(turn_id)
        return _turn_of(row) if row else None

    async def save(self, turn: HostTurn) -> None:
        await self._rows.write(asdict(turn))

    async def remove(self, turn_id: UUID) -> None:
        await self._rows.remove(turn_id)

    async def list_of(self, gathering_id: UUID) -> list[HostTurn]:
        return await self._list(select(HOST_TURNS).where(HOST_TURNS.c.gathering_id == gathering_id))

    async def list_of_person(self, person_id: UUID, states: Collection[TurnState]) -> list[HostTurn]:
        theirs = select(HOST_TURNS).where(HOST_TURNS.c.person_id == person_id, HOST_TURNS.c.state.in_(states))
        return await self._list(theirs)

    async def list_of_kind(self, kind: GatheringKind) -> list[Turn]:
        joined = select(HOST_TURNS, GATHERINGS.c.starts_at).join(
            GATHERINGS, GATHERINGS.c.id == HOST_TURNS.c.gathering_id
        )
        found = await self._rows.list_rows(joined.where(GATHERINGS.c.kind == kind).order_by(HOST_TURNS.c.id))
        return [Turn(_turn_of(row), row["starts_at"]) for row in found]

    async def _list(self, query: Select[Any]) -> list[HostTurn]:
        return [_turn_of(row) for row in await self._rows.list_rows(query.order_by(HOST_TURNS.c.id))]


def _turn_of(row: Row) -> HostTurn:
    known = {name: row[name] for name in HostTurn.__dataclass_fields__}
    return HostTurn(**known | {"state": TurnState(row["state"])})
