"""Somebody sees how much they have in hand and nobody else does; a colleague asks how it goes; thanks are sent."""

from uuid import UUID

import pytest

from services.community.handlers.check_ins import ask_to_check_in
from services.community.handlers.leaving import keep_who_is_there
from shared.access.members import Member
from shared.events.base import Role
from shared.events.care import CheckInAsked, LoadLimitReached, PersonThanked
from shared.events.http import KnownPerson
from shared.events.in_hand import CheckInDue
from tests.parts.city import a_city
from tests.parts.people import listed, member
from tests.unit.community.test_load import has
from tests.unit.community.world import Community, an_id

NOOR, SAM = an_id("noor"), an_id("sam")
REGIE = an_id("coordinator")
PAGE, THANKS = "/gezichten/drukte", "/gezichten/bedankt"


async def a_community(*, deputy: UUID | None = SAM, deputy_away: bool = False) -> Community:
    community = Community()
    today = a_city().day_of(community.now)
    async with community.units.begin() as unit:
        helper = member(NOOR, an_id("desk"), Role.AMBASSADOR)
        await unit.members.save(Member(NOOR, helper.memberships, deputy_id=deputy))
        other = member(SAM, an_id("desk"), Role.AMBASSADOR)
        await unit.members.save(Member(SAM, other.memberships, away_until=today if deputy_away else None))
        await unit.members.save(member(REGIE, an_id("desk"), Role.COORDINATOR))
    for person, name in ((NOOR, "Noor Verzonnen"), (SAM, "Sam Verzonnen")):
        community.people.people[person] = KnownPerson(person_id=person, name=name)
        community.people.addresses[f"{name.split()[0].lower()}@school.example"] = person
    return community


async def due(community: Community) -> list[UUID | None]:
    """Whom it is asked of."""
    async with community.units.begin() as unit:
        await ask_to_check_in(CheckInDue(subject=NOOR, occurred_at=community.now), unit)
    return [one.asked_id for one in community.published() if isinstance(one, CheckInAsked)]


async def test_somebody_sets_their_own_limit_and_rest() -> None:
    community = await a_community()
    await has(community, 3)
    async with community.visitor(Role.AMBASSADOR, NOOR) as visitor:
        assert "3 gezinnen" in (await visitor.get(PAGE)).text
        reply = await visitor.post(PAGE, data={"limit": "3", "pausedUntil": ""})
        assert reply.status_code == 303
        assert "genoeg te doen" in (await visitor.get(PAGE)).text
        assert (await visitor.post(PAGE, data={"limit": "0"})).status_code == 400
        await visitor.post(PAGE, data={"limit": "9", "pausedUntil": "10-09-2026"})
        assert "Je hebt rust tot en met 10 september 2026" in (await visitor.get(PAGE)).text
    assert [one.subject for one in community.published() if isinstance(one, LoadLimitReached)] == [NOOR]


async def test_desk_sees_by_name_who_has_enough_and_not_how_much() -> None:
    community = await a_community()
    await has(community, 77)
    await has(community, 1, person=SAM)
    async with community.visitor(Role.COORDINATOR, REGIE) as desk:
        page = (await desk.get(f"{PAGE}/netwerk")).text
    assert "Noor Verzonnen" in page
    assert "Sam Verzonnen" not in page
    assert "77" not in page
    async with community.visitor(Role.AMBASSADOR, SAM) as visitor:
        assert (await visitor.get(f"{PAGE}/netwerk")).status_code == 403
        assert "77" not in (await visitor.get(PAGE)).text


async def test_who_stands_in_asks_how_it_goes_and_nobody_else_can() -> None:
    community = await a_community()
    assert await due(community) == [SAM]
    tick = f"{PAGE}/gevraagd/{NOOR}"
    for role, whose in ((Role.AMBASSADOR, NOOR), (Role.COORDINATOR, REGIE), (Role.AMBASSADOR, an_id("other"))):
        async with community.visitor(role, whose) as visitor:
            assert "Noor Verzonnen" not in (await visitor.get(PAGE)).text
            assert (await visitor.post(tick)).status_code == 404
    async with community.visitor(Role.AMBASSADOR, SAM) as visitor:
        assert "Noor Verzonnen" in (await visitor.get(PAGE)).text
        assert (await visitor.post(tick)).status_code == 303
        assert "Noor Verzonnen" not in (await visitor.get(PAGE)).text


@pytest.mark.parametrize("why", ["nobody stands in", "away", "full"])
async def test_desk_asks_when_nobody_who_stands_in_can(why: str) -> None:
    community = await a_community(deputy=None if why == "nobody stands in" else SAM, deputy_away=why == "away")
    if why == "full":
        await has(community, 5, person=SAM)
    assert await due(community) == [None]
    async with community.visitor(Role.COORDINATOR, REGIE) as desk:
        assert "Noor Verzonnen" in (await desk.get(PAGE)).text
        assert (await desk.post(f"{PAGE}/gevraagd/{NOOR}")).status_code == 303


async def test_somebody_asks_for_an_ear_once() -> None:
    community = await a_community()
    async with community.visitor(Role.AMBASSADOR, NOOR) as visitor:
        for _ in range(2):
            assert (await visitor.post(f"{PAGE}/oor")).status_code == 303
    assert [one.asked_id for one in community.published() if isinstance(one, CheckInAsked)] == [SAM]


async def test_what_who_leaves_would_ask_the_desk_does() -> None:
    community = await a_community()
    await due(community)
    async with community.units.begin() as unit:
        await keep_who_is_there(listed(SAM, an_id("desk"), Role.AMBASSADOR, at=community.now, active=False), unit)
        assert [one.person_id for one in await unit.care.check_ins.list_for(None)] == [NOOR]


async def test_thanks_reach_who_is_thanked_and_nobody_else_reads_them() -> None:
    community = await a_community()
    async with community.visitor(Role.AMBASSADOR, SAM) as visitor:
        told = {"address": "noor@school.example", "kind": "listening", "form": "word"}
        assert (await visitor.post(THANKS, data=told)).status_code == 303
        assert "Luisteren, door" not in (await visitor.get(THANKS)).text
        for wrong in ("sam@school.example", "nobody@school.example"):
            assert (await visitor.post(THANKS, data={**told, "address": wrong})).status_code == 400
    assert [one.subject for one in community.published() if isinstance(one, PersonThanked)] == [NOOR]
    async with community.visitor(Role.AMBASSADOR, NOOR) as visitor:
        assert "Luisteren, door Sam Verzonnen" in (await visitor.get(THANKS)).text


async def test_desk_reads_who_helped_often_without_thanks_and_no_number() -> None:
    community = await a_community()
    async with community.units.begin() as unit:
        for _ in range(7):
            await unit.care.thanks.count_help([NOOR])
        await unit.care.thanks.count_help([SAM])
    async with community.visitor(Role.COORDINATOR, REGIE) as desk:
        page = (await desk.get(THANKS)).text
        assert "Noor Verzonnen" in page
        assert "Sam Verzonnen" not in page
        assert "7" not in page.split("nog niet bedankt")[1].split("</ul>")[0]
        await desk.post(THANKS, data={"address": "noor@school.example", "kind": "family", "form": "fee"})
        assert "Iedereen is bedankt" in (await desk.get(THANKS)).text
    async with community.visitor(Role.AMBASSADOR, SAM) as visitor:
        assert "nog niet bedankt" not in (await visitor.get(THANKS)).text
