"""A school's system may send a request twice, and makes one case."""

import asyncio
import json

import pytest

from tests.unit.intake.app import body
from tests.unit.intake.builders import STRANGER, said
from tests.unit.intake.school import OTHER_SECRET, School
from tests.unit.intake.test_api_refusals import changed


async def test_same_request_again_gets_the_same_reply_and_makes_one_case(school: School) -> None:
    first, second = await school.submits(), await school.submits()
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert len(said(school.units)) == 1


async def test_same_key_with_another_body_is_refused(school: School) -> None:
    await school.submits()
    reply = await school.submits(body(district="oost"))
    assert (reply.status_code, reply.json()["code"]) == (422, "idempotency-key-reused")


async def test_same_key_twice_at_once_makes_one_case(school: School) -> None:
    replies = await asyncio.gather(school.submits(), school.submits())
    assert sorted(reply.status_code for reply in replies) in ([201, 201], [201, 409])
    assert len(said(school.units)) == 1


async def test_same_key_of_another_school_is_another_request(school: School) -> None:
    await school.submits()
    headers = {"Idempotency-Key": "key-1"}
    reply = await school.asks("POST", "/v1/requests", OTHER_SECRET, json=body(), headers=headers)
    assert reply.status_code == 201
    assert len(said(school.units)) == 2


async def test_key_is_free_again_when_its_request_was_refused(school: School) -> None:
    refused = await school.submits(body(ambassadorId=str(STRANGER.person_id)))
    assert refused.status_code == 400
    assert (await school.submits()).status_code == 201


async def test_address_of_the_request_stands_in_the_reply_also_when_it_is_sent_again(school: School) -> None:
    for reply in [await school.submits() for _ in range(2)]:
        assert reply.headers["Location"] == reply.json()["links"]["self"]


async def test_request_without_idempotency_key_is_refused(school: School) -> None:
    reply = await school.asks("POST", "/v1/requests", json=body())
    assert (reply.status_code, reply.json()["code"]) == (400, "idempotency-key-missing")
    assert reply.json()["errors"][0]["parameter"] == "Idempotency-Key"


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "x" * 129}], ids=["no key", "no good key"])
async def test_faults_of_the_body_are_told_together_with_that_of_the_key(school: School, key: dict[str, str]) -> None:
    bad = changed("/child/firstName", "") | {"district": "atlantis"}
    reply = await school.asks("POST", "/v1/requests", json=bad, headers=key)
    assert (reply.status_code, reply.json()["code"]) == (400, "not-valid")
    told = {error.get("pointer") or error.get("parameter") for error in reply.json()["errors"]}
    assert told == {"/district", "/child/firstName", "Idempotency-Key"}
    assert reply.json()["detail"] == "Er kloppen 3 dingen niet."
    assert all(error["example"] for error in reply.json()["errors"])
    assert said(school.units) == []


async def test_same_request_written_otherwise_gets_the_same_reply(school: School) -> None:
    first = await school.submits()
    turned = json.dumps(dict(reversed(body().items())), indent=2).replace("Zonnetje", "\\u005aonnetje")
    headers = {"Idempotency-Key": "key-1", "Content-Type": "application/json"}
    again = await school.asks("POST", "/v1/requests", content=turned, headers=headers)
    assert (again.status_code, again.content) == (201, first.content)
    assert len(said(school.units)) == 1


async def test_key_that_stands_twice_in_the_body_counts_as_it_is_read(school: School) -> None:
    """The last one, for the request and for its mark: two readings would make two requests of one key."""
    first = await school.submits()
    twice = json.dumps(body()).replace('"district": "noord"', '"district": "oost", "district": "noord"')
    headers = {"Idempotency-Key": "key-1", "Content-Type": "application/json"}
    again = await school.asks("POST", "/v1/requests", content=twice, headers=headers)
    assert (again.status_code, again.content) == (201, first.content)
    headers["Idempotency-Key"] = "key-2"
    other = await school.asks("POST", "/v1/requests", content=twice, headers=headers)
    shown = await school.asks("GET", f"/v1/requests/{other.json()['id']}")
    assert shown.json()["district"] == "noord"


async def test_body_that_is_no_json_gets_its_400_also_under_a_known_key(school: School) -> None:
    await school.submits()
    headers = {"Idempotency-Key": "key-1", "Content-Type": "application/json"}
    reply = await school.asks("POST", "/v1/requests", content=b'{"child": ', headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (400, "json-not-valid")
