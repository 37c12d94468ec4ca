"""A school's system goes the whole way of a case: a new question, an end, a withdrawal."""

from typing import Any

import httpx
import pytest

from tests.unit.intake.builders import said
from tests.unit.intake.school import OTHER_SECRET, School

STEPS: dict[str, Any] = {
    "new-questions": None,
    "withdrawal": None,
    "closing": {"reason": "family-continues-alone"},
    "reopening": None,
    "urgent-needs": {"familyKnows": True},
    "pause": {"until": "2026-03-24", "wishedBy": "family"},
    "resumption": None,
    "home-visit": {"plannedFor": "2026-03-10", "startsAt": "14:30", "note": "Let op de hond."},
    "home-visit/completion": {"tookPlace": True},
    "follow-up-agreement": {"rhythm": "monthly"},
    "partner-consents": {
        "consent": {
            "partnerKind": "fund", "fieldSets": ["reach", "story"], "givenBy": "guardian", "givenOn": "2026-03-09",
            "textVersion": "2026-1", "language": "nl", "interpreter": True, "how": "paper", "until": "2027-03-01",
        },
    },
}  # fmt: skip
NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
# What must have been done before it.
BEFORE = {
    "resumption": "pause",
    "home-visit/completion": "home-visit",
    "reopening": "closing",
    "urgent-needs": "new-questions",
}
INVENTORY = {"discussedOn": "2026-03-10", "needs": [{"category": "bike", "urgency": "soon"}]}


async def assessed(school: School) -> str:
    case_id = str((await school.submits()).json()["id"])
    reply = await school.asks("PUT", f"/v1/requests/{case_id}/inventory", json=INVENTORY)
    assert reply.status_code == 200
    return case_id


async def steps(
    school: School,
    case_id: str,
    step: str,
    key: str = "step-1",
    **how: Any,  # noqa: ANN401
) -> httpx.Response:
    if step == "closing" and "json" not in how:
        shown = (await school.asks("GET", f"/v1/requests/{case_id}")).json()
        results = [{"needId": need["id"], "result": "met"} for need in shown["needs"]]
        how["json"] = {"reason": "family-continues-alone", "results": results}
    how = {"json": STEPS[step], "secret": None} | how
    path = f"/v1/requests/{case_id}/{step}"
    return await school.asks("POST", path, headers={"Idempotency-Key": key}, **how)


@pytest.mark.parametrize(
    ("step", "status", "fact"),
    [
        ("new-questions", "in-inventory", "NewQuestionRaised"),
        ("withdrawal", "withdrawn", "CaseWithdrawn"),
        ("closing", "closed", "CaseClosed"),
        ("reopening", "assessed", "CaseReopened"),
        ("pause", "assessed", "CasePaused"),
        ("resumption", "assessed", "CaseResumed"),
        ("home-visit", "assessed", "HomeVisitPlanned"),
        ("home-visit/completion", "assessed", "HomeVisitCompleted"),
        ("follow-up-agreement", "assessed", "FollowUpsAgreed"),
        ("partner-consents", "assessed", "ConsentGiven"),
    ],
)
async def test_step_is_taken_once_and_shows_the_case_as_it_is_then(
    school: School, step: str, status: str, fact: str
) -> None:
    case_id = await assessed(school)
    if step in BEFORE:
        assert (await steps(school, case_id, BEFORE[step], key="before")).status_code == 200
    before = len(said(school.units))
    first = await steps(school, case_id, step)
    again = await steps(school, case_id, step)
    assert (first.status_code, first.json()["status"], first.json()["id"]) == (200, status, case_id)
    assert (again.status_code, again.content) == (200, first.content)
    assert [type(event).__name__ for event in said(school.units)[before:]] == [fact]


@pytest.mark.parametrize("step", STEPS)
async def test_step_needs_an_idempotency_key(school: School, step: str) -> None:
    case_id = await assessed(school)
    reply = await school.asks("POST", f"/v1/requests/{case_id}/{step}", json=STEPS[step])
    assert reply.status_code == 400
    assert [error["parameter"] for error in reply.json()["errors"]] == ["Idempotency-Key"]


