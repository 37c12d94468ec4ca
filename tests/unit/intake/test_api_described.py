"""Whatever is sent to intake by its own description: the reply is one that the description names, never a 500."""

import asyncio
import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS

from tests.unit.intake.app import SECRET, app_on, give_key
from tests.unit.intake.builders import units_in_memory

# What is described as text may still hold a BSN or a control character, so good by the description is not yet good; and
# the last four send headers or methods that these tests set themselves.
NOT_ASKED = (
    "positive_data_acceptance", "missing_required_header", "ignored_auth", "unsupported_method", "use_after_free",
)  # fmt: skip
EXAMPLES = 25
STATUSES_OF_A_STEP = {"200", "400", "401", "404", "405", "409", "410", "422", "429", "503"}
WITH_A_BODY = {"408", "413", "415"}
STEPS = ("new-questions", "withdrawal", "resumption", "reopening")
STEPS_WITH_A_BODY = (
    "birth",
    "closing",
    "urgent-needs",
    "consent",
    "partner-consents",
    "pause",
    "home-visit",
    "home-visit/completion",
    "follow-up-agreement",
)


@pytest.fixture
def schema() -> schemathesis.BaseSchema:
    """The description, with the app behind it."""
    units = units_in_memory()
    asyncio.run(give_key(units))
    return schemathesis.openapi.from_asgi("/openapi.json", app_on(units))


def described(path: str, method: str) -> dict[str, Any]:
    app: Any = app_on(units_in_memory())
    route = next(each for each in app.routes if getattr(each, "path", "") == "/openapi.json")
    whole = json.loads(asyncio.run(route.endpoint(None)).body)
    operation: dict[str, Any] = whole["paths"][path][method]
    return operation


def test_idempotency_key_is_described_as_required() -> None:
    (key,) = described("/requests", "post")["parameters"]
    assert (key["name"], key["in"], key["required"]) == ("Idempotency-Key", "header", True)


def test_address_of_what_was_made_is_described() -> None:
    created = described("/requests", "post")["responses"]["201"]
    assert created["headers"]["Location"]["schema"] == {"type": "string", "format": "uri"}
    assert created["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Receipt"}


@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        ("/requests", "post", {"201", "400", "401", "405", "408", "409", "413", "415", "422", "429", "503"}),
        ("/requests", "get", {"200", "400", "401", "405", "429", "503"}),
        ("/requests/{id}", "get", {"200", "400", "401", "404", "405", "410", "429", "503"}),
        (
            "/requests/{id}/inventory",
            "put",
            {"200", "400", "401", "404", "405", "408", "409", "410", "413", "415", "429", "503"},
        ),
        ("/tokens", "post", {"201", "400", "401", "405", "429", "503"}),
        ("/requests/{id}/erasure", "post", STATUSES_OF_A_STEP - {"200"} | {"202"} | WITH_A_BODY),
        ("/requests/{id}/siblings", "post", STATUSES_OF_A_STEP - {"200"} | {"201"} | WITH_A_BODY),
        *((f"/requests/{{id}}/{step}", "post", STATUSES_OF_A_STEP) for step in STEPS),
        *((f"/requests/{{id}}/{step}", "post", STATUSES_OF_A_STEP | WITH_A_BODY) for step in STEPS_WITH_A_BODY),
    ],
)
def test_every_status_that_may_come_back_is_described(path: str, method: str, statuses: set[str]) -> None:
    responses = described(path, method)["responses"]
    assert set(responses) == statuses
    assert all(each["description"] for each in responses.values())


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/requests", "POST"),
        ("/requests", "GET"),
        ("/requests/{id}", "GET"),
        ("/requests/{id}/inventory", "PUT"),
        ("/tokens", "POST"),
        ("/requests/{id}/erasure", "POST"),
        ("/requests/{id}/siblings", "POST"),
        *((f"/requests/{{id}}/{step}", "POST") for step in (*STEPS, *STEPS_WITH_A_BODY)),
    ],
)
def test_reply_is_as_described_whatever_is_sent(schema: schemathesis.BaseSchema, path: str, method: str) -> None:
    headers = {"Authorization": f"Bearer {SECRET}", "Idempotency-Key": "key-1"}
    excluded: Any = CHECKS.get_by_names(NOT_ASKED)

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=schema[path][method].as_strategy())
    def sent(case: schemathesis.Case[Any]) -> None:
        case.validate_response(case.call(headers=headers), excluded_checks=excluded)

    sent()
