"""An empty text is a field that was not filled in, in the API as on a form."""

from typing import Any

import pytest

from services.intake.domain.dossier import Fact
from tests.unit.intake.app import body
from tests.unit.intake.builders import ROOS, said
from tests.unit.intake.school import School
from tests.unit.intake.test_api_refusals import changed

OPTIONAL = [
    "/ambassadorId", "/family/phone", "/family/email", "/family/address", "/story", "/consent/name",
    "/needs/0/horizon", "/needs/0/beneficiary", "/needs/0/description",
]  # fmt: skip
REQUIRED = [
    "/child/firstName", "/child/lastName", "/child/birthDate", "/family/contactName", "/family/language",
    "/family/interpreterNeeded", "/district", "/consent/givenBy", "/consent/givenOn", "/consent/textVersion",
    "/needs/0/category", "/needs/0/urgency", "/child", "/needs",
]  # fmt: skip


@pytest.mark.parametrize("blank", ["", "   ", " \t\r\n"])
@pytest.mark.parametrize("pointer", OPTIONAL)
async def test_empty_text_in_an_optional_field_is_not_given(school: School, pointer: str, blank: str) -> None:
    reply = await school.submits(changed(pointer, blank))
    assert reply.status_code == 201


async def test_of_a_field_that_was_left_empty_nothing_is_kept(school: School) -> None:
    content = body(story="", ambassadorId=" ")
    content["family"] |= {"phone": "", "email": " ", "address": "\n"}
    case_id = (await school.submits(content)).json()["id"]
    (event,) = said(school.units)
    async with school.units.begin() as unit:
        dossier = await unit.vault.open(event.subject, list(Fact), ROOS, "test", words=True)
    assert case_id == str(event.subject)
    assert not dossier.facts.keys() & {Fact.PHONE, Fact.EMAIL, Fact.ADDRESS, Fact.STORY}


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize("pointer", REQUIRED)
async def test_empty_text_in_a_required_field_is_told_as_missing(school: School, pointer: str, blank: str) -> None:
    reply = await school.submits(changed(pointer, blank))
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["pointer"], error["detail"]) == (400, pointer, "Vul dit in.")
    assert error["example"]


async def test_inventory_takes_empty_texts_as_not_given_too(school: School) -> None:
    case_id = (await school.submits()).json()["id"]
    need: dict[str, Any] = {"category": "bike", "urgency": "soon", "id": "", "dependsOn": "", "description": ""}
    inventory = {
        "context": "", "bottlenecks": " ", "effectOnChild": "", "homeVisitOn": "", "excludedOrganisations": "",
        "discussedOn": "2026-03-10", "needs": [need],
    }  # fmt: skip
    reply = await school.asks("PUT", f"/v1/requests/{case_id}/inventory", json=inventory)
    assert reply.status_code == 200
    refused = await school.asks("PUT", f"/v1/requests/{case_id}/inventory", json=inventory | {"discussedOn": ""})
    (error,) = refused.json()["errors"]
    assert (error["pointer"], error["detail"]) == ("/discussedOn", "Vul dit in.")
