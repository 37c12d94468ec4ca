"""Seats: places and the line, offers that end in time, and what everybody hears of the gathering."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.community.commands import ChangeGathering
from services.community.domain.errors import NotInThisState, SignUpClosed
from services.community.domain.seat import (
    CLOSES_BEFORE,
    CONFIRM_WITHIN,
    FORGOTTEN_AFTER,
    OFFER_LASTS,
)
from services.community.handlers.around import forget_who_came
from services.community.handlers.gatherings import cancel_gathering, change_gathering
from services.community.handlers.seats import accept_offer, cancel_seat, confirm_seat
from services.community.schedule import TIMERS
from shared.events.community import (
    CancelReason,
    SeatFact,
    SeatMoved,
    SeatOffered,
    SeatReminderDue,
    SeatRequested,
    SeatRevoked,
)
from shared.messaging.timers import TimerLoop
from tests.unit.community.seats import confirmed, requested, state_of, who
from tests.unit.community.world import EVENING, Community, announced, later

TWO = replace(EVENING, capacity=2)


async def ring(community: Community) -> None:
    """Every timer that is due."""
    await TimerLoop(community.units, TIMERS).fire_due()


async def cancel(community: Community, seat_id: UUID) -> None:
    async with community.units.begin() as unit:
        await cancel_seat(seat_id, unit)


async def accept(community: Community, seat_id: UUID) -> None:
    async with community.units.begin() as unit:
        await accept_offer(seat_id, unit)


def of(community: Community, event: type[SeatFact]) -> list[UUID]:
    return [one.subject for one in community.published() if type(one) is event]


async def test_address_that_nobody_confirmed_holds_no_place() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    await requested(community.units, gathering, who("Vroeg"))

    seats = await confirmed(community.units, gathering, "Anna", "Bram", "Cas")

    assert [await state_of(community.units, one) for one in seats] == ["confirmed", "confirmed", "waiting"]


async def test_address_is_confirmed_within_48_hours() -> None:
    community = Community()
    gathering = await announced(community.units)
    in_time, late = [await requested(community.units, gathering, who(name)) for name in ("Op Tijd", "Te Laat")]
    community.clock.forward(CONFIRM_WITHIN)
    async with community.units.begin() as unit:
        await confirm_seat(in_time, unit)
    community.clock.forward(timedelta(seconds=1))
    async with community.units.begin() as unit:
        with pytest.raises(SignUpClosed):
            await confirm_seat(late, unit)


async def test_second_sign_up_with_one_address_is_the_same_seat() -> None:
    community = Community()
    gathering = await announced(community.units)
    first = await requested(community.units, gathering, who("Anna"))
    again = await requested(community.units, gathering, replace(who("Anna"), email=" ANNA@school.example"))

    assert again == first
    assert of(community, SeatRequested) == [first, first]


async def test_free_place_goes_to_who_waits_longest_and_who_gave_up_is_out() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    anna, bram, cas, dina = await confirmed(community.units, gathering, "Anna", "Bram", "Cas", "Dina")

    await cancel(community, anna)
    assert [await state_of(community.units, one) for one in (cas, dina)] == ["offered", "waiting"]
    await accept(community, cas)
    await cancel(community, cas)
    assert [await state_of(community.units, one) for one in (anna, bram, cas, dina)] == [
        "cancelled", "confirmed", "cancelled", "offered",
    ]  # fmt: skip
    (again,) = await confirmed(community.units, gathering, "Cas")
    assert again != cas
    assert await state_of(community.units, again) == "waiting"


async def test_who_signs_up_again_while_a_place_is_kept_hears_of_that_place_again() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    anna, _, cas = await confirmed(community.units, gathering, "Anna", "Bram", "Cas")
    await cancel(community, anna)
    community.clock.forward(timedelta(hours=1))
    assert await requested(community.units, gathering, who("Cas")) == cas

    first, again = (one for one in community.published() if isinstance(one, SeatOffered))
    assert (again.subject, again.until) == (cas, first.until)


async def test_nobody_passes_who_waits_already() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    anna, *_ = await confirmed(community.units, gathering, "Anna", "Bram", "Cas")
    community.moves_to(TWO.starts_at - CLOSES_BEFORE)
    await cancel(community, anna)

    (late,) = await confirmed(community.units, gathering, "Dina")

    assert await state_of(community.units, late) == "waiting"


async def test_offer_that_nobody_answers_goes_to_the_next() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    anna, _, cas, dina = await confirmed(community.units, gathering, "Anna", "Bram", "Cas", "Dina")
    await cancel(community, anna)
    community.clock.forward(OFFER_LASTS - timedelta(seconds=1))
    await ring(community)
    assert await state_of(community.units, cas) == "offered"

    community.clock.forward(timedelta(seconds=1))
    await ring(community)

    assert [await state_of(community.units, one) for one in (cas, dina)] == ["passed", "offered"]
    with pytest.raises(NotInThisState):
        await accept(community, cas)


async def test_offer_is_shorter_near_the_day_and_there_is_none_when_sign_up_has_closed() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    anna, bram, _, dina = await confirmed(community.units, gathering, "Anna", "Bram", "Cas", "Dina")
    closes = TWO.starts_at - CLOSES_BEFORE
    community.moves_to(closes - timedelta(minutes=1))
    await cancel(community, anna)
    (offered,) = (one for one in community.published() if isinstance(one, SeatOffered))
    assert offered.until == closes

    community.moves_to(closes + timedelta(minutes=1))
    await ring(community)
    await cancel(community, bram)

    assert len(of(community, SeatOffered)) == 1
    assert await state_of(community.units, dina) == "waiting"


async def test_more_room_is_offered_to_the_line() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    *_, cas, dina = await confirmed(community.units, gathering, "Anna", "Bram", "Cas", "Dina")
    async with community.units.begin() as unit:
        await change_gathering(ChangeGathering(gathering, replace(TWO, capacity=3)), unit)

    assert of(community, SeatOffered) == [cas]
    assert await state_of(community.units, dina) == "waiting"


async def test_everybody_with_a_place_or_in_the_line_hears_once_that_it_moved() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    seats = await confirmed(community.units, gathering, "Anna", "Bram", "Cas", "Dina")
    await cancel(community, seats[3])
    await requested(community.units, gathering, who("Eva"))
    for details in (later(TWO, 1), replace(later(TWO, 1), about="Andere woorden.")):
        async with community.units.begin() as unit:
            await change_gathering(ChangeGathering(gathering, details), unit)

    assert of(community, SeatMoved) == seats[:3]


async def test_nothing_rings_any_more_when_a_gathering_is_off() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    seats = await confirmed(community.units, gathering, "Anna", "Bram", "Cas")
    await cancel(community, seats[0])
    async with community.units.begin() as unit:
        await cancel_gathering(gathering, CancelReason.ILLNESS, unit)
    assert of(community, SeatRevoked) == seats[1:]
    assert community.units.tables.table("timers") == {}

    before = len(community.published())
    community.moves_to(TWO.ends_at)
    await ring(community)
    assert len(community.published()) == before


async def test_reminders_come_a_week_and_a_day_before_at_the_new_time_too() -> None:
    community = Community()
    gathering = await announced(community.units, TWO)
    anna, _, cas = await confirmed(community.units, gathering, "Anna", "Bram", "Cas")
    async with community.units.begin() as unit:
        await change_gathering(ChangeGathering(gathering, later(TWO, 3)), unit)
    seen: list[tuple[int, int]] = []
    for days in range(34):
        community.moves_to(TWO.starts_at + timedelta(days=days - 30))
        await ring(community)
        told = [one for one in community.published() if isinstance(one, SeatReminderDue) and one.subject == anna]
        if len(told) > len(seen):
            seen.append((days, told[-1].days))

    assert seen == [(26, 7), (32, 1)]
    assert cas not in of(community, SeatReminderDue)


async def test_names_and_needs_are_forgotten_four_weeks_after_the_gathering() -> None:
    community = Community()
    gathering = await announced(community.units)
    (anna,) = await confirmed(community.units, gathering, "Anna")
    nobody = await requested(community.units, gathering, who("Niemand"))
    for at, kept, still_there in (
        (community.now + CONFIRM_WITHIN + timedelta(minutes=1), True, False),
        (EVENING.ends_at + FORGOTTEN_AFTER, True, False),
        (EVENING.ends_at + FORGOTTEN_AFTER + timedelta(minutes=1), False, False),
    ):
        community.moves_to(at)
        async with community.units.begin() as unit:
            await forget_who_came(unit)
        async with community.units.begin() as unit:
            assert (await unit.sign_ups.open(anna) is not None) is kept
            assert await unit.sign_ups.open(nobody) is None
            assert (await unit.seats.read(nobody) is not None) is still_there
    assert await state_of(community.units, anna) == "confirmed"
