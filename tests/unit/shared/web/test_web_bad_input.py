"""What a machine sends wrong: a clear answer that names the field, the problem and an example; never a 500."""

import asyncio
from collections.abc import AsyncIterator

import orjson
import pytest
from fastapi import FastAPI

from shared.web import request_guard
from tests.unit.shared.web.asking import GOOD, asking, get, post_json
from tests.unit.shared.web_gallery.gallery import gallery

DEEP = 100_000
WHOLE = (
    '{"child":{"firstName":"Amina","birthDate":"31-12-2017"},"district":"noord",'
    '"needs":[{"category":"bike","urgency":"soon"}]}'
)


def body_with(**changes: object) -> bytes:
    return orjson.dumps({**GOOD, **changes})


async def test_good_request_is_accepted_with_the_version_of_the_api() -> None:
    reply = await post_json(gallery(), "/v1/requests", body_with())
    assert reply.status_code == 201
    assert reply.json() == {
        "id": "00000000-0000-0000-0000-000000000001",
        "selfLink": "/v1/requests/1",
        "receivedOn": "2026-03-02",
    }
    assert reply.headers["API-Version"] == "1.0.0"


async def test_every_error_is_named_at_once_with_its_place_and_an_example() -> None:
    reply = await post_json(
        gallery(),
        "/v1/requests",
        body_with(child={"firstName": "", "birthDate": "2017-02-31"}, needs=[{"category": "car"}], colour="red"),
    )
    assert reply.status_code == 400
    assert reply.headers["Content-Type"] == "application/problem+json"
    problem = reply.json()
    assert {key: problem[key] for key in ("status", "title", "code")} == {
        "status": 400,
        "title": "Niet goed ingevuld",
        "code": "not-valid",
    }
    found = {error["pointer"]: (error["detail"], error.get("example")) for error in problem["errors"]}
    assert found == {
        "/child/firstName": ("Vul dit in.", "Amina"),
        "/child/birthDate": ("Dit is geen datum die bestaat.", "31-12-2017"),
        "/needs/0/category": ("Kies een van deze: 'bike', 'food' of 'clothing'.", "bike"),
        "/needs/0/urgency": ("Vul dit in.", "soon"),
        "/colour": ("Dit veld kennen wij niet. Laat het weg.", WHOLE),
    }


async def test_of_thousands_of_mistakes_the_first_are_named_and_all_are_counted() -> None:
    many = {f"unknown{number}": 1 for number in range(3000)}
    reply = await post_json(gallery(), "/v1/requests", body_with(**many))
    problem = reply.json()
    assert problem["detail"] == "Er kloppen 3000 dingen niet. De eerste 100 staan hieronder."
    assert len(problem["errors"]) == 100
    assert len(reply.content) < 64 * 1024


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "json-not-valid"),
        (b'{"a": 1,}', "json-not-valid"),
        (b'{"a": NaN}', "json-not-valid"),
        (b'{"a": "\xff"}', "json-not-valid"),
        (b'{"a": "\\ud800"}', "json-not-valid"),
        (b'{"story": "a\\u0000b"}', "nul-character"),
        (b'{"a\\u0000": 1}', "nul-character"),
        (b'{"a": "\0"}', "json-not-valid"),
        (b"[" * 30_000 + b"]" * 30_000, "json-too-deep"),
        (b'{"a":' * 10_000, "json-too-deep"),
        (b'{"a":' * 33 + b"1" + b"}" * 33, "json-too-deep"),
    ],
)
async def test_unreadable_body_is_refused_by_name(body: bytes, code: str) -> None:
    reply = await post_json(gallery(), "/v1/requests", body)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert reply.json()["errors"][0]["detail"]


async def test_nul_is_found_at_its_place() -> None:
    reply = await post_json(gallery(), "/v1/requests", b'{"needs": [{"category": "bike"}, {"a/b": "x\\u0000"}]}')
    assert reply.json()["errors"][0]["pointer"] == "/needs/1/a~1b"


async def test_text_that_only_looks_like_an_escaped_nul_is_accepted() -> None:
    reply = await post_json(gallery(), "/v1/requests", body_with(story="backslash \\u0000"))
    assert reply.status_code == 201


async def test_brackets_inside_text_do_not_count_as_nesting() -> None:
    reply = await post_json(gallery(), "/v1/requests", body_with(story='["' * 200))
    assert reply.status_code == 201


async def test_nesting_of_a_hundred_thousand_is_refused_before_it_is_parsed() -> None:
    reply = await post_json(gallery(), "/v1/requests", b"[" * DEEP)
    assert reply.status_code == 413  # it is over 64 KiB as well, and that is seen first
    reply = await post_json(gallery(), "/v1/requests", b"[" * 65_000)
    assert (reply.status_code, reply.json()["code"]) == (400, "json-too-deep")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/json5"])
