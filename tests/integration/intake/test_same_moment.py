"""Two people act on one case at the same moment: it ends as if one had come after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from services.intake.commands import EraseCase, GiveBackRequest, HandOver, HandOverAll, PauseCase
from services.intake.domain.case_state import CaseState
from services.intake.domain.erasure import ErasureReason
from services.intake.handlers.cases import (
    acknowledge_request,
    close_case,
    give_back,
    raise_new_question,
    raise_urgent,
    reopen_case,
    start_inventory,
)
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.course import pause_case, resume_case
from services.intake.handlers.erasing import erase_case, request_erasure
from services.intake.handlers.handing_over import hand_over, hand_over_all
from services.intake.handlers.inventory import complete_inventory
from services.intake.ports import IntakeUnit
from services.intake.store.repositories import PostgresIntakeUnit
from shared.events.base import Urgency
from shared.events.case_codes import CloseReason, MissingPart, PauseWish
from shared.events.catalogue import classes_by_wire_name
from shared.messaging.outbox_rows import OutboxRows, PostgresOutboxRows
from shared.messaging.postgres_unit import PostgresUnits
from shared.unit_of_work import Units
from tests.integration.same_moment import hesitating, outcome_of
from tests.twins.unit_of_work import InMemoryOutboxRows
from tests.unit.intake.builders import (
    COLLEAGUE,
    COORDINATOR,
    ROOS,
    SCHOOL,
    closing,
    everybody_joins,
    inventory,
    need,
    request,
    submit_request,
    units_in_memory,
)

pytestmark = pytest.mark.postgres
RealUnits = PostgresUnits[PostgresIntakeUnit]
Step = Callable[[IntakeUnit, UUID], Awaitable[object]]
Beginning = Callable[[Units[Any]], Awaitable[UUID]]
# Each pair is tried in both orders of naming.
ROUNDS = 2
MET = CloseReason.ALL_NEEDS_MET


async def _close(unit: IntakeUnit, case_id: UUID) -> object:
    return await close_case(await closing(case_id, unit, MET), unit, COORDINATOR)


async def _rest(unit: IntakeUnit, case_id: UUID) -> object:
    until = unit.city.day_of(unit.now) + timedelta(weeks=2)
    return await pause_case(PauseCase(case_id, until, PauseWish.FAMILY), unit, ROOS)


STEPS: dict[str, Step] = {
    "acknowledge": lambda unit, case: acknowledge_request(case, unit, COORDINATOR),
    "start inventory": lambda unit, case: start_inventory(case, unit, ROOS),
    "complete inventory": lambda unit, case: complete_inventory(inventory(case, [need("bike")]), unit, ROOS),
    "new question": lambda unit, case: raise_new_question(case, unit, ROOS),
    "close": _close,
    "reopen": lambda unit, case: reopen_case(case, unit, COORDINATOR),
    "withdraw": lambda unit, case: withdraw_case(case, unit, ROOS),
    "ask to erase": lambda unit, case: request_erasure(EraseCase(case, ErasureReason.FAMILY_ASKED), unit, ROOS),
    "erase": lambda unit, case: erase_case(case, unit),
    "pause": _rest,
    "resume": lambda unit, case: resume_case(case, unit, ROOS),
    "give back": lambda unit, case: give_back(GiveBackRequest(case, (MissingPart.CONSENT,)), unit, COORDINATOR),
    "raise urgent": lambda unit, case: raise_urgent(case, unit, ROOS),
    "hand over": lambda unit, case: hand_over(HandOver(case, COLLEAGUE.person_id, SCHOOL), unit, ROOS),
}
# Of a request whose inventory is still to come.
BEFORE_THE_INVENTORY = ("raise urgent", "pause", "give back", "complete inventory", "withdraw")


class Outcome(NamedTuple):
    """How two steps ended, where the case stands (None: it is erased), and what was said of it, in order."""

    ended: tuple[str, ...]
    state: CaseState | None
    said: tuple[str, ...]


async def a_request(units: Units[Any]) -> UUID:
    """One with a need of today, whose inventory is still to come."""
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(needs=(need("bike", urgency=Urgency.TODAY),)), unit)
    return case.id


async def a_case(units: Units[Any]) -> UUID:
    """One whose inventory is complete."""
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(), unit)
        await complete_inventory(inventory(case.id, [need("food")]), unit, ROOS)
    return case.id


async def outcome(units: Units[Any], rows: OutboxRows, case_id: UUID, ended: Sequence[str]) -> Outcome:
    async with units.begin() as unit:
        case = await unit.cases.read(case_id)
    said = sorted((row for row in await rows.waiting(10_000) if row.subject == case_id), key=lambda row: row.sequence)
    names = tuple(classes_by_wire_name()[row.type].__name__ for row in said)
    return Outcome(tuple(ended), case.state if case else None, names)


async def take(units: Units[Any], case_id: UUID, step: str, random: Random | None = None) -> str:
    async def slowly(unit: PostgresIntakeUnit) -> object:
        if random:
            hesitating(unit.cases, "get", random=random)
        return await STEPS[step](unit, case_id)

    return await outcome_of(units.begin, slowly)


async def one_after_the_other(first: str, second: str, begin: Beginning) -> set[Outcome]:
    """In both orders, on the twin; how they ended is told in the order in which they are named."""
    outcomes = set()
    for order in ([0, 1], [1, 0]):
        units = units_in_memory()
        case_id = await begin(units)
        ended = {number: await take(units, case_id, (first, second)[number]) for number in order}
        outcomes.add(await outcome(units, InMemoryOutboxRows(units), case_id, [ended[0], ended[1]]))
    return outcomes


@pytest.mark.parametrize(
    ("first", "others", "begin"),
    [
        *((step, tuple(STEPS), a_case) for step in STEPS),
        *((step, BEFORE_THE_INVENTORY, a_request) for step in BEFORE_THE_INVENTORY),
    ],
)
async def test_two_steps_at_the_same_moment_end_as_if_one_came_after_the_other(
    units: RealUnits, first: str, others: Sequence[str], begin: Beginning
) -> None:
    random = Random(first)
    for second in others:
        possible = await one_after_the_other(first, second, begin)
        for _ in range(ROUNDS):
            case_id = await begin(units)
            ended = await asyncio.gather(*(take(units, case_id, step, random) for step in (first, second)))
            assert await outcome(units, PostgresOutboxRows(units.database), case_id, ended) in possible


async def test_locking_a_case_shows_what_was_committed_since_it_was_read(units: RealUnits) -> None:
    case_id = await a_case(units)
    async with units.begin() as unit:
        seen = await unit.cases.read(case_id)
        assert await take(units, case_id, "withdraw") == "done"
        locked = await unit.cases.get(case_id)

    assert seen is not None
    assert locked is not None
    assert (seen.state, locked.state) == (CaseState.ASSESSED, CaseState.WITHDRAWN)


async def test_families_are_handed_over_while_their_ambassador_fills_in_the_talk_with_one(units: RealUnits) -> None:
    """Each has what the other waits for, unless all families are held before the first line of the audit log."""
    random = Random(7)
    for _ in range(8):
        families = sorted([await a_case(units), await a_case(units)])
        all_of_them = HandOverAll(
            previous_id=ROOS.person_id,
            ambassador_id=COLLEAGUE.person_id,
            organisation_id=SCHOOL,
            cases=tuple(families),
        )

        async def hands_over(unit: PostgresIntakeUnit, command: HandOverAll = all_of_them) -> object:
            hesitating(unit.cases, "get", random=random)
            hesitating(unit.vault, "record", random=random)
            return await hand_over_all(command, unit, COORDINATOR)

        ended = await asyncio.gather(
            outcome_of(units.begin, hands_over), take(units, families[1], "complete inventory", random)
        )
        assert ended[0] == "done"
        assert ended[1] in {"done", "NotYourFamily"}
