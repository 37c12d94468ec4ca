"""Two requests for one child, one plan: nothing is asked twice, nothing is lost, and the strictest answer counts."""

from datetime import date

import pytest

from services.intake.commands import AnswerConsent
from services.intake.domain.consent import FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.left_out import unwanted
from services.intake.domain.progress import NeedProgress, Progress
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import close_case, raise_urgent
from services.intake.handlers.consents import give_consent, may_see, refuse_consent, withdraw_case
from services.intake.handlers.inventory import complete_inventory
from shared.events.base import Beneficiary, ConsentGiver
from shared.events.case_codes import CloseReason, NeedResult
from tests.parts.keys import mark
from tests.unit.intake.builders import NOW, PARTNER, ROOS, STRANGER, closing, inventory, need
from tests.unit.intake.twice import Twice, left_out

ELSEWHERE = "Loopt al in de andere aanvraag"


@pytest.fixture
async def twice() -> Twice:
    """Both talked with the family, and both need a bike; only the first clothing, only the second food."""
    twice = await Twice().asked()
    await twice.talks(ROOS, twice.first, "bike", "clothing")
    await twice.talks(STRANGER, twice.second, "bike", "food")
    return twice


async def stands(twice: Twice, case_id: object, category: str, progress: Progress) -> None:
    """Matching tells how far this need is."""
    case = await twice.case(case_id)  # type: ignore[arg-type]
    (need_id,) = [each.need_id for each in case.needs if each.category == category]
    async with twice.units.begin() as unit:
        await unit.timeline.save_progress(NeedProgress(need_id, case.id, progress, NOW, organisation_id=PARTNER))


async def test_what_both_need_is_sought_once_by_the_older_request(twice: Twice) -> None:
    await twice.joined()
    assert twice.sought(twice.first) == ["bike", "clothing"]
    assert twice.sought(twice.second) == ["food"]
    page = (await twice.pages.shows(STRANGER, f"/aanvragen/{twice.second}")).text
    assert page.count(ELSEWHERE) == 1
    assert ELSEWHERE not in (await twice.pages.shows(ROOS, f"/aanvragen/{twice.first}")).text


async def test_nothing_changes_before_both_said_yes(twice: Twice) -> None:
    await twice.looks()
    await twice.decides(STRANGER, twice.second, "together")
    assert twice.sought(twice.second) == ["bike", "food"]


async def test_who_helps_already_goes_on_and_the_older_request_waits(twice: Twice) -> None:
    await stands(twice, twice.second, "bike", Progress.ACCEPTED)
    await twice.joined()
    assert twice.sought(twice.second) == ["bike", "food"]
    assert twice.sought(twice.first) == ["clothing"]


async def test_help_that_runs_in_both_goes_on_in_both(twice: Twice) -> None:
    for case_id in (twice.first, twice.second):
        await stands(twice, case_id, "bike", Progress.STARTED)
    await twice.joined()
    assert (twice.sought(twice.first), twice.sought(twice.second)) == (["bike", "clothing"], ["bike", "food"])


async def test_the_same_kind_of_thing_for_somebody_else_is_another_need() -> None:
    twice = await Twice().asked()
    await twice.talks(ROOS, twice.first, "clothing")
    async with twice.units.begin() as unit:
        for_parent = inventory(twice.second, [need("clothing", beneficiary=Beneficiary.PARENT)])
        await complete_inventory(for_parent, unit, STRANGER)
    await twice.joined()
    assert twice.sought(twice.second) == ["clothing"]


async def test_inventory_after_joining_asks_for_what_is_not_sought_yet() -> None:
    twice = await Twice().asked()
    await twice.talks(ROOS, twice.first, "bike", "clothing")
    await twice.joined()
    await twice.talks(STRANGER, twice.second, "bike", "food")
    assert twice.sought(twice.second) == ["food"]


async def test_other_kind_of_help_that_the_first_seeks_already_is_not_asked_again(twice: Twice) -> None:
    await twice.joined()
    await twice.talks(STRANGER, twice.second, "bike", "food", "clothing")
    assert twice.sought(twice.second) == ["food"]


async def test_urgent_need_that_runs_elsewhere_is_not_asked_before_the_inventory() -> None:
    twice = await Twice().asked()
    await twice.talks(ROOS, twice.first, "bike", "clothing")
    await twice.joined()
    async with twice.units.begin() as unit:
        await raise_urgent(twice.second, unit, STRANGER)
    assert (await twice.case(twice.second)).raised_needs == ()


