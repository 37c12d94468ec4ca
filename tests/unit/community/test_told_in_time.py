"""Who was invited hears what becomes of the gathering; who is away is not asked; nobody is asked twice for one."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.community.commands import ChangeGathering
from services.community.handlers.expertise import decline_as_expert, forget_asks
from services.community.handlers.gatherings import cancel_gathering, change_gathering
from services.community.handlers.invitations import invite
from services.community.handlers.leaving import keep_who_is_there
from services.community.handlers.participants import answer_for_access
from services.community.schedule import TIMERS
from shared.events.base import Role
from shared.events.community import (
    AccessContactRemoved,
    CancelReason,
    InvitationMoved,
    InvitationReminderDue,
    InvitationRevoked,
    NoHostFound,
)
from shared.messaging.timers import TimerLoop
from tests.parts.people import listed, member
from tests.unit.community import test_expertise
from tests.unit.community.test_hosting import PEOPLE, asked, joined, told
from tests.unit.community.test_hosts_calendar import letter
from tests.unit.community.test_invitations import link_of
from tests.unit.community.world import EVENING, Community, an_id, announced, later

GUEST = an_id("guest")


async def an_invitation(community: Community) -> tuple[UUID, UUID]:
    gathering_id = await announced(community.units)
    async with community.units.begin() as unit:
        await unit.members.save(member(GUEST, an_id("desk"), Role.MEMBER))
        await invite(gathering_id, [GUEST], unit)
        (invitation,) = await unit.invitations.list_of(gathering_id)
    return gathering_id, invitation.id


async def moved(community: Community, gathering_id: UUID, days: int) -> None:
    async with community.units.begin() as unit:
        await change_gathering(ChangeGathering(gathering_id, later(EVENING, days)), unit)


async def called_off(community: Community, gathering_id: UUID) -> None:
    async with community.units.begin() as unit:
        await cancel_gathering(gathering_id, CancelReason.WEATHER, unit)


async def test_who_did_not_answer_hears_that_it_moved_and_is_asked_again_in_time() -> None:
    community = Community()
    gathering_id, invitation_id = await an_invitation(community)
    await moved(community, gathering_id, -26)

    assert [one.subject for one in told(community, InvitationMoved)] == [invitation_id]
    answer = await letter(community, invitation_id, "invited-moved")
    assert answer["state"] == "deliver"
    assert "/uitnodiging/" in answer["link"]
    community.clock.forward(timedelta(days=3))
    await TimerLoop(community.units, TIMERS).fire_due()
    assert len(told(community, InvitationReminderDue)) == 1


async def test_who_did_not_answer_hears_that_it_is_off_and_nothing_more() -> None:
    community = Community()
    gathering_id, invitation_id = await an_invitation(community)
    await called_off(community, gathering_id)

    assert [one.subject for one in told(community, InvitationRevoked)] == [invitation_id]
    answer = await letter(community, invitation_id, "invited-called-off")
    assert answer["gathering"]["reason"] == "Het weer laat het niet toe."
    assert answer["link"] is None
    assert not [one for one in community.units.tables.table("timers") if str(one).startswith("invitation:")]


async def test_who_said_no_hears_nothing_of_it() -> None:
    community = Community()
    gathering_id, _ = await an_invitation(community)
    page = await link_of(community, gathering_id, GUEST)
    async with community.visitor() as guest:
        await guest.post(page, data={"choice": "no"})
    await moved(community, gathering_id, 7)
    await called_off(community, gathering_id)
    assert told(community, InvitationMoved) == told(community, InvitationRevoked) == []


@pytest.mark.parametrize("days", [0, 30])
async def test_who_is_away_now_or_on_the_day_is_not_asked_to_host(days: int) -> None:
    community = Community()
    away = next(iter(PEOPLE))
    await joined(community, {away: PEOPLE[away]})
    gathering_id = await announced(community.units)
    async with community.units.begin() as unit:
        day = unit.city.day_of(unit.now + timedelta(days=days))
        known = member(away, PEOPLE[away], Role.PARTNER)
        await unit.members.save(replace(known, deputy_id=an_id("deputy"), away_from=day, away_until=day))
    assert await asked(community, gathering_id) == []
    assert len(told(community, NoHostFound)) == 1


async def test_expert_is_not_asked_twice_for_one_gathering_however_far_ahead() -> None:
    community = Community()
    await test_expertise.joined(community, "a")
    gathering_id = await announced(community.units, later(EVENING, 300))
    assert await test_expertise.asked(community, gathering_id) == 303
    async with community.units.begin() as unit:
        (ask,) = await unit.expert_asks.list_of(gathering_id)
        await decline_as_expert(ask.id, ask.person_id, unit)
    community.clock.forward(timedelta(days=200))
    async with community.units.begin() as unit:
        await forget_asks(unit)
    assert await test_expertise.asked(community, gathering_id) == 409
    community.clock.forward(timedelta(days=140))
    async with community.units.begin() as unit:
        await forget_asks(unit)
    assert community.units.tables.table("expert_asks") == {}


async def test_desk_hears_when_whoever_answers_for_access_leaves() -> None:
    community = Community()
    gathering_id, over = await announced(community.units), await announced(community.units, later(EVENING, -29))
    for one in (gathering_id, over):
        async with community.units.begin() as unit:
            await answer_for_access(one, GUEST, unit)
    community.clock.forward(timedelta(days=2))
    left = listed(GUEST, an_id("desk"), Role.COORDINATOR, at=community.now).model_copy(update={"memberships": ()})
    async with community.units.begin() as unit:
        await keep_who_is_there(left, unit)

    assert [one.subject for one in told(community, AccessContactRemoved)] == [gathering_id]
    async with community.units.begin() as unit:
        kept = [await unit.gatherings.read(one) for one in (gathering_id, over)]
    assert [one.contact_person_id for one in kept if one] == [None, None]
    async with community.visitor(Role.COORDINATOR) as desk:
        assert "Ik ga hierover" in (await desk.get(f"/bijeenkomsten/{gathering_id}/deelnemers")).text
