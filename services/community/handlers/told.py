"""The seats of a gathering, each with what was told with it."""

from collections.abc import Collection
from uuid import UUID

from services.community.domain.seat import Seat, SeatState
from services.community.domain.sign_up import SignUp
from services.community.ports import CommunityUnit


async def told_by(gathering_id: UUID, states: Collection[SeatState], unit: CommunityUnit) -> list[tuple[Seat, SignUp]]:
    """The seats that stand so, in their line, each with what was told; without those who are forgotten."""
    seats = await unit.seats.read_each(gathering_id, states)
    told = await unit.sign_ups.open_each([seat.id for seat in seats])
    return [(seat, told[seat.id]) for seat in seats if seat.id in told]
