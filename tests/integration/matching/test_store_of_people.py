"""The network and its people are kept as they are given: the same on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta

from services.matching.domain.second_factor import SecondFactor
from services.matching.domain.sign_in import SignIn
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units
from tests.unit.matching.city import NOON, contact, named, organisation, service


async def test_network_comes_back_as_it_was_kept(units: Units[MatchingUnit]) -> None:
    owner = organisation("fietsbende", kind="volunteers", website="https://fietsbende.example", has_agreement=True)
    offer = service("fietsbende", districts=("oost",), languages=("ar", "nl"), minimum_age=4, capacity=3, walk_in=True)
    offer = replace(offer, full_until=date(2026, 3, 9))
    person = contact("fietsbende")
    async with units.begin() as unit:
        await unit.organisations.save(owner)
        await unit.services.save(offer)
        await unit.people.save(person)

    async with units.begin() as unit:
        assert await unit.organisations.read(owner.id) == owner
        assert await unit.organisations.list_page(1, 10) == ([owner], 1)
        assert await unit.organisations.list_page(2, 10) == ([], 1)
        assert await unit.services.read(offer.id) == offer
        found = await unit.services.read_offer(offer.id)
        assert found is not None
        assert (found.service, found.organisation) == (offer, owner)
        assert [item.service for item in await unit.services.list_for_category("bike")] == [offer]
        assert await unit.services.list_for_category("food") == []
        assert await unit.people.read(person.id) == person
        assert await unit.people.read_by_email("CONTACT@fietsbende.example ") == person
        assert await unit.people.read_by_email("nobody@fietsbende.example") is None
        assert await unit.people.list_by_ids([named("nobody"), person.id]) == [person]
        assert await unit.people.list_of_organisation(owner.id) == [person]


async def test_names_are_read_of_those_that_are_asked_for(units: Units[MatchingUnit]) -> None:
    owner, offer = organisation("fietsbende"), service("fietsbende")
    async with units.begin() as unit:
        await unit.organisations.save(owner)
        await unit.services.save(offer)

    async with units.begin() as unit:
        assert await unit.organisations.read_names({owner.id, named("nobody")}) == {owner.id: owner.name}
        assert await unit.services.read_names({offer.id}) == {offer.id: offer.name}


async def test_newcomer_is_kept_unless_somebody_has_the_address(units: Units[MatchingUnit]) -> None:
    first = contact("fietsbende")
    second = replace(first, id=named("second"), name="Iemand anders", email=first.email.upper())
    async with units.begin() as unit:
        assert await unit.people.add(first) == first
        assert await unit.people.add(second) == first
        assert await unit.people.add(replace(first, email="other@fietsbende.example")) == first

    async with units.begin() as unit:
        assert await unit.people.list_of_organisation(first.organisation_ids[0]) == [first]


async def test_inactive_people_are_not_listed(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.people.save(replace(contact("fietsbende"), active=False))
        assert await unit.people.list_of_organisation(named("fietsbende")) == []


async def test_new_sign_in_closes_those_of_the_same_person(units: Units[MatchingUnit]) -> None:
    mine, other = SignIn(named("1"), named("juf"), NOON), SignIn(named("2"), named("meester"), NOON)
    async with units.begin() as unit:
        await unit.sign_ins.save(mine)
        await unit.sign_ins.save(other)
        await unit.sign_ins.close_all_of(named("juf"))
        assert await unit.sign_ins.get(mine.id) == replace(mine, used=True)
        assert await unit.sign_ins.get(other.id) == other


async def test_sign_in_comes_back_and_is_forgotten_when_it_is_over(units: Units[MatchingUnit]) -> None:
    attempt = SignIn(named("sign-in"), named("juf"), NOON, tries=2)
    async with units.begin() as unit:
        await unit.sign_ins.save(attempt)
        assert await unit.sign_ins.get(attempt.id) == attempt
        assert await unit.sign_ins.forget(NOON) == 0
        assert await unit.sign_ins.forget(NOON + timedelta(seconds=1)) == 1
        assert await unit.sign_ins.get(attempt.id) is None


async def test_attempts_of_a_lane_are_found_the_newest_first(units: Units[MatchingUnit]) -> None:
    later, sooner = NOON + timedelta(minutes=9), NOON + timedelta(minutes=5)
    first = SignIn(named("first"), named("juf"), sooner, lane="a", digits=10, second_tries=2)
    shares = SignIn(named("shares"), None, later, lane="a", code_id=first.id)
    async with units.begin() as unit:
        for attempt in (first, shares, SignIn(named("other"), named("juf"), later, lane="b")):
            await unit.sign_ins.save(attempt)

    async with units.begin() as unit:
        assert await unit.sign_ins.list_of_lane("a", NOON, 20) == [shares, first]
        assert await unit.sign_ins.list_of_lane("a", NOON, 1) == [shares]
        assert await unit.sign_ins.list_of_lane("a", sooner, 20) == [shares]


async def test_second_factor_comes_back_and_is_taken_away(units: Units[MatchingUnit]) -> None:
    factor = SecondFactor(
        named("aisha"), b"a key", b"a seed", confirmed=True, last_step=59_000_000, recovery_hashes=("x",)
    )
    async with units.begin() as unit:
        await unit.second_factors.save(replace(factor, confirmed=False))
        await unit.second_factors.save(factor)
    async with units.begin() as unit:
        assert await unit.second_factors.get(factor.person_id) == factor
        assert await unit.second_factors.read(factor.person_id) == factor
        await unit.second_factors.remove(factor.person_id)
        assert await unit.second_factors.read(factor.person_id) is None
