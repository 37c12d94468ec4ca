"""The four services on their twins, with one clock, one random generator, and no process that may not die."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product
from random import Random
from typing import Any

from services.intake.adapters.chance import RandomCodes
from services.intake.subscriptions import SUBSCRIPTIONS as INTAKE
from services.matching.subscriptions import SUBSCRIPTIONS as MATCHING
from services.monitoring.handlers.cases import look_for_lost_children
from services.monitoring.handlers.watches import fetch_watches
from services.monitoring.schedule import TIMERS
from services.monitoring.subscriptions import SUBSCRIPTIONS as MONITORING
from services.notify.subscriptions import SUBSCRIPTIONS as NOTIFY
from shared.events.catalogue import topic_of
from shared.kernel.dutch_calendar import DutchCalendar
from shared.messaging.batch import Handlers, Prepare
from shared.messaging.consumer import Consumer
from shared.messaging.parked_retry import ParkedRetry
from shared.messaging.relay import Relay
from shared.messaging.subscriptions import Subscription, by_event, publishers
from shared.messaging.timers import TimerLoop
from shared.unit_of_work import ParkedState, Timer
from tests.parts.city import a_city
from tests.simulation.bus import PARTITIONS, SimulatedBus
from tests.simulation.faults import Crashed, Faults, Fragile, FragileUnits
from tests.simulation.post import Post
from tests.twins.clock import HeldClock
from tests.twins.ids import SeededIds
from tests.twins.intake import MemoryIntakeUnit
from tests.twins.matching import MemoryMatchingUnit
from tests.twins.monitoring import MemoryMonitoringUnit
from tests.twins.notify import MemoryNotifyUnit
from tests.twins.unit_of_work import InMemoryOutboxRows, MemoryUnits

POISON_RATE = 0.03
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Node:
    """One service: what is committed (`truth`), and the way its processes reach it (`units`)."""

    name: str
    truth: MemoryUnits[Any]
    units: FragileUnits
    handlers: Handlers[Any]
    hears: tuple[str, ...]
    timers: Mapping[str, Callable[[Timer, Any], Awaitable[None]]] = field(default_factory=dict)
    prepare: Prepare[Any] | None = None


class World:
    """Everything that a seed decides. `trace` says what happened, in order."""

    def __init__(self, seed: int, *, crash_rate: float = 0.04) -> None:
        self.random = Random(seed)
        self.clock = HeldClock(START)
        self.ids = SeededIds(self.random)
        self.faults = Faults(self.random, 0.0)
        self.crash_rate = crash_rate
        self.bus = SimulatedBus(self.random, self.faults)
        self.trace: list[str] = []
        self.fired: dict[int, Timer] = {}
        self._firing: list[Timer] = []
        codes = RandomCodes(self.random)
        self.intake = self._node("intake", partial(MemoryIntakeUnit, codes=codes), INTAKE)
        self.matching = self._node("matching", MemoryMatchingUnit, MATCHING)
        self.monitoring = self._node(
            "monitoring",
            partial(MemoryMonitoringUnit, calendar=DutchCalendar()),
            MONITORING,
            timers=TIMERS,
            prepare=fetch_watches,
        )
        self.notify = self._node("notify", MemoryNotifyUnit, NOTIFY)
        self.nodes = (self.intake, self.matching, self.monitoring, self.notify)
        self.post = Post(self.notify.units, self.random, self.faults, self.clock)

    def _node(
        self, name: str, make: Callable[..., Any], subscriptions: Sequence[Subscription[Any]], **more: Any
    ) -> Node:
        truth = MemoryUnits(service=name, clock=self.clock, ids=self.ids, make=make)
        handlers = self._tasted(name, by_event(subscriptions))
        return Node(name, truth, FragileUnits(truth, self.faults), handlers, publishers(subscriptions), **more)

    @property
    def today(self) -> date:
        """The day that it is for people."""
        return a_city().day_of(self.clock.now())

    def note(self, line: str) -> None:
        """One line of the trace."""
        self.trace.append(f"{self.clock.now():%m-%d %H:%M} {line}")

    def unsafe(self) -> None:
        """From here on processes may die, and events may be poison."""
        self.faults.rate, self.faults.poison_rate = self.crash_rate, POISON_RATE

    async def survive(self, what: str, work: Callable[[], Awaitable[int | None]]) -> int:
        """Let a process do something; when it dies, it starts again with what is committed."""
        try:
            done = await work()
        except Crashed:
            self.note(f"{what}: crash")
            return 0
        if done:
            self.note(f"{what}: {done}")
        return done or 0

    async def relay(self, node: Node, limit: int) -> int:
        """Publish what waits in the outbox."""
        rows: Any = Fragile(InMemoryOutboxRows(node.truth), self.faults)
        relay = Relay(rows, self.bus, service=node.name, source_urn="urn:nld:simulation:systeem")
        return await self.survive(f"{node.name} relays", lambda: relay.publish_waiting(limit))

    async def consume(self, node: Node, heard: str, partition: int) -> int:
        """Deliver one batch."""
        consumer = Consumer(node.units, node.handlers, node.prepare)
        lane = (topic_of(heard), partition)
        work = partial(self.bus.deliver_some, node.name, lane, consumer.deliver)
        return await self.survive(f"{node.name} hears {heard}", work)

    async def retry_parked(self, node: Node) -> int:
        """Work off what is parked."""
        return await self.survive(
            f"{node.name} retries what is parked", ParkedRetry(node.units, node.handlers).run_once
        )

    def _tasted(self, service: str, handlers: Handlers[Any]) -> Handlers[Any]:
        """The real handlers; some event is poison to them, and what they applied is remembered."""

        def tasted(handler: Callable[[Any, Any], Awaitable[None]]) -> Callable[[Any, Any], Awaitable[None]]:
            async def handle(event: Any, unit: Any) -> None:
                self.faults.taste(service, unit.handled.id)
                await handler(event, unit)
                unit.applied.append(unit.handled)

            return handle

        return {kind: tasted(handler) for kind, handler in handlers.items()}

    async def mend(self) -> None:
        """An operator lets everything that stands aside be tried again, after the cause was mended."""
        self.faults.mended()
        for node in self.nodes:
            async with node.truth.begin() as unit:
                for parked in await unit.parking.all(1000):
                    if parked.state is ParkedState.FAILED:
                        self.note(f"{node.name}: {parked.type} is tried again")
                        await unit.parking.mark(parked.event_id, ParkedState.RETRY)

    async def fire(self, node: Node) -> int:
        """Fire what is due: never early, and one effect each (P4)."""
        self._firing.clear()
        handlers = {kind: self._watched(handler) for kind, handler in node.timers.items()}
        done = await self.survive(f"{node.name} timers", partial(TimerLoop(node.units, handlers).fire_due, 10))
        if done:
            # Told apart by what they are: two terms that begin in one weekend end together, under the same key.
            for timer in self._firing:
                assert id(timer) not in self.fired, f"P4: {timer.key} of {timer.due_at} fired twice"
                self.fired[id(timer)] = timer
        return done

    def _watched(self, handler: Callable[[Timer, Any], Awaitable[None]]) -> Callable[[Timer, Any], Awaitable[None]]:
        async def fire(timer: Timer, unit: Any) -> None:
            assert timer.due_at <= self.clock.now(), f"P4: {timer.key} fired early"
            self._firing.append(timer)
            await handler(timer, unit)

        return fire

    async def look_for_lost(self) -> int:
        """Monitoring's net under the net."""

        async def look() -> None:
            async with self.monitoring.units.begin() as unit:
                await look_for_lost_children(unit)

        return await self.survive("monitoring looks", look)

    async def settle(self) -> None:
        """No process dies any more, and what was poison is mended: run until nothing is left to do at this instant."""
        rate, self.faults.rate = self.faults.rate, 0.0
        await self._run_dry()
        poison_rate, self.faults.poison_rate = self.faults.poison_rate, 0.0
        await self.mend()
        await self._run_dry()
        await self.look_for_lost()
        self.faults.rate, self.faults.poison_rate = rate, poison_rate

    async def _run_dry(self) -> None:
        busy = 1
        while busy:
            busy = await self.post.deliver()
            for node in self.nodes:
                # Only what has something to do: most have not, and looking costs a transaction.
                if await InMemoryOutboxRows(node.truth).waiting(1):
                    busy += await self.relay(node, 1000)
                if node.truth.tables.table("parked_events"):
                    busy += await self.retry_parked(node)
                if any(due_at <= self.clock.now() for due_at, _ in node.truth.tables.table("timers").values()):
                    busy += await self.fire(node)
                for heard, partition in product(node.hears, range(PARTITIONS)):
                    if self.bus.waiting(node.name, (topic_of(heard), partition)):
                        busy += await self.consume(node, heard, partition)
                busy += len(await InMemoryOutboxRows(node.truth).waiting(1))

    def forward(self, by: timedelta) -> None:
        """Time passes."""
        self.clock.forward(by)
