"""Experts by experience: they say that they may be asked, are asked in turn and not too often, and a no is nobody's."""

from datetime import date, timedelta
from uuid import UUID

from services.community.commands import ChangeGathering
from services.community.domain.expertise import (
    EXPERT_ANSWERS_WITHIN,
    AskState,
    ExpertAsk,
    begins_quarter,
)
from services.community.handlers.expertise import (
    agree_as_expert,
    ask_expert,
    decline_as_expert,
    forget_asks,
    join_experts,
    stop_as_expert,
)
from services.community.handlers.gatherings import cancel_gathering, change_gathering
from services.community.handlers.leaving import keep_who_is_there
from services.community.schedule import TIMERS
from shared.events.base import Event, Role
from shared.events.community import CancelReason
from shared.events.programme import ExpertAsked, ExpertMoved, ExpertRevoked, NoExpertFound
from shared.messaging.timers import TimerLoop
from tests.parts.city import a_city
from tests.parts.people import listed, member
from tests.unit.community.world import EVENING, Community, an_id, announced, later

THANKS = {"thanks": "€ 50, en je reis"}


async def joined(community: Community, *names: str) -> None:
    async with community.units.begin() as unit:
        for name in names:
            await unit.members.save(member(an_id(name), an_id("desk"), Role.MEMBER))
            await join_experts(an_id(name), unit, None)


async def asked(community: Community, gathering_id: UUID) -> int:
    """The answer of the desk's form."""
    async with community.visitor(Role.COORDINATOR) as desk:
        return (await desk.post(f"/bijeenkomsten/{gathering_id}/ervaring", data=THANKS)).status_code


def told(community: Community, kind: type[Event]) -> list[Event]:
    return [one for one in community.published() if type(one) is kind]


def people(community: Community) -> list[UUID]:
    return [one.person_id for one in told(community, ExpertAsked) if isinstance(one, ExpertAsked)]


async def test_who_was_asked_longest_ago_is_asked_and_nobody_more_than_twice_in_a_quarter() -> None:
    community = Community()
    await joined(community, "a", "b", "c")
    replies = [await asked(community, await announced(community.units, later(EVENING, day))) for day in range(7)]

    assert replies == [303] * 6 + [409]
    first = people(community)
    assert sorted(first[:3]) == sorted(first[3:]) == sorted(an_id(one) for one in "abc")
    # The next quarter, all may be asked again.
    community.clock.forward(timedelta(days=25))
    assert await asked(community, await announced(community.units, later(EVENING, 3))) == 303


async def test_no_asks_the_next_one_and_the_desk_never_sees_it() -> None:
    community = Community()
    await joined(community, "a", "b")
    gathering_id = await announced(community.units)
    await asked(community, gathering_id)
    for _ in range(2):
        (ask,) = [one for one in await asks_of(community) if one.state is AskState.ASKED]
        async with community.units.begin() as unit:
            await decline_as_expert(ask.id, ask.person_id, unit)

    assert sorted(people(community)) == sorted([an_id("a"), an_id("b")])
    assert len(told(community, NoExpertFound)) == 1
    async with community.visitor(Role.COORDINATOR) as desk:
        page = (await desk.get(f"/bijeenkomsten/{gathering_id}/ervaring")).text
    assert "Nog niemand zei ja" in page
    assert not any(str(an_id(one)) in page for one in "ab")


async def test_somebody_joins_is_asked_comes_and_is_thanked_on_pages() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    page, mine = f"/bijeenkomsten/{gathering_id}/ervaring", "/bijeenkomsten/ervaring"
    async with community.units.begin() as unit:
        await unit.members.save(member(an_id(Role.MEMBER), an_id("desk"), Role.MEMBER))
    async with community.visitor(Role.MEMBER) as expert, community.visitor(Role.COORDINATOR) as desk:
        assert "hooguit 2 keer in drie maanden" in (await expert.get(mine)).text
        assert (await desk.post(page, data=THANKS)).status_code == 409
        await expert.post(mine, data={"choice": "join"})
        assert (await desk.post(page, data={"thanks": ""})).status_code == 400
        assert (await expert.post(page, data=THANKS)).status_code == 403
        assert (await desk.post(page, data=THANKS)).status_code == 303
        assert "1 persoon is gevraagd" in (await desk.get(page)).text
        assert THANKS["thanks"] in (await expert.get(mine)).text
        (ask,) = await asks_of(community)
        assert (await desk.post(f"{mine}/{ask.id}", data={"choice": "agree"})).status_code == 404
        assert (await expert.post(f"{mine}/{ask.id}", data={"choice": "agree"})).status_code == 303
        assert "zei ja" in (await desk.get(page)).text
    community.moves_to(EVENING.ends_at)
    async with community.visitor(Role.MEMBER) as expert, community.visitor(Role.COORDINATOR) as desk:
        assert "Dit is geregeld" in (await desk.get(page)).text
        assert (await desk.post(f"{mine}/{ask.id}/geregeld")).status_code == 303
        assert "geregeld op" in (await desk.get(page)).text
        assert (await expert.post(mine, data={"choice": "pause"})).status_code == 400
        assert (await expert.post(mine, data={"choice": "pause", "until": "1-12-2026"})).status_code == 303
        assert "rust tot en met 1 december 2026" in (await expert.get(mine)).text
        await expert.post(mine, data={"choice": "stop"})
        assert "Ja, vraag me om de beurt" in (await expert.get(mine)).text


