"""An answer, a coordinator and intake's word about one case at the same moment: as if one had come after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest

from services.monitoring.commands import AnswerFollowUp, ResolveEscalation
from services.monitoring.domain.escalation import About, Escalation
from services.monitoring.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.handlers.desk import resolve_escalation
from services.monitoring.handlers.follow_ups import answer_follow_up
from services.monitoring.ports import MonitoringUnit
from services.monitoring.store.repositories import PostgresMonitoringUnit
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.events import intake
from shared.events.base import Event
from shared.events.catalogue import classes_by_wire_name
from shared.events.desk_codes import Resolution
from shared.events.monitoring import EscalationReason, FollowUpAnswer
from shared.messaging.outbox_rows import OutboxRows, PostgresOutboxRows
from shared.messaging.postgres_unit import PostgresUnits
from shared.messaging.subscriptions import by_event
from shared.unit_of_work import Units
from tests.integration.same_moment import hesitating, outcome_of
from tests.twins.clock import HeldClock
from tests.twins.erased import comes_late
from tests.twins.unit_of_work import InMemoryOutboxRows
from tests.unit.monitoring.builders import AMBASSADOR, CODE, COORDINATOR, TUESDAY, closed
from tests.unit.monitoring.twin import on_twins

pytestmark = pytest.mark.postgres
RealUnits = PostgresUnits[PostgresMonitoringUnit]
ROUNDS = 2
HANDLERS = by_event(SUBSCRIPTIONS)
WELL, CALL = FollowUpAnswer.GOING_WELL, FollowUpAnswer.CALL_ME


class Case(NamedTuple):
    """One whose follow-up was asked, and that is on the coordinator's list."""

    id: UUID
    follow_up_id: UUID
    escalation_id: UUID


async def a_case(units: Units[Any]) -> Case:
    case = Case(uuid4(), uuid4(), uuid4())
    async with units.begin() as unit:
        watch = Watch(case.id, CODE, ambassador_id=AMBASSADOR, opened_at=TUESDAY)
        asked = FollowUp(case.follow_up_id, 1, FollowUpKind.PLAN, TUESDAY, FollowUpState.ASKED, TUESDAY)
        watch.follow_ups[asked.follow_up_id] = asked
        watch.escalations.append(
            Escalation(case.escalation_id, EscalationReason.MAIL_NOT_DELIVERED, About(message_id=uuid4()), TUESDAY)
        )
        await unit.watches.save(watch)
    return case


def answering(answer: FollowUpAnswer) -> Callable[[MonitoringUnit, Case], Awaitable[None]]:
    return lambda unit, case: answer_follow_up(AnswerFollowUp(case.follow_up_id, answer, AMBASSADOR), unit)


async def resolve(unit: MonitoringUnit, case: Case) -> None:
    done = ResolveEscalation(case.id, case.escalation_id, Resolution.CALLED_PARTNER, COORDINATOR)
    await resolve_escalation(done, unit)


def hearing(event_of: Callable[[UUID], Event]) -> Callable[[MonitoringUnit, Case], Awaitable[None]]:
    async def hear(unit: MonitoringUnit, case: Case) -> None:
        # As the consumer does: nobody else is erasing, and what comes of an erased case is dropped.
        event = event_of(case.id)
        await unit.erased.hold(alone=event.is_tombstone)
        if not await comes_late(event, unit):
            await HANDLERS[type(event)](event, unit)

    return hear


def withdrawn_of(case: UUID) -> Event:
    return intake.CaseWithdrawn(
        subject=case, occurred_at=TUESDAY, case_code=CODE, ambassador_id=AMBASSADOR, withdrawn_at=TUESDAY
    )


STEPS: dict[str, Callable[[MonitoringUnit, Case], Awaitable[None]]] = {
    "going well": answering(WELL),
    "call me": answering(CALL),
    "new question": answering(FollowUpAnswer.NEW_QUESTION),
    "resolve": resolve,
    "closed": hearing(lambda case: closed(TUESDAY).model_copy(update={"subject": case})),
    "withdrawn": hearing(withdrawn_of),
    "erased": hearing(lambda case: intake.CaseErased(subject=case, occurred_at=TUESDAY)),
}


class Outcome(NamedTuple):
    """How two steps ended, where the case and its follow-up stand, and what was said, in order."""

    ended: tuple[str, ...]
    phase: Phase | None
    follow_up: tuple[FollowUpState, FollowUpAnswer | None] | None
    on_the_list: tuple[EscalationReason, ...]
    said: tuple[str, ...]


async def outcome(units: Units[Any], rows: OutboxRows, case: Case, ended: Sequence[str]) -> Outcome:
    async with units.begin() as unit:
        watch: Watch | None = await unit.watches.read(case.id)
    if watch is None:
        return Outcome(tuple(ended), None, None, (), ())
    one = watch.follow_ups.get(case.follow_up_id)
    said = sorted((row for row in await rows.waiting(10_000) if row.subject == case.id), key=lambda row: row.sequence)
    return Outcome(
        tuple(ended),
        watch.phase,
        (one.state, one.answer) if one else None,
        tuple(sorted(point.reason for point in watch.open_escalations)),
        tuple(classes_by_wire_name()[row.type].__name__ for row in said),
    )


async def take(units: Units[Any], case: Case, step: str, random: Random | None = None) -> str:
    async def slowly(unit: Any) -> None:  # noqa: ANN401 - the twin's or the real one
        if random:
            hesitating(unit.watches, "get", "case_of_follow_up", random=random)
        await STEPS[step](unit, case)

    return await outcome_of(units.begin, slowly)


async def one_after_the_other(first: str, second: str) -> set[Outcome]:
    """In both orders, on the twin; how they ended is told in the order in which they are named."""
    outcomes = set()
    for order in ([0, 1], [1, 0]):
        units = on_twins(HeldClock(TUESDAY))
        case = await a_case(units)
        ended = {number: await take(units, case, (first, second)[number]) for number in order}
        outcomes.add(await outcome(units, InMemoryOutboxRows(units), case, [ended[0], ended[1]]))
    return outcomes


@pytest.mark.parametrize("first", STEPS)
async def test_two_steps_at_the_same_moment_end_as_if_one_came_after_the_other(
    postgres_units: RealUnits, first: str
) -> None:
    random = Random(first)
    for second in STEPS:
        possible = await one_after_the_other(first, second)
        for _ in range(ROUNDS):
            case = await a_case(postgres_units)
            ended = await asyncio.gather(*(take(postgres_units, case, step, random) for step in (first, second)))
            assert await outcome(postgres_units, PostgresOutboxRows(postgres_units.database), case, ended) in possible