async def test_other_content_type_is_refused(kind: str) -> None:
    reply = await post_json(gallery(), "/v1/requests", body_with(), Content_Type=kind)
    assert (reply.status_code, reply.json()["code"]) == (415, "wrong-content-type")


async def test_body_over_64_kib_is_refused_when_its_length_is_announced() -> None:
    reply = await post_json(gallery(), "/v1/requests", body_with(story="a" * 66_000))
    assert (reply.status_code, reply.json()["code"]) == (413, "body-too-large")
    assert reply.headers["Content-Type"] == "application/problem+json"


async def test_sender_of_too_much_is_answered_when_all_that_was_announced_is_there() -> None:
    """A proxy that still sends when the answer comes sees a connection that broke off, and tells of no answer."""
    parts, sent = 75, 0

    async def large() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(parts):
            sent += 1
            yield b" " * 8192

    told = {"Content-Type": "application/json", "Content-Length": str(parts * 8192)}
    async with asking(gallery()) as client:
        reply = await client.post("/v1/requests", content=large(), headers=told)
    assert (reply.status_code, sent) == (413, parts)


async def test_who_announces_much_and_sends_nothing_is_answered_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_guard, "READ_ON_SECONDS", 0.01)

    async def silent() -> AsyncIterator[bytes]:
        await asyncio.sleep(60)
        yield b""

    told = {"Content-Type": "application/json", "Content-Length": "70000"}
    async with asking(gallery()) as client:
        reply = await client.post("/v1/requests", content=silent(), headers=told)
    assert reply.status_code == 413


async def test_body_over_64_kib_is_refused_when_it_comes_in_chunks() -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b" " * 8192

    async with asking(gallery()) as client:
        reply = await client.post("/v1/requests", content=endless(), headers={"Content-Type": "application/json"})
    assert reply.status_code == 413
    assert read <= 10


async def test_body_of_exactly_64_kib_is_read() -> None:
    body = body_with()
    reply = await post_json(gallery(), "/v1/requests", body + b" " * (64 * 1024 - len(body)))
    assert reply.status_code == 201


@pytest.mark.parametrize("path", ["/v1/requests/a%00b", "/v1/requests/1?limit=%00", "/aanvragen?zoek=a%00"])
async def test_nul_in_an_address_is_refused(path: str) -> None:
    assert (await get(gallery(), path)).status_code == 400


async def test_wrong_parameters_are_named() -> None:
    reply = await get(gallery(), "/v1/requests/not-a-uuid?limit=1000")
    assert reply.status_code == 400
    assert {(error["parameter"], error["detail"]) for error in reply.json()["errors"]} == {
        ("request_id", "Dit moet een kenmerk in UUID-vorm zijn."),
        ("limit", "Dit mag hooguit 100 zijn."),
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/nothing", 404), ("GET", "/v1/requests/", 404), ("DELETE", "/v1/requests", 405)],
)
async def test_unknown_path_and_method_are_problems_for_a_machine(method: str, path: str, status: int) -> None:
    async with asking(gallery()) as client:
        reply = await client.request(method, path)
    assert (reply.status_code, reply.headers["Content-Type"]) == (status, "application/problem+json")
    assert reply.json()["status"] == status
    if status == 405:
        assert reply.headers["Allow"] == "OPTIONS, POST"


def with_more_routes() -> FastAPI:
    """The gallery with a second and a third method on the path of another route, and one elsewhere."""
    app = gallery()

    async def done() -> dict[str, str]:
        return {}

    app.add_api_route("/v1/requests", done, methods=["GET"])
    app.add_api_route("/v1/requests/{request_id}", done, methods=["DELETE", "PUT"])
    return app


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/requests", "GET, HEAD, OPTIONS, POST"),
        ("/v1/requests/00000000-0000-0000-0000-000000000001", "DELETE, GET, HEAD, OPTIONS, PUT"),
        ("/v1/requests/no-uuid", "DELETE, GET, HEAD, OPTIONS, PUT"),
        ("/v1/openapi.json", "GET, HEAD, OPTIONS"),
        ("/livez", "GET, HEAD, OPTIONS"),
    ],
)
async def test_every_method_of_a_path_is_named_where_one_is_refused_or_asked_for(path: str, allowed: str) -> None:
    async with asking(with_more_routes()) as client:
        refused, asked = await client.patch(path), await client.options(path)

    assert (refused.status_code, refused.headers["Allow"]) == (405, allowed)
    assert (asked.status_code, asked.headers["Allow"], asked.content) == (204, allowed, b"")


async def test_nobody_is_told_of_methods_where_there_is_nothing() -> None:
    async with asking(with_more_routes()) as client:
        reply = await client.options("/v1/nothing")

    assert (reply.status_code, "Allow" in reply.headers) == (404, False)
