"""The network and its people are kept as they are given: the same on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.matching.domain.case import CaseFile
from services.matching.domain.contact import Contact, ContactState
from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.person_changes import KeptChange, PersonChange
from services.matching.domain.second_factor import SecondFactor
from services.matching.domain.sign_in import SignIn
from services.matching.ports import MatchingUnit
from services.matching.ports.people import PeopleQuery, Standing
from shared.events.base import AgeBand, Role
from shared.unit_of_work import Units
from tests.integration.matching.test_store import a_referral
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
        assert await unit.organisations.search(OrganisationQuery(per_page=10)) == ([owner], 1)
        assert await unit.organisations.search(OrganisationQuery(page=2, per_page=10)) == ([], 1)
        assert await unit.services.read(offer.id) == offer
        found = await unit.services.read_offer(offer.id)
        assert found is not None
        assert (found.service, found.organisation) == (offer, owner)
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


async def test_person_comes_back_with_everything(units: Units[MatchingUnit]) -> None:
    person = replace(
        contact("fietsbende"), kinds=("volunteer", "fund"), leaves_on=date(2026, 3, 9), version=4, epoch=2,
        deputy_id=named("kim"), away_from=date(2026, 3, 1), away_until=date(2026, 3, 5),
    )  # fmt: skip
    async with units.begin() as unit:
        await unit.people.save(person)

    async with units.begin() as unit:
        assert await unit.people.get(person.id) == person
        assert await unit.people.hold([person.id, named("nobody")]) == [person]


TODAY = date(2026, 3, 2)
LOOKED_FOR = {
    "text of a name": (PeopleQuery(TODAY, text="VAN FIETS"), ["fietsbende"]),
    "text of an organisation": (PeopleQuery(TODAY, text="rijwiel"), ["rijwielhulp"]),
    "a sign of a pattern": (PeopleQuery(TODAY, text="%"), []),
    "role": (PeopleQuery(TODAY, role=Role.COORDINATOR), []),
    "role of some": (PeopleQuery(TODAY, role=Role.PARTNER), ["fietsbende", "rijwielhulp", "zwembad"]),
    "away": (PeopleQuery(TODAY, standing=Standing.AWAY), ["rijwielhulp"]),
    "leaving": (PeopleQuery(TODAY, standing=Standing.LEAVING), ["zwembad"]),
    "without deputy": (PeopleQuery(TODAY, standing=Standing.WITHOUT_DEPUTY), ["rijwielhulp", "zwembad"]),
    "left": (PeopleQuery(TODAY, standing=Standing.LEFT), ["weg"]),
    "second page": (PeopleQuery(TODAY, page=2, per_page=2), ["zwembad"]),
}


@pytest.mark.parametrize("looked_for", LOOKED_FOR)
async def test_people_are_found_alike(units: Units[MatchingUnit], looked_for: str) -> None:
    query, found = LOOKED_FOR[looked_for]
    async with units.begin() as unit:
        for name in ("fietsbende", "rijwielhulp", "zwembad", "weg"):
            await unit.organisations.save(organisation(name))
        await unit.people.save(replace(contact("fietsbende"), deputy_id=named("kim")))
        await unit.people.save(replace(contact("rijwielhulp"), away_until=TODAY))
        await unit.people.save(replace(contact("zwembad"), leaves_on=date(2026, 3, 9), away_until=date(2026, 3, 1)))
        await unit.people.save(replace(contact("weg"), active=False))

    async with units.begin() as unit:
        people, total = await unit.people.list_page(query)

    assert [one.name for one in people] == [f"Contact van {name}" for name in found]
    assert total == (3 if looked_for == "second page" else len(found))


async def test_contacts_come_back_and_go_with_their_case(units: Units[MatchingUnit]) -> None:
    referral = a_referral("first", case_id=named("case"))
    new = Contact(named("eva"), named("fietsbende"), referral.id, "Eva", "eva@elders.example", "", named("ann"), NOON)
    refused = replace(new, id=named("bob")).settled(ContactState.REFUSED, by=named("lead"), at=NOON)
    async with units.begin() as unit:
        await unit.referrals.save(referral)
        for one in (new, refused):
            await unit.contacts.save(one)

    async with units.begin() as unit:
        assert await unit.contacts.get(new.id) == new
        assert await unit.contacts.list_by_ids([refused.id, named("nobody")]) == [refused]
        assert {one.id for one in await unit.contacts.list_of_referral(referral.id)} == {new.id, refused.id}
        assert await unit.contacts.list_new() == [new]
        assert await unit.contacts.list_new(named("rijwielhulp")) == []
        await unit.contacts.forget_case(named("case"))
        assert await unit.contacts.list_of_referral(referral.id) == []


async def test_what_hangs_on_somebody_is_found_alike(units: Units[MatchingUnit]) -> None:
    ann = contact("fietsbende")
    referral = a_referral("first", case_id=named("case"), contact_id=ann.id)
    case = CaseFile(named("case"), "AC34-DEFG", named("juf"), named("school"), "oost", AgeBand.CHILD, "nl")
    async with units.begin() as unit:
        await unit.organisations.save(organisation("fietsbende"))
        await unit.people.save(replace(ann, active=False))
        await unit.people.save(replace(contact("rijwielhulp"), leaves_on=TODAY))
        await unit.cases.save(case)
        await unit.referrals.save(referral)
        await unit.services.save(service("fietsbende"))

    async with units.begin() as unit:
        hanging = await unit.hangings.read_of(ann.id)
        assert [one.id for one in hanging.questions] == [referral.id]
        assert [one.name for one in hanging.services] == ["Aanbod van fietsbende"]
        assert [one.code for one in (await unit.hangings.read_of(named("juf"))).cases] == ["AC34-DEFG"]
        assert await unit.hangings.list_people(TODAY) == sorted([ann.id, contact("rijwielhulp").id])


async def test_changes_are_kept_newest_first(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        kept = [
            KeptChange(unit.ids.new(), named("juf"), change, NOON + timedelta(hours=hour), named("regie"), None)
            for hour, change in enumerate((PersonChange.ADDED, PersonChange.NAME, PersonChange.NAME))
        ]
        await unit.person_history.add(kept)

    async with units.begin() as unit:
        assert await unit.person_history.list_of(named("juf"), 2) == kept[:0:-1]
        assert await unit.person_history.read_last(named("juf"), PersonChange.NAME) == NOON + timedelta(hours=2)
        assert await unit.person_history.read_last(named("juf"), PersonChange.LEFT) is None


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


async def test_tries_of_a_second_factor_are_counted_over_all_attempts_of_a_day(units: Units[MatchingUnit]) -> None:
    mine = [SignIn(named(f"try {n}"), named("juf"), NOON, second_tries=n) for n in (2, 3)]
    older = SignIn(named("older"), named("juf"), NOON - timedelta(days=2), second_tries=5)
    other = SignIn(named("other"), named("meester"), NOON, second_tries=5)
    async with units.begin() as unit:
        for each in (*mine, older, other):
            await unit.sign_ins.save(each)
        assert await unit.sign_ins.count_second_tries(named("juf"), NOON - timedelta(days=1)) == 5
        assert await unit.sign_ins.count_second_tries(named("nobody"), NOON) == 0
