"""Two requests for one child with one plan, when one of them is closed, stands still, moves away or is erased."""

from uuid import UUID

import pytest

from services.intake.domain.erasure import Erasure, ErasureReason
from services.intake.handlers.cases import close_case
from services.intake.handlers.erasing import begin_erasing, erase_case
from services.intake.handlers.need_category import change_category
from services.intake.handlers.safety import let_go_on, press
from services.intake.handlers.secret_address import keep_secret
from shared.events.case_codes import CloseReason, NeedResult
from shared.events.intake import NeedsAssessed
from shared.events.same_child import PlansParted
from tests.unit.intake.builders import COORDINATOR, ROOS, STRANGER, closing, said
from tests.unit.intake.twice import Twice


@pytest.fixture
async def twice() -> Twice:
    """Both need a bike, which the first seeks; only the second needs food."""
    twice = await Twice().asked()
    await twice.talks(ROOS, twice.first, "bike", "clothing")
    await twice.talks(STRANGER, twice.second, "bike", "food")
    return await twice.joined()


async def closes(twice: Twice, case_id: UUID) -> None:
    async with twice.units.begin() as unit:
        closed = await closing(case_id, unit, CloseReason.MOVED_AWAY, NeedResult.NOT_MET)
        await close_case(closed, unit, COORDINATOR)


async def begins_erasing(twice: Twice, case_id: UUID) -> None:
    async with twice.units.begin() as unit:
        case = await unit.cases.get(case_id)
        assert case
        await begin_erasing(case, Erasure(ErasureReason.FAMILY_ASKED), unit)


@pytest.mark.parametrize("ending", ["parted", "erased"])
async def test_closed_case_that_opens_after_the_plan_ended_seeks_all_it_asked_for(twice: Twice, ending: str) -> None:
    await closes(twice, twice.second)
    if ending == "parted":
        await twice.parts(ROOS, twice.first)
    else:
        await begins_erasing(twice, twice.first)
        async with twice.units.begin() as unit:
            await erase_case(twice.first, unit)
    await twice.looks()
    assert (await twice.pages.sends(STRANGER, f"/aanvragen/{twice.second}/heropenen")).status_code == 303
    await twice.looks()
    assert twice.sought(twice.second) == ["bike", "food"]


async def test_case_that_stood_still_while_they_parted_seeks_all_it_asked_for_when_it_goes_on(twice: Twice) -> None:
    async with twice.units.begin() as unit:
        await press(twice.second, unit, STRANGER)
    for viewer in (ROOS, COORDINATOR):
        async with twice.units.begin() as unit:
            await let_go_on(twice.first, unit, viewer)
    await twice.parts(ROOS, twice.first)
    await twice.looks()
    assert twice.sought(twice.second) == ["food"]
    for viewer in (STRANGER, COORDINATOR):
        async with twice.units.begin() as unit:
            await let_go_on(twice.second, unit, viewer)
    await twice.looks()
    assert twice.sought(twice.second) == ["bike", "food"]


async def test_closed_case_stays_closed_while_the_other_stands_still(twice: Twice) -> None:
    await closes(twice, twice.second)
    async with twice.units.begin() as unit:
        await press(twice.first, unit, ROOS)
    reply = await twice.pages.sends(STRANGER, f"/aanvragen/{twice.second}/heropenen")
    assert reply.status_code == 409


@pytest.mark.parametrize("why", ["held", "secret"])
async def test_page_names_nothing_of_the_other_that_stands_still_or_lives_in_secret(twice: Twice, why: str) -> None:
    path = await twice.path(ROOS, twice.first)
    assert path
    async with twice.units.begin() as unit:
        case = await unit.cases.get(twice.second)
        assert case
        if why == "secret":
            await keep_secret(case, unit, STRANGER, is_secret=True)
        else:
            await press(twice.second, unit, STRANGER)
    if why == "held":
        for viewer in (ROOS, COORDINATOR):
            async with twice.units.begin() as unit:
                await let_go_on(twice.first, unit, viewer)

    page = (await twice.pages.shows(ROOS, path)).text
    other = await twice.case(twice.second)
    for hidden in (other.code, str(other.id), "Saar Verzonnen", "De Andere School", "Eten"):
        assert hidden not in page
    assert "Haal uit elkaar" in page


async def test_nothing_is_told_of_a_case_that_is_being_erased(twice: Twice) -> None:
    await begins_erasing(twice, twice.second)
    assert (await twice.parts(ROOS, twice.first)).status_code == 303
    assert twice.told(PlansParted) == [twice.first]


async def test_other_kind_of_help_is_told_once_as_it_is_now(twice: Twice) -> None:
    (bike,) = [each for each in (await twice.case(twice.second)).needs if each.category == "bike"]
    before = len(said(twice.units))
    async with twice.units.begin() as unit:
        await change_category(twice.second, bike.need_id, "furniture", unit, STRANGER)
    told = [one for one in said(twice.units)[before:] if isinstance(one, NeedsAssessed)]
    assert [[need.category for need in one.needs] for one in told] == [["furniture", "food"]]
