"""Whoever leaves the network is asked, reminded and remembered no more."""

from services.community.domain.hosting import TurnState
from services.community.domain.invitation import Invitation
from services.community.handlers.feeds import make_feed_of_person
from services.community.handlers.leaving import keep_who_is_there
from shared.events.base import Role
from shared.events.community import NoHostFound
from tests.parts.people import listed
from tests.unit.community.test_hosting import PEOPLE, asked, joined, told, turns_of
from tests.unit.community.world import Community, an_id, announced


async def test_who_left_goes_from_all_that_community_keeps_and_somebody_else_is_asked_to_host() -> None:
    community = Community()
    await joined(community, dict(list(PEOPLE.items())[:6]))
    gathering_id = await announced(community.units)
    leaver, other = await asked(community, gathering_id)
    async with community.units.begin() as unit:
        await make_feed_of_person(leaver.person_id, unit)
        await unit.invitations.save(Invitation(an_id("invitation"), gathering_id, leaver.person_id))
    left = listed(leaver.person_id, leaver.organisation_id, Role.PARTNER, at=community.now)
    async with community.units.begin() as unit:
        await keep_who_is_there(left.model_copy(update={"memberships": ()}), unit)

    async with community.units.begin() as unit:
        assert await unit.hosts.get(leaver.person_id) is None
        assert await unit.feeds.find_of_person(leaver.person_id) is None
        assert await unit.invitations.list_of(gathering_id) == []
        assert await unit.turns.list_of_person(leaver.person_id, frozenset(TurnState)) == []
    turns = await turns_of(community, gathering_id)
    assert len(turns) == 2
    assert other.id in {one.id for one in turns}
    assert leaver.person_id not in {one.person_id for one in turns}
    assert told(community, NoHostFound) == []


async def test_who_only_changes_roles_is_kept() -> None:
    community = Community()
    person, organisation = next(iter(PEOPLE.items()))
    await joined(community, {person: organisation})
    async with community.units.begin() as unit:
        await keep_who_is_there(listed(person, organisation, Role.MEMBER, at=community.now), unit)
    async with community.units.begin() as unit:
        assert await unit.hosts.get(person) is not None
