"""What is traced: while it is being done, log lines hold its ids, and whoever collects spans gets one of it.

Spans hold ids and codes only, and of a failure no words (P6). Unless `listen` was called at the start, none is made.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextvars import Token
from types import TracebackType
from typing import ClassVar, Final, Self

from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer, TracerProvider
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.kernel.trace import WORK, Work, child_of

_W3C: Final = TraceContextTextMapPropagator()
# By service: several run in one process, each under its own name. OpenTelemetry's global provider stays unset, so that
# no library traces by itself.
_PROVIDERS: Final[dict[str, TracerProvider]] = {}


def listen(service: str, provider: TracerProvider) -> None:
    """From now on this service's spans go to this provider. Call it before the service is built."""
    _PROVIDERS[service] = provider


class Spans:
    """Makes the spans of one service; knows at its making whether anybody `listens`."""

    def __init__(self, service: str = "") -> None:
        provider = _PROVIDERS.get(service)
        self._tracer: Tracer | None = provider.get_tracer("schakel") if provider else None
        self.listens: Final = self._tracer is not None

    def start(self, name: str, kind: SpanKind, parent: str | None, about: Mapping[str, str] | None = None) -> Span:
        """A span under this `traceparent`. Ask first whether anybody `listens`."""
        if self._tracer is None:
            raise RuntimeError("nobody listens")
        context = _W3C.extract({"traceparent": parent or ""})
        return self._tracer.start_span(name, context=context, kind=kind, attributes=about)


NO_SPANS: Final = Spans()


def traceparent_of(span: Span) -> str:
    """What continues this span."""
    context = span.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


class Traced(ABC):
    """`with Traced(…):` is a `Work` for as long as it lasts; what it causes continues its `traceparent`."""

    kind: ClassVar[SpanKind] = SpanKind.INTERNAL
    __slots__ = ("_token", "span", "traceparent")

    def __init__(self, spans: Spans, parent: str | None) -> None:
        """Subclasses set first what `span_name` and `log_fields` tell."""
        self.span: Span | None = None
        if spans.listens:
            self.span = spans.start(self.span_name(), self.kind, parent, self.log_fields())
        self.traceparent = child_of(parent) if self.span is None else traceparent_of(self.span)
        self._token: Token[Work | None] | None = None

    @abstractmethod
    def span_name(self) -> str:
        """What is done, in a few words of ours."""

    @abstractmethod
    def log_fields(self) -> Mapping[str, str]:
        """Ids and codes, by name."""

    def failed(self) -> None:
        """Mark the span: it ended otherwise than it should."""
        if self.span is not None:
            self.span.set_status(StatusCode.ERROR)

    def __enter__(self) -> Self:
        self._token = WORK.set(self)
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        if self._token is not None:
            WORK.reset(self._token)
        if self.span is not None:
            if error is not None:
                self.failed()
            self.span.end()
