"""The four services on their twins, with one clock, one random generator, and no process that may not die."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from services.intake import schedule as schedule_of_intake
from services.intake.adapters.chance import RandomCodes
from services.intake.subscriptions import SUBSCRIPTIONS as INTAKE
from services.matching import schedule as schedule_of_matching
from services.matching.subscriptions import SUBSCRIPTIONS as MATCHING
from services.monitoring import schedule as schedule_of_monitoring
from services.monitoring.handlers.watches import fetch_watches
from services.monitoring.subscriptions import SUBSCRIPTIONS as MONITORING
from services.notify import schedule as schedule_of_notify
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason
from services.notify.subscriptions import SUBSCRIPTIONS as NOTIFY
from shared.events.intake import CaseWithdrawn
from shared.kernel.dutch_calendar import DutchCalendar
from shared.messaging.batch import Handlers, Prepare
from shared.messaging.consumer import Consumer
from shared.messaging.parked_retry import ParkedRetry
from shared.messaging.relay import Relay
from shared.messaging.schedule import Every, TimerHandler
from shared.messaging.subscriptions import Subscription, by_event, publishers
from shared.messaging.timers import TimerLoop
from shared.unit_of_work import ParkedState, Timer
from tests.parts.city import a_city
from tests.simulation.attention import Attention
from tests.simulation.bus import SimulatedBus
from tests.simulation.faults import Crashed, Faults, Fragile, FragileUnits
from tests.simulation.late import LateRows
from tests.simulation.post import Post, Sent
from tests.twins.clock import HeldClock
from tests.twins.ids import SeededIds
from tests.twins.intake import MemoryIntakeUnit
from tests.twins.intake_erasing import InMemoryLedger
from tests.twins.matching import MemoryMatchingUnit
from tests.twins.monitoring import MemoryMonitoringUnit
from tests.twins.notify import MemoryNotifyUnit
from tests.twins.unit_of_work import MemoryUnits

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
    rows: LateRows
    jobs: Sequence[Every[Any]]
    timers: Mapping[str, TimerHandler[Any]]
    prepare: Prepare[Any] | None


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
        self._open_services()
        self.nodes = (self.intake, self.matching, self.monitoring, self.notify)
        self.attention = Attention()
        # Every message that there ever was, as it was seen last: notify forgets those that are long at rest.
        self.mails: dict[UUID, Message] = {}
        self._withdrawn: set[UUID] = set()
        self._heard = 0
        self.post = Post(self.notify.units, self.random, self.faults, self._read)

    def _open_services(self) -> None:
        codes = RandomCodes(self.random)
        self.intake = self._node(
            "intake", partial(MemoryIntakeUnit, codes=codes, ledger=InMemoryLedger()), INTAKE, schedule_of_intake
        )
        self.matching = self._node("matching", MemoryMatchingUnit, MATCHING, schedule_of_matching)
        watching = partial(MemoryMonitoringUnit, calendar=DutchCalendar())
        self.monitoring = self._node("monitoring", watching, MONITORING, schedule_of_monitoring, prepare=fetch_watches)
        self.notify = self._node("notify", MemoryNotifyUnit, NOTIFY, schedule_of_notify)

    def _node(
        self,
        name: str,
        make: Callable[..., Any],
        subscriptions: Sequence[Subscription[Any]],
        schedule: Any,
        prepare: Prepare[Any] | None = None,
    ) -> Node:
        truth = MemoryUnits(service=name, clock=self.clock, ids=self.ids, make=make)
        return Node(
            name,
            truth,
            FragileUnits(truth, self.faults),
            self._tasted(name, by_event(subscriptions)),
            publishers(subscriptions),
            LateRows(truth, self.random, self.faults),
            schedule.JOBS,
            schedule.TIMERS,
            prepare,
        )

    def _read(self, message_id: UUID) -> None:
        """A copy of this mail arrived; a digest is about what its parts are about."""
        mails = self.notify.truth.tables.table("messages")
        if message_id not in mails:
            # Its case was erased while it was on the line.
            return
        along = [one for one in mails.values() if one.part_of == message_id and one.state is MessageState.SENDING]
        for mail in [mails[message_id], *along]:
            case_id = mail.draft.case_id
            # It may be forgotten, with its case, before anybody looks again.
            self.mails[mail.id] = mail
            on_hold = self.notify.truth.tables.table("ended_cases").get(case_id) is Reason.CASE_ON_HOLD
            self.post.sent.append(Sent(mail.id, self.clock.now(), self.is_withdrawn(case_id), on_hold))
            if case_id is not None:
                self.attention.paid(case_id, self.clock.now())

    def is_withdrawn(self, case_id: UUID | None) -> bool:
        """Whether notify knows by now that the family withdrew."""
        applied = self.notify.units.applied
        self._withdrawn |= {one.subject for one in applied[self._heard :] if isinstance(one.event, CaseWithdrawn)}
        self._heard = len(applied)
        return case_id in self._withdrawn

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

    def safe(self) -> None:
        """From here on every process lives, and can apply what it hears."""
        self.faults.rate = self.faults.poison_rate = 0.0

    async def survive(self, what: str, work: Callable[[], Awaitable[int | None]]) -> int:
        """Let a process do something; when it dies, it starts again with what is committed."""
        try:
            with self.faults.at(what):
                done = await work()
        except Crashed:
            self.note(f"{what}: crash")
            return 0
        if done:
            self.note(f"{what}: {done}")
        return done or 0

    async def relay(self, node: Node, limit: int) -> int:
        """Publish what waits in the outbox."""
        rows: Any = Fragile(node.rows, self.faults)
        relay = Relay(rows, self.bus, service=node.name, source_urn="urn:nld:simulation:systeem")
        return await self.survive(f"{node.name} relays", lambda: relay.publish_waiting(limit))

    async def consume(self, node: Node, topic: str, partition: int) -> int:
        """Deliver one batch."""
        consumer = Consumer(node.units, node.handlers, node.prepare)
        work = partial(self.bus.deliver_some, node.name, (topic, partition), consumer.deliver)
        return await self.survive(f"{node.name} hears {topic}", work)

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

    async def do_jobs(self, node: Node) -> None:
        """What a service does by itself, each job once: among them monitoring's net under the net."""
        self.mails |= self.notify.truth.tables.table("messages")
        for job in node.jobs:

            async def work(job: Every[Any] = job) -> None:
                async with node.units.begin() as unit:
                    await job.handler(unit)

            await self.survive(f"{node.name}: {job.name}", work)

    def forward(self, by: timedelta) -> None:
        """Time passes, and nothing runs meanwhile."""
        self.clock.forward(by)
