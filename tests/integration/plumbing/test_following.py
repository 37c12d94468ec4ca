"""An event can be followed: its ids in every line of the log, and its trace in all that comes of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import structlog

from shared.events.base import Cause
from shared.events.intake import CaseReopened
from shared.kernel.trace import child_of, trace_id
from shared.messaging.batch import EventBatch
from shared.messaging.bus.base import Delivered
from shared.messaging.cloudevents import decode
from shared.messaging.consumer import Consumer
from shared.messaging.parked_retry import ParkedRetry
from shared.messaging.received import IncomingEvent
from shared.messaging.timers import TimerLoop
from shared.unit_of_work import ParkedState, Timer, UnitOfWork
from tests.integration.plumbing.conftest import Bench, said
from tests.parts.log_lines import LogLines, log_lines

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
DOOR = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
IDS = ("event_id", "event_type", "subject", "correlation_id", "trace_id")
log = structlog.get_logger(__name__)


async def answer(event: CaseReopened, unit: UnitOfWork) -> None:
    """Says what it does, fails at B, and answers A."""
    log.info("at_work", of=str(event.subject))
    if event.subject == B:
        raise RuntimeError("Jansje")
    if event.subject == A:
        unit.outbox.append(said(C))
        unit.timers.set(Timer("t", "ring", A, unit.now + timedelta(days=1)))


async def ring(timer: Timer, unit: UnitOfWork) -> None:
    log.info("rings")
    unit.outbox.append(said(UUID(int=4)))


async def ask(bench: Bench, *subjects: UUID) -> list[Delivered]:
    """Facts, each of a request of its own."""
    for subject in subjects:
        async with bench.units.begin() as unit:
            unit.caused_by(Cause(None, None, DOOR if subject == A else child_of(None)))
            unit.outbox.append(said(subject))
    return await bench.records()


def ids(record: Delivered) -> dict[str, str]:
    """As a log line names them."""
    event = decode(record)
    return {
        "event_id": str(event.id),
        "event_type": record.headers["ce_type"],
        "subject": record.key,
        "correlation_id": str(event.correlation_id),
        "trace_id": trace_id(event.traceparent or ""),
    }


def ids_in(lines: LogLines, event: str) -> list[dict[str, str]]:
    return [{name: line[name] for name in IDS} for line in lines.of(event)]


async def test_every_line_of_a_handler_holds_the_ids_of_its_own_event(bench: Bench) -> None:
    records = await ask(bench, A, C)
    with log_lines() as lines:
        async with bench.units.begin() as unit:
            batch = [IncomingEvent.read(record) for record in records]
            await EventBatch(unit, {CaseReopened: answer}, batch).apply_all()
            log.info("afterwards")

    expected = [ids(record) for record in records]
    assert ids_in(lines, "at_work") == expected
    assert ids_in(lines, "event_handled") == expected
    assert [line["of"] for line in lines.of("at_work")] == [str(A), str(C)]
    (afterwards,) = lines.of("afterwards")
    assert not {*IDS, "causation_id"} & afterwards.keys()


async def test_success_of_a_handler_is_no_line_unless_debug_is_asked_for(bench: Bench) -> None:
    records = await ask(bench, C)
    with log_lines("info") as lines:
        await Consumer(bench.units, {CaseReopened: answer}).deliver(records)
    assert [line["event"] for line in lines.all()] == ["at_work"]


async def test_handler_that_fails_is_named_by_its_event_without_its_words(bench: Bench) -> None:
    records = await ask(bench, A, B, C)
    with log_lines() as lines:
        await Consumer(bench.units, {CaseReopened: answer}).deliver(records)

    assert ids_in(lines, "event_parked") == [ids(records[1])]
    assert lines.of("event_parked")[0]["error"] == "RuntimeError"
    assert ids_in(lines, "at_work")[-1] == ids(records[2]), "nothing of the failed one is left in the next"
    assert "Jansje" not in str(lines.all())


async def test_parked_event_that_fails_again_is_named_by_its_ids(bench: Bench) -> None:
    records = await ask(bench, B)
    handlers: dict[Any, Any] = {CaseReopened: answer}
    with log_lines() as lines:
        await Consumer(bench.units, handlers).deliver(records)
        await bench.in_unit(lambda unit: unit.parking.mark(ids(records[0])["event_id"], ParkedState.RETRY))
        await ParkedRetry(bench.units, handlers).run_once()
    assert ids_in(lines, "parked_event_failed_again") == [ids(records[0])]


async def test_trace_goes_from_the_door_over_the_event_to_what_its_handler_says_and_to_its_timer(bench: Bench) -> None:
    (asked,) = await ask(bench, A)
    await Consumer(bench.units, {CaseReopened: answer}).deliver([asked])
    await bench.forward(timedelta(days=2))
    with log_lines() as lines:
        await TimerLoop(bench.units, {"ring": ring}).fire_due()

    first, answered, rung = (decode(record) for record in await bench.records())
    assert first.traceparent == DOOR
    assert {trace_id(event.traceparent or "") for event in (first, answered, rung)} == {trace_id(DOOR)}
    assert len({event.traceparent for event in (first, answered, rung)}) == 3, "each hop is a span of its own"
    assert first.correlation_id == answered.correlation_id == rung.correlation_id == first.id
    assert (answered.causation_id, rung.causation_id) == (first.id, first.id)
    for line in (*lines.of("rings"), *lines.of("timer_fired")):
        assert (line["timer"], line["timer_kind"], line["subject"]) == ("t", "ring", str(A))
        assert (line["correlation_id"], line["causation_id"]) == (str(first.id), str(first.id))
        assert line["trace_id"] == trace_id(DOOR)


async def test_timer_set_at_a_door_belongs_to_the_chain_of_the_first_event_there(bench: Bench) -> None:
    async with bench.units.begin() as unit:
        unit.timers.set(Timer("t", "ring", A, unit.now))
        unit.outbox.append(said(A), said(B))
    await TimerLoop(bench.units, {"ring": ring}).fire_due()

    first, second, rung = (decode(record) for record in await bench.records())
    assert (rung.correlation_id, rung.causation_id) == (first.id, first.id)
    assert second.causation_id is None
    assert len({trace_id(event.traceparent or "") for event in (first, second, rung)}) == 1


async def test_timer_that_fails_is_named_by_what_set_it(bench: Bench) -> None:
    async def fail(timer: Timer, unit: UnitOfWork) -> None:
        raise RuntimeError("Jansje")

    (asked,) = await ask(bench, A)
    await Consumer(bench.units, {CaseReopened: answer}).deliver([asked])
    await bench.forward(timedelta(days=2))
    with log_lines() as lines:
        await TimerLoop(bench.units, {"ring": fail}).fire_due()
        log.info("afterwards")

    assert "timer" not in lines.of("afterwards")[0]
    (line,) = lines.of("timer_failed")
    assert (line["timer"], line["causation_id"], line["error"]) == ("t", ids(asked)["event_id"], "RuntimeError")
    assert "Jansje" not in str(line)


@pytest.mark.parametrize("header", [None, "00-nonsense"])
async def test_event_without_a_trace_begins_one_for_all_that_comes_of_it(bench: Bench, header: str | None) -> None:
    (asked,) = await ask(bench, A)
    headers = {name: value for name, value in asked.headers.items() if name != "ce_traceparent"}
    headers |= {"ce_traceparent": header} if header else {}
    await Consumer(bench.units, {CaseReopened: answer}).deliver(
        [Delivered(asked.topic, 0, 0, asked.key, asked.value, headers)]
    )
    _, answered = await bench.records()
    assert decode(answered).traceparent is not None
    assert trace_id(answered.headers["ce_traceparent"]) != trace_id(DOOR)