@pytest.mark.parametrize("ending", ["withdrawn", "closed", "given-up", "dropped", "parted"])
async def test_need_of_which_the_other_lets_go_is_sought_again(twice: Twice, ending: str) -> None:
    await twice.joined()
    async with twice.units.begin() as unit:
        if ending == "withdrawn":
            await withdraw_case(twice.first, unit, ROOS)
        elif ending == "closed":
            closed = await closing(twice.first, unit, CloseReason.MOVED_AWAY, NeedResult.NOT_MET)
            await close_case(closed, unit, ROOS)
    if ending == "given-up":
        await stands(twice, twice.first, "bike", Progress.SEARCH_STOPPED)
    if ending == "dropped":
        await twice.talks(ROOS, twice.first, "clothing")
    if ending == "parted":
        await twice.parts(ROOS, twice.first)
    else:
        await twice.looks()
    assert twice.sought(twice.second) == ["bike", "food"]
    assert (await twice.case(twice.second)).elsewhere == ()


async def test_need_that_was_met_elsewhere_is_not_asked_again(twice: Twice) -> None:
    await twice.joined()
    await stands(twice, twice.first, "bike", Progress.CONFIRMED)
    await twice.looks()
    assert twice.sought(twice.second) == ["food"]


async def test_looking_again_when_nothing_changed_says_nothing(twice: Twice) -> None:
    await twice.joined()
    before = len(twice.units.tables.table("outbox"))
    for _ in range(3):
        await twice.looks()
    assert len(twice.units.tables.table("outbox")) == before


async def test_whom_one_family_would_rather_not_have_is_asked_for_neither_until_they_part(twice: Twice) -> None:
    known = (await twice.case(twice.second)).needs
    async with twice.units.begin() as unit:
        again = [need(each.category, id=each.need_id) for each in known]
        found = inventory(twice.second, again, excluded_organisations=(PARTNER,))
        await complete_inventory(found, unit, STRANGER)
    await twice.joined()
    assert left_out(twice, twice.first) == (mark(twice.first, PARTNER),)
    await twice.parts(STRANGER, twice.second)
    assert left_out(twice, twice.first) == ()
    assert unwanted(await twice.case(twice.second)) == (PARTNER,)


async def allows(twice: Twice, viewer: Viewer, case_id: object, *sets: FieldSet) -> None:
    answer = AnswerConsent(
        case_id=case_id, partner_kind=None, field_sets=frozenset(sets), given_by=ConsentGiver.GUARDIAN,  # type: ignore[arg-type]
        given_on=date(2026, 3, 9), text_version="2026-1", language="nl", interpreter=False, how=How.SPOKEN,
    )  # fmt: skip
    async with twice.units.begin() as unit:
        await (give_consent if sets else refuse_consent)(answer, viewer, unit)


@pytest.mark.parametrize(
    ("other", "left"),
    [
        (None, {FieldSet.REACH, FieldSet.CHILD}),
        ((FieldSet.REACH, FieldSet.STORY), {FieldSet.REACH}),
        ((), set()),
    ],
)
async def test_strictest_consent_counts_once_they_are_one(
    twice: Twice, other: tuple[FieldSet, ...] | None, left: set[FieldSet]
) -> None:
    await allows(twice, ROOS, twice.first, FieldSet.REACH, FieldSet.CHILD)
    if other is not None:
        await allows(twice, STRANGER, twice.second, *other)
    async with twice.units.begin() as unit:
        assert await may_see(twice.first, PARTNER, "fund", unit) == {FieldSet.REACH, FieldSet.CHILD}
    await twice.joined()
    async with twice.units.begin() as unit:
        assert await may_see(twice.first, PARTNER, "fund", unit) == left
    await twice.parts(ROOS, twice.first)
    async with twice.units.begin() as unit:
        assert await may_see(twice.first, PARTNER, "fund", unit) == {FieldSet.REACH, FieldSet.CHILD}


async def test_case_that_closed_and_opens_again_seeks_what_nobody_else_does(twice: Twice) -> None:
    await twice.joined()
    async with twice.units.begin() as unit:
        closed = await closing(twice.second, unit, CloseReason.MOVED_AWAY, NeedResult.NOT_MET)
        await close_case(closed, unit, STRANGER)
        await withdraw_case(twice.first, unit, ROOS)
    await twice.looks()
    await twice.pages.sends(STRANGER, f"/aanvragen/{twice.second}/heropenen")
    await twice.looks()
    assert twice.sought(twice.second) == ["bike", "food"]
