"""For its key a school's system gets a token, by which every service knows it for five minutes."""

import pytest

from tests.parts.keys import tokens_of_intake
from tests.unit.intake.app import body
from tests.unit.intake.builders import NOW, ROOS
from tests.unit.intake.school import School


async def token_of(school: School) -> str:
    reply = await school.asks("POST", "/v1/tokens")
    assert reply.status_code == 201
    return str(reply.json()["accessToken"])


async def test_token_names_the_system_and_not_its_key(school: School) -> None:
    system = tokens_of_intake().read(await token_of(school), NOW)
    assert system is not None
    assert (system.person_id, system.organisation_id) == (ROOS.person_id, ROOS.organisation_id)


async def test_reply_says_until_when_and_is_kept_by_nobody(school: School) -> None:
    reply = await school.asks("POST", "/v1/tokens")
    assert (reply.json()["tokenType"], reply.json()["expiresAt"]) == ("Bearer", "2026-03-10T09:35:00Z")
    assert reply.headers["Cache-Control"] == "no-store"


async def test_token_opens_what_the_key_opens_and_is_the_same_sender(school: School) -> None:
    token = await token_of(school)
    first = await school.submits()
    headers = {"Idempotency-Key": "key-1"}
    again = await school.asks("POST", "/v1/requests", token, json=body(), headers=headers)
    listed = await school.asks("GET", "/v1/requests", token)
    assert again.content == first.content
    assert [each["id"] for each in listed.json()["requests"]] == [first.json()["id"]]


async def test_token_gets_no_other_token(school: School) -> None:
    reply = await school.asks("POST", "/v1/tokens", await token_of(school))
    assert (reply.status_code, reply.json()["code"]) == (401, "api-key-needed")


@pytest.mark.parametrize("path", ["/v1/tokens", "/v1/requests"])
async def test_who_tries_wrong_tokens_and_keys_too_often_must_wait(school: School, path: str) -> None:
    for number in range(60):
        wrong = "a.b.c" if number % 2 else "sk_wrong"
        reply = await school.asks("POST" if path.endswith("tokens") else "GET", path, wrong)
        assert reply.status_code == 401
    reply = await school.asks("GET", "/v1/requests", "a.b.c")
    assert (reply.status_code, reply.json()["code"]) == (429, "too-many-requests")
