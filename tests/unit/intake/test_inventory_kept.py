"""The inventory can be kept and gone on with later, and organisations to leave out are searched."""

from uuid import UUID

import pytest

from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.erasing import erase_case
from services.intake.handlers.inventory import complete_inventory
from shared.events.intake import NeedsAssessed
from tests.parts.keys import mark
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, PARTNER, ROOS, SCHOOL, inventory, need, said
from tests.unit.intake.pages import Pages

OTHER = UUID("00000000-0000-7000-8000-0000000000a9")
HALF = {"context": "Vader zoekt werk.", "needs.4.category": "sport", "go": "later"}


async def organisations_are_known(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        for each, name in ((PARTNER, "Fietsbank Één"), (OTHER, "Stichting Fiets en Meer"), (SCHOOL, "Fietsschool")):
            await unit.network.save_organisation(each, name)


async def test_inventory_that_was_kept_is_there_the_next_time_for_whoever_kept_it(pages: Pages) -> None:
    path = f"{pages.path}/inventarisatie"
    reply = await pages.sends(ROOS, path, HALF)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"{path}?bewaard=1")
    assert len(said(pages.units)) == 1
    assert "Er is nog niemand gevraagd." in (await pages.shows(ROOS, reply.headers["Location"])).text
    page = (await pages.shows(ROOS, path)).text
    assert "Vader zoekt werk.</textarea>" in page
    assert "Je gaat verder met wat je bewaarde" in page
    assert 'value="sport" selected' in page
    assert "Vader zoekt werk" not in (await pages.shows(COORDINATOR, path)).text
    listed = (await pages.shows(ROOS, "/aanvragen")).text
    assert f'href="{path}"' in listed
    assert "Nog niet verstuurd" in listed
    assert "Nog niet verstuurd" not in (await pages.shows(COLLEAGUE, "/aanvragen")).text


@pytest.mark.parametrize("end", ["erased", "withdrawn"])
async def test_nothing_is_kept_of_a_case_that_ended_in_another_window(pages: Pages, end: str) -> None:
    async with pages.units.begin() as unit:
        if end == "erased":
            await erase_case(pages.case_id, unit)
        else:
            await withdraw_case(pages.case_id, unit, ROOS)
    for page in ("inventarisatie", "nieuwe-vraag"):
        reply = await pages.sends(ROOS, f"{pages.path}/{page}", HALF)
        assert reply.status_code in {409, 410}
    assert not pages.units.tables.table("drafts")


async def test_what_was_kept_is_gone_once_the_inventory_is_made(pages: Pages) -> None:
    path = f"{pages.path}/inventarisatie"
    await pages.sends(ROOS, path, {**await pages.needs_as_shown(), **HALF})
    whole = {**await pages.needs_as_shown(), "discussedOn": "gisteren", "needs.4.urgency": "soon"}
    reply = await pages.sends(ROOS, path, {**whole, "go": "send"})
    assert reply.headers["Location"] == f"{pages.path}?gelukt=geinventariseerd"
    assert not pages.units.tables.table("drafts")


async def test_need_that_went_away_meanwhile_is_a_new_one_in_what_was_kept(pages: Pages) -> None:
    shown = await pages.needs_as_shown()
    await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**shown, "go": "later"})
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        await complete_inventory(inventory(case.id, [need("bike", id=case.needs[0].need_id)]), unit, COORDINATOR)
    again = await pages.needs_as_shown()
    assert "needs.1.id" not in again
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**again, "discussedOn": "9-3-2026"})
    assert reply.status_code == 303
    fact = said(pages.units)[-1]
    assert isinstance(fact, NeedsAssessed)
    assert [each.category for each in fact.needs] == ["bike", "clothing"]


async def test_nobody_keeps_an_inventory_of_a_family_that_is_not_theirs(pages: Pages) -> None:
    assert (await pages.sends(COLLEAGUE, f"{pages.path}/inventarisatie", HALF)).status_code == 403
    assert not pages.units.tables.table("drafts")


async def test_citizen_service_number_is_not_kept_with_an_inventory(pages: Pages) -> None:
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", {"context": "bsn 111222333", "go": "later"})
    assert reply.status_code == 400
    assert 'href="#veld-context"' in reply.text
    assert "#veld-discussedOn" not in reply.text
    assert not pages.units.tables.table("drafts")


async def test_organisation_is_found_by_a_part_of_its_name_chosen_and_taken_off(pages: Pages) -> None:
    await organisations_are_known(pages)
    path = f"{pages.path}/inventarisatie"
    fresh = (await pages.shows(ROOS, path)).text
    assert "Fietsbank" not in fresh
    search = {"context": "Vader zoekt werk.", "organisation": "FIETS een", "go": "search"}
    found = (await pages.sends(ROOS, path, search)).text
    assert ("Fietsbank Één" in found, "Fiets en Meer" in found) == (True, False)
    assert "Vader zoekt werk.</textarea>" in found
    assert "Nog niet goed" not in found
    more = {"organisation": "fiets", "go": "search", "excludedOrganisations": [str(PARTNER)]}
    both = (await pages.sends(ROOS, path, more)).text
    assert f'value="{PARTNER}" checked' in both
    assert f'value="{OTHER}">' in both
    # The school that asks helps already.
    assert "Fietsschool" not in both
    assert "Geen organisatie gevonden" in (await pages.sends(ROOS, path, {**search, "organisation": "zwem"})).text
    chosen = {**await pages.needs_as_shown(), "discussedOn": "9-3-2026", "excludedOrganisations": [str(OTHER)]}
    await pages.sends(ROOS, path, chosen)
    fact = said(pages.units)[-1]
    assert isinstance(fact, NeedsAssessed)
    assert fact.left_out == (mark(pages.case_id, OTHER),)
    assert f'value="{OTHER}" checked' in (await pages.shows(ROOS, path)).text


async def test_errors_of_an_inventory_stand_in_the_order_of_the_page(pages: Pages) -> None:
    wrong = {"context": "x" * 4001, "needs.0.category": "bike"}
    text = (await pages.sends(ROOS, f"{pages.path}/inventarisatie", wrong)).text
    places = [text.index(f'href="#veld-{field}"') for field in ("discussedOn", "context", "needs-0-urgency")]
    assert places == sorted(places)
