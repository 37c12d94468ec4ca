"""Traces say which route and how it ended; no address (it holds a link's token) and no words of an error (P6)."""

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.parts.collector import collected
from tests.unit.shared.web.asking import get
from tests.unit.shared.web_gallery.gallery import gallery

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """What an operator's collector gets."""
    return collected(monkeypatch, "intake")


async def test_request_is_one_span_with_its_route_and_nothing_of_its_address(spans: InMemorySpanExporter) -> None:
    await get(gallery(), "/antwoord/VerySecretToken?naam=Jansje", traceparent=PARENT)

    (span,) = spans.get_finished_spans()
    assert span.name == "GET /antwoord/{token}"
    assert span.attributes == {
        "http.request.method": "GET", "http.route": "/antwoord/{token}", "http.response.status_code": 200,
    }  # fmt: skip
    assert span.parent is not None
    assert f"{span.parent.span_id:016x}" in PARENT
    assert "VerySecretToken" not in span.to_json()
    assert "Jansje" not in span.to_json()


async def test_failure_is_marked_without_its_words(spans: InMemorySpanExporter) -> None:
    await get(gallery(), "/stuk/onverwacht")

    (span,) = spans.get_finished_spans()
    assert span.status.status_code is trace.StatusCode.ERROR
    assert "Amina" not in span.to_json()


async def test_probes_and_styles_are_no_spans(spans: InMemorySpanExporter) -> None:
    for path in ("/livez", "/metrics", "/static/schakel.css"):
        await get(gallery(), path)
    assert not spans.get_finished_spans()


async def test_nothing_is_traced_unless_an_operator_asks_for_it() -> None:
    assert (await get(gallery(), "/antwoord/abc")).status_code == 200
    assert isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)
