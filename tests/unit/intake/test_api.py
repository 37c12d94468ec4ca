import asyncio
import copy
import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake import handlers
from shared.events import matching
from shared.events.base import Urgency
from shared.events.intake import NeedsAssessed, RequestReceived
from tests.unit.intake.doors import PUBLIC_URL, app_on, body, give_key, school_of
from tests.unit.intake.given import CONTACT, NOW, OTHER_SCHOOL, PARTNER, ROOS, SERVICE, STRANGER, said, units_in_memory

OTHER_SECRET = "sk_of-another-school"


class School:
    """A school's system with its key, and what was said behind the door."""

    def __init__(self) -> None:
        self.units = units_in_memory()
        self.app = app_on(self.units)
        self.key_id = UUID(int=0)

    async def asks(self, method: str, path: str, secret: str | None = None, **how: Any) -> httpx.Response:  # noqa: ANN401
        async with school_of(self.app, secret or "sk_only-for-tests") as client:
            return await client.request(method, path, **how)

    async def submits(self, content: dict[str, Any] | None = None, key: str = "key-1") -> httpx.Response:
        return await self.asks("POST", "/v1/requests", json=content or body(), headers={"Idempotency-Key": key})


@pytest.fixture
async def school() -> School:
    made = School()
    made.key_id = await give_key(made.units)
    await give_key(made.units, STRANGER, OTHER_SECRET)
    return made


async def test_request_is_answered_with_its_code_links_and_what_happens_next(school: School) -> None:
    reply = await school.submits()
    assert reply.status_code == 201
    said_back = reply.json()
    (fact,) = said(school.units)
    assert isinstance(fact, RequestReceived)
    assert said_back["id"] == str(fact.subject)
    assert said_back["caseCode"] == fact.case_code
    assert said_back["status"] == "received"
    assert said_back["links"] == {
        "self": f"{PUBLIC_URL}/v1/requests/{fact.subject}",
        "page": f"{PUBLIC_URL}/aanvragen/{fact.subject}",
        "inventory": f"{PUBLIC_URL}/v1/requests/{fact.subject}/inventory",
    }
    assert said_back["whatHappensNext"]
    assert fact.ambassador_id == ROOS.person_id


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


async def test_request_without_idempotency_key_is_refused(school: School) -> None:
    reply = await school.asks("POST", "/v1/requests", json=body())
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["parameter"] == "Idempotency-Key"


@pytest.mark.parametrize("secret", ["sk_wrong", "not a key"])
async def test_unknown_key_opens_nothing(school: School, secret: str) -> None:
    reply = await school.asks("POST", "/v1/requests", secret, json=body(), headers={"Idempotency-Key": "x"})
    assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert said(school.units) == []


async def test_key_that_was_taken_back_opens_nothing(school: School) -> None:
    async with school.units.begin() as unit:
        await handlers.revoke_api_key(school.key_id, unit)
    assert (await school.submits()).status_code == 401


def changed(path: str, value: object) -> dict[str, Any]:
    """A good body with one thing in it changed; `path` as a JSON pointer."""
    content: Any = copy.deepcopy(body())
    here = content
    *steps, last = path.strip("/").split("/")
    for step in steps:
        here = here[int(step)] if isinstance(here, list) else here[step]
    here[last] = value
    return dict(content)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/child/birthDate", "2027-01-01"),
        ("/child/birthDate", "1990-01-01"),
        ("/child/birthDate", "01-09-2016"),
        ("/child/birthDate", 1472688000),
        ("/child/firstName", ""),
        ("/child/firstName", 7),
        ("/child/nickName", "Zon"),
        ("/child/lastName", "V" * 101),
        ("/family/language", "Nederlands"),
        ("/family/interpreterNeeded", "yes"),
        ("/family/phone", "bel maar"),
        ("/family/email", "geen adres"),
        ("/district", "atlantis"),
        ("/story", "Haar bsn is 111222333."),
        ("/story", "x" * 4001),
        ("/story", "zicht\u0007baar"),
        ("/consent/givenBy", "young-person"),
        ("/consent/givenBy", "school"),
        ("/consent/givenOn", "2026-03-11"),
        ("/consent/textVersion", "versie 1!"),
        ("/needs/0/category", "yacht"),
        ("/needs/0/urgency", "yesterday"),
        ("/needs/0/description", "burgerservicenummer 111.222.333"),
        ("/needs", []),
        ("/needs", [{"category": "bike", "urgency": "soon"}] * 13),
        ("/ambassadorId", "roos"),
        ("/ambassadorId", str(CONTACT.person_id)),
        ("/extra", 1),
    ],
)
async def test_bad_request_is_refused_by_name_with_an_example(school: School, pointer: str, value: object) -> None:
    reply = await school.submits(changed(pointer, value))
    assert (reply.status_code, reply.headers["Content-Type"]) == (400, "application/problem+json")
    errors = {error["pointer"]: error for error in reply.json()["errors"]}
    assert list(errors) == [pointer]
    assert errors[pointer]["detail"]
    if pointer not in {"/extra", "/child/nickName"}:
        assert errors[pointer].get("example") or pointer == "/needs"
    assert said(school.units) == []


