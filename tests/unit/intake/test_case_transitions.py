"""Which steps a case can take from which state, and that a button pressed twice refuses nothing."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from services.intake.commands import CloseCase
from services.intake.domain.case import OPEN, Case, CaseState
from services.intake.domain.errors import NotPossibleNow
from services.intake.handlers.cases import close_case, raise_new_question, reopen_case, withdraw_case
from shared.events.base import Event
from shared.events.intake import CaseClosed, CaseReopened, CaseWithdrawn, CloseReason, NewQuestionRaised
from tests.twins.intake import MemoryIntakeUnit
from tests.unit.intake.builders import COORDINATOR, ROOS, assessed, said

MET = CloseReason.ALL_NEEDS_MET
Step = Callable[[MemoryIntakeUnit, UUID], Awaitable[Case]]


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


@pytest.mark.parametrize(
    ("move", "possible"),
    [
        ("assess", OPEN),
        ("start", {CaseState.RECEIVED, CaseState.IN_INVENTORY}),
        ("ask", {CaseState.IN_INVENTORY, CaseState.ASSESSED, CaseState.CLOSED}),
        ("close", OPEN | {CaseState.CLOSED}),
        ("reopen", OPEN | {CaseState.CLOSED}),
        ("withdraw", OPEN | {CaseState.CLOSED, CaseState.WITHDRAWN}),
    ],
)
async def test_transition_is_refused_from_every_other_state(move: str, possible: frozenset[CaseState]) -> None:
    _, case = await assessed()
    assert case.findings is not None
    findings, at = case.findings, case.changed_at
    moves = {
        "assess": lambda: case.assess(findings, case.opening.age_band, at),
        "start": lambda: case.start_inventory(at),
        "ask": lambda: case.raise_new_question(None, at),
        "close": lambda: case.close(ROOS.person_id, MET, at),
        "reopen": lambda: case.reopen(ROOS.person_id, at),
        "withdraw": lambda: case.withdraw(at),
    }
    for state in CaseState:
        case.state = state
        if state in possible:
            moves[move]()
            continue
        with pytest.raises(NotPossibleNow):
            moves[move]()
        assert case.state is state
