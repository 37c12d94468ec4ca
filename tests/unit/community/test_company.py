"""Going along to an appointment, through the page: offered, booked, asked in turn, yes or no, told, and over."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from services.community.bootstrap import calendars_of
from services.community.domain.company import Company, CompanyState
from services.community.handlers.company import (
    ask_how_company_went,
    end_companion_ask,
    forget_company,
    remind_company,
)
from services.community.handlers.leaving import keep_who_is_there
from services.community.web.company_letters import company_letter
from shared.events.base import Role
from shared.events.directory import PersonListed
from shared.events.gathering_letters import (
    CalendarMethod,
    GatheringLetterAnswer,
    GatheringLetterQuestion,
    GatheringOccasion,
)
from shared.events.http import KnownPerson
from shared.events.swap import (
    CompanionAsked,
    CompanionWithdrew,
    CompanyAgreed,
    CompanyCancelled,
    CompanyFact,
    CompanyOver,
    CompanyReminderDue,
    NoCompanionFound,
)
from shared.unit_of_work import Timer
from tests.parts.people import member
from tests.unit.community.world import SETTINGS, Community, an_id

PAGE = "/gezichten/ga-mee"
BOOKER, ANNA, BAS = an_id("Noor"), an_id("Anna"), an_id("Bas")
# A Monday.
BOOKING = {
    "day": "14-09-2026", "part": "morning", "district": "noord", "language": "ar", "visit": "municipality",
    "note": "We spreken af bij de balie.",
}  # fmt: skip
OFFER: dict[str, list[str]] = {
    "languages": ["ar", "fr"], "districts": ["noord"], "days": ["1", "2"], "visits": ["municipality", "court"],
}  # fmt: skip


async def a_network(*people: UUID) -> Community:
    community = Community()
    async with community.units.begin() as unit:
        for one in (*people, BOOKER):
            await unit.members.save(member(one, an_id("desk"), Role.MEMBER))
    for one in people:
        assert (await sends(community, one, "/aanbod", **OFFER)).status_code == 303
    for one, name in ((ANNA, "Anna Verzonnen"), (BAS, "Bas Verzonnen"), (BOOKER, "Noor Verzonnen")):
        community.people.people[one] = KnownPerson(person_id=one, name=name, phone="010 123 45 67")
    return community


async def sends(community: Community, who: UUID, path: str = "", **form: str | list[str]) -> httpx.Response:
    async with community.visitor(Role.MEMBER, who) as browser:
        return await browser.post(PAGE + path, data=form)


async def page(community: Community, who: UUID) -> str:
    async with community.visitor(Role.MEMBER, who) as browser:
        return (await browser.get(PAGE)).text


async def books(community: Community, **other: str) -> UUID:
    assert (await sends(community, BOOKER, **{**BOOKING, **other})).status_code == 303
    return facts(community)[-1].subject


def facts(community: Community, *kinds: type[CompanyFact]) -> list[CompanyFact]:
    return [one for one in community.published() if isinstance(one, kinds or CompanyFact)]


def told(community: Community) -> list[tuple[type[CompanyFact], UUID]]:
    return [(type(one), one.person_id) for one in facts(community)]


async def stored(community: Community, company_id: UUID) -> Company:
    async with community.units.begin() as unit:
        found = await unit.companies.read(company_id)
    assert found is not None
    return found


async def letter(community: Community, company_id: UUID, occasion: GatheringOccasion) -> GatheringLetterAnswer:
    asked = GatheringLetterQuestion(about_id=company_id, occasion=occasion, reader="anna@huis.example")
    async with community.units.begin() as unit:
        return await company_letter(asked, calendars_of(SETTINGS), unit)


def timers(community: Community) -> Sequence[Timer]:
    return sorted((one for _, one in community.units.tables.table("timers").values()), key=lambda one: one.due_at)


async def agreed() -> tuple[Community, UUID]:
    community = await a_network(ANNA)
    company_id = await books(community)
    assert (await sends(community, ANNA, f"/{company_id}", choice="agree")).status_code == 303
    return community, company_id


async def test_volunteer_is_asked_says_yes_and_both_read_who_the_other_is() -> None:
    community = await a_network(ANNA)
    company_id = await books(community)
    assert told(community) == [(CompanionAsked, ANNA)]
    before = await page(community, ANNA)
    assert "Meegaan: gemeente, Arabisch" in before
    assert "We spreken af bij de balie." in before
    assert "Noor Verzonnen" not in before
    asked = await letter(community, company_id, GatheringOccasion.COMPANION_ASKED)
    assert (asked.state, asked.calendar) == ("deliver", "")
    assert asked.gathering is not None
    assert "Verzonnen" not in asked.model_dump_json()

    assert (await sends(community, ANNA, f"/{company_id}", choice="agree")).status_code == 303
    assert told(community)[1:] == [(CompanyAgreed, BOOKER), (CompanyAgreed, ANNA)]
    assert "Noor Verzonnen" in await page(community, ANNA)
    assert "Anna Verzonnen" in await page(community, BOOKER)
    confirmed = await letter(community, company_id, GatheringOccasion.COMPANY_AGREED)
    assert confirmed.calendar_method is CalendarMethod.REQUEST
    assert "SUMMARY:Meegaan: gemeente\\, Arabisch" in confirmed.calendar
    assert (await letter(community, company_id, GatheringOccasion.COMPANION_ASKED)).state == "no-longer-needed"


async def test_no_asks_the_next_one_and_the_last_no_tells_the_booker() -> None:
    community = await a_network(ANNA, BAS)
    company_id = await books(community)
    first = facts(community)[-1].person_id
    second = BAS if first == ANNA else ANNA
    assert (await sends(community, second, f"/{company_id}", choice="decline")).status_code == 404
    assert (await sends(community, first, f"/{company_id}", choice="decline")).status_code == 303
    assert (await sends(community, second, f"/{company_id}", choice="decline")).status_code == 303
    assert told(community) == [(CompanionAsked, first), (CompanionAsked, second), (NoCompanionFound, BOOKER)]
    assert "niemand gevonden" in await page(community, BOOKER)
    assert (await letter(community, company_id, GatheringOccasion.COMPANION_MISSING)).state == "deliver"


async def test_turns_are_fair_and_nobody_goes_along_twice_at_one_moment() -> None:
    community = await a_network(ANNA, BAS)
    await books(community)
    await books(community)
    await books(community)
    asked = [one.person_id for one in facts(community, CompanionAsked)]
    assert sorted(asked) == sorted([ANNA, BAS])
    assert told(community)[-1] == (NoCompanionFound, BOOKER)
    community.moves_to(community.now + timedelta(hours=1))
    await books(community, part="afternoon")
    await books(community, part="evening")
    later = [one.person_id for one in facts(community, CompanionAsked)][2:]
    assert sorted(later) == sorted([ANNA, BAS])


@pytest.mark.parametrize(
    "other",
    [
        {"language": "tr"}, {"district": "centrum"}, {"day": "18-09-2026"}, {"visit": "doctor"},
    ],
)  # fmt: skip
async def test_only_who_offered_it_is_asked(other: dict[str, str]) -> None:
    community = await a_network(ANNA)
    await books(community, **other)
    assert told(community) == [(NoCompanionFound, BOOKER)]


async def test_who_rests_is_at_the_limit_or_stopped_is_not_asked() -> None:
    community = await a_network(ANNA)
    await sends(community, ANNA, "/aanbod", **OFFER, until="31-12-2026")
    await books(community)
    await sends(community, ANNA, "/aanbod", **OFFER)
    async with community.units.begin() as unit:
        unit.limits.reach(ANNA)
    await books(community)
    await sends(community, ANNA, "/stoppen")
    await books(community)
    assert told(community) == [(NoCompanionFound, BOOKER)] * 3


async def test_who_said_yes_and_cannot_is_replaced_and_calendars_follow() -> None:
    community, company_id = await agreed()
    assert (await sends(community, ANNA, f"/{company_id}", choice="decline")).status_code == 303
    assert told(community)[-3:] == [(CompanionWithdrew, BOOKER), (CompanyCancelled, ANNA), (NoCompanionFound, BOOKER)]
    off = await letter(community, company_id, GatheringOccasion.COMPANY_CANCELLED)
    assert (off.calendar_method, "SEQUENCE:2" in off.calendar) == (CalendarMethod.CANCEL, True)
    assert not timers(community)


async def test_booker_cancels_and_who_was_asked_hears_it() -> None:
    community = await a_network(ANNA)
    company_id = await books(community)
    assert (await sends(community, ANNA, f"/{company_id}", choice="cancel")).status_code == 404
    assert (await sends(community, BOOKER, f"/{company_id}", choice="cancel")).status_code == 303
    assert (await sends(community, BOOKER, f"/{company_id}", choice="cancel")).status_code == 409
    assert told(community)[1:] == [(CompanyCancelled, ANNA)]
    off = await letter(community, company_id, GatheringOccasion.COMPANY_CANCELLED)
    assert (off.state, off.calendar) == ("deliver", "")
    assert (await sends(community, ANNA, f"/{company_id}", choice="agree")).status_code == 409


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
    assert told(community)[-3:] == [(CompanyReminderDue, BOOKER), (CompanyReminderDue, ANNA), (CompanyOver, BOOKER)]
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
    assert (await sends(community, ANNA, f"/{an_id('none')}", choice="perhaps")).status_code == 400


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
