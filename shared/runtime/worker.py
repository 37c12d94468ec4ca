"""The wiring of a worker: relay, consumer, retry of parked events, timers, jobs, housekeeping and telemetry."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, NamedTuple

import structlog
from prometheus_client import Counter

from shared.access.links import forget_expired
from shared.events.catalogue import TOPICS, is_bulk
from shared.kernel.errors import is_transient
from shared.kernel.settings import CommonSettings
from shared.kernel.spans import Spans
from shared.kernel.waiting import wait_for
from shared.messaging.audit import PostgresAuditLines
from shared.messaging.audit_anchors import AnchoredEveryHour, AuditWatch
from shared.messaging.batch import Prepare
from shared.messaging.bus.base import BusAway, BusConsumer
from shared.messaging.consumer import Consumer
from shared.messaging.leadership import Leadership
from shared.messaging.member_name import OneOfItsName
from shared.messaging.outbox_rows import PostgresOutboxRows
from shared.messaging.parked_retry import ParkedRetry
from shared.messaging.postgres_unit import PostgresUnits
from shared.messaging.postgres_unit import UnitT as PostgresUnitT
from shared.messaging.relay import Relay, RelayLoop, forget_published
from shared.messaging.schedule import Every, TimerHandler
from shared.messaging.subscriptions import Subscription, by_event, publishers
from shared.messaging.timers import TimerLoop
from shared.messaging.traced import RunningJob
from shared.privacy.anchors import Anchors
from shared.privacy.audit_chain import AuditChain
from shared.runtime.service import Parts, SideTask
from shared.runtime.telemetry import Telemetry
from shared.unit_of_work import Units

HOUSEKEEPING = timedelta(hours=1)
TELEMETRY_SECONDS = 5.0
# How long events may wait so that more of them travel together, and the relay's interval where a person is waiting.
LINGER_SECONDS = 0.1
SHORT_INTERVAL_SECONDS = 0.025
Check = Callable[[], Awaitable[object]]
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class WorkerWiring(Generic[PostgresUnitT]):
    """What differs between the workers of services: their subscriptions, timers and jobs."""

    name: str
    units: PostgresUnits[PostgresUnitT]
    subscriptions: Sequence[Subscription[PostgresUnitT]]
    timers: Mapping[str, TimerHandler[PostgresUnitT]] = field(default_factory=dict)
    jobs: Sequence[Every[PostgresUnitT]] = ()
    prepare: Prepare[PostgresUnitT] | None = None
    # True where a person is waiting. Otherwise events may be held for LINGER_SECONDS and handled as one batch.
    consumes_at_once: bool = False
    publishes_at_once: bool = False


class WiredWorker(NamedTuple):
    """The tasks that every worker runs, and what its `/readyz` asks."""

    tasks: tuple[SideTask, ...]
    checks: dict[str, Check]


def wire_worker(wiring: WorkerWiring[PostgresUnitT], settings: CommonSettings, parts: Parts) -> WiredWorker:
    """A worker is ready when the database and the bus answer, and it is a member of its consumer group."""
    rows = PostgresOutboxRows(parts.database)
    handlers = by_event(wiring.subscriptions)
    spans = Spans(wiring.name)
    dropped = Counter("schakel_late_events_dropped", "Late events of erased cases", registry=parts.registry)
    consumer = Consumer(wiring.units, handlers, wiring.prepare, spans=spans, count_dropped=dropped.inc)
    subscription = _subscribe(wiring, settings, parts, consumer)
    telemetry = Telemetry(parts.registry, parts.database, rows, subscription)
    tasks = (
        *_relays(wiring, settings, parts),
        *([SideTask("consumer", subscription.run)] if subscription is not None else ()),
        SideTask("too-many-parked", consumer.watch),
        SideTask("parked-retry", ParkedRetry(wiring.units, handlers, spans=spans).run),
        SideTask("timers", TimerLoop(wiring.units, wiring.timers, spans=spans).run),
        SideTask("housekeeping", _every(HOUSEKEEPING, _housekeeping(rows, wiring.units, parts))),
        SideTask("audit-anchors", _anchored(wiring.name, settings, parts).run),
        SideTask("telemetry", _every(timedelta(seconds=TELEMETRY_SECONDS), telemetry.refresh)),
        *(SideTask(job.name, _every(job.pause, _in_a_unit(wiring.units, job))) for job in named_apart(wiring.jobs)),
    )
    checks = {**web_checks(parts), "bus": parts.bus.check}
    if subscription is not None:
        checks["subscription"] = subscription.lag
    return WiredWorker(tasks, checks)


def _relays(wiring: WorkerWiring[Any], settings: CommonSettings, parts: Parts) -> list[SideTask]:
    """One for each topic, so that a backlog of the one holds nothing back that goes to another."""
    tasks = []
    for topic in TOPICS[wiring.name]:
        name = "relay-in-bulk" if is_bulk(topic) else "relay"
        rows = PostgresOutboxRows(parts.database, topic)
        relay = Relay(rows, parts.bus, service=wiring.name, source_urn=settings.source_urn)
        leadership = Leadership(settings.database_url, service=wiring.name, pace=name)
        interval = SHORT_INTERVAL_SECONDS if wiring.publishes_at_once and not is_bulk(topic) else LINGER_SECONDS
        loop = RelayLoop(relay, leadership, random=parts.random, minimum_interval=interval)
        tasks.append(SideTask(name, loop.run))
    return tasks


def _anchored(service: str, settings: CommonSettings, parts: Parts) -> AnchoredEveryHour:
    anchors = Anchors(settings.anchor_folder / service)
    watch = AuditWatch(PostgresAuditLines(parts.database), AuditChain(settings.audit_key), anchors)
    return AnchoredEveryHour(watch, parts.clock, parts.registry)


def web_checks(parts: Parts) -> dict[str, Check]:
    """What `/readyz` of a web process asks: it serves people while the bus is away."""
    return {"database": parts.database.check}


def _subscribe(
    wiring: WorkerWiring[Any], settings: CommonSettings, parts: Parts, consumer: Consumer[Any]
) -> BusConsumer | None:
    topics = [topic for service in publishers(wiring.subscriptions) for topic in TOPICS[service]]
    if not topics:
        return None
    member = settings.member or member_name(wiring.name)
    member_consumer = parts.bus.subscribe(
        topics,
        group=f"schakel-{wiring.name}",
        member=member,
        deliver=consumer.deliver,
        linger=0.0 if wiring.consumes_at_once else LINGER_SECONDS,
    )
    if not settings.kafka_bootstrap:
        # A bus in this process has no other workers on it.
        return member_consumer
    return OneOfItsName(member_consumer, settings.database_url, member=member, random=parts.random)


def member_name(service: str) -> str:
    """A worker's own: that of its host or container, which stays the same when the process is started again there."""
    return f"{service}-{socket.gethostname()}"


def named_apart(jobs: Sequence[Every[Any]]) -> Sequence[Every[Any]]:
    """Raises ValueError when two have one name: in the log they could not be told apart."""
    names = [job.name for job in jobs]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"two jobs are named {twice[0]!r}")
    return jobs


def _every(
    pause: timedelta, work: Callable[[], Awaitable[None]]
) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
    async def run(stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await work()
            except Exception as error:
                if not (is_transient(error) or isinstance(error, BusAway)):
                    raise
                log.warning("periodic_work_waits", error=type(error).__name__)
            await wait_for(stop, pause.total_seconds())

    return run


def _in_a_unit(units: Units[Any], job: Every[Any]) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        with RunningJob(job.name):
            async with units.begin() as unit:
                await job.handler(unit)

    return work


def _housekeeping(rows: PostgresOutboxRows, units: PostgresUnits[Any], parts: Parts) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        await forget_published(rows)
        async with units.begin() as unit:
            await unit.inbox.forget_old()
        async with parts.database.transaction() as connection:
            await forget_expired(connection)

    return work
