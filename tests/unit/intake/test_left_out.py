"""Whom a family would rather not have: said on its own page, for all its children, told as marks, and kept for good."""

from uuid import UUID

import pytest

from services.intake.domain.consent import FieldSet
from services.intake.handlers.consents import give_consent, may_see, withdraw_consent
from services.intake.handlers.inventory import complete_inventory
from shared.events.family_voice import OrganisationsExcluded
from shared.events.intake import NeedsAssessed, RequestReceived, UrgentNeedRaised
from tests.parts.keys import mark
from tests.unit.intake.builders import DESK, PARTNER, ROOS, inventory, need, said
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_door import card_of, family_of
from tests.unit.intake.test_family_household import ended
from tests.unit.intake.test_family_voice import says
from tests.unit.intake.test_household import adds, answered_for_all, second


@pytest.fixture(autouse=True)
async def known(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await unit.network.save_organisation(PARTNER, "De Fietsbende")


async def left_out(pages: Pages, case_id: UUID) -> list[tuple[str, ...]]:
    """As it was told of this case, each time."""
    return [
        one.left_out for one in said(pages.units) if isinstance(one, OrganisationsExcluded) and one.subject == case_id
    ]


async def takes_inventory(pages: Pages, *unwanted: UUID) -> None:
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        known = [need(one.category, id=one.need_id) for one in case.needs]
        found = inventory(pages.case_id, known, excluded_organisations=unwanted)
        await complete_inventory(found, unit, ROOS)


async def test_family_says_it_before_there_was_an_inventory_and_no_fact_names_the_organisation(pages: Pages) -> None:
    assert (await says(pages, "liever-niet", organisationId=PARTNER)).status_code == 303

    assert await left_out(pages, pages.case_id) == [(mark(pages.case_id, PARTNER),)]
    assert not any(str(PARTNER) in one.model_dump_json() for one in said(pages.units))


async def test_what_the_family_said_itself_stays_after_the_next_inventory(pages: Pages) -> None:
    await says(pages, "liever-niet", organisationId=PARTNER)
    await takes_inventory(pages, DESK)
    await takes_inventory(pages)

    told = [set(one.left_out) for one in said(pages.units) if isinstance(one, NeedsAssessed)]
    own, of_inventory = mark(pages.case_id, PARTNER), mark(pages.case_id, DESK)
    assert told == [{own, of_inventory}, {own}]
    async with family_of(pages, await card_of(pages)) as family:
        assert "Deze vragen wij niet" in (await family.get("/gezin/liever-niet")).text


async def test_said_twice_is_told_once_and_of_the_inventory_not_again(pages: Pages) -> None:
    await takes_inventory(pages, PARTNER)
    await says(pages, "liever-niet", organisationId=PARTNER)
    await says(pages, "liever-niet", organisationId=DESK)
    await says(pages, "liever-niet", organisationId=DESK)

    assert len(await left_out(pages, pages.case_id)) == 1


async def test_organisation_that_the_family_left_out_itself_reads_nothing(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await give_consent(answered_for_all(pages.case_id, FieldSet.REACH), ROOS, unit)
        assert await may_see(pages.case_id, PARTNER, None, unit) == {FieldSet.REACH}
    await says(pages, "liever-niet", organisationId=PARTNER)

    async with pages.units.begin() as unit:
        assert await may_see(pages.case_id, PARTNER, None, unit) == frozenset()


async def test_another_child_has_whom_the_family_left_out_before_anybody_is_asked(pages: Pages) -> None:
    await takes_inventory(pages, DESK)
    await says(pages, "liever-niet", organisationId=PARTNER)
    reply = await adds(pages, **{"needs.0.urgency": "today", "familyKnows": "true"})
    case_id = UUID(reply.headers["Location"].split("/")[2].split("?")[0])

    told = [type(one) for one in said(pages.units) if one.subject == case_id]
    assert told == [RequestReceived, OrganisationsExcluded, UrgentNeedRaised]
    assert set((await left_out(pages, case_id))[0]) == {mark(case_id, PARTNER), mark(case_id, DESK)}


async def test_what_the_family_says_on_its_page_holds_for_all_the_children_on_it(pages: Pages) -> None:
    case_id = await second(pages)
    await says(pages, "liever-niet", organisationId=PARTNER)

    assert await left_out(pages, case_id) == [(mark(case_id, PARTNER),)]
    assert mark(case_id, PARTNER) != mark(pages.case_id, PARTNER)


async def test_organisation_that_is_on_no_map_is_not_left_out(pages: Pages) -> None:
    unknown = UUID(int=PARTNER.int + 1)
    await says(pages, "liever-niet", organisationId=unknown)
    assert await left_out(pages, pages.case_id) == []


async def test_family_has_it_after_all_for_all_its_children_whoever_said_that_it_would_not(pages: Pages) -> None:
    sibling = await second(pages)
    await takes_inventory(pages, PARTNER, DESK)
    await says(pages, "liever-niet", organisationId=PARTNER)
    async with family_of(pages, await card_of(pages)) as family:
        before = (await family.get("/gezin/liever-niet")).text
        assert (await family.post("/gezin/toch-goed", data={"organisationId": str(PARTNER)})).status_code == 303
        after = (await family.get("/gezin/liever-niet")).text
        assert (await family.post("/gezin/toch-goed", data={"organisationId": str(PARTNER)})).status_code == 303

    way_back, choice = f'name="organisationId" value="{PARTNER}"', f'<option value="{PARTNER}"'
    assert [way_back in before, choice in before, way_back in after, choice in after] == [True, False, False, True]
    assert (await left_out(pages, sibling)) == [(mark(sibling, PARTNER),), ()]
    assert (await left_out(pages, pages.case_id))[-1] == (mark(pages.case_id, DESK),)
    form = (await pages.shows(ROOS, f"{pages.path}/inventarisatie")).text
    assert f'value="{PARTNER}" checked' not in form


async def test_way_back_reads_in_arabic_without_a_word_of_the_city(pages: Pages) -> None:
    await says(pages, "liever-niet", organisationId=PARTNER)
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/liever-niet?leestaal=ar")).text
        reply = await family.post("/gezin/toch-goed?leestaal=ar", data={"organisationId": str(PARTNER)})
    assert "نعم، لا بأس بها" in page
    assert "مكتب Schakelpunt" in page
    assert "het Schakelpunt" not in page
    assert reply.headers["Location"].endswith("leestaal=ar")


async def test_organisation_that_the_family_stopped_with_has_no_way_back_there(pages: Pages) -> None:
    await says(pages, "liever-niet", organisationId=PARTNER)
    async with pages.units.begin() as unit:
        await withdraw_consent(pages.case_id, ROOS, PARTNER, unit)
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/liever-niet")).text
    assert "Jullie zijn met deze organisatie gestopt." in page
    assert "Ja, toch goed" not in page


async def test_after_all_from_a_page_of_before_changes_nothing_for_a_child_that_stopped_with_it(pages: Pages) -> None:
    sibling = await second(pages)
    await says(pages, "liever-niet", organisationId=PARTNER)
    async with pages.units.begin() as unit:
        await withdraw_consent(sibling, ROOS, PARTNER, unit)
    await says(pages, "toch-goed", organisationId=PARTNER)

    assert (await left_out(pages, pages.case_id))[-1] == ()
    assert (await left_out(pages, sibling))[-1] == (mark(sibling, PARTNER),)


async def test_when_one_child_stopped_with_it_the_page_of_that_child_still_has_it_back_for_the_others(
    pages: Pages,
) -> None:
    await second(pages)
    await says(pages, "liever-niet", organisationId=PARTNER)
    async with pages.units.begin() as unit:
        await withdraw_consent(pages.case_id, ROOS, PARTNER, unit)
    async with family_of(pages, await card_of(pages)) as family:
        before = (await family.get("/gezin/liever-niet")).text
        await family.post("/gezin/toch-goed", data={"organisationId": str(PARTNER)})
        after = (await family.get("/gezin/liever-niet")).text
    stopped = "Jullie zijn met deze organisatie gestopt."
    way_back = f'name="organisationId" value="{PARTNER}"'
    assert [way_back in before, stopped in before, way_back in after, stopped in after] == [True, False, False, True]


async def test_after_the_end_of_one_child_s_help_its_page_leaves_out_for_the_others(pages: Pages) -> None:
    sibling = await second(pages)
    await ended(pages, pages.case_id)
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/liever-niet")).text
    assert f'<option value="{PARTNER}"' in page
    await says(pages, "liever-niet", organisationId=PARTNER)
    assert await left_out(pages, sibling) == [(mark(sibling, PARTNER),)]
