"""What experts by experience hear, and who takes their place when somebody is away, stops or leaves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.community.commands import ChangeGathering
from services.community.handlers.expertise import agree_as_expert, stop_as_expert
from services.community.handlers.gatherings import cancel_gathering, change_gathering
from services.community.handlers.leaving import keep_who_is_there
from services.community.schedule import TIMERS
from shared.events.base import Role
from shared.events.community import CancelReason
from shared.events.programme import ExpertReminderDue, NoExpertFound
from shared.messaging.timers import TimerLoop
from tests.parts.city import a_city
from tests.parts.people import listed, member
from tests.unit.community.test_expertise import asked, asks_of, joined, people, told
from tests.unit.community.test_hosts_calendar import letter
from tests.unit.community.world import DE_BOEI, EVENING, Community, an_id, announced, later


async def another_place(unit: Any) -> UUID:  # noqa: ANN401 - a unit of work on twins
    place = replace(DE_BOEI, id=an_id("shed"), name="De Schuur", address="Kade 2")
    await unit.places.save(place)
    return place.id


async def test_mails_to_experts_tell_what_when_and_where_while_they_are_about_something() -> None:
    community = Community()
    await joined(community, "a")
    gathering_id = await announced(community.units)
    await asked(community, gathering_id)
    (ask,) = await asks_of(community)
    told = (await letter(community, ask.id, "expert-asked"))["gathering"]
    assert (told["title"], told["place"]) == (EVENING.title, "Buurthuis De Boei, Havenstraat 1")
    async with community.units.begin() as unit:
        await agree_as_expert(ask.id, ask.person_id, unit)
        await change_gathering(
            ChangeGathering(gathering_id, replace(EVENING, place_id=await another_place(unit))), unit
        )
    assert (await letter(community, ask.id, "expert-asked"))["state"] == "no-longer-needed"
    moved = await letter(community, ask.id, "expert-moved")
    assert moved["gathering"]["place"] == "De Schuur, Kade 2"
    async with community.units.begin() as unit:
        await cancel_gathering(gathering_id, CancelReason.ILLNESS, unit)
    assert (await letter(community, ask.id, "expert-moved"))["state"] == "no-longer-needed"
    assert (await letter(community, ask.id, "expert-called-off"))["gathering"]["reason"]


async def test_whoever_is_away_is_not_asked() -> None:
    community = Community()
    await joined(community, "a")
    today = a_city().day_of(community.now)
    async with community.units.begin() as unit:
        away = member(an_id("a"), an_id("desk"), Role.MEMBER)
        await unit.members.save(replace(away, away_until=today))
    gathering_id = await announced(community.units)

    assert await asked(community, gathering_id) == 409
    community.clock.forward(timedelta(days=1))
    assert await asked(community, gathering_id) == 303


async def test_only_whoever_said_yes_is_reminded_a_week_and_a_day_before() -> None:
    community = Community()
    await joined(community, "a", "b")
    gathering_id = await announced(community.units)
    community.moves_to(later(EVENING, -9).starts_at)
    for _ in range(2):
        await asked(community, gathering_id)
    ask, other = await asks_of(community)
    async with community.units.begin() as unit:
        await agree_as_expert(ask.id, ask.person_id, unit)
    for days in (7, 1):
        community.moves_to(later(EVENING, -days).starts_at)
        await TimerLoop(community.units, TIMERS).fire_due()

    assert [(one.subject, getattr(one, "days", 0)) for one in told(community, ExpertReminderDue)] == [
        (ask.id, 7), (ask.id, 1),
    ]  # fmt: skip
    assert (await letter(community, ask.id, "expert-reminder"))["state"] == "deliver"
    assert (await letter(community, other.id, "expert-reminder"))["state"] == "no-longer-needed"


async def test_whoever_stops_or_leaves_while_asked_makes_place_for_the_next_one() -> None:
    community = Community()
    await joined(community, "a", "b", "c")
    gathering_id = await announced(community.units)
    await asked(community, gathering_id)
    async with community.units.begin() as unit:
        await stop_as_expert(people(community)[-1], unit)
    assert len(people(community)) == 2
    gone = people(community)[-1]
    left = listed(gone, an_id("desk"), Role.MEMBER, at=community.now).model_copy(update={"memberships": ()})
    async with community.units.begin() as unit:
        await keep_who_is_there(left, unit)

    assert sorted(people(community)) == sorted(an_id(one) for one in "abc")
    assert [one.person_id for one in await asks_of(community)] == people(community)[-1:]
    async with community.units.begin() as unit:
        await stop_as_expert(people(community)[-1], unit)
    assert len(told(community, NoExpertFound)) == 1
