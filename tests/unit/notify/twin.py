"""Notify on its twin: what it consumes, what it attempts, and what it published."""

from datetime import datetime, timedelta
from random import Random

from services.notify.commands import ClaimMessages, RecordOutcome
from services.notify.domain.mail import Mail
from services.notify.domain.message import Message
from services.notify.domain.outcome import Accepted, AttemptOutcome
from services.notify.handlers.messages import claim_messages, record_outcomes
from services.notify.schedule import TIMERS
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.events.base import Event
from shared.messaging.outbox_rows import OutboxRow
from shared.messaging.subscriptions import by_event
from shared.messaging.timers import TimerLoop
from shared.unit_of_work import Timer
from tests.twins.clock import HeldClock
from tests.twins.erased import comes_late
from tests.twins.ids import SeededIds
from tests.twins.notify import MemoryNotifyUnit
from tests.twins.unit_of_work import MemoryUnits
from tests.unit.notify.builders import NOW


class Notify:
    """Notify on its twin, with a clock that stands still."""

    def __init__(self) -> None:
        self.clock = HeldClock(NOW)
        self.units = MemoryUnits(service="notify", clock=self.clock, ids=SeededIds(Random(1)), make=MemoryNotifyUnit)

    async def given(self, *events: Event) -> None:
        """These events were consumed, each in its own transaction."""
        for event in events:
            async with self.units.begin() as unit:
                if not await comes_late(event, unit):
                    await by_event(SUBSCRIPTIONS)[type(event)](event, unit)

    async def claim(self, limit: int = 10) -> list[Message]:
        """The sender takes what is due."""
        async with self.units.begin() as unit:
            return await claim_messages(ClaimMessages(limit), unit)

    async def attempt(self, outcome: AttemptOutcome) -> Message:
        """The sender takes one message, and the attempt ends so."""
        return await self.ends((await self.claim(1))[0], outcome)

    async def claimed(self, mail: Mail) -> Message:
        """The sender takes all that is due; this one stays in hand, the others arrived."""
        found = {message.draft.mail: message for message in await self.claim()}
        for message in found.values():
            if message.draft.mail is not mail:
                await self.ends(message, Accepted())
        return found[mail]

    async def ends(self, message: Message, outcome: AttemptOutcome) -> Message:
        """The attempt in hand ends so."""
        async with self.units.begin() as unit:
            changed, *_ = await record_outcomes([RecordOutcome(message.id, message.attempt, outcome, 1.0)], unit)
        return changed

    async def all_arrive(self) -> list[Message]:
        """Everything that is due arrives; returns what left as a letter of its own."""
        claimed = await self.claim()
        for message in claimed:
            await self.ends(message, Accepted())
        return claimed

    async def time_passes(self, time: timedelta) -> None:
        """Every timer that is due in this time fires at its moment."""
        until = self.clock.now() + time
        while (due := self._next_timer()) is not None and due <= until:
            self.clock.forward(max(due - self.clock.now(), timedelta(0)))
            await TimerLoop(self.units, TIMERS).fire_due(100)
        self.clock.forward(until - self.clock.now())

    def _next_timer(self) -> datetime | None:
        rows: list[tuple[datetime, Timer]] = list(self.units.tables.table("timers").values())
        return min((due_at for due_at, _ in rows), default=None)

    def messages(self) -> list[Message]:
        """All messages, oldest first."""
        return list(self.units.tables.table("messages").values())

    def published(self) -> list[str]:
        """The wire types of what notify published so far, without its prefix."""
        rows: list[tuple[OutboxRow, bool]] = list(self.units.tables.table("outbox").values())
        return [row.type.removeprefix("nl.schakel.notify.").removesuffix(".v1") for row, _ in rows]
