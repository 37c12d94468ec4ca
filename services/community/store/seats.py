"""Seats on PostgreSQL, and what is told with them, sealed: a key for each seat, deleted with what it opens."""

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.seat import Seat, SeatState
from services.community.domain.sign_up import SignUp
from services.community.store.rows import Row, seat_of, seat_row, sign_up_of, sign_up_texts
from services.community.store.tables import GATHERINGS, SEAT_KEYS, SEATS, SIGN_UPS
from shared.privacy.sealed import Sealing, WrappedKey

OVER: Final = frozenset({SeatState.PASSED, SeatState.CANCELLED})
FACTS: Final = tuple(SignUp.__dataclass_fields__)


class SignUpsClosed(Exception):
    """This process was not given the key of the sign-ups."""


class PostgresSeats:
    """The table `seats`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, seat_id: UUID) -> Seat | None:
        return await self._find(select(SEATS).where(SEATS.c.id == seat_id).with_for_update())

    async def read(self, seat_id: UUID) -> Seat | None:
        return await self._find(select(SEATS).where(SEATS.c.id == seat_id))

    async def get_by_digest(self, gathering_id: UUID, digest: bytes) -> Seat | None:
        theirs = select(SEATS).where(SEATS.c.gathering_id == gathering_id, SEATS.c.address_digest == digest)
        return await self._find(theirs.where(SEATS.c.state.not_in(OVER)).with_for_update())

    async def save(self, seat: Seat, digest: bytes | None = None) -> None:
        row = seat_row(seat)
        if digest is None:
            await self._connection.execute(SEATS.update().where(SEATS.c.id == seat.id).values(row))
            return
        added = insert(SEATS).values(row | {"address_digest": digest})
        await self._connection.execute(added.on_conflict_do_update(index_elements=["id"], set_=row))

    async def count(self, gathering_id: UUID, states: Collection[SeatState]) -> int:
        counted = select(func.count()).where(SEATS.c.gathering_id == gathering_id, SEATS.c.state.in_(states))
        return int(await self._connection.scalar(counted) or 0)

    async def next_number(self, gathering_id: UUID) -> int:
        highest = select(func.max(SEATS.c.number)).where(SEATS.c.gathering_id == gathering_id)
        return int(await self._connection.scalar(highest) or 0) + 1

    async def get_each(self, gathering_id: UUID, states: Collection[SeatState], limit: int | None = None) -> list[Seat]:
        return await self._list(_in_line(gathering_id, states).limit(limit).with_for_update())

    async def read_each(self, gathering_id: UUID, states: Collection[SeatState]) -> list[Seat]:
        return await self._list(_in_line(gathering_id, states))

    async def next_revision(self, gathering_id: UUID, digest: bytes) -> int:
        furthest = select(func.max(SEATS.c.revision))
        theirs = furthest.where(SEATS.c.gathering_id == gathering_id, SEATS.c.address_digest == digest)
        found = await self._connection.scalar(theirs)
        return 0 if found is None else int(found) + 1

    async def list_to_forget(self, ended: datetime, requested: datetime, limit: int) -> list[UUID]:
        known = select(SEATS.c.id).join(GATHERINGS, GATHERINGS.c.id == SEATS.c.gathering_id)
        known = known.join(SEAT_KEYS, SEAT_KEYS.c.seat_id == SEATS.c.id)
        unconfirmed = and_(SEATS.c.state == SeatState.REQUESTED, SEATS.c.requested_at < requested)
        found = known.where(or_(GATHERINGS.c.ends_at < ended, unconfirmed)).order_by(SEATS.c.id).limit(limit)
        return list(await self._connection.scalars(found))

    async def delete_unconfirmed(self, seat_ids: Collection[UUID]) -> None:
        gone = delete(SEATS).where(SEATS.c.id.in_(seat_ids), SEATS.c.state == SeatState.REQUESTED)
        await self._connection.execute(gone)

    async def _list(self, query: Select[Any]) -> list[Seat]:
        return [seat_of(dict(row)) for row in (await self._connection.execute(query)).mappings()]

    async def _find(self, query: Any) -> Seat | None:  # noqa: ANN401 - a select, whatever its columns
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return seat_of(dict(row)) if row else None


def _in_line(gathering_id: UUID, states: Collection[SeatState]) -> Select[Any]:
    theirs = select(SEATS).where(SEATS.c.gathering_id == gathering_id, SEATS.c.state.in_(states))
    return theirs.order_by(SEATS.c.number, SEATS.c.id)


class PostgresSignUps:
    """The tables `sign_ups` and `seat_keys`."""

    def __init__(self, connection: AsyncConnection, sealing: Sealing | None, digest_key: bytes) -> None:
        self._connection, self._given, self._digest_key = connection, sealing, digest_key

    def digest_of(self, gathering_id: UUID, email: str) -> bytes:
        told = f"{gathering_id}|{email.strip().casefold()}".encode()
        return hmac.digest(self._digest_key, told, hashlib.sha256)

    async def keep(self, seat_id: UUID, sign_up: SignUp) -> None:
        await self.forget([seat_id])
        key = self._sealing.new_key(SEAT_KEYS.name, seat_id)
        texts = sign_up_texts(sign_up).items()
        sealed = {fact: self._sealing.seal(key, SIGN_UPS.name, fact, seat_id, text) for fact, text in texts}
        await self._connection.execute(insert(SEAT_KEYS).values(seat_id=seat_id, wrapped=key.wrapped))
        await self._connection.execute(insert(SIGN_UPS).values(seat_id=seat_id, **sealed))

    async def open(self, seat_id: UUID) -> SignUp | None:
        return (await self.open_each([seat_id])).get(seat_id)

    async def open_each(self, seat_ids: Collection[UUID]) -> dict[UUID, SignUp]:
        known = select(SIGN_UPS, SEAT_KEYS.c.wrapped).join(SEAT_KEYS, SEAT_KEYS.c.seat_id == SIGN_UPS.c.seat_id)
        found = await self._connection.execute(known.where(SIGN_UPS.c.seat_id.in_(seat_ids)))
        return {row["seat_id"]: self._opened(row["seat_id"], dict(row)) for row in found.mappings()}

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        # What the key opened goes with it.
        await self._connection.execute(delete(SEAT_KEYS).where(SEAT_KEYS.c.seat_id.in_(seat_ids)))

    def _opened(self, seat_id: UUID, row: Row) -> SignUp:
        key = WrappedKey(SEAT_KEYS.name, seat_id, row["wrapped"])
        return sign_up_of({fact: self._sealing.open(key, SIGN_UPS.name, fact, seat_id, row[fact]) for fact in FACTS})

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise SignUpsClosed
        return self._given
