"""A span for each request when an operator set tracing up: route, method, status. Nothing of an address (P6).

FastAPI's own spans hold the path, and its log records the words of exceptions: they are off (`shared.web.app`).
"""

import time
from typing import Final

from opentelemetry import trace
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.datastructures import Headers
from starlette.types import Scope

FAILED_FROM: Final = 500
_W3C: Final = TraceContextTextMapPropagator()


class Spans:
    """Where finished requests are told; knows at its making whether anybody listens."""

    def __init__(self) -> None:
        provider = trace.get_tracer_provider()
        listens = not isinstance(provider, trace.ProxyTracerProvider)
        self._tracer = provider.get_tracer("schakel.web") if listens else None

    def answered(self, scope: Scope, *, method: str, route: str, status: int, seconds: float) -> None:
        """One span, child of the caller's `traceparent`; attributes named as OpenTelemetry's HTTP conventions do."""
        if self._tracer is None:
            return
        ended = time.time_ns()
        span = self._tracer.start_span(
            f"{method} {route}",
            context=_W3C.extract({"traceparent": Headers(scope=scope).get("traceparent", "")}),
            kind=SpanKind.SERVER,
            start_time=ended - int(seconds * 1e9),
            attributes={"http.request.method": method, "http.route": route, "http.response.status_code": status},
        )
        if status >= FAILED_FROM:
            span.set_status(StatusCode.ERROR)
        span.end(ended)
