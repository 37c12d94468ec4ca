from typing import Any
from uuid import UUID

import pytest

from services.intake.handlers.keys import revoke_api_key
from services.intake.handlers.referrals import follow_referral
from shared.access.members import Member
from shared.events import matching
from shared.events.base import Beneficiary, Horizon, Role, Urgency
from shared.events.intake import NeedsAssessed, RequestReceived
from tests.parts.people import member
from tests.unit.intake.app import PUBLIC_URL, body
from tests.unit.intake.builders import CONTACT, NOW, OTHER_SCHOOL, PARTNER, ROOS, SCHOOL, SERVICE, said
from tests.unit.intake.school import OTHER_SECRET, School


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


@pytest.mark.parametrize("secret", ["sk_wrong", "not a key"])
async def test_unknown_key_opens_nothing(school: School, secret: str) -> None:
    reply = await school.asks("POST", "/v1/requests", secret, json=body(), headers={"Idempotency-Key": "x"})
    assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert said(school.units) == []


async def test_key_that_was_taken_back_opens_nothing(school: School) -> None:
    async with school.units.begin() as unit:
        await revoke_api_key(school.key_id, unit)
    assert (await school.submits()).status_code == 401


@pytest.mark.parametrize(
    "now",
    [
        member(ROOS.person_id, SCHOOL, Role.AMBASSADOR, active=False),
        member(ROOS.person_id, OTHER_SCHOOL, Role.AMBASSADOR),
        member(ROOS.person_id, SCHOOL, Role.PARTNER),
    ],
    ids=["left", "moved", "other role"],
)
async def test_key_of_an_ambassador_who_left_opens_nothing(school: School, now: Member) -> None:
    async with school.units.begin() as unit:
        await unit.members.save(now)
    for method, path in (
        ("GET", "/v1/requests"),
        ("GET", f"/v1/requests/{PARTNER}"),
        ("PUT", f"/v1/requests/{PARTNER}/inventory"),
        ("POST", "/v1/requests"),
    ):
        content: dict[str, Any] = {} if method == "GET" else {"json": body(), "headers": {"Idempotency-Key": "x"}}
        assert (await school.asks(method, path, **content)).status_code == 401


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
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["pointer"]) == (400, "/needs/0/id")
    shown = await school.asks("GET", f"/v1/requests/{received['id']}")
    assert error["example"] == shown.json()["needs"][0]["id"]


async def test_inventory_that_names_a_need_twice_or_waits_for_an_unknown_one_is_refused_at_its_field(
    school: School,
) -> None:
    received = (await school.submits()).json()
    known = (await school.asks("GET", f"/v1/requests/{received['id']}")).json()["needs"][0]["id"]
    asked = {"category": "bike", "urgency": "soon"}
    for second, pointer in (({"id": known}, "/needs/1/id"), ({"dependsOn": [str(PARTNER)]}, "/needs/1/dependsOn/0")):
        inventory = {"discussedOn": "2026-03-09", "needs": [{**asked, "id": known}, {**asked, **second}]}
        reply = await school.asks("PUT", f"/v1/requests/{received['id']}/inventory", json=inventory)
        assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (400, pointer)
        assert reply.json()["errors"][0]["example"]


async def test_inventory_discussed_tomorrow_is_refused_at_its_field(school: School) -> None:
    received = (await school.submits()).json()
    inventory = {"discussedOn": "2026-03-11", "needs": [{"category": "bike", "urgency": "soon"}]}
    reply = await school.asks("PUT", f"/v1/requests/{received['id']}/inventory", json=inventory)
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (400, "/discussedOn")


@pytest.mark.parametrize("day", ["2206-02-05", "2026-03-09"])
async def test_inventory_with_a_mistyped_home_visit_is_refused_with_an_example(school: School, day: str) -> None:
    received = (await school.submits()).json()
    inventory = {
        "discussedOn": "2026-03-09",
        "homeVisitOn": day,
        "needs": [{"category": "bike", "urgency": "soon"}],
    }
    reply = await school.asks("PUT", f"/v1/requests/{received['id']}/inventory", json=inventory)
    assert reply.status_code == 400
    (error,) = reply.json()["errors"]
    assert (error["pointer"], error["example"]) == ("/homeVisitOn", "2026-03-17")


async def test_request_shows_who_does_what_and_never_who_it_is_about(school: School) -> None:
    shown = await assessed(school)
    need_id = UUID(shown["needs"][0]["id"])
    async with school.units.begin() as unit:
        await unit.network.save_organisation(PARTNER, "Fietsbank")
        activated = matching.PartnerActivated(
            subject=UUID(shown["id"]), occurred_at=NOW, referral_id=PARTNER, need_id=need_id, organisation_id=PARTNER,
            service_id=SERVICE, case_code=shown["caseCode"], contact_id=CONTACT.person_id,
            ambassador_id=ROOS.person_id, category="bike", district="noord", urgency=Urgency.SOON, attempt=1,
            beneficiary=Beneficiary.CHILD, horizon=Horizon.SHORT, answer_by=NOW,
        )  # fmt: skip
        await follow_referral(activated, unit)
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


@pytest.mark.parametrize(
    "query", ["cursor=nonsense", "cursor=%F0%9F", f"cursor={'a' * 201}", "limit=0", "limit=101", "limit=x"]
)
async def test_wrong_place_in_the_list_is_refused_by_name(school: School, query: str) -> None:
    reply = await school.asks("GET", f"/v1/requests?{query}")
    assert reply.status_code == 400
    (error,) = reply.json()["errors"]
    assert error["parameter"] == query.split("=", maxsplit=1)[0]
    assert error["detail"]
    assert error["example"]


async def test_organisation_of_the_fact_is_that_of_the_key(school: School) -> None:
    await school.asks("POST", "/v1/requests", OTHER_SECRET, json=body(), headers={"Idempotency-Key": "x"})
    (fact,) = said(school.units)
    assert isinstance(fact, RequestReceived)
    assert fact.organisation_id == OTHER_SCHOOL


async def test_description_of_the_api_names_every_route(school: School) -> None:
    described = (await school.asks("GET", "/openapi.json")).json()
    routes = {(path, method) for path, methods in described["paths"].items() for method in methods}
    assert routes == {
        ("/requests", "get"),
        ("/requests", "post"),
        ("/requests/{id}", "get"),
        ("/requests/{id}/inventory", "put"),
        ("/requests/{id}/siblings", "post"),
        ("/requests/{id}/partner-consents", "post"),
        ("/requests/{id}/birth", "post"),
        ("/requests/{id}/new-questions", "post"),
        ("/requests/{id}/closing", "post"),
        ("/requests/{id}/reopening", "post"),
        ("/requests/{id}/erasure", "post"),
        ("/requests/{id}/consent", "post"),
        ("/requests/{id}/urgent-needs", "post"),
        ("/requests/{id}/withdrawal", "post"),
        ("/requests/{id}/pause", "post"),
        ("/requests/{id}/resumption", "post"),
        ("/requests/{id}/home-visit", "post"),
        ("/requests/{id}/home-visit/completion", "post"),
        ("/requests/{id}/follow-up-agreement", "post"),
        ("/early-signals", "get"),
        ("/early-signals", "post"),
        ("/tokens", "post"),
    }
