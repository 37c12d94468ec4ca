"""What messaging traces: an event that is applied, a timer that fires, a job that runs, and rows that are published."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from opentelemetry.trace import SpanKind, StatusCode

from shared.events.base import Cause, Envelope
from shared.events.catalogue import kind_of, wire_name
from shared.kernel.spans import NO_SPANS, Spans, Traced, traceparent_of
from shared.messaging.outbox_rows import OutboxRow
from shared.unit_of_work import Timer


class HandledEvent(Traced):
    """An event in the hands of its handler."""

    kind = SpanKind.CONSUMER
    __slots__ = ("envelope",)

    def __init__(self, envelope: Envelope, spans: Spans) -> None:
        self.envelope = envelope
        super().__init__(spans, envelope.traceparent)

    @property
    def cause(self) -> Cause:
        """Of whatever the handler does."""
        return Cause(self.envelope.correlation_id, self.envelope.id, self.traceparent)

    def span_name(self) -> str:
        return f"process {kind_of(type(self.envelope.event))}"

    def log_fields(self) -> Mapping[str, str]:
        envelope = self.envelope
        fields = {"event_id": str(envelope.id), "event_type": wire_name(type(envelope.event))}
        return fields | {"subject": str(envelope.subject)} | ids_of(envelope.correlation_id, envelope.causation_id)


class FiredTimer(Traced):
    """A timer whose time has come, in the trace of what set it."""

    __slots__ = ("timer",)

    def __init__(self, timer: Timer, spans: Spans = NO_SPANS) -> None:
        self.timer = timer
        super().__init__(spans, timer.cause.traceparent if timer.cause else None)

    @property
    def cause(self) -> Cause:
        """Of whatever the handler does: the event that set the timer."""
        before = self.timer.cause
        return Cause(before and before.correlation_id, before and before.causation_id, self.traceparent)

    def span_name(self) -> str:
        return f"timer {self.timer.kind}"

    def log_fields(self) -> Mapping[str, str]:
        timer, cause = self.timer, self.timer.cause
        fields = {"timer": timer.key, "timer_kind": timer.kind, "subject": str(timer.subject)}
        return fields | (ids_of(cause.correlation_id, cause.causation_id) if cause else {})


class RunningJob(Traced):
    """What a service does by itself; each run begins a trace, for which nobody needs a span."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(NO_SPANS, None)

    def span_name(self) -> str:
        return f"job {self.name}"

    def log_fields(self) -> Mapping[str, str]:
        return {"job": self.name}


def ids_of(correlation_id: UUID | None, causation_id: UUID | None) -> dict[str, str]:
    """As log lines name them; what is not known is left out."""
    found = {"correlation_id": correlation_id, "causation_id": causation_id}
    return {name: str(value) for name, value in found.items() if value is not None}


@contextmanager
def publishing(rows: Sequence[OutboxRow], spans: Spans) -> Iterator[Sequence[OutboxRow]]:
    """The rows as they go to the bus: when somebody listens, each under a span of its own."""
    if not spans.listens:
        yield rows
        return
    begun = [
        spans.start(f"publish {row.type}", SpanKind.PRODUCER, row.traceparent, {"event_id": str(row.id)})
        for row in rows
    ]
    try:
        yield [row._replace(traceparent=traceparent_of(span)) for row, span in zip(rows, begun, strict=True)]
    except BaseException:
        for span in begun:
            span.set_status(StatusCode.ERROR)
        raise
    finally:
        for span in begun:
            span.end()
