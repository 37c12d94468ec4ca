"""Whatever is sent to intake by its own description: the reply is one that the description names, never a 500."""

import asyncio
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS

from tests.unit.intake.doors import SECRET, app_on, give_key
from tests.unit.intake.given import units_in_memory

# What is described as text may still hold a BSN or a control character, so good by the description is not yet good; and
# the last four send headers or methods that these tests set themselves.
NOT_ASKED = (
    "positive_data_acceptance", "missing_required_header", "ignored_auth", "unsupported_method", "use_after_free",
)  # fmt: skip
EXAMPLES = 25


@pytest.fixture
def schema() -> schemathesis.BaseSchema:
    """The description, with the app behind it."""
    units = units_in_memory()
    asyncio.run(give_key(units))
    return schemathesis.openapi.from_asgi("/openapi.json", app_on(units))


@pytest.mark.parametrize(
    ("path", "method"),
    [("/requests", "POST"), ("/requests", "GET"), ("/requests/{id}", "GET"), ("/requests/{id}/inventory", "PUT")],
)
def test_reply_is_as_described_whatever_is_sent(schema: schemathesis.BaseSchema, path: str, method: str) -> None:
    headers = {"Authorization": f"Bearer {SECRET}", "Idempotency-Key": "key-1"}
    excluded: Any = CHECKS.get_by_names(NOT_ASKED)

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=schema[path][method].as_strategy())
    def sent(case: schemathesis.Case[Any]) -> None:
        case.validate_response(case.call(headers=headers), excluded_checks=excluded)

    sent()
