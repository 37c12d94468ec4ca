"""An offer of a place when the gathering moves, and when it has begun."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.community.commands import ChangeGathering
from services.community.domain.errors import SignUpClosed
from services.community.domain.seat import CLOSES_BEFORE, OFFER_LASTS, Seat, SeatState
from services.community.handlers.gatherings import change_gathering
from shared.events.community import SeatOffered, SeatVacated
from tests.unit.community.seats import confirmed, state_of
from tests.unit.community.test_seats import TWO, cancel, ring
from tests.unit.community.world import TUESDAY, Community, an_id, announced, later


async def test_offer_ends_sooner_when_the_gathering_moves_forward_and_is_told_again() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    anna, bram, cas, _ = await confirmed(community.units, gathering, "Anna", "Bram", "Cas", "Dina")
    await cancel(community, anna)
    for days, hours in ((-28, 24), (-29, 2)):
        async with community.units.begin() as unit:
            await change_gathering(ChangeGathering(gathering, later(TWO, days)), unit)
        last = [one for one in community.published() if isinstance(one, SeatOffered)][-1]
        assert (last.subject, last.until) == (cas, community.now + timedelta(hours=hours))

    community.clock.forward(timedelta(hours=2))
    await ring(community)
    assert await state_of(community.units, cas) == "passed"
    assert await state_of(community.units, bram) == "confirmed"


async def test_offer_is_not_accepted_once_it_has_begun() -> None:
    seat = Seat(an_id("seat"), an_id("gathering"), TUESDAY, SeatState.OFFERED, 1, TUESDAY + OFFER_LASTS)
    with pytest.raises(SignUpClosed):
        seat.accept(TUESDAY + timedelta(hours=1), starts_at=TUESDAY + timedelta(hours=1))


async def test_place_that_is_there_no_more_does_not_come_free_for_who_waits() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    anna, bram, _ = await confirmed(community.units, gathering, "Anna", "Bram", "Cas")
    async with community.units.begin() as unit:
        await change_gathering(ChangeGathering(gathering, replace(TWO, capacity=1)), unit)
    community.moves_to(TWO.starts_at - CLOSES_BEFORE + timedelta(minutes=1))

    for seat, told in ((anna, []), (bram, [bram])):
        await cancel(community, seat)
        assert [one.subject for one in community.published() if isinstance(one, SeatVacated)] == told
