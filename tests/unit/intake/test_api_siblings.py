"""A school's system asks for help for another child of a family."""

from typing import Any

from tests.unit.intake.school import OTHER_SECRET, School

BODY: dict[str, Any] = {
    "child": {"firstName": "Sterretje", "birthDate": "2021-05-01"},
    "needs": [{"category": "bike", "urgency": "soon"}],
}


async def test_school_s_system_adds_a_child_once(school: School) -> None:
    first = (await school.submits()).json()
    path, headers = f"/v1/requests/{first['id']}/siblings", {"Idempotency-Key": "sibling-1"}
    made = [await school.asks("POST", path, json=BODY, headers=headers) for _ in range(2)]
    assert [reply.status_code for reply in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert made[0].json()["id"] != first["id"]
    stranger = await school.asks("POST", path, OTHER_SECRET, json=BODY, headers=headers)
    assert stranger.status_code == 404


async def test_school_s_system_hears_whose_consent_is_needed(school: School) -> None:
    first = (await school.submits()).json()
    older = {**BODY, "child": {**BODY["child"], "birthDate": "2009-05-01"}}
    reply = await school.asks(
        "POST", f"/v1/requests/{first['id']}/siblings", json=older, headers={"Idempotency-Key": "sibling-2"}
    )
    assert reply.status_code == 400
    assert [error["pointer"] for error in reply.json()["errors"]] == ["/consent/givenBy"]
