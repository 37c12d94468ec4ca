"""Requests that share a transaction keep each its own trace."""

import asyncio

from shared.kernel.trace import readable, trace_id
from shared.messaging.outbox_rows import OutboxRow
from tests.parts.log_lines import log_lines
from tests.unit.intake.app import body
from tests.unit.intake.school import School

TRACES = [f"{number:032x}" for number in range(1, 6)]


def rows(school: School) -> list[OutboxRow]:
    found: list[tuple[OutboxRow, bool]] = list(school.units.tables.table("outbox").values())
    return [row for row, _ in found]


async def submit(school: School, number: int, traceparent: str | None) -> str:
    """The id of the case."""
    headers = {"Idempotency-Key": f"key-{number}"} | ({"traceparent": traceparent} if traceparent else {})
    reply = await school.asks("POST", "/v1/requests", json=body(), headers=headers)
    assert reply.status_code == 201
    return str(reply.json()["id"])


async def test_each_request_of_a_batch_keeps_its_own_trace_and_the_log_says_it(school: School) -> None:
    with log_lines() as lines:
        sent = [f"00-{trace}-b7ad6b7169203331-01" for trace in TRACES]
        cases = await asyncio.gather(*(submit(school, number, each) for number, each in enumerate(sent)))

    found = {str(row.subject): trace_id(row.traceparent or "") for row in rows(school)}
    assert [found[case] for case in cases] == TRACES
    assert sorted(line["trace_id"] for line in lines.of("request")) == TRACES
    assert not {row.traceparent for row in rows(school)} & set(sent), "the door is a span of its own"


async def test_request_without_a_trace_or_with_a_wrong_one_begins_one(school: School) -> None:
    await submit(school, 1, None)
    await submit(school, 2, "00-Jansje-b7ad6b7169203331-01")
    begun = [readable(row.traceparent) for row in rows(school)]
    assert len({trace_id(each or "") for each in begun}) == 2
    assert None not in begun
