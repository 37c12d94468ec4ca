"""Who follows themes of gatherings, on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

from services.community.domain.following import Follower
from services.community.ports import CommunityUnit
from shared.unit_of_work import Units
from tests.integration.community.conftest import a_gathering
from tests.unit.community.world import TUESDAY, an_id

NOOR = "noor@school.example"
HOUR = timedelta(hours=1)


async def test_followers_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    person = Follower(an_id("person"), TUESDAY, an_id("who"), frozenset({"home", "money"}), confirmed_at=TUESDAY)
    address = Follower(an_id("address"), TUESDAY, wanted=frozenset({"money"}))
    async with units.begin() as unit:
        digest = unit.sign_ups.digest_of(an_id("all"), NOOR)
        assert await unit.followers.add(replace(person, themes=frozenset()))
        assert await unit.followers.add(address, NOOR, digest)
        assert not await unit.followers.add(replace(person, id=an_id("again")))
        assert not await unit.followers.add(replace(address, id=an_id("again")), NOOR, digest)
        await unit.followers.save(person)

    async with units.begin() as unit:
        assert await unit.followers.get(person.id) == await unit.followers.find_of_person(an_id("who")) == person
        assert await unit.followers.read(address.id) == await unit.followers.find_of_address(digest) == address
        assert await unit.followers.open_each([person.id, address.id]) == {address.id: NOOR}
        assert await unit.followers.list_of({"money", "school"}) == [person]
        assert await unit.followers.list_of({"school"}) == await unit.followers.list_of(()) == []


async def test_addresses_are_forgotten_in_time_and_persons_are_not(units: Units[CommunityUnit]) -> None:
    confirmed = Follower(an_id("confirmed"), TUESDAY - HOUR, confirmed_at=TUESDAY)
    asked = Follower(an_id("asked"), TUESDAY)
    async with units.begin() as unit:
        for one in (confirmed, asked):
            assert await unit.followers.add(one, NOOR, one.id.bytes)
        assert await unit.followers.add(Follower(an_id("person"), TUESDAY, an_id("who"), confirmed_at=TUESDAY))
        assert await unit.followers.list_over(TUESDAY, TUESDAY, 9) == []
        assert await unit.followers.list_over(TUESDAY + HOUR, TUESDAY, 9) == [asked.id]
        assert await unit.followers.list_over(TUESDAY, TUESDAY + HOUR, 9) == [confirmed.id]
        await unit.followers.remove([asked.id])
        assert await unit.followers.read(asked.id) is await unit.followers.find_of_address(asked.id.bytes) is None
        assert await unit.followers.open_each([asked.id, confirmed.id]) == {confirmed.id: NOOR}


async def test_gathering_comes_back_with_its_themes(units: Units[CommunityUnit]) -> None:
    gathering = a_gathering("one")
    gathering.themes, gathering.contact_person_id = frozenset({"home", "money"}), an_id("who")
    async with units.begin() as unit:
        await unit.gatherings.save(gathering)
        assert await unit.gatherings.read(gathering.id) == gathering
        assert await unit.gatherings.list_with_contact(an_id("who")) == [gathering.id]
