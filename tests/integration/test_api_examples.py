"""Every operation of every API has an example that works: it is sent as it stands, and the reply is as described."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import jsonschema
import pytest
from fastapi import FastAPI

from shared.web.openapi_examples import JSON
from tests.conftest import MakeDatabase
from tests.integration import prepared_cases
from tests.integration.prepared_cases import Prepare, Prepared

pytestmark = pytest.mark.postgres
PLACES = {
    "intake": ["/v1/openapi.json"],
    "matching": ["/hsds/openapi.json", "/v1/referrals/openapi.json"],
    "monitoring": ["/v1/follow-ups/openapi.json"],
}


@dataclass
class Told:
    """What was found wrong; all of it is told at once."""

    wrong: list[str] = field(default_factory=list)

    def check(self, document: dict[str, Any], what: str, schema: dict[str, Any], content: object) -> None:
        whole = {**schema, "components": document["components"]}
        for error in jsonschema.Draft202012Validator(whole).iter_errors(content):
            self.wrong.append(f"{what}: {error.json_path} {error.message[:200]}")


def good_reply(operation: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    status = min(int(status) for status in operation["responses"] if status < "300")
    return status, operation["responses"][str(status)]["content"][JSON]


async def held_to_its_examples(app: FastAPI, place: str, prepare: Prepare) -> Told:
    """Each operation with data of its own."""
    told = Told()
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://schakel.example") as client:
        document = (await client.get(place)).json()
        base = document["servers"][0]["url"].removeprefix("https://schakel.example")
        for path, item in document["paths"].items():
            for method, operation in item.items():
                what = f"{method.upper()} {base}{path}"
                await hold(client, document, what, operation, await prepare(), told)
    assert document["paths"], "nothing is described"
    return told


async def hold(
    client: httpx.AsyncClient,
    document: dict[str, Any],
    what: str,
    operation: dict[str, Any],
    given: Prepared,
    told: Told,
) -> None:
    status, reply = good_reply(operation)
    sent = operation.get("requestBody", {}).get("content", {}).get(JSON)
    if "example" not in reply or (sent is not None and "example" not in sent):
        told.wrong.append(f"{what}: no example")
        return
    told.check(document, f"{what}, the example of the reply", reply["schema"], reply["example"])
    body = given.with_its_ids(sent["example"]) if sent else None
    if sent:
        told.check(document, f"{what}, the example", sent["schema"], body)
    method, path = what.split(" ")
    headers = {"Authorization": f"Bearer {given.bearer}", "Idempotency-Key": uuid4().hex}
    got = await client.request(method, given.address(path), json=body, headers=headers)
    if got.status_code != status:
        told.wrong.append(f"{what}: {got.status_code} {got.text}")
        return
    told.check(document, f"{what}, the reply", reply["schema"], got.json())


@pytest.fixture(params=[(service, place) for service, places in PLACES.items() for place in places], ids=str)
async def described(
    request: pytest.FixtureRequest, make_database: MakeDatabase
) -> AsyncIterator[tuple[FastAPI, str, Prepare]]:
    service, place = request.param
    async with prepared_cases.of(service, make_database) as (app, prepare):
        yield app, place, prepare


async def test_every_operation_has_an_example_that_is_answered_as_described(
    described: tuple[FastAPI, str, Prepare],
) -> None:
    told = await held_to_its_examples(*described)
    assert told.wrong == []


def test_an_operation_without_an_example_or_with_a_wrong_one_is_told() -> None:
    told = Told()
    told.check({"components": {}}, "GET /x", {"type": "string"}, 7)
    assert told.wrong == ["GET /x: $ 7 is not of type 'string'"]
