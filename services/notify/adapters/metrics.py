"""What an operator watches of the mail: outcomes, what waits and for how long."""

from collections.abc import Iterable
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge

from services.notify.domain.heartbeat import DIGESTS
from services.notify.domain.message import Message, MessageState
from services.notify.ports import NotifyUnit
from shared.unit_of_work import Units

WAITING = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN)


class MailMetrics:
    """The gauges and counters of one worker."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._outcomes = Counter(
            "schakel_mails", "Attempts by how they ended", ["template", "outcome", "reason"], registry=registry
        )
        self._received = Counter("schakel_mails_received", "Mails that came in", ["outcome"], registry=registry)
        self._messages = Gauge("schakel_messages", "Messages by state", ["state"], registry=registry)
        self._oldest = Gauge("schakel_mail_oldest_waiting_seconds", "Age of the oldest that waits", registry=registry)
        self._digests = Gauge(
            "schakel_digests_silent_seconds",
            "Since when nobody saw that all mail which waits to leave together leaves",
            registry=registry,
        )

    def count(self, messages: Iterable[Message]) -> None:
        for message in messages:
            reason = message.reason.value if message.reason else ""
            self._outcomes.labels(message.draft.mail.template, message.state.value, reason).inc()

    def received(self, outcome: str) -> None:
        self._received.labels(outcome).inc()

    async def refresh(self, units: Units[NotifyUnit]) -> None:
        """Read the gauges once."""
        async with units.begin() as unit:
            counts = {count.state: count for count in await unit.overview.count_by_state()}
            now, digests = unit.now, await unit.heartbeats.last(DIGESTS)
        for state in MessageState:
            self._messages.labels(state.value).set(counts[state].count if state in counts else 0)
        self._digests.set((now - digests).total_seconds() if digests else float("inf"))
        since = [counts[state].oldest or now for state in WAITING if state in counts]
        self._oldest.set(max(now - min(since, default=now), timedelta(0)).total_seconds())
