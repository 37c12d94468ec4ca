"""Two requests for one child on a real database: asked, looked for and decided at the same moment."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.intake.domain.dossier import Fact
from services.intake.domain.same_child import PairState, SameChild
from services.intake.handlers.one_plan import keep_plans_together
from services.intake.handlers.safety import press
from services.intake.handlers.same_child import answer, find_same_children, part
from services.intake.ports import IntakeUnit
from services.intake.store.repositories import PostgresIntakeUnit
from shared.events.same_child import PlansJoined, PlansParted, SameChildDismissed, SameChildSuspected
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from tests.integration.intake.test_asking_on_postgres import counted
from tests.integration.same_moment import outcome_of
from tests.unit.intake.builders import OTHER_SCHOOL, ROOS, STRANGER, everybody_joins, request, submit_request

pytestmark = pytest.mark.postgres
Units = PostgresUnits[PostgresIntakeUnit]
Step = Callable[[IntakeUnit], Awaitable[object]]


async def at_once(units: Units, *steps: Step) -> list[str]:
    return list(await asyncio.gather(*(outcome_of(units.begin, step) for step in steps)))


async def asked_at_once(units: Units) -> tuple[UUID, UUID]:
    """Two ambassadors press at the same moment."""
    async with units.begin() as unit:
        await everybody_joins(unit)

    async def asks(who: object) -> UUID:
        async with units.begin() as unit:
            return (await submit_request(replace(request(), **who), unit)).id  # type: ignore[arg-type]

    other = {"ambassador_id": STRANGER.person_id, "organisation_id": OTHER_SCHOOL}
    first, second = await asyncio.gather(asks({}), asks(other))
    return first, second


async def pair_of(units: Units, case_id: UUID) -> SameChild:
    async with units.begin() as unit:
        (pair,) = await unit.same_children.list_of_case(case_id)
    return pair


async def test_two_requests_at_once_are_both_told_once_whoever_looks(database: Database, units: Units) -> None:
    first, _ = await asked_at_once(units)
    for _ in range(2):
        assert await at_once(units, *[find_same_children] * 4) == ["done"] * 4
    assert await counted(database, SameChildSuspected) == 2
    assert (await pair_of(units, first)).state is PairState.ASKED


async def test_looking_that_died_before_its_commit_is_done_by_the_next(database: Database, units: Units) -> None:
    await asked_at_once(units)

    async def looks_and_dies() -> None:
        async with units.begin() as unit:
            await find_same_children(unit)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await looks_and_dies()
    assert await counted(database, SameChildSuspected) == 0
    await at_once(units, find_same_children)
    assert await counted(database, SameChildSuspected) == 2


async def test_both_yes_at_the_same_moment_is_one_plan_and_a_no_beside_a_yes_is_a_no(
    database: Database, units: Units
) -> None:
    first, second = await asked_at_once(units)
    await at_once(units, find_same_children)
    pair = await pair_of(units, first)
    yes: list[Step] = [
        lambda unit: answer(first, pair.id, unit, ROOS, together=True),
        lambda unit: answer(second, pair.id, unit, STRANGER, together=True),
    ]
    assert await at_once(units, *yes, *yes, keep_plans_together) == ["done"] * 5
    assert (await pair_of(units, first)).state is PairState.JOINED
    assert await counted(database, PlansJoined) == 2

    undo: list[Step] = [
        lambda unit: part(first, pair.id, unit, ROOS),
        lambda unit: part(second, pair.id, unit, STRANGER),
    ]
    assert await at_once(units, *undo, keep_plans_together) == ["done"] * 3
    assert await counted(database, PlansParted) == 2
    assert await counted(database, SameChildDismissed) == 0
    assert await at_once(units, *yes) == ["NothingToAnswer"] * 2


async def test_red_button_on_both_sides_at_the_same_moment_holds_both(units: Units) -> None:
    first, second = await asked_at_once(units)
    await at_once(units, find_same_children)
    pair = await pair_of(units, first)
    for case_id, viewer in ((first, ROOS), (second, STRANGER)):
        async with units.begin() as unit:
            await answer(case_id, pair.id, unit, viewer, together=True)

    pressed: list[Step] = [
        lambda unit: press(first, unit, ROOS),
        lambda unit: press(second, unit, STRANGER),
    ]
    assert await at_once(units, *pressed, keep_plans_together, *pressed) == ["done"] * 5
    async with units.begin() as unit:
        held = [await unit.cases.read(one) for one in (first, second)]
    assert all(case and case.hold for case in held)


async def children(units: Units, *names: str) -> list[UUID]:
    """One case for each, in the order in which cases are locked."""
    async with units.begin() as unit:
        await everybody_joins(unit)
        ids = sorted(unit.ids.new() for _ in names)
        for case_id, name in zip(ids, names, strict=True):
            asked = replace(request(), case_id=case_id)
            await submit_request(replace(asked, facts={**asked.facts, Fact.FIRST_NAME: name}), unit)
    return ids


async def joins(units: Units, *pairs: tuple[UUID, UUID]) -> None:
    for number, (older, younger) in enumerate(pairs):
        async with units.begin() as unit:
            found_at = unit.now + timedelta(seconds=number)
            await unit.same_children.add(SameChild(unit.ids.new(), older, younger, found_at, PairState.JOINED))


@pytest.mark.parametrize(("job", "first", "then"), [(find_same_children, 0, 1), (keep_plans_together, 1, 3)])
async def test_who_works_on_a_family_never_waits_for_a_look_that_waits_for_them(
    units: Units, job: Step, first: int, then: int
) -> None:
    """The look is at two pairs; the family has a child in each, which are locked in the order of all."""
    ids = await children(units, "Komeet", "Ster", "Ster", "Komeet")
    if job is keep_plans_together:
        await joins(units, (ids[0], ids[3]), (ids[1], ids[2]))
    async with units.begin() as unit:
        await unit.cases.get(ids[first])
        looking = asyncio.create_task(outcome_of(units.begin, job))
        await asyncio.sleep(0.5)
        await unit.cases.get(ids[then])
    assert await looking == "done"
