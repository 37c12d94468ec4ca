"""The outbox: events are written in the transaction of the change, and the relay publishes them afterwards."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.events.base import Cause, Event
from shared.events.catalogue import topics_for, wire_name
from shared.kernel.ids import Ids
from shared.kernel.trace import child_of, current_traceparent
from shared.storage.statements import Statement

# Far above any real event and far below what a broker takes (1 MiB): refused at the door, never in the relay.
LARGEST_EVENT_BYTES = 256 * 1024
NOTIFY_CHANNEL = "outbox"

# The version row is locked first and until commit, so that ids and versions of one subject commit in one order.
_APPEND = Statement(
    """
    WITH versions AS (
        INSERT INTO subject_versions AS v (subject, version)
        SELECT subject, n FROM unnest(CAST(:subjects AS uuid[]), CAST(:counts AS int[])) AS s (subject, n)
        ORDER BY subject
        ON CONFLICT (subject) DO UPDATE SET version = v.version + excluded.version
        RETURNING subject, version
    )
    INSERT INTO outbox
           (id, subject, sequence, type, topic, occurred_at, correlation_id, causation_id, traceparent, data)
    SELECT r.id, r.subject, versions.version - r.later, r.type, r.topic, r.occurred_at, r.correlation_id,
           r.causation_id, r.traceparent, r.data
    FROM unnest(CAST(:ids AS uuid[]), CAST(:row_subjects AS uuid[]), CAST(:later AS int[]), CAST(:types AS text[]),
                CAST(:topics AS text[]), CAST(:occurred AS timestamptz[]), CAST(:correlations AS uuid[]),
                CAST(:causes AS uuid[]), CAST(:traces AS text[]), CAST(:data AS text[]))
         WITH ORDINALITY
         AS r (id, subject, later, type, topic, occurred_at, correlation_id, causation_id, traceparent, data, place)
    JOIN versions ON versions.subject = r.subject
    ORDER BY r.place
    """
)


class EventTooLarge(Exception):
    """No broker would take this event; nothing of the transaction is written."""


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """An event before it has a version."""

    id: UUID
    event: Event
    type: str
    topic: str
    data: str
    correlation_id: UUID
    causation_id: UUID | None
    traceparent: str


class BufferedOutbox:
    """Collects the events of one unit of work; `pending` is written at commit. The in-memory twin collects likewise."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._cause: Cause | None = None
        self._begins = True
        self.pending: list[PendingEvent] = []

    @property
    def cause(self) -> Cause:
        if self._cause is None:
            self._cause = Cause(None, None, current_traceparent() or child_of(None))
        return self._cause

    def caused_by(self, cause: Cause | None) -> None:
        self._cause, self._begins = cause, False

    @property
    def beginning(self) -> Cause | None:
        """Where no event led to this unit of work: its first event, from which the rest of the unit follows."""
        first = self.pending[0] if self.pending and self._begins else None
        return Cause(first.correlation_id, first.id, first.traceparent) if first else None

    def append(self, *events: Event, in_bulk: bool = False) -> None:
        """Publish these after the commit, in this order. Raises EventTooLarge.

        `in_bulk`: a file brought them, they end nothing, and nobody waits for them.
        """
        for event in events:
            data = event.model_dump_json(by_alias=True)
            if (size := len(data.encode())) > LARGEST_EVENT_BYTES:
                msg = f"{type(event).__name__} has {size} bytes; at most {LARGEST_EVENT_BYTES} are allowed"
                raise EventTooLarge(msg)
            topics = topics_for(type(event))
            self.pending.append(self._pending(event, data, topics[-1] if in_bulk else topics[0]))

    def drop(self, naming: str) -> None:
        """Take back those that name this id: it is erased."""
        self.pending = [each for each in self.pending if naming not in each.data]

    def _pending(self, event: Event, data: str, topic: str) -> PendingEvent:
        new, cause = self._ids.new(), self.cause
        return PendingEvent(
            id=new,
            event=event,
            type=wire_name(type(event)),
            topic=topic,
            data=data,
            correlation_id=cause.correlation_id or new,
            causation_id=cause.causation_id,
            traceparent=cause.traceparent,
        )


class PostgresOutbox(BufferedOutbox):
    """Writes the collected events in one statement."""

    def __init__(self, connection: AsyncConnection, ids: Ids) -> None:
        super().__init__(ids)
        self._connection = connection

    async def flush(self) -> None:
        """Give versions and write; the transaction's commit wakes the relay (trigger on the table)."""
        if not self.pending:
            return
        counts = Counter(each.event.subject for each in self.pending)
        left = dict(counts)
        later: list[int] = []
        for each in self.pending:
            left[each.event.subject] -= 1
            later.append(left[each.event.subject])
        await _APPEND.rows(
            self._connection,
            {
                "subjects": list(counts),
                "counts": list(counts.values()),
                "ids": [each.id for each in self.pending],
                "row_subjects": [each.event.subject for each in self.pending],
                "later": later,
                "types": [each.type for each in self.pending],
                "topics": [each.topic for each in self.pending],
                "occurred": [each.event.occurred_at for each in self.pending],
                "correlations": [each.correlation_id for each in self.pending],
                "causes": [each.causation_id for each in self.pending],
                "traces": [each.traceparent for each in self.pending],
                "data": [each.data for each in self.pending],
            },
        )
        self.pending.clear()
