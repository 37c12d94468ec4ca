"""A swap that waits for its own question, a question with new times or none any more, and a rest that is over."""

from datetime import timedelta

import pytest

from services.community.commands import ChangeGathering
from services.community.domain.hosting import TurnState
from services.community.handlers.gatherings import change_gathering
from services.community.handlers.hosting import accept_turn, swap_turn
from services.community.schedule import TIMERS
from shared.events.base import Role
from shared.events.community import HostTurnMoved, HostTurnPassed, HostTurnProposed, HostTurnSwapped
from shared.messaging.timers import TimerLoop
from tests.parts.city import a_city
from tests.unit.community.test_hosting import PEOPLE, asked, joined, told, turns_of
from tests.unit.community.world import EVENING, Community, an_id, announced, later


async def test_swap_waits_for_the_one_who_was_asked_for_it() -> None:
    community = Community()
    await joined(community, dict(list(PEOPLE.items())[:6]))
    gathering_id = await announced(community.units)
    first, second = await asked(community, gathering_id)
    for answer, turn in ((accept_turn, first), (swap_turn, first), (accept_turn, second)):
        async with community.units.begin() as unit:
            await answer(turn.id, turn.person_id, unit)
    assert told(community, HostTurnSwapped) == []

    (third,) = [one for one in await turns_of(community, gathering_id) if one.state is TurnState.PROPOSED]
    async with community.units.begin() as unit:
        await accept_turn(third.id, third.person_id, unit)
    assert [one.subject for one in told(community, HostTurnSwapped)] == [first.id]
    assert {one.id for one in await turns_of(community, gathering_id)} == {second.id, third.id}


async def test_who_was_asked_reads_the_new_times_when_the_gathering_moves_forward() -> None:
    community = Community()
    await joined(community, dict(list(PEOPLE.items())[:4]))
    gathering_id = await announced(community.units)
    turns = await asked(community, gathering_id)
    sooner = later(EVENING, -27)
    async with community.units.begin() as unit:
        await change_gathering(ChangeGathering(gathering_id, sooner), unit)

    again = told(community, HostTurnProposed)[2:]
    assert {one.subject for one in again} == {one.id for one in turns}
    assert {(one.starts_at, one.answer_by) for one in again if isinstance(one, HostTurnProposed)} == {
        (sooner.starts_at, sooner.starts_at)
    }
    assert told(community, HostTurnMoved) == []
    community.moves_to(sooner.starts_at)
    await TimerLoop(community.units, TIMERS).fire_due()
    assert len(told(community, HostTurnPassed)) == 2


async def test_rest_is_shown_while_it_lasts() -> None:
    community = Community()
    today = a_city().day_of(community.now)
    async with community.visitor(Role.PARTNER) as host:
        for rest, shown in ((today, True), (today - timedelta(days=1), False)):
            await joined(community, {an_id(Role.PARTNER): an_id("desk")}, rest=rest)
            assert ("rust tot en met" in (await host.get("/bijeenkomsten/gastheer")).text) is shown


async def test_nobody_is_asked_to_host_what_is_going_on() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    question, answer = "Vraag wie aan de beurt is", "Ja, ik doe het"
    for before, shown in ((timedelta(minutes=1), True), (timedelta(0), False)):
        community.moves_to(EVENING.starts_at - before)
        async with community.visitor(Role.PARTNER) as host, community.visitor(Role.COORDINATOR) as desk:
            await host.post("/bijeenkomsten/gastheer", data={"choice": "join"})
            status = (await desk.post(f"/bijeenkomsten/{gathering_id}/gastheren")).status_code
            assert (question in (await desk.get(f"/bijeenkomsten/{gathering_id}")).text) is shown
            assert (answer in (await host.get("/bijeenkomsten/gastheer")).text) is shown
            assert status == (303 if shown else 409)


@pytest.mark.parametrize("role", [None, *Role])
async def test_who_may_host_is_shown_the_way_and_nobody_else(role: Role | None) -> None:
    async with Community().visitor(role) as browser:
        is_shown = 'href="/bijeenkomsten/gastheer"' in (await browser.get("/bijeenkomsten")).text
        assert is_shown is ((await browser.get("/bijeenkomsten/gastheer")).status_code == 200)