@pytest.mark.parametrize("step", STEPS)
async def test_step_with_a_case_of_another_school_is_not_found(school: School, step: str) -> None:
    case_id = await assessed(school)
    reply = await steps(school, case_id, step, secret=OTHER_SECRET)
    assert (reply.status_code, reply.json()["code"]) == (404, "unknown-case")


async def test_key_of_one_step_does_for_no_other(school: School) -> None:
    case_id = await assessed(school)
    await steps(school, case_id, "closing")
    reply = await steps(school, case_id, "withdrawal")
    assert (reply.status_code, reply.json()["code"]) == (422, "idempotency-key-reused")


async def test_step_that_is_not_possible_now_is_refused_and_keeps_no_reply(school: School) -> None:
    case_id = await assessed(school)
    await steps(school, case_id, "withdrawal", key="first")
    reply = await steps(school, case_id, "closing", key="second")
    assert (reply.status_code, reply.json()["code"]) == (409, "not-possible-now")
    again = await steps(school, case_id, "closing", key="second", json={"reason": "moved-away"})
    assert (again.status_code, again.json()["code"]) == (409, "not-possible-now")


@pytest.mark.parametrize("reason", ["", "because", None])
async def test_closing_names_what_is_wrong_with_the_reason(school: School, reason: str | None) -> None:
    case_id = await assessed(school)
    reply = await steps(school, case_id, "closing", json={"reason": reason})
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["pointer"], error["example"]) == (400, "/reason", "family-continues-alone")


async def test_closing_tells_of_each_need_what_became_of_it(school: School) -> None:
    case_id = await assessed(school)
    reply = await steps(school, case_id, "closing", json={"reason": "moved-away"})
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["detail"]) == (400, "Kies wat er van deze hulpvraag kwam.")
    assert error["pointer"].startswith("/results/")


async def test_rest_and_visit_stand_in_the_reply_and_the_note_does_not(school: School) -> None:
    case_id = await assessed(school)
    rests = await steps(school, case_id, "pause", key="a")
    visited = await steps(school, case_id, "home-visit", key="b")
    assert (rests.json()["pausedUntil"], visited.json()["homeVisitOn"]) == ("2026-03-24", "2026-03-10")
    assert "hond" not in visited.text
    goes_on = await steps(school, case_id, "resumption", key="c")
    assert "pausedUntil" not in goes_on.json()


@pytest.mark.parametrize(
    ("step", "sent", "pointer"),
    [
        ("pause", {"until": "2026-03-10", "wishedBy": "family"}, "/until"),
        ("home-visit", {"plannedFor": "2026-03-09"}, "/plannedFor"),
        ("home-visit", {"plannedFor": "2026-03-12", "startsAt": "25:00"}, "/startsAt"),
        ("home-visit/completion", {"tookPlace": "ja"}, "/tookPlace"),
        ("follow-up-agreement", {"rhythm": "daily"}, "/rhythm"),
        ("follow-up-agreement", {"rhythm": "monthly", "secondReaderId": NOBODY}, "/secondReaderId"),
    ],
)
async def test_what_is_wrong_with_a_step_is_named_with_an_example(
    school: School, step: str, sent: dict[str, str], pointer: str
) -> None:
    reply = await steps(school, await assessed(school), step, json=sent)
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["pointer"]) == (400, pointer)
    assert error["example"]


async def test_visit_of_next_week_did_not_take_place_yet(school: School) -> None:
    case_id = await assessed(school)
    later = {**STEPS["home-visit"], "plannedFor": "2026-03-17"}
    assert (await steps(school, case_id, "home-visit", key="a", json=later)).status_code == 200
    reply = await steps(school, case_id, "home-visit/completion", key="b")
    assert (reply.status_code, "de dag komt nog" in reply.text) == (409, True)
    # That it does not go on may be known before.
    cancelled = await steps(school, case_id, "home-visit/completion", key="c", json={"tookPlace": False})
    assert cancelled.status_code == 200
