"""Going along to an appointment, through the page: offered, booked, asked in turn, yes or no, told, and over."""

from datetime import timedelta

import pytest

from services.community.handlers.load import keep_families
from shared.events.gathering_letters import (
    CalendarMethod,
    GatheringOccasion,
)
from shared.events.in_hand import FamiliesInHandChanged
from shared.events.swap import (
    CompanionAsked,
    CompanionReleased,
    CompanyAgreed,
    CompanyCancelled,
    NoCompanionFound,
)
from tests.unit.community.going_along import (
    ANNA,
    BAS,
    BOOKER,
    OFFER,
    a_network,
    agreed,
    books,
    facts,
    letter,
    page,
    sends,
    timers,
    told,
)


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
        families = FamiliesInHandChanged(subject=ANNA, occurred_at=unit.now, families=5, heavy=0)
        await keep_families(families, unit)
    await books(community)
    await sends(community, ANNA, "/stoppen")
    await books(community)
    assert told(community) == [(NoCompanionFound, BOOKER)] * 3


async def test_who_said_yes_and_cannot_is_replaced_and_calendars_follow() -> None:
    community, company_id = await agreed()
    assert (await sends(community, ANNA, f"/{company_id}", choice="decline")).status_code == 303
    assert told(community)[-3:] == [(CompanionReleased, BOOKER), (CompanyCancelled, ANNA), (NoCompanionFound, BOOKER)]
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
