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

    def named(self, service: str, name: str) -> Received:
        """The first of this name from this service. Raises LookupError when it does not come."""
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            for span in list(self.spans):
                if (span.service, span.name) == (service, name):
                    return span
            time.sleep(0.05)
        raise LookupError(
            f"{service} sent no {name!r}, but {sorted({(each.service, each.name) for each in self.spans})}"
        )

    def parent(self, span: Received) -> Received:
        """The span under which it stands. Raises LookupError."""
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            for each in list(self.spans):
                if each.span_id == span.parent_id:
                    return each
            time.sleep(0.05)
        raise LookupError(f"the parent of {span.name!r} did not come")


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
