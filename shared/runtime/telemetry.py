"""What an operator watches: gauges read at the moment of scraping, and traces when they are configured."""

import math
import os

from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy import text

from shared.kernel.errors import Transient
from shared.kernel.spans import listen
from shared.messaging.bus.base import BusAway, BusConsumer
from shared.messaging.outbox_rows import OutboxRows
from shared.storage.database import DATABASE_NOW, Database

_COUNTS = text(
    f"""
    SELECT now() AS now,
           (SELECT count(*) FROM parked_events) AS parked,
           (SELECT count(*) FROM timers WHERE due_at < {DATABASE_NOW} - interval '5 seconds') AS overdue,
           (SELECT count(*) FROM timers WHERE attempts > 0) AS failing
    """  # noqa: S608 - a constant of this project
)


class Telemetry:
    """The gauges of one service's messaging."""

    def __init__(
        self, registry: CollectorRegistry, database: Database, rows: OutboxRows, subscription: BusConsumer | None
    ) -> None:
        self._database, self._rows, self._subscription = database, rows, subscription
        self._waiting = Gauge("schakel_outbox_waiting", "Events that wait to be published", registry=registry)
        self._age = Gauge("schakel_outbox_oldest_seconds", "Age of the oldest that waits", registry=registry)
        self._parked = Gauge("schakel_parked_events", "Parked events (dead letters)", registry=registry)
        self._overdue = Gauge("schakel_timers_overdue", "Timers more than 5 s late", registry=registry)
        self._failing = Gauge("schakel_timers_failing", "Timers that failed, and are tried again", registry=registry)
        self._lag = Gauge("schakel_consumer_lag", "Records that wait for this worker; NaN: unknown", registry=registry)
        self._up = Gauge("schakel_database_up", "1 when the database answers", registry=registry)

    async def refresh(self) -> None:
        """Read all once. While the database is away its gauges keep their value, and `schakel_database_up` says so."""
        await self._refresh_lag()
        try:
            depth = await self._rows.depth()
            async with self._database.transaction() as connection:
                counts = (await connection.execute(_COUNTS)).one()
        except Transient:
            self._up.set(0)
            return
        self._up.set(1)
        self._waiting.set(depth.waiting)
        self._age.set((counts.now - depth.oldest).total_seconds() if depth.oldest else 0)
        self._parked.set(counts.parked)
        self._overdue.set(counts.overdue)
        self._failing.set(counts.failing)

    async def _refresh_lag(self) -> None:
        try:
            self._lag.set(await self._subscription.lag() if self._subscription else 0)
        except BusAway:
            # A stale 0 would look healthy.
            self._lag.set(math.nan)


def set_up_tracing(*services: str) -> None:
    """Spans of these services, only when OpenTelemetry's own variable OTEL_EXPORTER_OTLP_ENDPOINT is set."""
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    processor = BatchSpanProcessor(OTLPSpanExporter())
    for service in services:
        provider = TracerProvider(resource=Resource.create({"service.name": f"schakel-{service}"}))
        provider.add_span_processor(processor)
        listen(service, provider)