async def test_all_that_is_wrong_is_told_at_once(school: School) -> None:
    content = changed("/district", "atlantis")
    content["child"]["firstName"] = ""
    content["needs"][0]["category"] = "yacht"
    reply = await school.submits(content)
    assert {error["pointer"] for error in reply.json()["errors"]} == {
        "/district",
        "/child/firstName",
        "/needs/0/category",
    }


async def test_wrong_date_and_wrong_consent_are_told_at_once(school: School) -> None:
    content = changed("/consent/givenBy", "young-person")
    content["consent"]["givenOn"] = "2026-04-01"
    reply = await school.submits(content)
    assert [error["pointer"] for error in reply.json()["errors"]] == ["/consent/givenBy", "/consent/givenOn"]


async def test_unknown_category_is_told_with_those_that_are_known(school: School) -> None:
    reply = await school.submits(changed("/needs/0/category", "yacht"))
    assert "bike" in reply.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    "content",
    [b"{", b"[" * 60_000, b'{"story": "a\\u0000b"}', b"\xff\xfe", b'"text"', b"null"],
    ids=["half", "deep", "nul", "not utf-8", "text", "null"],
)
async def test_body_that_is_no_request_is_refused(school: School, content: bytes) -> None:
    headers = {"Idempotency-Key": "x", "Content-Type": "application/json"}
    reply = await school.asks("POST", "/v1/requests", content=content, headers=headers)
    assert (reply.status_code, reply.headers["Content-Type"]) == (400, "application/problem+json")


async def test_body_over_64_kib_is_refused(school: School) -> None:
    content = json.dumps(body(story="x" * 70_000)).encode()
    headers = {"Idempotency-Key": "x", "Content-Type": "application/json"}
    reply = await school.asks("POST", "/v1/requests", content=content, headers=headers)
    assert reply.status_code == 413


async def test_telephone_number_is_no_bsn(school: School) -> None:
    assert (await school.submits(body(story="Bel gerust: 0612345678."))).status_code == 201


async def assessed(school: School) -> dict[str, Any]:
    """A request whose inventory was made."""
    received = (await school.submits()).json()
    inventory = {
        "context": "Vader zoekt werk.",
        "discussedOn": "2026-03-09",
        "needs": [{"category": "bike", "urgency": "soon"}, {"category": "food", "urgency": "today"}],
        "excludedOrganisations": [str(PARTNER)],
    }
    reply = await school.asks("PUT", f"/v1/requests/{received['id']}/inventory", json=inventory)
    assert reply.status_code == 200
    return dict(reply.json())


async def test_inventory_is_said_and_shown(school: School) -> None:
    shown = await assessed(school)
    fact = said(school.units)[-1]
    assert isinstance(fact, NeedsAssessed)
    assert [need["category"] for need in shown["needs"]] == ["bike", "food"]
    assert [need["progress"] for need in shown["needs"]] == ["searching", "searching"]
    assert (shown["status"], shown["nextStep"]) == ("assessed", "find-partner")


