"""Around going along: in time, afterwards, what comes back, who leaves, and what is forgotten."""

from datetime import timedelta

import pytest

from services.community.domain.company import CompanyState
from services.community.handlers.company import (
    ask_how_company_went,
    end_companion_ask,
    forget_company,
    remind_company,
)
from services.community.handlers.leaving import keep_who_is_there
from shared.events.base import Role
from shared.events.directory import PersonListed
from shared.events.swap import (
    CompanionAsked,
    CompanyCancelled,
    CompanyEnded,
    CompanyReminderDue,
)
from tests.parts.people import member
from tests.unit.community.going_along import (
    ANNA,
    BAS,
    BOOKER,
    BOOKING,
    OFFER,
    PAGE,
    a_network,
    agreed,
    books,
    facts,
    page,
    sends,
    stored,
    timers,
    told,
)
from tests.unit.community.world import SETTINGS, an_id


async def test_who_does_not_answer_in_time_is_passed() -> None:
    community = await a_network(ANNA, BAS)
    company_id = await books(community)
    first = facts(community)[-1].person_id
    (ends,) = timers(community)
    community.moves_to(ends.due_at)
    assert (await sends(community, first, f"/{company_id}", choice="agree")).status_code == 410
    async with community.units.begin() as unit:
        await end_companion_ask(ends, unit)
    assert told(community)[-1] == (CompanionAsked, BAS if first == ANNA else ANNA)


async def test_both_are_reminded_and_the_booker_says_how_it_went() -> None:
    community, company_id = await agreed()
    reminder, afterwards = timers(community)
    assert (await sends(community, BOOKER, f"/{company_id}", choice="well")).status_code == 409
    async with community.units.begin() as unit:
        await remind_company(reminder, unit)
        await ask_how_company_went(afterwards, unit)
    assert told(community)[-3:] == [(CompanyReminderDue, BOOKER), (CompanyReminderDue, ANNA), (CompanyEnded, BOOKER)]
    community.moves_to(afterwards.due_at)
    assert "Ging het goed?" in await page(community, BOOKER)
    assert (await sends(community, ANNA, f"/{company_id}", choice="well")).status_code == 404
    assert (await sends(community, BOOKER, f"/{company_id}", choice="not-well")).status_code == 303
    assert (await stored(community, company_id)).went_well is False
    assert "Ging het goed?" not in await page(community, BOOKER)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"note": "Bel Fatima van tevoren."}, "“Fatima”"),
        ({"note": "Havenstraat 12 om tien uur."}, "“Havenstraat 12”"),
        ({"day": ""}, "Op welke dag?"),
        ({"language": "xx"}, "Kies wat klopt"),
    ],
)
async def test_booking_that_is_wrong_or_tells_of_somebody_comes_back(wrong: dict[str, str], says: str) -> None:
    community = await a_network(ANNA)
    reply = await sends(community, BOOKER, **{**BOOKING, **wrong})
    assert (reply.status_code, says in reply.text, told(community)) == (400, True, [])


@pytest.mark.parametrize("day", ["8-9-2026", "7-9-2027"])
async def test_day_is_ahead_and_within_half_a_year(day: str) -> None:
    community = await a_network(ANNA)
    assert (await sends(community, BOOKER, **{**BOOKING, "day": day})).status_code == 409


async def test_offer_that_is_incomplete_comes_back_and_what_was_offered_stands_there() -> None:
    community = await a_network(ANNA)
    reply = await sends(community, ANNA, "/aanbod", **{**OFFER, "languages": []})
    assert (reply.status_code, "Welke talen spreek je?" in reply.text) == (400, True)
    assert 'value="fr" checked' in await page(community, ANNA)
    assert (await sends(community, ANNA, f"/{an_id('none')}", choice="agree")).status_code == 404
    assert (await sends(community, ANNA, f"/{an_id('none')}", choice="perhaps")).status_code == 404


async def test_who_leaves_is_forgotten_and_another_one_is_asked() -> None:
    community, company_id = await agreed()
    async with community.units.begin() as unit:
        await unit.members.save(member(BAS, an_id("desk"), Role.MEMBER))
    await sends(community, BAS, "/aanbod", **OFFER)
    async with community.units.begin() as unit:
        left = PersonListed(subject=ANNA, occurred_at=community.now, memberships=(), active=False, epoch=1)
        await keep_who_is_there(left, unit)
    found = await stored(community, company_id)
    assert (found.state, found.person_id) == (CompanyState.ASKED, BAS)
    async with community.units.begin() as unit:
        assert await unit.companions.get(ANNA) is None
        assert {one.person_id for one in await unit.companions.list_asks()} == {BAS}
        gone = PersonListed(subject=BOOKER, occurred_at=community.now, memberships=(), active=False, epoch=1)
        await keep_who_is_there(gone, unit)
    assert told(community)[-1] == (CompanyCancelled, BAS)
    async with community.units.begin() as unit:
        assert await unit.companies.read(company_id) is None


async def test_bookings_go_after_the_time_of_the_city() -> None:
    community, company_id = await agreed()
    weeks = SETTINGS.city.gatherings.kept_weeks
    community.moves_to(community.now + timedelta(weeks=weeks + 2))
    async with community.units.begin() as unit:
        await forget_company(unit)
        assert await unit.companies.read(company_id) is None
        assert await unit.companions.list_asks() == []


async def test_page_is_for_whoever_works_in_the_network() -> None:
    community = await a_network()
    async with community.visitor() as browser:
        assert (await browser.get(PAGE)).status_code == 303
    async with community.visitor(Role.TRUSTED_PERSON) as browser:
        assert (await browser.get(PAGE)).status_code == 403
