"""Every step of a case from every state: what it becomes, what it says, what is refused, and a button pressed twice."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from inspect import isfunction
from uuid import UUID

import pytest

from services.intake.commands import CloseCase
from services.intake.domain.case import Case, CaseState
from services.intake.domain.errors import NotPossibleNow
from services.intake.handlers.cases import close_case, raise_new_question, reopen_case, withdraw_case
from shared.events.base import Event
from shared.events.intake import (
    CaseClosed,
    CaseErased,
    CaseReopened,
    CaseWithdrawn,
    CloseReason,
    NeedsAssessed,
    NewQuestionRaised,
    RequestAcknowledged,
)
from tests.step_tables import NOTHING, REFUSED, Cell, StepTable
from tests.twins.intake import MemoryIntakeUnit
from tests.unit.intake.builders import COORDINATOR, NOW, ROOS, assessed, said

LATER = NOW + timedelta(days=1)
MET = CloseReason.ALL_NEEDS_MET
Step = Callable[[MemoryIntakeUnit, UUID], Awaitable[Case]]
# `repeated` is the same inventory once more. The case of this table had its inventory; one without is below it.
TABLE = StepTable("""
             acknowledge start_inventory assess   repeated raise_new_question close  reopen   withdraw  erase
received     +           in-inventory    assessed assessed no                 closed .        withdrawn erased
in-inventory +           .               assessed assessed .                  closed .        withdrawn erased
assessed     +           no              assessed .        in-inventory       closed .        withdrawn erased
closed       +           no              no       no       in-inventory       .      assessed withdrawn erased
withdrawn    +           no              no       no       no                 no     no       .         erased
erased       no          no              no       no       no                 no     no       no        .
""")
SAYS: dict[str, list[type[Event]]] = {
    "acknowledge": [RequestAcknowledged],
    "start_inventory": [],
    "assess": [NeedsAssessed],
    "repeated": [NeedsAssessed],
    "raise_new_question": [NewQuestionRaised],
    "close": [CaseClosed],
    "reopen": [CaseReopened],
    "withdraw": [CaseWithdrawn],
    "erase": [CaseErased],
}


def step_of(case: Case, step: str) -> Callable[[], list[Event]]:
    findings, band = case.findings, case.opening.age_band
    assert findings is not None
    other = replace(findings, discussed_on=findings.discussed_on - timedelta(days=1))
    return {
        "acknowledge": lambda: case.acknowledge(COORDINATOR.person_id, LATER),
        "start_inventory": lambda: case.start_inventory(LATER),
        "assess": lambda: case.assess(other, band, LATER),
        "repeated": lambda: case.assess(findings, band, LATER),
        "raise_new_question": lambda: case.raise_new_question(ROOS.person_id, LATER),
        "close": lambda: case.close(COORDINATOR.person_id, MET, LATER),
        "reopen": lambda: case.reopen(COORDINATOR.person_id, LATER),
        "withdraw": lambda: case.withdraw(LATER),
        "erase": lambda: case.erase(LATER),
    }[step]


def test_table_holds_every_state_and_every_step() -> None:
    steps = {name for name, member in vars(Case).items() if isfunction(member) and not name.startswith("_")}
    assert TABLE.is_whole(CaseState, steps | {"repeated"})


@pytest.mark.parametrize("cell", TABLE.cells, ids=str)
async def test_case_takes_the_steps_of_its_state_and_no_other(cell: Cell) -> None:
    _, case = await assessed()
    case.state = CaseState(cell.state)
    before = replace(case)
    take = step_of(case, cell.step)
    if cell.expected == REFUSED:
        with pytest.raises(NotPossibleNow):
            take()
        assert case == before
        return
    facts = take()

    assert case.state is CaseState(cell.after)
    if cell.expected == NOTHING:
        assert (facts, case) == ([], before)
    else:
        assert [type(fact) for fact in facts] == SAYS[cell.step]
        assert {(fact.subject, fact.occurred_at) for fact in facts} <= {(case.id, LATER)}


async def test_request_is_acknowledged_once() -> None:
    _, case = await assessed()
    assert len(case.acknowledge(COORDINATOR.person_id, NOW)) == 1
    assert case.acknowledge(COORDINATOR.person_id, LATER) == []
    assert case.acknowledged_at == NOW


async def test_case_that_closed_before_its_inventory_reopens_to_have_it() -> None:
    _, case = await assessed()
    case.state, case.findings = CaseState.CLOSED, None
    case.reopen(COORDINATOR.person_id, LATER)
    assert case.state is CaseState.IN_INVENTORY


async def ask(unit: MemoryIntakeUnit, case_id: UUID) -> Case:
    return await raise_new_question(case_id, unit, ROOS)


async def close(unit: MemoryIntakeUnit, case_id: UUID) -> Case:
    return await close_case(CloseCase(case_id, MET), unit, ROOS)


async def reopen(unit: MemoryIntakeUnit, case_id: UUID) -> Case:
    return await reopen_case(case_id, unit, COORDINATOR)


async def withdraw(unit: MemoryIntakeUnit, case_id: UUID) -> Case:
    return await withdraw_case(case_id, unit, ROOS)


@pytest.mark.parametrize(
    ("steps", "fact"),
    [
        ([ask, ask], NewQuestionRaised),
        ([close, close], CaseClosed),
        ([close, reopen, reopen], CaseReopened),
        ([withdraw, withdraw], CaseWithdrawn),
    ],
)
async def test_button_pressed_twice_says_it_once_and_refuses_nothing(steps: list[Step], fact: type[Event]) -> None:
    units, case = await assessed()
    for step in steps:
        async with units.begin() as unit:
            await step(unit, case.id)
    assert [type(each) for each in said(units)].count(fact) == 1


async def test_new_question_that_was_not_discussed_when_the_case_closed_is_still_there_when_it_reopens() -> None:
    units, case = await assessed()
    for step in (ask, close, reopen):
        async with units.begin() as unit:
            case = await step(unit, case.id)
    reopened, asked = said(units)[-2:]
    assert isinstance(reopened, CaseReopened)
    assert isinstance(asked, NewQuestionRaised)
    assert case.state is CaseState.IN_INVENTORY
