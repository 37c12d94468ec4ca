"""A service in a process of its own that collects spans, on the twins: `door` takes a request and prints what it
published; `worker` applies what it reads, lets the timer that it set fire, and prints what it published then.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from shared.events.intake import CaseReopened
from shared.kernel.ids import RandomIds
from shared.kernel.logs import set_up
from shared.kernel.spans import Spans
from shared.messaging.bus.base import Delivered, Record
from shared.messaging.consumer import Consumer
from shared.messaging.relay import Relay
from shared.messaging.timers import TimerLoop
from shared.runtime.telemetry import set_up_tracing
from shared.unit_of_work import Timer, UnitOfWork
from shared.web.metrics import HttpMetrics, Observe
from shared.web.problem import Problem
from tests.twins.clock import HeldClock
from tests.twins.unit_of_work import InMemoryOutboxRows, MemoryUnit, MemoryUnits

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def said(subject: UUID) -> CaseReopened:
    return CaseReopened(subject=subject, occurred_at=T0, reopened_by=UUID(int=7))


class KeepingBus:
    """Keeps what is published."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    async def publish(self, records: Sequence[Record]) -> None:
        self.records += records

    def subscribe(self, *_: object, **__: object) -> Any:  # noqa: ANN401 - nobody subscribes
        raise NotImplementedError

    async def check(self) -> None:
        """Nothing to check."""

    async def close(self) -> None:
        """Nothing to close."""


async def door(units: MemoryUnits[MemoryUnit]) -> None:
    async def take() -> Response:
        async with units.begin() as unit:
            unit.outbox.append(said(UUID(int=1)))
        return PlainTextResponse("taken")

    def refuse(_: Request, __: Problem) -> Response:
        return PlainTextResponse("broken", 500)

    metrics = HttpMetrics.of(CollectorRegistry())
    app = FastAPI(middleware=[Middleware(Observe, service="intake", metrics=metrics, refuse=refuse)])
    app.add_api_route("/take/{what}", take, methods=["POST"])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://intake") as client:
        await client.post("/take/VerySecret")


async def worker(units: MemoryUnits[MemoryUnit], clock: HeldClock, records: list[Delivered]) -> None:
    async def answer(event: CaseReopened, unit: UnitOfWork) -> None:
        unit.timers.set(Timer("t", "ring", event.subject, unit.now + timedelta(days=1)))

    async def ring(timer: Timer, unit: UnitOfWork) -> None:
        unit.outbox.append(said(timer.subject))

    spans = Spans("monitoring")
    await Consumer(units, {CaseReopened: answer}, spans=spans).deliver(records)
    clock.forward(timedelta(days=2))
    await TimerLoop(units, {"ring": ring}, spans=spans).fire_due()


async def main(role: str) -> None:
    service = {"door": "intake", "worker": "monitoring"}[role]
    set_up(service, "error")
    set_up_tracing(service)
    clock = HeldClock(T0)
    units = MemoryUnits(service=service, clock=clock, ids=RandomIds(), make=MemoryUnit)
    if role == "door":
        await door(units)
    else:
        read = [json.loads(line) for line in sys.stdin]
        await worker(
            units, clock, [Delivered(r["topic"], 0, 0, r["key"], r["value"].encode(), r["headers"]) for r in read]
        )
    bus = KeepingBus()
    relay = Relay(InMemoryOutboxRows(units), bus, service=service, source_urn="urn:nld:test:systeem")
    await relay.publish_waiting()
    for record in bus.records:
        print(json.dumps(asdict(record) | {"value": record.value.decode()}))  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
