"""Every step of a case from every state: what it becomes, what it says, what is refused, and a button pressed twice."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from inspect import isfunction
from uuid import UUID

import pytest

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.course import FollowUpPlan, HomeVisit, Pause
from services.intake.domain.erasure import Erasure, ErasureReason
from services.intake.domain.errors import NotPossibleNow
from services.intake.handlers.cases import close_case, raise_new_question, reopen_case
from services.intake.handlers.consents import withdraw_case
from shared.events.base import Event
from shared.events.case_codes import CloseReason, FollowUpRhythm, MissingPart, NeedResult, PauseWish
from shared.events.intake import (
    AmbassadorReplaced,
    CaseClosed,
    CasePaused,
    CaseReopened,
    CaseResumed,
    CaseWithdrawn,
    ClosedNeed,
    ErasurePlanned,
    FollowUpsAgreed,
    HomeVisitCompleted,
    HomeVisitPlanned,
    NeedsAssessed,
    NewQuestionRaised,
    RequestAcknowledged,
    RequestReturned,
    UrgentNeedRaised,
)
from tests.step_tables import NOTHING, REFUSED, Cell, StepTable
from tests.twins.intake import MemoryIntakeUnit
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, NOW, ROOS, SCHOOL, assessed, closing, said

LATER, MET = NOW + timedelta(days=1), CloseReason.ALL_NEEDS_MET
Step = Callable[[MemoryIntakeUnit, UUID], Awaitable[Case]]
# `repeated` is the same inventory once more. The case of this table had its inventory; one without is below it.
TABLE = StepTable(
    """
                       received     in-inventory assessed     closed       withdrawn erasing
    acknowledge        +            +            +            +            +         no
    start_inventory    in-inventory .            no           no           no        no
    assess             assessed     assessed     assessed     no           no        no
    repeated           assessed     assessed     .            no           no        no
    raise_new_question no           .            in-inventory in-inventory no        no
    give_back          in-inventory +            in-inventory no           no        no
    raise_urgent       +            +            no           no           no        no
    plan_home_visit    +            +            +            no           no        no
    complete_home_visit +           +            +            no           no        no
    rest               +            +            +            no           no        no
    resume             +            +            +            no           no        no
    agree_follow_ups   +            +            +            no           no        no
    close              closed       closed       closed       .            no        no
    reopen             .            .            .            assessed     no        no
    withdraw           withdrawn    withdrawn    withdrawn    withdrawn    .         no
    replace_ambassador +            +            +            +            no        no
    supply             +            +            +            +            no        no
    plan_erasure       no           no           no           +            +         no
    begin_erasing      erasing      erasing      erasing      erasing      erasing   .
    """,
    steps_down=True,
)
SAYS: dict[str, list[type[Event]]] = {
    "acknowledge": [RequestAcknowledged],
    "start_inventory": [],
    "assess": [NeedsAssessed],
    "repeated": [NeedsAssessed],
    "raise_new_question": [NewQuestionRaised],
    "give_back": [RequestReturned],
    "raise_urgent": [UrgentNeedRaised],
    "plan_home_visit": [HomeVisitPlanned],
    "complete_home_visit": [HomeVisitCompleted],
    "rest": [CasePaused],
    "resume": [CaseResumed],
    "agree_follow_ups": [FollowUpsAgreed],
    "close": [CaseClosed],
    "reopen": [CaseReopened],
    "withdraw": [CaseWithdrawn],
    "replace_ambassador": [AmbassadorReplaced],
    "supply": [],
    "plan_erasure": [ErasurePlanned],
    "begin_erasing": [],
}
VISIT, PAUSE = HomeVisit(LATER.date()), Pause(LATER.date(), PauseWish.FAMILY)
PLAN = FollowUpPlan(FollowUpRhythm.MONTHLY)
# What must be there already for the step to say something.
MISSING = (MissingPart.CONSENT,)
SAID_ONCE = ("give_back", "raise_urgent", "plan_home_visit", "rest", "agree_follow_ups", "replace_ambassador")
GIVEN: dict[str, dict[str, object]] = {
    "complete_home_visit": {"visit": VISIT}, "resume": {"pause": PAUSE}, "supply": {"missing_parts": MISSING},
}  # fmt: skip


def step_of(case: Case, step: str) -> Callable[[], list[Event]]:
    findings, band, desk = case.findings, case.opening.age_band, COORDINATOR.person_id
    assert findings is not None
    other = replace(findings, discussed_on=findings.discussed_on - timedelta(days=1))
    results = [ClosedNeed(need_id=need.need_id, result=NeedResult.MET) for need in case.needs]
    return {
        "acknowledge": lambda: case.acknowledge(desk, LATER),
        "start_inventory": lambda: case.start_inventory(LATER),
        "assess": lambda: case.assess(other, band, (), LATER),
        "repeated": lambda: case.assess(findings, band, (), LATER),
        "raise_new_question": lambda: case.raise_new_question(ROOS.person_id, LATER),
        "give_back": lambda: case.give_back(desk, (MissingPart.FOR_WHOM,), LATER),
        "raise_urgent": lambda: case.raise_urgent([need.need_id for need in case.needs], LATER),
        "plan_home_visit": lambda: case.plan_home_visit(VISIT, LATER),
        "complete_home_visit": lambda: case.complete_home_visit(LATER, took_place=True),
        "rest": lambda: case.rest(PAUSE, LATER),
        "resume": lambda: case.resume(ROOS.person_id, LATER),
        "agree_follow_ups": lambda: case.agree_follow_ups(PLAN, LATER),
        "close": lambda: case.close(desk, MET, results, LATER),
        "reopen": lambda: case.reopen(desk, LATER),
        "withdraw": lambda: case.withdraw(LATER),
        "replace_ambassador": lambda: case.replace_ambassador(COLLEAGUE.person_id, SCHOOL, None, desk, LATER),
        "supply": lambda: case.supply(MissingPart.CONSENT),
        "plan_erasure": lambda: case.plan_erasure(LATER.date(), LATER),
        "begin_erasing": lambda: case.begin_erasing(Erasure(ErasureReason.FAMILY_ASKED), LATER),
    }[step]


def test_table_holds_every_state_and_every_step() -> None:
    steps = {name for name, member in vars(Case).items() if isfunction(member) and not name.startswith("_")}
    assert TABLE.is_whole(CaseState, steps | {"repeated"})


@pytest.mark.parametrize("cell", TABLE.cells, ids=str)
async def test_case_takes_the_steps_of_its_state_and_no_other(cell: Cell) -> None:
    _, case = await assessed()
    case.state = CaseState(cell.state)
    case = replace(case, **GIVEN.get(cell.step, {}))  # type: ignore[arg-type]  # fields of a case, by their names
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


@pytest.mark.parametrize("step", SAID_ONCE)
async def test_step_that_is_taken_twice_says_it_once(step: str) -> None:
    _, case = await assessed()
    case.state = CaseState.IN_INVENTORY
    assert len(step_of(case, step)()) == 1
    before = replace(case)
    assert (step_of(case, step)(), case) == ([], before)


async def test_home_visit_that_was_never_planned_did_not_take_place() -> None:
    _, case = await assessed()
    with pytest.raises(NotPossibleNow):
        case.complete_home_visit(LATER, took_place=False)


async def test_home_visit_is_told_once_and_may_be_planned_anew() -> None:
    _, case = await assessed()
    case.plan_home_visit(VISIT, NOW)
    assert len(case.complete_home_visit(LATER, took_place=False)) == 1
    assert case.complete_home_visit(LATER, took_place=False) == []
    (again,) = case.plan_home_visit(replace(VISIT, planned_for=LATER.date() + timedelta(days=7)), LATER)
    assert isinstance(again, HomeVisitPlanned)
    assert case.visit is not None
    assert case.visit.took_place is None


@pytest.mark.parametrize("step", ["close", "withdraw"])
async def test_rest_ends_with_the_case(step: str) -> None:
    _, case = await assessed()
    case.rest(PAUSE, NOW)
    step_of(case, step)()
    assert case.pause is None


async def ask(unit: MemoryIntakeUnit, case_id: UUID) -> Case:
    return await raise_new_question(case_id, unit, ROOS)


async def close(unit: MemoryIntakeUnit, case_id: UUID) -> Case:
    return await close_case(await closing(case_id, unit, MET), unit, ROOS)


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
