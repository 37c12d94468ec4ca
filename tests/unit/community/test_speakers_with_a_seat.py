"""Somebody who signed up already is asked to speak: the seat stays theirs, whatever they answer."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.community.commands import SignUpForGathering
from services.community.handlers.letters import prepare_letter
from services.community.handlers.seats import cancel_seat, request_seat
from shared.events.base import Role
from shared.events.community import SeatDeclined, SeatInvited
from shared.events.gathering_letters import SeatOccasion
from tests.unit.community.seats import confirmed, requested, state_of, who
from tests.unit.community.test_sign_up import link
from tests.unit.community.test_topics import page_of
from tests.unit.community.world import EVENING, Community, announced

ASK = {"name": "Anna Verzonnen", "email": "anna@school.example", "organisation": "", "topic": "Geldzorgen"}


async def asked(community: Community, gathering_id: UUID) -> int:
    async with community.visitor(Role.COORDINATOR) as desk:
        return (await desk.post(f"/bijeenkomsten/{gathering_id}/spreker", data=ASK)).status_code


async def answers(community: Community, seat_id: UUID, **chosen: str) -> str:
    mailed = await link(community, seat_id, "invited")
    async with community.visitor() as speaker:
        page = (await speaker.get(mailed)).text
        assert "spreken over: Geldzorgen?" in page
        assert f'name="choice" value="{chosen["choice"]}"' in page
        assert (await speaker.post(mailed, data=chosen)).status_code == 303
        return (await speaker.get(mailed)).text


async def test_whoever_has_a_place_is_asked_and_keeps_it_after_a_no() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    (seat_id,) = await confirmed(community.units, gathering_id, "Anna")
    assert await asked(community, gathering_id) == 303
    assert isinstance(community.published()[-1], SeatInvited)
    assert await asked(community, gathering_id) == 409
    page = await answers(community, seat_id, choice="decline")
    assert "Er is een plek voor je" in page
    assert "Wil je" not in page
    assert isinstance(community.published()[-1], SeatDeclined)
    async with community.units.begin() as unit:
        told = await unit.sign_ups.open(seat_id)
        assert await prepare_letter(seat_id, SeatOccasion.INVITED, unit) is None
    assert told == who("Anna")
    assert await asked(community, gathering_id) == 303


@pytest.mark.parametrize(("names", "state"), [(("Anna",), "confirmed"), (("Bas", "Anna"), "waiting")])
async def test_whoever_signed_up_and_says_yes_speaks(names: tuple[str, ...], state: str) -> None:
    community = Community()
    gathering_id = await announced(community.units, replace(EVENING, capacity=1))
    seat_id = (await confirmed(community.units, gathering_id, *names))[-1]
    assert await state_of(community.units, seat_id) == state
    await asked(community, gathering_id)
    page = await answers(community, seat_id, choice="agree", named="true")
    assert "Er is een plek voor je" in page
    assert await state_of(community.units, seat_id) == "confirmed"
    shown = await page_of(community, gathering_id)
    assert "Geldzorgen" in shown
    assert "Anna" in shown
    assert await asked(community, gathering_id) == 409


async def test_address_that_nobody_confirmed_is_asked_as_a_new_one() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    seat_id = await requested(community.units, gathering_id, who("Anna"))
    assert await asked(community, gathering_id) == 303
    assert await state_of(community.units, seat_id) == "invited"
    assert "Je spreekt niet" in await answers(community, seat_id, choice="decline")
    assert community.units.tables.table("sign_ups") == {}


async def test_whoever_is_asked_and_cancels_their_seat_does_not_speak() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    (seat_id,) = await confirmed(community.units, gathering_id, "Anna")
    await asked(community, gathering_id)
    async with community.units.begin() as unit:
        await cancel_seat(seat_id, unit)
        assert await prepare_letter(seat_id, SeatOccasion.INVITED, unit) is None
    assert isinstance(community.published()[-1], SeatDeclined)


async def test_whoever_signs_up_while_being_asked_gets_the_question_again() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    await confirmed(community.units, gathering_id, "Anna")
    await asked(community, gathering_id)
    async with community.units.begin() as unit:
        await request_seat(SignUpForGathering(gathering_id, who("Anna")), unit)
    assert isinstance(community.published()[-1], SeatInvited)
