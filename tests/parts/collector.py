"""What an operator's collector gets: of a service in this process, or of processes that send it as OTLP over HTTP."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.kernel import spans

COMES_WITHIN = 20.0


def collected(monkeypatch: pytest.MonkeyPatch, service: str) -> InMemorySpanExporter:
    """Its spans, from what is built after this until the test ends."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setitem(spans._PROVIDERS, service, provider)
    return exporter


@dataclass(frozen=True)
class Received:
    """One span, and the service that it came from."""

    service: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str
    kind: int
    attributes: dict[str, str]

    @classmethod
    def of(cls, service: str, span: Span) -> "Received":
        """As OTLP has it."""
        attributes = {each.key: each.value.string_value or str(each.value.int_value) for each in span.attributes}
        ids = span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex()
        return cls(service, span.name, *ids, span.kind, attributes)


@dataclass
class Collector:
    """Where processes send their spans (`OTEL_EXPORTER_OTLP_ENDPOINT`), and what came."""

    url: str
    spans: list[Received] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        """What a process needs to send them here, at once."""
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": self.url, "OTEL_BSP_SCHEDULE_DELAY": "100"}

    def take(self, request: ExportTraceServiceRequest) -> None:
        """Keep what was sent."""
        for resource in request.resource_spans:
            named = {each.key: each.value.string_value for each in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.spans += [Received.of(named["service.name"], span) for span in scope.spans]

    def chain(self, *names: tuple[str, str]) -> list[Received]:
        """Spans of these services with these names, each right under the one before it. Raises LookupError."""
        spans: list[Received] = []
        for service, name in names:
            spans.append(self._come(service, name, spans[-1].span_id if spans else None))
        return spans

    def _come(self, service: str, name: str, parent_id: str | None) -> Received:
        ends = time.monotonic() + COMES_WITHIN
        while time.monotonic() < ends:
            for span in list(self.spans):
                if (span.service, span.name, parent_id or span.parent_id) == (service, name, span.parent_id):
                    return span
            time.sleep(0.05)
        came = sorted({(span.service, span.name, span.parent_id == parent_id) for span in self.spans})
        raise LookupError(f"{service} sent no {name!r} under {parent_id}, but {came}")


@contextlib.contextmanager
def collector() -> Iterator[Collector]:
    """One on a free port."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.take(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its parent calls it so
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    found = Collector(f"http://127.0.0.1:{server.server_port}")
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
