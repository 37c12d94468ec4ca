"""The twins of seats and of what was told with them."""

from collections.abc import Collection
from copy import copy
from datetime import datetime
from uuid import UUID

from services.community.domain.gathering import Gathering
from services.community.domain.seat import Seat, SeatState
from services.community.domain.sign_up import SignUp
from services.community.store.seats import OVER
from tests.twins.tables import MemoryTables


class InMemorySeats:
    """Seats by id, and the digests of their addresses."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Seat] = tables.table("seats")
        self._digests: dict[UUID, bytes] = tables.table("seat_digests")
        self._sign_ups: dict[UUID, SignUp] = tables.table("sign_ups")
        self._gatherings: dict[UUID, Gathering] = tables.table("gatherings")

    async def get(self, seat_id: UUID) -> Seat | None:
        return await self.read(seat_id)

    async def read(self, seat_id: UUID) -> Seat | None:
        found = self._rows.get(seat_id)
        return copy(found) if found else None

    async def get_by_digest(self, gathering_id: UUID, digest: bytes) -> Seat | None:
        theirs = (one for one in self._rows.values() if one.gathering_id == gathering_id and one.state not in OVER)
        return next((copy(one) for one in theirs if self._digests[one.id] == digest), None)

    async def save(self, seat: Seat, digest: bytes | None = None) -> None:
        self._rows[seat.id] = copy(seat)
        if digest is not None:
            self._digests[seat.id] = digest

    async def count(self, gathering_id: UUID, states: Collection[SeatState]) -> int:
        return len(await self.get_each(gathering_id, states))

    async def next_number(self, gathering_id: UUID) -> int:
        return max((one.number or 0 for one in self._rows.values() if one.gathering_id == gathering_id), default=0) + 1

    async def get_each(self, gathering_id: UUID, states: Collection[SeatState], limit: int | None = None) -> list[Seat]:
        theirs = [one for one in self._rows.values() if one.gathering_id == gathering_id and one.state in states]
        return [copy(one) for one in sorted(theirs, key=lambda one: (one.number or 0, one.id))][:limit]

    async def read_each(self, gathering_id: UUID, states: Collection[SeatState]) -> list[Seat]:
        return await self.get_each(gathering_id, states)

    async def next_revision(self, gathering_id: UUID, digest: bytes) -> int:
        theirs = (one for one in self._rows.values() if one.gathering_id == gathering_id)
        return max((one.revision + 1 for one in theirs if self._digests[one.id] == digest), default=0)

    async def list_to_forget(self, ended: datetime, requested: datetime, limit: int) -> list[UUID]:
        found = [
            one.id
            for one in self._rows.values()
            if one.id in self._sign_ups
            if self._gatherings[one.gathering_id].details.ends_at < ended
            or (one.state is SeatState.REQUESTED and one.requested_at < requested)
        ]
        return sorted(found)[:limit]

    async def delete_unconfirmed(self, seat_ids: Collection[UUID]) -> None:
        for seat_id in seat_ids:
            if self._rows[seat_id].state is SeatState.REQUESTED:
                del self._rows[seat_id], self._digests[seat_id]


class InMemorySignUps:
    """What was told, by seat."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, SignUp] = tables.table("sign_ups")

    def digest_of(self, gathering_id: UUID, email: str) -> bytes:
        return f"{gathering_id}|{email.strip().casefold()}".encode()

    async def keep(self, seat_id: UUID, sign_up: SignUp) -> None:
        self._rows[seat_id] = sign_up

    async def open(self, seat_id: UUID) -> SignUp | None:
        return self._rows.get(seat_id)

    async def open_each(self, seat_ids: Collection[UUID]) -> dict[UUID, SignUp]:
        return {one: self._rows[one] for one in seat_ids if one in self._rows}

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        for seat_id in seat_ids:
            self._rows.pop(seat_id, None)
