"""Spans hang together over processes, when a collector is configured; otherwise there are none."""

import os
import subprocess
import sys
from pathlib import Path

from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.parts.collector import collector

ROOT = Path(__file__).parents[3]


def run(role: str, read: str = "", **variables: str) -> str:
    """A process of this role, to its end; what it printed."""
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.plumbing.traced_process", role],
        cwd=ROOT,
        env=quiet | variables,
        input=read,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_spans_of_one_request_hang_together_over_two_processes() -> None:
    with collector() as found:
        published = run("door", **found.environ)
        run("worker", published, **found.environ)

        spans = found.chain(
            ("schakel-intake", "POST /take/{what}"),
            ("schakel-intake", "publish nl.schakel.intake.case-reopened.v1"),
            ("schakel-monitoring", "process case-reopened"),
            ("schakel-monitoring", "timer ring"),
            ("schakel-monitoring", "publish nl.schakel.intake.case-reopened.v1"),
        )
    assert len({span.trace_id for span in spans}) == 1
    assert spans[0].parent_id == ""
    assert [span.kind for span in spans] == [
        Span.SPAN_KIND_SERVER,
        Span.SPAN_KIND_PRODUCER,
        Span.SPAN_KIND_CONSUMER,
        Span.SPAN_KIND_INTERNAL,
        Span.SPAN_KIND_PRODUCER,
    ]
    assert spans[2].attributes["event_id"] == spans[1].attributes["event_id"]
    assert "VerySecret" not in str(found.spans)


def test_nothing_is_sent_to_anybody_unless_it_is_configured() -> None:
    with collector() as found:
        published = run("door")
        assert run("worker", published) != ""
        assert found.spans == []