async def test_inventory_with_unknown_need_is_refused_at_its_field(school: School) -> None:
    received = (await school.submits()).json()
    inventory = {"discussedOn": "2026-03-09", "needs": [{"id": str(PARTNER), "category": "bike", "urgency": "soon"}]}
    reply = await school.asks("PUT", f"/v1/requests/{received['id']}/inventory", json=inventory)
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (400, "/needs")


async def test_inventory_discussed_tomorrow_is_refused_at_its_field(school: School) -> None:
    received = (await school.submits()).json()
    inventory = {"discussedOn": "2026-03-11", "needs": [{"category": "bike", "urgency": "soon"}]}
    reply = await school.asks("PUT", f"/v1/requests/{received['id']}/inventory", json=inventory)
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (400, "/discussedOn")


async def test_request_shows_who_does_what_and_never_who_it_is_about(school: School) -> None:
    shown = await assessed(school)
    need_id = UUID(shown["needs"][0]["id"])
    async with school.units.begin() as unit:
        await unit.network.put_organisation(PARTNER, "Fietsbank")
        activated = matching.PartnerActivated(
            subject=UUID(shown["id"]), occurred_at=NOW, referral_id=PARTNER, need_id=need_id, organisation_id=PARTNER,
            service_id=SERVICE, case_code=shown["caseCode"], contact_id=CONTACT.person_id,
            ambassador_id=ROOS.person_id, category="bike", district="noord", urgency=Urgency.SOON, attempt=1,
        )  # fmt: skip
        await handlers.follow_referral(activated, unit)
    reply = await school.asks("GET", f"/v1/requests/{shown['id']}")
    need = reply.json()["needs"][0]
    assert need["organisation"] == {"id": str(PARTNER), "name": "Fietsbank"}
    assert need["progress"] == "asked"
    assert [line["kind"] for line in reply.json()["timeline"]] == [
        "request-received",
        "needs-assessed",
        "partner-activated",
    ]
    for secret in ("Zonnetje", "Maan", "Verzonnen", "werk"):
        assert secret not in reply.text


@pytest.mark.parametrize(("method", "ending"), [("GET", ""), ("PUT", "/inventory")])
async def test_request_of_another_school_is_not_there(school: School, method: str, ending: str) -> None:
    received = (await school.submits()).json()
    inventory = {"discussedOn": "2026-03-09", "needs": [{"category": "bike", "urgency": "soon"}]}
    content = {"json": inventory} if method == "PUT" else {}
    reply = await school.asks(method, f"/v1/requests/{received['id']}{ending}", OTHER_SECRET, **content)
    assert reply.status_code == 404


async def test_list_goes_through_all_requests_of_the_school_newest_first(school: School) -> None:
    made = [(await school.submits(key=f"key-{number}")).json()["id"] for number in range(5)]
    await school.asks("POST", "/v1/requests", OTHER_SECRET, json=body(), headers={"Idempotency-Key": "x"})
    seen: list[str] = []
    link: str | None = "/v1/requests?limit=2"
    while link:
        page = (await school.asks("GET", link)).json()
        seen += [each["id"] for each in page["requests"]]
        link = page["links"].get("next")
    assert seen == made[::-1]


@pytest.mark.parametrize("query", ["cursor=nonsense", "cursor=%F0%9F", "limit=0", "limit=101", "limit=x"])
async def test_wrong_place_in_the_list_is_refused_by_name(school: School, query: str) -> None:
    reply = await school.asks("GET", f"/v1/requests?{query}")
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["parameter"] == query.split("=", maxsplit=1)[0]


async def test_organisation_of_the_fact_is_that_of_the_key(school: School) -> None:
    await school.asks("POST", "/v1/requests", OTHER_SECRET, json=body(), headers={"Idempotency-Key": "x"})
    (fact,) = said(school.units)
    assert isinstance(fact, RequestReceived)
    assert fact.organisation_id == OTHER_SCHOOL


async def test_description_of_the_api_names_every_door(school: School) -> None:
    described = (await school.asks("GET", "/openapi.json")).json()
    doors = {(path, method) for path, methods in described["paths"].items() for method in methods}
    assert doors == {
        ("/requests", "get"),
        ("/requests", "post"),
        ("/requests/{id}", "get"),
        ("/requests/{id}/inventory", "put"),
    }
