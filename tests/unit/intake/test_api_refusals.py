import copy
import json
from datetime import timedelta
from typing import Any

import pytest

from shared.web.messages import FALLBACK
from tests.twins.clock import HeldClock
from tests.unit.intake.app import app_on, body, give_key
from tests.unit.intake.builders import CONTACT, NOW, said, units_in_memory
from tests.unit.intake.school import School


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
        ("/child/firstName", "\u200b\u2060"),
        ("/family/contactName", " \u3164 "),
        ("/story", "\u00ad"),
        ("/child/nickName", "Zon"),
        ("/child/lastName", "V" * 101),
        ("/family/language", "Nederlands"),
        ("/family/language", "nl-Amina-Jansen-06123456"),
        ("/family/language", "nl-BE"),
        ("/family/language", "qqq"),
        ("/family/interpreterNeeded", "yes"),
        ("/family/phone", "bel maar"),
        ("/family/phone", "111222333"),
        ("/family/phone", "623456783"),
        ("/family/phone", "06 123"),
        ("/family/email", "111222333@voorbeeld.example"),
        ("/family/email", "geen adres"),
        ("/district", "atlantis"),
        ("/story", "Haar bsn is 111222333."),
        ("/story", "x" * 4001),
        ("/story", "zicht\u0007baar"),
        ("/consent/givenBy", "young-person"),
        ("/consent/givenBy", "school"),
        ("/consent/givenOn", "2026-03-11"),
        ("/consent/textVersion", "versie 1!"),
        ("/consent/textVersion", "Amina-Verzonnen"),
        ("/consent/textVersion", "2026-100"),
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
    assert errors[pointer]["example"]
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


async def test_unknown_ambassador_is_told_together_with_a_wrong_date(school: School) -> None:
    content = changed("/child/birthDate", "1990-01-01") | {"ambassadorId": str(CONTACT.person_id)}
    reply = await school.submits(content)
    assert [error["pointer"] for error in reply.json()["errors"]] == ["/child/birthDate", "/ambassadorId"]


async def test_today_is_that_of_the_database_not_of_the_host(school: School) -> None:
    ahead = HeldClock(NOW)
    ahead.forward(timedelta(days=14))
    school.units = units_in_memory(clock=ahead)
    school.app = app_on(school.units, HeldClock(NOW))
    await give_key(school.units)
    assert (await school.submits(changed("/consent/givenOn", "2026-03-24"))).status_code == 201
    reply = await school.submits(changed("/consent/givenOn", "2026-03-25"), "key-2")
    assert [error["pointer"] for error in reply.json()["errors"]] == ["/consent/givenOn"]


async def test_unknown_category_is_told_with_those_that_are_known(school: School) -> None:
    reply = await school.submits(changed("/needs/0/category", "yacht"))
    assert "bike" in reply.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 60_000, b'{"story": "a\\u0000b"}', b"\xff\xfe", b'"text"', b"null", b"[]"],
    ids=["empty", "half", "deep", "nul", "not utf-8", "text", "null", "list"],
)
async def test_body_that_is_no_request_is_refused(school: School, content: bytes) -> None:
    headers = {"Idempotency-Key": "x", "Content-Type": "application/json"}
    for method, path in (("POST", "/v1/requests"), ("PUT", f"/v1/requests/{CONTACT.person_id}/inventory")):
        reply = await school.asks(method, path, content=content, headers=headers)
        assert (reply.status_code, reply.headers["Content-Type"]) == (400, "application/problem+json")
        (error,) = reply.json()["errors"]
        assert error["detail"] not in {"", FALLBACK}
        assert error["example"]


@pytest.mark.parametrize("part", ["child", "family", "district", "consent", "needs"])
@pytest.mark.parametrize("instead", [..., None, "text", 7])
async def test_part_that_is_missing_or_no_part_is_refused_with_an_example(
    school: School, part: str, instead: object
) -> None:
    content = body() | {part: instead}
    if instead is ...:
        del content[part]
    reply = await school.submits(content)
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["pointer"]) == (400, f"/{part}")
    assert error["detail"] != FALLBACK
    assert error["example"]
    if part != "district":
        corrected = await school.submits(body() | {part: json.loads(error["example"])})
        assert {each["pointer"] for each in corrected.json().get("errors", [])} <= {"/consent/givenBy"}


async def test_body_over_64_kib_is_refused(school: School) -> None:
    content = json.dumps(body(story="x" * 70_000)).encode()
    headers = {"Idempotency-Key": "x", "Content-Type": "application/json"}
    reply = await school.asks("POST", "/v1/requests", content=content, headers=headers)
    assert reply.status_code == 413


async def test_telephone_number_is_no_bsn(school: School) -> None:
    assert (await school.submits(body(story="Bel gerust: 0612345678."))).status_code == 201
