"""Hosts: two of two organisations, in a fair turn, asked by mail; a no without a reason, a swap, a rest."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from services.community.commands import ChangeGathering
from services.community.domain.hosting import HOST_ANSWERS_WITHIN, STANDING, HostTurn, TurnState
from services.community.handlers.gatherings import cancel_gathering, change_gathering
from services.community.handlers.hosting import (
    accept_turn,
    ask_hosts,
    decline_turn,
    join_hosts,
    stop_hosting,
    swap_turn,
)
from services.community.schedule import TIMERS
from shared.events.base import Event, Role
from shared.events.community import (
    CancelReason,
    HostTurnMoved,
    HostTurnPassed,
    HostTurnProposed,
    HostTurnRevoked,
    HostTurnSwapped,
    NoHostFound,
)
from shared.messaging.timers import TimerLoop
from tests.parts.city import a_city
from tests.parts.people import member
from tests.unit.community.world import EVENING, Community, an_id, announced, later

ORGANISATIONS = ("Boei", "Kade", "Linde", "Molen", "Haven", "Brug")
PEOPLE = {an_id(f"{one} {number}"): an_id(one) for one in ORGANISATIONS for number in range(2)}


async def joined(community: Community, people: Mapping[UUID, UUID], rest: date | None = None) -> None:
    async with community.units.begin() as unit:
        for person, organisation in people.items():
            await unit.members.save(member(person, organisation, Role.PARTNER))
            await join_hosts(person, organisation, unit, rest)


async def turns_of(community: Community, gathering_id: UUID) -> list[HostTurn]:
    async with community.units.begin() as unit:
        return [one for one in await unit.turns.list_of(gathering_id) if one.state in STANDING]


async def asked(community: Community, gathering_id: UUID) -> list[HostTurn]:
    async with community.units.begin() as unit:
        await ask_hosts(gathering_id, unit)
    return await turns_of(community, gathering_id)


async def accepted(community: Community, gathering_id: UUID) -> None:
    for turn in await turns_of(community, gathering_id):
        if turn.state is TurnState.PROPOSED:
            async with community.units.begin() as unit:
                await accept_turn(turn.id, turn.person_id, unit)


def told(community: Community, kind: type[Event]) -> list[Event]:
    return [one for one in community.published() if type(one) is kind]


def is_fair(hosted: list[list[HostTurn]]) -> None:
    """Two of two organisations each time, nobody twice in a row, and nobody much more often than another."""
    assert [len(one) for one in hosted] == [2] * 6
    assert all(len({turn.organisation_id for turn in one}) == 2 for one in hosted)
    for before, after in pairwise(hosted):
        assert not {one.organisation_id for one in before} & {one.organisation_id for one in after}
        assert not {one.person_id for one in before} & {one.person_id for one in after}
    often = Counter(turn.person_id for one in hosted for turn in one)
    assert max(often.values()) - min(often.get(one, 0) for one in PEOPLE) <= 1


async def test_twelve_turns_go_round_with_two_swaps_a_rest_and_a_no() -> None:
    community = Community()
    await joined(community, PEOPLE)
    hosted: list[list[HostTurn]] = []
    for number in range(6):
        gathering_id = await announced(community.units, later(EVENING, 42 * number - 7 * number))
        first, second = await asked(community, gathering_id)
        if number == 1:
            async with community.units.begin() as unit:
                await decline_turn(first.id, first.person_id, unit)
        await accepted(community, gathering_id)
        if number in {2, 3}:
            async with community.units.begin() as unit:
                await swap_turn(second.id, second.person_id, unit)
            await accepted(community, gathering_id)
        if number == 0:
            resting = next(one for one in PEOPLE if one not in {first.person_id, second.person_id})
            await joined(
                community, {resting: PEOPLE[resting]}, rest=a_city().day_of(community.now) + timedelta(days=10)
            )
        community.clock.forward(timedelta(days=7))
        hosted.append(await turns_of(community, gathering_id))

    is_fair(hosted)


async def test_who_swaps_stays_the_host_until_somebody_else_says_yes() -> None:
    community = Community()
    await joined(community, dict(list(PEOPLE.items())[:6]))
    gathering_id = await announced(community.units)
    first, _ = await asked(community, gathering_id)
    await accepted(community, gathering_id)

    async with community.units.begin() as unit:
        await swap_turn(first.id, first.person_id, unit)
    states = {one.state for one in await turns_of(community, gathering_id) if one.person_id == first.person_id}
    assert states == {TurnState.SWAPPING}
    await accepted(community, gathering_id)

    (swapped,) = told(community, HostTurnSwapped)
    hosts = {one.person_id for one in await turns_of(community, gathering_id)}
    assert isinstance(swapped, HostTurnSwapped)
    assert (swapped.person_id, len(hosts), swapped.with_id in hosts) == (first.person_id, 2, True)
    assert first.person_id not in hosts


async def test_no_answer_in_a_week_goes_to_the_next_and_nobody_left_is_told_to_the_desk() -> None:
    community = Community()
    await joined(community, {an_id(one): an_id(one) for one in ("a", "b", "c")})
    gathering_id = await announced(community.units)
    await asked(community, gathering_id)
    community.clock.forward(HOST_ANSWERS_WITHIN)
    await TimerLoop(community.units, TIMERS).fire_due()

    assert len(told(community, HostTurnProposed)) == 3
    assert len(told(community, HostTurnPassed)) == 2
    assert {one.subject for one in told(community, NoHostFound)} == {gathering_id}


async def test_who_rests_or_stopped_is_not_asked() -> None:
    community = Community()
    await joined(community, {an_id("a"): an_id("a"), an_id("b"): an_id("b")})
    await joined(community, {an_id("a"): an_id("a")}, rest=a_city().day_of(community.now))
    async with community.units.begin() as unit:
        await stop_hosting(an_id("b"), unit)
    gathering_id = await announced(community.units)
    assert await asked(community, gathering_id) == []

    community.clock.forward(timedelta(days=1))
    assert [one.person_id for one in await asked(community, gathering_id)] == [an_id("a")]


async def test_who_left_the_network_is_not_asked() -> None:
    community = Community()
    await joined(community, {an_id("a"): an_id("a"), an_id("b"): an_id("b")})
    async with community.units.begin() as unit:
        await unit.members.save(replace(member(an_id("a"), an_id("a"), Role.PARTNER), active=False))

    turns = await asked(community, await announced(community.units))
    assert [one.person_id for one in turns] == [an_id("b")]


async def test_hosts_hear_once_that_it_moved_and_that_it_is_off() -> None:
    community = Community()
    await joined(community, PEOPLE)
    gathering_id = await announced(community.units)
    turns = await asked(community, gathering_id)
    await accepted(community, gathering_id)
    for details in (later(EVENING, 1), replace(later(EVENING, 1), about="Andere woorden.")):
        async with community.units.begin() as unit:
            await change_gathering(ChangeGathering(gathering_id, details), unit)
    async with community.units.begin() as unit:
        await cancel_gathering(gathering_id, CancelReason.NO_HOST, unit)

    for kind in (HostTurnMoved, HostTurnRevoked):
        assert [one.subject for one in told(community, kind)] == [one.id for one in turns]
    assert community.units.tables.table("timers") == {}


async def test_somebody_joins_is_asked_says_no_and_takes_a_rest_on_pages() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    page, mine = f"/bijeenkomsten/{gathering_id}", "/bijeenkomsten/gastheer"
    async with community.visitor(Role.PARTNER) as host, community.visitor(Role.COORDINATOR) as desk:
        assert "Wil je eens gastheer" in (await host.get("/bijeenkomsten")).text
        await host.post(mine, data={"choice": "join"})
        assert (await host.post(f"{page}/gastheren")).status_code == 403
        assert (await desk.post(f"{page}/gastheren")).status_code == 303
        (turn,) = await turns_of(community, gathering_id)
        assert "Ja, ik doe het" in (await host.get(mine)).text
        assert (await desk.post(f"{mine}/{turn.id}", data={"choice": "accept"})).status_code == 404
        assert (await host.post(f"{mine}/{turn.id}", data={"choice": "accept"})).status_code == 303
        assert "zei ja" in (await desk.get(page)).text
        assert (await host.post(f"{mine}/{turn.id}", data={"choice": "decline"})).status_code == 409
        assert (await host.post(f"{mine}/{turn.id}", data={"choice": "swap"})).status_code == 303
        assert "ontvang jij" in (await host.get(mine)).text
        assert (await host.post(mine, data={"choice": "pause"})).status_code == 400
        assert (await host.post(mine, data={"choice": "pause", "until": "1-10-2026"})).status_code == 303
        assert "rust tot en met 1 oktober 2026" in (await host.get(mine)).text
        await host.post(mine, data={"choice": "stop"})
        assert "Ja, vraag me om de beurt" in (await host.get(mine)).text


async def test_desk_is_warned_of_the_same_place_twice_in_a_row() -> None:
    community = Community()
    series = an_id("series")
    gatherings = [await announced(community.units, later(EVENING, 42 * number)) for number in range(2)]
    async with community.units.begin() as unit:
        for one in gatherings:
            gathering = await unit.gatherings.get(one)
            assert gathering is not None
            gathering.series_id = series
            await unit.gatherings.save(gathering)
    async with community.visitor(Role.COORDINATOR) as desk:
        shown = [(await desk.get(f"/bijeenkomsten/{one}")).text for one in gatherings]

    assert ["Dezelfde plek als de vorige keer" in one for one in shown] == [False, True]
