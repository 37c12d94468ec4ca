"""Two requests for one child where there is a worry, a secret address or an erasure: nobody learns of the other."""

import pytest

from services.intake.domain.dossier import Fact
from services.intake.domain.erasure import Erasure, ErasureReason
from services.intake.handlers.erasing import begin_erasing, erase_case
from services.intake.handlers.safety import let_go_on, press
from services.intake.handlers.secret_address import keep_secret
from shared.events.same_child import PlansJoined, PlansParted, SameChildDismissed
from tests.unit.intake.builders import COORDINATOR, ROOS, STRANGER
from tests.unit.intake.twice import Twice


@pytest.fixture
async def twice() -> Twice:
    return await Twice().asked()


async def test_case_that_stands_still_is_never_told_and_nobody_of_it(twice: Twice) -> None:
    async with twice.units.begin() as unit:
        await press(twice.second, unit, STRANGER)
    await twice.looks()
    assert twice.told() == []
    assert await twice.path(ROOS, twice.first) is None


async def test_hold_of_a_sibling_or_a_secret_address_is_silent_as_well(twice: Twice) -> None:
    household = (await twice.case(twice.second)).opening.household_id
    sibling = await twice.asks({Fact.FIRST_NAME: "Broertje"}, household_id=household)
    async with twice.units.begin() as unit:
        case = await unit.cases.get(sibling)
        assert case
        await keep_secret(case, unit, STRANGER, is_secret=True)
    await twice.looks()
    assert twice.told() == []
    async with twice.units.begin() as unit:
        case = await unit.cases.get(sibling)
        assert case
        await keep_secret(case, unit, STRANGER, is_secret=False)
    await twice.looks()
    assert len(twice.told()) == 2


async def test_yes_to_a_case_that_stands_still_by_now_waits_as_for_any_other_and_joins_when_it_goes_on(
    twice: Twice,
) -> None:
    await twice.looks()
    await twice.decides(STRANGER, twice.second, "together")
    async with twice.units.begin() as unit:
        await press(twice.second, unit, STRANGER)
    reply = await twice.decides(ROOS, twice.first, "together")
    assert "Wij wachten op de andere kant" in await twice.pages.follows(ROOS, reply)
    await twice.looks()
    assert twice.told(PlansJoined) == []
    for viewer in (STRANGER, COORDINATOR):
        async with twice.units.begin() as unit:
            await let_go_on(twice.second, unit, viewer)
    await twice.looks()
    assert twice.told(PlansJoined) == [twice.first, twice.second]


async def test_worry_about_the_child_stops_both_requests_once_they_are_one(twice: Twice) -> None:
    await twice.joined()
    async with twice.units.begin() as unit:
        await press(twice.second, unit, STRANGER)
    assert (await twice.case(twice.first)).hold is not None


@pytest.mark.parametrize("joined", [True, False])
async def test_erased_is_erased_and_the_other_is_not_left_waiting(twice: Twice, joined: bool) -> None:  # noqa: FBT001
    if joined:
        await twice.joined()
    else:
        await twice.looks()
        await twice.decides(ROOS, twice.first, "together")
    async with twice.units.begin() as unit:
        case = await unit.cases.get(twice.second)
        assert case
        await begin_erasing(case, Erasure(ErasureReason.FAMILY_ASKED), unit)
    for _ in range(2):
        async with twice.units.begin() as unit:
            await erase_case(twice.second, unit)

    assert twice.pairs() == []
    assert twice.second not in twice.units.tables.table("child_marks")
    assert twice.told(PlansParted if joined else SameChildDismissed) == [twice.first]
    assert await twice.path(ROOS, twice.first) is None
