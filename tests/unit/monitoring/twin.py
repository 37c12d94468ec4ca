"""Monitoring in memory: events go in through the subscriptions, time passes, and what it published comes out."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

import httpx

from services.monitoring.adapters.intake_words import IntakeFollowUpWords
from services.monitoring.commands import AnswerFollowUp, ResolveEscalation
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.desk import resolve_escalation
from services.monitoring.handlers.follow_ups import answer_follow_up
from services.monitoring.ports import KeptWords
from services.monitoring.schedule import TIMERS
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.access.service_tokens import ServiceTokens
from shared.events.base import Event
from shared.events.catalogue import classes_by_wire_name
from shared.events.desk_codes import Resolution
from shared.events.http import FOLLOW_UP_WORDS, FollowUpWords
from shared.events.monitoring import FollowUpAnswer, FollowUpDue
from shared.kernel.city import City
from shared.kernel.dutch_calendar import DutchCalendar
from shared.messaging.subscriptions import by_event
from shared.messaging.timers import TimerLoop
from tests.parts.city import a_city
from tests.parts.keys import ring
from tests.twins.clock import HeldClock
from tests.twins.erased import comes_late
from tests.twins.ids import SeededIds
from tests.twins.monitoring import MemoryMonitoringUnit
from tests.twins.people_book import InMemoryPeopleBook
from tests.twins.unit_of_work import MemoryUnits
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    COORDINATOR,
    TUESDAY,
    day_of,
    handed_over,
    help_delivered,
    needs_assessed,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    request_received,
)

HANDLERS = by_event(SUBSCRIPTIONS)


def on_twins(
    clock: HeldClock, city: City | None = None, words: KeptWords | None = None
) -> MemoryUnits[MemoryMonitoringUnit]:
    """Monitoring's units of work in memory."""
    make = partial(MemoryMonitoringUnit, calendar=DutchCalendar(), follow_up_words=words)
    return MemoryUnits(service="monitoring", clock=clock, ids=SeededIds(Random(1)), make=make, city=city)


class Vault:
    """The door of intake's vault: it keeps what it is asked to, or is away."""

    def __init__(self) -> None:
        self.kept: list[FollowUpWords] = []
        self.away = False

    def http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            raise httpx.ConnectError("nobody there")
        if request.url.path != FOLLOW_UP_WORDS or not request.headers["Authorization"].startswith("Bearer "):
            return httpx.Response(404)
        self.kept.append(FollowUpWords.model_validate_json(request.content))
        return httpx.Response(204)


class Monitoring:
    """Monitoring on its twins."""

    def __init__(self, at: datetime = TUESDAY, city: City | None = None) -> None:
        self.clock = HeldClock(at)
        self.city = city or a_city()
        self.vault = Vault()
        self.people = InMemoryPeopleBook()
        tokens = ServiceTokens(ring("monitoring"), "monitoring", self.clock)
        words = IntakeFollowUpWords(self.vault.http(), "http://intake:8000", tokens)
        self.units = on_twins(self.clock, self.city, words)
        self._seen = 0

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def consumes(self, *events: Event) -> None:
        """Each event in a transaction of its own."""
        for event in events:
            async with self.units.begin() as unit:
                if not await comes_late(event, unit):
                    await HANDLERS[type(event)](event, unit)

    async def time_passes(self, until: datetime) -> None:
        """Every clock rings at its own time, up to and with `until`."""
        loop = TimerLoop(self.units, TIMERS)
        while True:
            due = [at for at, _ in self.units.tables.table("timers").values() if at <= until]
            if due:
                self.clock.forward(max(min(due) - self.now, timedelta(0)))
            if not await loop.fire_due():
                break
        self.clock.forward(max(until - self.now, timedelta(0)))

    async def days_pass(self, days: float) -> None:
        await self.time_passes(self.now + timedelta(days=days))

    async def watch(self, case_id: UUID = CASE) -> Watch:
        async with self.units.begin() as unit:
            watch = await unit.watches.get(case_id)
        assert watch is not None
        return watch

    def published(self) -> list[Event]:
        """Everything that monitoring published since the last time somebody asked."""
        rows = [row for row, _ in self.units.tables.table("outbox").values()]
        new, self._seen = rows[self._seen :], len(rows)
        return [classes_by_wire_name()[row.type].model_validate_json(row.data) for row in new]

    def published_names(self) -> list[str]:
        return [type(event).__name__ for event in self.published()]

    def timers(self) -> dict[str, datetime]:
        return {key: at for key, (at, _) in self.units.tables.table("timers").items()}


async def helped(monitoring: Monitoring) -> None:
    """The whole chain up to the first confirmed outcome, all on the same day."""
    at = monitoring.now
    await monitoring.consumes(
        request_received(at), needs_assessed(at), partner_activated(at), partner_accepted(at, day_of(at)),
        handed_over(at), help_delivered(at), outcome_confirmed(at),
    )  # fmt: skip


async def followed() -> Monitoring:
    """A child that was helped, with its plan."""
    monitoring = Monitoring()
    await helped(monitoring)
    return monitoring


async def answer(monitoring: Monitoring, due: FollowUpDue, choice: FollowUpAnswer) -> None:
    """The ambassador says how it goes."""
    async with monitoring.units.begin() as unit:
        await answer_follow_up(AnswerFollowUp(due.follow_up_id, choice, AMBASSADOR), unit)


async def resolve(monitoring: Monitoring, resolution: Resolution) -> None:
    """The coordinator deals with the one point that is on the list."""
    (point,) = (await monitoring.watch()).open_escalations
    async with monitoring.units.begin() as unit:
        await resolve_escalation(ResolveEscalation(CASE, point.escalation_id, resolution, COORDINATOR), unit)
