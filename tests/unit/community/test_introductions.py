"""One organisation asks another to meet, without any case: names are shared after a yes only."""

from datetime import timedelta

import httpx

from services.community.domain.introduction import KEPT_FOR, MOST_MAILED, Introduction
from services.community.handlers.introductions import forget_introductions
from services.community.handlers.leaving import keep_who_is_there
from shared.events.acquaintance import IntroductionAccepted, IntroductionAsked, IntroductionDeclined, IntroductionFact
from shared.events.base import Role
from shared.events.directory import PersonListed
from shared.events.http import KnownPerson
from tests.parts.people import member
from tests.unit.community.test_hosting import told
from tests.unit.community.world import Community, an_id

PAGE = "/bijeenkomsten/kennismaken"
# Everybody in front of a page works at the desk's organisation: the asker as a partner, who is asked as a member.
OWN, OTHER = an_id("desk"), an_id("De Boei")
ASKER, ASKED = an_id(Role.PARTNER), an_id("asked 0")


async def a_network(people: int = 1) -> Community:
    community = Community()
    async with community.units.begin() as unit:
        for organisation, name in ((OWN, "De Linde"), (OTHER, "De Boei")):
            await unit.organisations.save(organisation, name, active=True)
        for number in range(people):
            await unit.members.save(member(an_id(f"asked {number}"), OTHER, Role.PARTNER))
        await unit.members.save(member(an_id("trusted"), OTHER, Role.TRUSTED_PERSON))
    for person, name in ((ASKER, "Noor Verzonnen"), (ASKED, "Bas Verzonnen")):
        community.people.people[person] = KnownPerson(person_id=person, name=name, phone="010 123 45 67")
    return community


async def asks(community: Community, **form: str) -> httpx.Response:
    async with community.visitor(Role.PARTNER) as partner:
        return await partner.post(PAGE, data={"organisation": str(OTHER)} | form)


async def page(community: Community) -> str:
    async with community.visitor(Role.PARTNER) as partner:
        return (await partner.get(PAGE)).text


def facts(community: Community, kind: type[IntroductionFact]) -> list[IntroductionFact]:
    return [one for one in told(community, kind) if isinstance(one, IntroductionFact)]


async def asked_of_us(community: Community) -> Introduction:
    """The other organisation asks the one that pages are seen from."""
    introduction = Introduction(an_id("introduction"), OTHER, OWN, ASKED, community.now)
    async with community.units.begin() as unit:
        await unit.introductions.add(introduction)
    return introduction


async def test_a_few_people_of_the_other_organisation_are_asked_once() -> None:
    community = await a_network(people=8)
    assert "De Boei" in await page(community)
    assert (await asks(community)).status_code == 303
    assert (await asks(community)).status_code == 409
    assert (await asks(community, organisation=str(OWN))).status_code == 404
    assert (await asks(community, organisation=str(an_id("nowhere")))).status_code == 404
    assert (await asks(community, organisation="")).status_code == 400

    found = facts(community, IntroductionAsked)
    assert len({one.person_id for one in found}) == len(found) == MOST_MAILED
    assert {one.organisation_id for one in found} == {OWN}
    assert an_id("trusted") not in {one.person_id for one in found}
    assert str(ASKER) not in str(found)


async def test_organisation_without_anybody_cannot_be_asked() -> None:
    assert (await asks(await a_network(people=0))).status_code == 409


async def test_names_are_shared_after_a_yes_and_not_before() -> None:
    community = await a_network()
    introduction = await asked_of_us(community)
    before = await page(community)
    assert ("Ja, graag: De Boei" in before, "Bas Verzonnen" in before) == (True, False)

    async with community.visitor(Role.PARTNER) as partner:
        path = f"{PAGE}/{introduction.id}"
        assert (await partner.post(path, data={"choice": "perhaps"})).status_code == 400
        assert facts(community, IntroductionAccepted) == []
        assert (await partner.post(path, data={"choice": "yes"})).status_code == 303
        assert (await partner.post(path, data={"choice": "not-now"})).status_code == 409
        assert (await partner.post(f"{PAGE}/{an_id('none')}", data={"choice": "yes"})).status_code == 404

    assert ("Bas Verzonnen" in await page(community), "010 123 45 67" in await page(community)) == (True, True)
    told_of = {(one.person_id, one.organisation_id) for one in facts(community, IntroductionAccepted)}
    assert told_of == {(ASKED, OWN), (ASKER, OTHER)}


async def test_not_now_is_told_to_who_asked_and_nobody_is_named() -> None:
    community = await a_network()
    introduction = await asked_of_us(community)
    async with community.visitor(Role.PARTNER) as partner:
        await partner.post(f"{PAGE}/{introduction.id}", data={"choice": "not-now"})

    (fact,) = facts(community, IntroductionDeclined)
    assert (fact.person_id, fact.organisation_id) == (ASKED, OWN)
    assert str(ASKER) not in fact.model_dump_json()
    assert "Bas Verzonnen" not in await page(community)
    async with community.units.begin() as unit:
        (kept,) = await unit.introductions.list_of(OWN)
    assert kept.answered_by is None


async def test_only_the_organisation_that_is_asked_answers() -> None:
    community = await a_network()
    await asks(community)
    async with community.units.begin() as unit:
        (found,) = await unit.introductions.list_of(OWN)
    async with community.visitor(Role.PARTNER) as partner:
        assert (await partner.post(f"{PAGE}/{found.id}", data={"choice": "yes"})).status_code == 404


async def test_requests_go_after_twelve_weeks_and_with_whoever_leaves() -> None:
    community = await a_network()
    await asks(community)
    async with community.units.begin() as unit:
        left = PersonListed(subject=ASKER, occurred_at=community.now, memberships=(), active=False, epoch=1)
        await keep_who_is_there(left, unit)
    async with community.units.begin() as unit:
        assert await unit.introductions.list_of(OWN) == []
    await asked_of_us(community)
    community.moves_to(community.now + KEPT_FOR + timedelta(hours=1))
    async with community.units.begin() as unit:
        await forget_introductions(unit)
    async with community.units.begin() as unit:
        assert await unit.introductions.list_of(OWN) == []
