"""People who sign up for a gathering, in steps."""

from typing import Any
from uuid import UUID

from services.community.commands import SignUpForGathering
from services.community.domain.seat import Seat
from services.community.domain.sign_up import Needs, SignUp
from services.community.handlers.seats import confirm_seat, request_seat
from shared.unit_of_work import Units


def who(name: str, needs: Needs | None = None) -> SignUp:
    """An invented person."""
    return SignUp(name, f"{name.lower()}@school.example", "School De Verzinner", "", needs or Needs())


async def requested(units: Units[Any], gathering_id: UUID, sign_up: SignUp) -> UUID:
    """Signed up, and the address is still to be confirmed."""
    async with units.begin() as unit:
        await request_seat(SignUpForGathering(gathering_id, sign_up), unit)
    async with units.begin() as unit:
        digest = unit.sign_ups.digest_of(gathering_id, sign_up.email)
        seat: Seat = await unit.seats.get_by_digest(gathering_id, digest)
        return seat.id


async def confirmed(units: Units[Any], gathering_id: UUID, *names: str) -> list[UUID]:
    """Each signed up and confirmed, one after the other."""
    found = []
    for name in names:
        seat_id = await requested(units, gathering_id, who(name))
        async with units.begin() as unit:
            await confirm_seat(seat_id, unit)
        found.append(seat_id)
    return found


async def state_of(units: Units[Any], seat_id: UUID) -> str:
    """How the seat stands."""
    async with units.begin() as unit:
        seat: Seat = await unit.seats.read(seat_id)
        return seat.state.value
