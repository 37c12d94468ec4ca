"""What an operator's collector gets of a service, kept in memory."""

import pytest
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
