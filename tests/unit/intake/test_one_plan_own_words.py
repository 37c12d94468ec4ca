"""Two requests for one child with one plan: each family's own word stays its own, and comes back as it was."""

from uuid import UUID

import pytest

from services.intake.domain.left_out import unwanted
from services.intake.handlers.family_voice import leave_out, take_back_in
from tests.parts.keys import mark
from tests.unit.intake.builders import PARTNER, ROOS, STRANGER
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_door import card_of, family_of
from tests.unit.intake.twice import Twice, left_out


@pytest.fixture
async def twice() -> Twice:
    """Both talked with the family, and the second family would rather not have De Fietsbende."""
    twice = await Twice().asked()
    async with twice.units.begin() as unit:
        await unit.network.save_organisation(PARTNER, "De Fietsbende")
    await twice.talks(ROOS, twice.first, "bike", "clothing")
    await twice.talks(STRANGER, twice.second, "bike", "food")
    await says(twice, twice.second)
    return await twice.joined()


async def says(twice: Twice, case_id: UUID, *, after_all: bool = False) -> None:
    """What this family says on its own page."""
    async with twice.units.begin() as unit:
        await (take_back_in if after_all else leave_out)(case_id, PARTNER, unit)


async def test_no_family_reads_whom_the_other_would_rather_not_have(twice: Twice) -> None:
    assert left_out(twice, twice.first) == (mark(twice.first, PARTNER),)
    async with family_of(twice.pages, await card_of(twice.pages)) as family:
        page = (await family.get("/gezin/liever-niet")).text
    assert "Deze vragen wij niet" not in page
    assert page.count("De Fietsbende") == 1


async def test_what_a_family_says_as_well_stays_when_they_part(twice: Twice) -> None:
    await says(twice, twice.first)
    await twice.parts(ROOS, twice.first)
    assert left_out(twice, twice.first) == (mark(twice.first, PARTNER),)
    assert unwanted(await twice.case(twice.first)) == (PARTNER,)


async def test_after_all_of_one_family_changes_nothing_while_the_other_would_rather_not(twice: Twice) -> None:
    await says(twice, twice.first)
    await says(twice, twice.first, after_all=True)
    before = len(twice.units.tables.table("outbox"))
    for _ in range(3):
        await twice.looks()
    assert left_out(twice, twice.first) == (mark(twice.first, PARTNER),)
    assert len(twice.units.tables.table("outbox")) == before


async def test_after_all_of_who_said_it_is_so_for_both(twice: Twice) -> None:
    await says(twice, twice.second, after_all=True)
    await twice.looks()
    assert left_out(twice, twice.first) == left_out(twice, twice.second) == ()


async def test_inventory_keeps_whom_the_other_family_would_rather_not_have(twice: Twice) -> None:
    await twice.talks(ROOS, twice.first, "bike")
    assert left_out(twice, twice.first) == (mark(twice.first, PARTNER),)


async def test_family_reads_that_its_need_is_sought_also_when_the_other_request_does_that(twice: Twice) -> None:
    pages = Pages(twice.units, twice.second)
    async with family_of(pages, await card_of(pages, STRANGER)) as family:
        page = (await family.get("/gezin/pagina")).text
    assert "Eerst komt iets anders" not in page
    assert page.count("Wij zoeken iemand die kan helpen.") == 2