async def test_silence_asks_the_next_one_and_what_is_over_is_forgotten() -> None:
    community = Community()
    await joined(community, "a", "b")
    gathering_id = await announced(community.units)
    await asked(community, gathering_id)
    community.clock.forward(EXPERT_ANSWERS_WITHIN)
    await TimerLoop(community.units, TIMERS).fire_due()
    second = next(one for one in await asks_of(community) if one.state is AskState.ASKED)
    async with community.units.begin() as unit:
        await agree_as_expert(second.id, second.person_id, unit)
    community.clock.forward(timedelta(weeks=26))
    async with community.units.begin() as unit:
        await forget_asks(unit)

    assert [one.id for one in await asks_of(community)] == [second.id]


async def test_city_that_forgets_soon_asks_nobody_more_often_in_a_quarter() -> None:
    community = Community(a_city({"gatherings": {"kept_weeks": 1}}))
    await joined(community, "a")
    # All in the last quarter of the year.
    community.moves_to(later(EVENING, 0).starts_at)
    replies = []
    for days in (10, 20, 30):
        gathering_id = await announced(community.units, later(EVENING, days))
        replies.append(await asked(community, gathering_id))
        async with community.units.begin() as unit:
            for ask in await unit.expert_asks.list_of(gathering_id):
                await decline_as_expert(ask.id, ask.person_id, unit)
        community.clock.forward(timedelta(weeks=2))
        async with community.units.begin() as unit:
            await forget_asks(unit)

    assert replies == [303, 303, 409]


async def test_who_stops_is_forgotten_but_for_what_they_said_yes_to() -> None:
    community = Community()
    await joined(community, "a")
    await asked(community, await announced(community.units))
    async with community.units.begin() as unit:
        await stop_as_expert(an_id("a"), unit)

    assert community.units.tables.table("experts") == community.units.tables.table("expert_asks") == {}
    assert not [one for one in community.units.tables.table("timers") if str(one).startswith("expert:")]


async def test_experts_hear_that_it_moved_and_that_it_is_off() -> None:
    community = Community()
    await joined(community, "a", "b")
    gathering_id = await announced(community.units)
    for _ in range(2):
        async with community.units.begin() as unit:
            await ask_expert(gathering_id, "€ 50", unit)
    first = (await asks_of(community))[0]
    async with community.units.begin() as unit:
        await agree_as_expert(first.id, first.person_id, unit)
    async with community.units.begin() as unit:
        await change_gathering(ChangeGathering(gathering_id, later(EVENING, 1)), unit)
    async with community.units.begin() as unit:
        await cancel_gathering(gathering_id, CancelReason.OTHER, unit)

    assert [one.subject for one in told(community, ExpertMoved)] == [first.id]
    assert len(told(community, ExpertAsked)) == 3
    assert len(told(community, ExpertRevoked)) == 2
    assert not [one for one in community.units.tables.table("timers") if str(one).startswith("expert:")]


def test_quarters_begin_in_january_april_july_and_october() -> None:
    assert [begins_quarter(date(2026, month, 28)).month for month in range(1, 13)] == [1] * 3 + [4] * 3 + [7] * 3 + [
        10
    ] * 3


async def test_who_left_the_network_is_no_expert_any_more() -> None:
    community = Community()
    await joined(community, "a", "b")
    gathering_id = await announced(community.units)
    async with community.units.begin() as unit:
        await ask_expert(gathering_id, "€ 50", unit)
        ask = (await unit.expert_asks.list_all())[0]
        await agree_as_expert(ask.id, ask.person_id, unit)
    left = listed(ask.person_id, an_id("desk"), Role.MEMBER, at=community.now)
    async with community.units.begin() as unit:
        await keep_who_is_there(left.model_copy(update={"memberships": ()}), unit)

    other = {an_id("a"), an_id("b")} - {ask.person_id}
    assert community.units.tables.table("experts").keys() == other
    assert {one.person_id for one in await asks_of(community)} == other


async def asks_of(community: Community) -> list[ExpertAsk]:
    async with community.units.begin() as unit:
        return await unit.expert_asks.list_all()
