"""A request at the door: its ids in the log, and a span for whoever collects them. Nothing of an address (P6).

FastAPI's own spans hold the path, and its log records the words of exceptions: they are off (`shared.web.app`).
"""

from collections.abc import Mapping
from typing import Final

from opentelemetry.trace import SpanKind
from starlette.datastructures import Headers
from starlette.types import Scope

from shared.kernel.spans import Spans, Traced
from shared.kernel.trace import readable

FAILED_FROM: Final = 500


class AnsweredRequest(Traced):
    """A request while it is answered, in the trace of its `traceparent` header; without one it begins a trace."""

    kind = SpanKind.SERVER
    __slots__ = ()

    def __init__(self, scope: Scope, spans: Spans) -> None:
        super().__init__(spans, readable(Headers(scope=scope).get("traceparent")))

    def span_name(self) -> str:
        """Until its route is known."""
        return "request"

    def log_fields(self) -> Mapping[str, str]:
        return {}

    def answered(self, *, method: str, route: str, status: int) -> None:
        """Name the span as OpenTelemetry's HTTP conventions do."""
        if self.span is None:
            return
        self.span.update_name(f"{method} {route}")
        self.span.set_attribute("http.request.method", method)
        self.span.set_attribute("http.route", route)
        self.span.set_attribute("http.response.status_code", status)
        if status >= FAILED_FROM:
            self.failed()
