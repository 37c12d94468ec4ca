"""A family whose address is secret: only its ambassador sees where it lives, and the vault alone keeps the district."""

import json
from typing import Any

import pytest

from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from shared.access.replies import AskedBefore, Reply
from shared.events.family_safety import AddressHidden, AddressShown
from shared.events.intake import CaseFact, RequestReceived
from tests.unit.intake.app import body
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, ROOS, said
from tests.unit.intake.pages import FORM, Pages
from tests.unit.intake.school import School

CONTACT = {"contactName": "Maan Verzonnen", "address": "Kooipad 987", "phone": "06 87654321"}
SECRET = {**CONTACT, "addressIsSecret": "true"}
NOT_SHOWN = "niet getoond"
DISTRICT = "Noord"


def plumbing(units: Any) -> str:  # noqa: ANN401 - of pages or of a school
    """What outbox and replies hold, in one text."""
    outbox = [row[0].data for row in units.tables.table("outbox").values()]
    replies = [reply.body for _, reply in units.tables.table("idempotency_replies").values()]
    return "\n".join([*outbox, *replies])


async def hides(pages: Pages, viewer: Viewer = ROOS) -> None:
    await pages.sends(ROOS, f"{pages.path}/contact", CONTACT)
    await pages.sends(viewer, f"{pages.path}/contact", SECRET)


async def test_request_with_a_secret_address_tells_nobody_where_the_family_lives(school: School) -> None:
    content = body()
    content["family"]["addressIsSecret"] = True
    reply = await school.submits(content)
    assert reply.status_code == 201
    shown = await school.asks("GET", f"/v1/requests/{reply.json()['id']}")
    assert (shown.status_code, "district" in shown.json()) == (200, False)
    received = next(one for one in said(school.units) if isinstance(one, RequestReceived))
    assert received.district is None
    assert f'"{content["district"]}"' not in plumbing(school.units)


async def test_page_of_asking_has_the_tick_and_the_summary_says_it(pages: Pages) -> None:
    sent = await pages.asks(ROOS, {**FORM, "family.address": "Kooipad 987", "family.addressIsSecret": "true"})
    path = sent.headers["Location"].split("?")[0]
    own = (await pages.shows(ROOS, path)).text
    assert (DISTRICT in own, "Kooipad 987 (geheim)" in own) == (True, True)
    for viewer in (COORDINATOR, COLLEAGUE):
        page = (await pages.shows(viewer, path)).text
        assert (NOT_SHOWN in page, DISTRICT in page, "Kooipad" in page) == (True, False, False)


@pytest.mark.parametrize("page", ["", "/overzicht", "/contact"])
async def test_only_the_ambassador_sees_address_and_district_of_one_that_is_hidden_later(
    pages: Pages, page: str
) -> None:
    await hides(pages)
    assert "Kooipad 987" in (await pages.shows(ROOS, f"{pages.path}{page}")).text
    desk = (await pages.shows(COORDINATOR, f"{pages.path}{page}")).text
    assert ("Kooipad" in desk, f">{DISTRICT}" in desk) == (False, False)


async def test_list_shows_no_district(pages: Pages) -> None:
    assert DISTRICT in (await pages.shows(COORDINATOR, "/aanvragen")).text
    await hides(pages)
    for viewer in (ROOS, COLLEAGUE, COORDINATOR):
        listed = (await pages.shows(viewer, "/aanvragen")).text
        assert (NOT_SHOWN in listed, f", {DISTRICT}" in listed) == (True, False)


async def test_hiding_is_told_once_and_what_was_published_forgets_the_district(pages: Pages) -> None:
    assert '"district":"noord"' in plumbing(pages.units)
    await hides(pages)
    await pages.sends(ROOS, f"{pages.path}/contact", SECRET)
    assert [type(one) for one in said(pages.units)].count(AddressHidden) == 1
    await hides(pages)
    assert [type(one) for one in said(pages.units)].count(AddressHidden) == 2
    assert '"district":"noord"' not in plumbing(pages.units)
    assert all(one.district is None for one in said(pages.units) if isinstance(one, CaseFact))


async def test_reply_under_a_key_is_the_same_without_the_district(pages: Pages) -> None:
    asked, body = AskedBefore("school", "key-1", "print"), f'{{"id": "{pages.case_id}", "district": "noord"}}'
    async with pages.units.begin() as unit:
        await unit.replies.keep({asked: Reply("print", 201, body)})
    await hides(pages)
    async with pages.units.begin() as unit:
        kept = (await unit.replies.take([asked])).known
    assert [reply.body for reply in kept.values()] == [f'{{"id": "{pages.case_id}", "district":null}}']


async def test_desk_changes_other_things_and_can_neither_empty_nor_show_the_address(pages: Pages) -> None:
    await hides(pages)
    page = (await pages.shows(COORDINATOR, f"{pages.path}/contact")).text
    assert ("Het adres is geheim." in page, 'name="address"' in page) == (True, False)
    await pages.sends(COORDINATOR, f"{pages.path}/contact", {"contactName": "Zus Verzonnen"})
    own = (await pages.shows(ROOS, f"{pages.path}/contact")).text
    assert ("Kooipad 987" in own, "Zus Verzonnen" in own) == (True, True)
    assert AddressShown not in [type(one) for one in said(pages.units)]


async def test_desk_hides_it_when_the_family_asks_the_desk(pages: Pages) -> None:
    await hides(pages, COORDINATOR)
    assert "Kooipad" not in (await pages.shows(COORDINATOR, pages.path)).text


async def test_reading_of_the_desk_says_that_neither_was_read(pages: Pages) -> None:
    await hides(pages)
    before = len(pages.units.tables.table("audit_lines"))
    await pages.shows(COORDINATOR, pages.path)
    read = json.dumps([str(line) for line in list(pages.units.tables.table("audit_lines").values())[before:]])
    assert "first_name" in read
    assert (Fact.ADDRESS.value in read, Fact.DISTRICT.value in read) == (False, False)


async def test_taken_off_again_the_district_is_told_to_every_service(pages: Pages) -> None:
    await hides(pages)
    await pages.sends(ROOS, f"{pages.path}/contact", CONTACT)
    shown = said(pages.units)[-1]
    assert isinstance(shown, AddressShown)
    assert shown.district == "noord"
    assert DISTRICT in (await pages.shows(COORDINATOR, pages.path)).text
    async with pages.units.begin() as unit:
        dossier = await unit.vault.open(pages.case_id, [Fact.DISTRICT], ROOS, "test", words=False)
    assert dossier.facts == {}
