"""One school's system can ask the API very often, and not without end; nobody else notices."""

import httpx
import pytest
from fastapi import FastAPI

from services.intake.commands import CreateApiKey
from services.intake.handlers.keys import create_api_key
from shared.web.api_limit import ApiLimit
from tests.unit.intake.app import SECRET, app_on, body, give_key, school_of
from tests.unit.intake.builders import COLLEAGUE, ROOS, units_in_memory

PER_KEY, PER_PERSON = 5, 8


@pytest.fixture
async def limited(monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """With a limit that a test can reach; Roos has two keys, a colleague one."""
    low = (PER_KEY, PER_PERSON)
    monkeypatch.setattr("shared.web.app.ApiLimit", lambda limiter, service, *_: ApiLimit(limiter, service, *low))
    units = units_in_memory()
    await give_key(units)
    async with units.begin() as unit:
        for viewer, secret in ((ROOS, "sk_second"), (COLLEAGUE, "sk_colleague")):
            await create_api_key(CreateApiKey(viewer.organisation_id, viewer.person_id, "test"), unit, secret)
    return app_on(units)


async def asks(app: FastAPI, times: int, secret: str = SECRET) -> list[httpx.Response]:
    async with school_of(app, secret) as school:
        return [await school.get("/v1/requests") for _ in range(times)]


def statuses(replies: list[httpx.Response]) -> list[int]:
    return [reply.status_code for reply in replies]


async def test_key_over_its_limit_is_told_when_to_come_back_and_other_keys_go_on(limited: FastAPI) -> None:
    replies = await asks(limited, PER_KEY + 2)
    assert statuses(replies) == [200] * PER_KEY + [429] * 2
    refused = replies[-1]
    assert refused.json()["code"] == "too-many-requests"
    seconds = int(refused.headers["Retry-After"])
    assert 1 <= seconds <= 60
    assert refused.headers["RateLimit-Policy"] == f'"key";q={PER_KEY};w=60'
    assert refused.headers["RateLimit"] == f'"key";r=0;t={seconds}'
    assert "RateLimit" not in replies[0].headers
    assert statuses(await asks(limited, PER_KEY, "sk_colleague")) == [200] * PER_KEY


async def test_more_keys_of_one_person_are_not_more_requests_without_end(limited: FastAPI) -> None:
    assert statuses(await asks(limited, PER_KEY)) == [200] * PER_KEY
    replies = await asks(limited, PER_KEY, "sk_second")
    assert statuses(replies) == [200] * (PER_PERSON - PER_KEY) + [429] * (2 * PER_KEY - PER_PERSON)
    assert replies[-1].headers["RateLimit-Policy"] == f'"person";q={PER_PERSON};w=60'


async def test_token_counts_as_its_key_and_so_does_a_request_for_help(limited: FastAPI) -> None:
    async with school_of(limited) as school:
        token = (await school.post("/v1/tokens")).json()["accessToken"]
        sent = await school.post("/v1/requests", json=body(), headers={"Idempotency-Key": "one"})
    assert sent.status_code == 201
    assert statuses(await asks(limited, PER_KEY, token)) == [200] * (PER_KEY - 2) + [429] * 2


async def test_request_that_was_refused_is_taken_later_under_the_same_idempotency_key(limited: FastAPI) -> None:
    await asks(limited, PER_KEY)
    async with school_of(limited) as school:
        refused = await school.post("/v1/requests", json=body(), headers={"Idempotency-Key": "one"})
        await limited.state.web.limiter._memory.storage.reset()
        taken = await school.post("/v1/requests", json=body(), headers={"Idempotency-Key": "one"})
    assert (refused.status_code, taken.status_code) == (429, 201)
    assert taken.json()["caseCode"]


async def test_busy_day_of_a_school_never_meets_the_limit() -> None:
    """Sixty requests for help on the first day after a holiday, each looked at again every minute by its system."""
    units = units_in_memory()
    await give_key(units)
    async with school_of(app_on(units)) as school:
        made = [
            await school.post("/v1/requests", json=body(), headers={"Idempotency-Key": str(number)})
            for number in range(60)
        ]
        seen = [await school.get(reply.json()["links"]["self"]) for reply in made for _ in range(2)]
    assert {reply.status_code for reply in made} == {201}
    assert {reply.status_code for reply in seen} == {200}


async def test_limit_stands_in_the_description_of_the_api() -> None:
    async with school_of(app_on(units_in_memory())) as school:
        described = (await school.get("/v1/openapi.json")).json()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            if method in {"get", "post", "put"}:
                headers = operation["responses"]["429"]["headers"]
                assert {"Retry-After", "RateLimit", "RateLimit-Policy"} <= headers.keys(), (method, path)
