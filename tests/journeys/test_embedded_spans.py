"""A request can be followed through all of an embedded Schakel: by a collector of spans, and by `schakel trace`."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.demo.city.demo_city import demo_city
from deploy.demo.stories.child import Child
from deploy.demo.stories.telling import Telling
from tests.journeys.embedded import embedded_schakel
from tests.parts.collector import collector

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]
BY_WHICH_A_PARTNER_IS_ASKED = [
    ("schakel-intake", "PUT /v1/requests/{id}/inventory"),
    ("schakel-intake", "publish nl.schakel.intake.needs-assessed.v1"),
    ("schakel-matching", "process needs-assessed"),
    ("schakel-matching", "publish nl.schakel.matching.partner-activated.v1"),
    ("schakel-notify", "process partner-activated"),
    ("schakel-notify", "send partner-activated"),
    ("schakel-matching", "POST /internal/deliveries"),
]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: those above it are closed to the user that PostgreSQL runs as when we are root."""
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        yield Path(made) / "schakel"


async def test_one_request_is_one_trace_through_all_services_and_their_mail(folder: Path) -> None:
    invented = demo_city().stories.first_says_yes
    with collector() as found, embedded_schakel(folder, environ=found.environ) as schakel:
        child = Child(schakel.world, Telling(), invented, "followed")
        await child.school_asks()
        await child.partner_is_asked("asked")

        spans = found.chain(*BY_WHICH_A_PARTNER_IS_ASKED)
        traced = schakel.command("trace", child.code, "--json")
        log = schakel.log

    assert len({span.trace_id for span in spans}) == 1
    assert invented.first_name not in str(found.spans)
    assert f'"trace_id": "{spans[0].trace_id}"' in log

    assert traced.returncode == 0, traced.stderr
    steps = [json.loads(line) for line in traced.stdout.splitlines()]
    told = {(step["service"], step["what"], step["type"]) for step in steps}
    assert told >= {
        ("intake", "published", "nl.schakel.intake.needs-assessed.v1"),
        ("matching", "applied", "nl.schakel.intake.needs-assessed.v1"),
        ("notify", "applied", "nl.schakel.intake.needs-assessed.v1"),
        ("matching", "published", "nl.schakel.matching.partner-activated.v1"),
        ("monitoring", "timer set", "answer-remind"),
        ("notify", "mail", "partner-activated"),
        ("monitoring", "applied", "nl.schakel.notify.message-accepted.v1"),
    }
    assert all(0 <= step["seconds_since_cause"] < 60 for step in steps if step["cause"])
