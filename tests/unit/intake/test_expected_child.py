"""A child that is not born yet: the month is enough, a guardian consents, and its birth is told later."""

import re
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake.domain.dossier import Fact
from services.intake.handlers.outgrown import look_who_grew
from shared.events.base import AgeBand
from shared.events.intake import RequestReceived
from tests.unit.intake.app import body
from tests.unit.intake.builders import COLLEAGUE, ROOS, said
from tests.unit.intake.pages import FORM, Pages
from tests.unit.intake.school import School

EXPECTED = {"lastName": "Verzonnen", "expectedMonth": "2026-07"}


def asked(**child: str) -> dict[str, Any]:
    return {**body(), "child": {**EXPECTED, **child}, "consent": {**body()["consent"], "givenBy": "guardian"}}


async def made(pages: Pages, month: str = "juli 2026") -> UUID:
    """An expected brother or sister of the child that is known."""
    page = (await pages.shows(ROOS, f"{pages.path}/nog-een-kind")).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    need = {"needs.0.category": "bike", "needs.0.urgency": "soon"}
    reply = await pages.sends(ROOS, f"{pages.path}/nog-een-kind", {**hidden, "child.expectedMonth": month, **need})
    assert reply.status_code == 303, reply.text
    return UUID(reply.headers["Location"].split("/")[2].split("?")[0])


async def facts_of(pages: Pages, case_id: UUID) -> dict[Fact, str]:
    async with pages.units.begin() as unit:
        return dict((await unit.vault.open(case_id, tuple(Fact), ROOS, "test", words=False)).facts)


async def birth(pages: Pages, case_id: UUID, **typed: str) -> httpx.Response:
    told = {"firstName": "Noor", "birthDate": "9-3-2026", **typed}
    return await pages.sends(ROOS, f"/aanvragen/{case_id}/geboren", told)


async def test_school_s_system_asks_for_a_child_that_is_expected(school: School) -> None:
    reply = await school.submits(asked())
    assert reply.status_code == 201, reply.text
    received = said(school.units)[-1]
    assert isinstance(received, RequestReceived)
    assert received.age_band is AgeBand.BABY
    assert "2026-07" not in received.model_dump_json()


@pytest.mark.parametrize(
    ("child", "pointer"),
    [
        ({"expectedMonth": "2026-01"}, "/child/expectedMonth"),
        ({"expectedMonth": "2027-03"}, "/child/expectedMonth"),
        ({"expectedMonth": "2026-13"}, "/child/expectedMonth"),
        ({"birthDate": "2024-09-01", "firstName": "Zon"}, "/child/birthDate"),
    ],
)
async def test_month_that_cannot_be_is_told_at_its_field(school: School, child: dict[str, str], pointer: str) -> None:
    reply = await school.submits(asked(**child))
    assert reply.status_code == 400
    assert [error["pointer"] for error in reply.json()["errors"]] == [pointer]


async def test_for_a_child_that_is_expected_a_guardian_consents(school: School) -> None:
    content = asked()
    content["consent"]["givenBy"] = "young-person"
    reply = await school.submits(content)
    assert [error["pointer"] for error in reply.json()["errors"]] == ["/consent/givenBy"]


async def test_pages_of_asking_take_the_month_and_show_it(pages: Pages) -> None:
    left_out = {name: value for name, value in FORM.items() if name not in {"child.firstName", "child.birthDate"}}
    sent = await pages.asks(ROOS, {**left_out, "child.expectedMonth": "juli 2026"})
    assert sent.status_code == 303, sent.text
    page = await pages.follows(ROOS, sent)
    assert "verwacht in juli 2026" in page
    path = sent.headers["Location"].split("?")[0]
    assert "verwacht in juli 2026" in (await pages.shows(ROOS, f"{path}/overzicht")).text
    assert (await pages.shows(ROOS, f"{path}/toestemming")).status_code == 200
    assert "juli 2026" not in (await pages.shows(COLLEAGUE, path)).text


async def test_birth_brings_name_and_day_and_the_month_goes(pages: Pages) -> None:
    case_id = await made(pages)
    done = await birth(pages, case_id)
    assert done.status_code == 303, done.text
    told = await facts_of(pages, case_id)
    assert (told[Fact.FIRST_NAME], told[Fact.BIRTH_DATE]) == ("Noor", "2026-03-09")
    assert Fact.EXPECTED_MONTH not in told
    assert (await birth(pages, case_id)).status_code == 409


@pytest.mark.parametrize("day", ["11-3-2026", "1-3-2024"])
async def test_birth_on_a_day_that_cannot_be_is_told_at_its_field(pages: Pages, day: str) -> None:
    reply = await birth(pages, await made(pages), birthDate=day)
    assert reply.status_code == 400
    assert 'href="#veld-birthDate"' in reply.text


async def test_child_that_was_born_long_ago_is_not_born_again(pages: Pages) -> None:
    assert (await birth(pages, pages.case_id)).status_code == 409


async def test_only_who_knows_the_family_tells_the_birth(pages: Pages) -> None:
    case_id = await made(pages)
    told = {"firstName": "Noor", "birthDate": "9-3-2026"}
    assert (await pages.sends(COLLEAGUE, f"/aanvragen/{case_id}/geboren", told)).status_code in {403, 404}
    assert Fact.BIRTH_DATE not in await facts_of(pages, case_id)


async def test_nobody_outgrows_a_consent_before_birth(pages: Pages) -> None:
    case_id = await made(pages)
    async with pages.units.begin() as unit:
        await look_who_grew(unit)
        case = await unit.cases.read(case_id)
    assert case
    assert case.outgrown is None


async def test_school_s_system_tells_the_birth(school: School) -> None:
    case_id = (await school.submits(asked())).json()["id"]
    told, headers = {"firstName": "Noor", "birthDate": "2026-03-09"}, {"Idempotency-Key": "birth-1"}
    reply = await school.asks("POST", f"/v1/requests/{case_id}/birth", json=told, headers=headers)
    assert reply.status_code == 200, reply.text
