"""What is put right for a whole family waits while one of its children stands still for safety."""

from dataclasses import replace

from services.intake.handlers.safety import let_go_on, press
from tests.unit.intake.builders import COORDINATOR, ROOS, STRANGER, said
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_correcting import corrects, told_since
from tests.unit.intake.test_household import facts_of, second


async def test_while_a_child_at_another_school_stands_still_nothing_of_its_family_is_told(pages: Pages) -> None:
    sibling = await second(pages)
    async with pages.units.begin() as unit:
        other = await unit.cases.get(sibling)
        assert other
        other.opening = replace(other.opening, organisation_id=STRANGER.organisation_id)
        await unit.cases.save(other)
    await goes_on_alone(pages)
    before, known = len(said(pages.units)), await facts_of(pages, pages.case_id)
    reply = await corrects(pages, familyLanguage="ar", child__lastName="Bedacht")
    assert (reply.status_code, told_since(pages, before)) == (409, [])
    assert await facts_of(pages, pages.case_id) == known
    assert (await corrects(pages, child__lastName="Bedacht")).status_code == 303
    assert told_since(pages, before) == []


async def goes_on_alone(pages: Pages) -> None:
    """Of a child at another school another officer says whether it goes on."""
    async with pages.units.begin() as unit:
        await press(pages.case_id, unit, ROOS)
    for viewer in (ROOS, COORDINATOR):
        async with pages.units.begin() as unit:
            await let_go_on(pages.case_id, unit, viewer)
