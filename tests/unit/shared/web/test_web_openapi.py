"""The description of the API, after the NL API Design Rules."""

import re
from typing import Any

from fastapi import FastAPI

from tests.unit.shared.web.asking import get
from tests.unit.shared.web_gallery.gallery import gallery


async def described(app: FastAPI | None = None) -> dict[str, Any]:
    found: dict[str, Any] = (await get(app or gallery(), "/v1/openapi.json")).json()
    return found


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for item in document["paths"].values() for operation in item.values()]


async def test_description_is_open_to_every_origin_at_both_addresses() -> None:
    app = gallery()
    for path in ("/openapi.json", "/v1/openapi.json"):
        reply = await get(app, path)
        assert reply.status_code == 200
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
        assert reply.json()["openapi"].startswith("3.")


async def test_only_the_owner_serves_it_at_the_root() -> None:
    assert (await get(gallery(service="matching"), "/openapi.json")).status_code == 404


async def test_version_stands_in_the_server_and_not_in_the_paths() -> None:
    document = await described()
    assert document["servers"] == [{"url": "https://schakel.example/v1"}]
    assert set(document["paths"]) == {"/requests", "/requests/{request_id}", "/trouble/{what}"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", document["info"]["version"])
    assert document["info"]["contact"] == {
        "name": "Schakelpunt Schiewijk",
        "url": "https://schakel.example/",
        "email": "regie@schiewijk.example",
    }


async def test_pages_and_internal_routes_are_not_described() -> None:
    document = await described()
    assert "aanvragen" not in str(document["paths"])
    assert "deliveries" not in str(document["paths"])


async def test_every_reply_has_the_version_header_and_every_error_is_a_problem() -> None:
    document = await described()
    problem = document["components"]["schemas"]["Problem"]
    assert {"status", "title", "detail"} <= set(problem["required"])
    for operation in operations(document):
        assert "422" not in operation["responses"]
        assert "400" in operation["responses"]
        for status, response in operation["responses"].items():
            assert "API-Version" in response["headers"]
            if status >= "400":
                schema = response["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}


async def test_optional_date_keeps_its_format() -> None:
    document = await described()
    assert document["components"]["schemas"]["Asked"]["properties"]["receivedOn"]["format"] == "date"
    assert "null" not in str(document)


async def test_reply_to_a_body_that_is_too_large_or_of_another_type_is_described_where_there_is_a_body() -> None:
    found = operations(await described())

    with_body = ["requestBody" in operation for operation in found]
    assert any(with_body)
    for status in ("413", "415"):
        assert [status in operation["responses"] for operation in found] == with_body
