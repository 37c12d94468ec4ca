"""A school's system sees the follow-ups of its own school, and answers them, once under each key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import httpx
import pytest

from shared.access.system_tokens import TOKEN_LASTS, CallingSystem
from shared.events.base import Role
from shared.events.monitoring import FollowUpDue, FollowUpRecorded
from tests.parts.keys import tokens_of_intake
from tests.parts.people import member
from tests.unit.monitoring.app import ORIGIN, app_of
from tests.unit.monitoring.builders import AMBASSADOR, CASE, an_id
from tests.unit.monitoring.twin import Monitoring, followed

GOOD = {"answer": "going-well"}


async def school_of(monitoring: Monitoring) -> UUID:
    organisation_id = (await monitoring.watch()).organisation_id
    assert organisation_id is not None
    return organisation_id


@asynccontextmanager
async def system(monitoring: Monitoring, organisation_id: UUID | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """A school's system with its token; whoever nobody heard of yet works there."""
    calling = CallingSystem(an_id("key"), AMBASSADOR, organisation_id or await school_of(monitoring))
    async with monitoring.units.begin() as unit:
        if await unit.members.read(AMBASSADOR) is None:
            await unit.members.save(member(AMBASSADOR, calling.organisation_id, Role.AMBASSADOR))
    token = tokens_of_intake().issue(calling, monitoring.now)
    headers = {"Authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(app_of(monitoring))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
        yield client


async def asked() -> tuple[Monitoring, FollowUpDue]:
    """A child that was helped, and the first question how it goes."""
    monitoring = await followed()
    due = None
    while due is None:
        await monitoring.days_pass(7)
        due = next((event for event in monitoring.published() if isinstance(event, FollowUpDue)), None)
    return monitoring, due


def path_of(due: FollowUpDue) -> str:
    return f"/v1/follow-ups/{due.follow_up_id}/answers"


async def test_list_holds_what_was_asked_and_what_is_planned_and_no_name() -> None:
    monitoring, due = await asked()
    async with system(monitoring) as client:
        reply = await client.get("/v1/follow-ups")
        waiting = (await client.get("/v1/follow-ups?status=asked")).json()["followUps"]
    found = reply.json()["followUps"]
    assert [each["id"] for each in waiting] == [str(due.follow_up_id)]
    assert waiting[0]["links"]["answers"] == f"{ORIGIN}{path_of(due)}"
    assert {each["status"] for each in found} == {"asked", "planned"}
    assert {each["requestId"] for each in found} == {str(CASE)}
    assert set(found[0]) == {"id", "requestId", "caseCode", "number", "status", "dueAt", "askedAt", "links"}


@pytest.mark.parametrize("query", [f"requestId={CASE}", "limit=1", "status=missed&limit=100"])
async def test_list_is_that_of_the_school_only_however_it_is_asked(query: str) -> None:
    monitoring, _ = await asked()
    async with system(monitoring, an_id("another school")) as client:
        reply = await client.get(f"/v1/follow-ups?{query}")
    assert (reply.status_code, reply.json()["followUps"]) == (200, [])
    assert "next" not in reply.json()["links"]


async def test_answer_is_recorded_once_under_its_key() -> None:
    monitoring, due = await asked()
    async with system(monitoring) as client:
        first = await client.post(path_of(due), json=GOOD, headers={"Idempotency-Key": "a"})
        again = await client.post(path_of(due), json=GOOD, headers={"Idempotency-Key": "a"})
        other = await client.post(path_of(due), json={"answer": "call-me"}, headers={"Idempotency-Key": "a"})
    assert (first.status_code, first.json()["status"], first.json()["answer"]) == (200, "answered", "going-well")
    assert first.json()["changeableUntil"]
    assert again.content == first.content
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    (recorded,) = [event for event in monitoring.published() if isinstance(event, FollowUpRecorded)]
    assert recorded.answered_by == AMBASSADOR


async def test_answer_of_another_school_is_refused_as_if_there_were_no_such_question() -> None:
    monitoring, due = await asked()
    async with system(monitoring, an_id("another school")) as client:
        reply = await client.post(path_of(due), json=GOOD, headers={"Idempotency-Key": "a"})
        unknown = await client.post(
            f"/v1/follow-ups/{an_id('none')}/answers", json=GOOD, headers={"Idempotency-Key": "b"}
        )
    assert (reply.status_code, reply.json()) == (404, unknown.json())
    assert monitoring.published() == []


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "fine"}, {"answer": None}])
async def test_answer_that_is_none_is_named_with_an_example(sent: dict[str, str]) -> None:
    monitoring, due = await asked()
    async with system(monitoring) as client:
        reply = await client.post(path_of(due), json=sent, headers={"Idempotency-Key": "a"})
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["pointer"], error["example"]) == (400, "/answer", "going-well")


async def test_question_that_was_not_asked_yet_is_not_answered() -> None:
    monitoring, _ = await asked()
    async with system(monitoring) as client:
        planned = (await client.get("/v1/follow-ups?status=planned")).json()["followUps"][0]
        reply = await client.post(planned["links"]["answers"], json=GOOD, headers={"Idempotency-Key": "a"})
    assert (reply.status_code, reply.json()["code"]) == (409, "follow-up-not-asked")


async def test_who_has_no_good_token_sees_nothing_and_may_not_try_for_ever() -> None:
    monitoring, _ = await asked()
    async with system(monitoring) as client:
        for wrong in ({"Authorization": ""}, {"Authorization": "Basic abc"}):
            reply = await client.get("/v1/follow-ups", headers=wrong)
            assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
        statuses = [
            (await client.get("/v1/follow-ups", headers={"Authorization": "Bearer sk_mine"})).status_code
            for _ in range(61)
        ]
    assert statuses == [401] * 60 + [429]


async def test_token_is_over_after_five_minutes() -> None:
    monitoring, _ = await asked()
    async with system(monitoring) as client:
        monitoring.clock.forward(TOKEN_LASTS)
        assert (await client.get("/v1/follow-ups")).status_code == 401


async def test_token_of_an_ambassador_who_left_opens_nothing() -> None:
    monitoring, _ = await asked()
    person = member(AMBASSADOR, await school_of(monitoring), Role.AMBASSADOR, active=False)
    async with monitoring.units.begin() as unit:
        await unit.members.save(person)
    async with system(monitoring) as client:
        assert (await client.get("/v1/follow-ups")).status_code == 401
