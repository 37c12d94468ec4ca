import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake import handlers
from services.intake.domain.rules import Viewer
from services.intake.store.memory import MemoryIntakeUnit
from shared.events import matching
from shared.events.base import Urgency
from shared.events.intake import (
    CaseClosed,
    CaseReopened,
    CaseWithdrawn,
    NeedsAssessed,
    NewQuestionRaised,
    RequestAcknowledged,
    RequestReceived,
)
from shared.twins import MemoryUnits
from tests.unit.intake.doors import app_on, person_of
from tests.unit.intake.given import (
    COLLEAGUE,
    CONTACT,
    COORDINATOR,
    NOW,
    PARTNER,
    ROOS,
    SERVICE,
    STRANGER,
    everybody_joins,
    inventory,
    need,
    request,
    said,
    units_in_memory,
)

FORM = {
    "child.firstName": "Zonnetje",
    "child.lastName": "Verzonnen",
    "child.birthDate": "01-09-2016",
    "family.contactName": "Maan Verzonnen",
    "family.phone": "06 12345678",
    "family.language": "ar",
    "family.interpreterNeeded": "true",
    "district": "noord",
    "consent.givenBy": "guardian",
    "consent.givenOn": "9-3-2026",
    "consent.textVersion": "2026-1",
    "needs.0.category": "bike",
    "needs.0.urgency": "soon",
    "needs.1.category": "",
    "needs.1.urgency": "",
    "needs.3.category": "food",
    "needs.3.urgency": "today",
    "needs.3.beneficiary": "household",
    "needs.3.description": "Boodschappen voor een week",
    "sendKey": "00000000-0000-7000-8000-0000000000e1",
}


class Pages:
    """Intake's pages, and one case of Roos."""

    def __init__(self, units: MemoryUnits[MemoryIntakeUnit], case_id: UUID) -> None:
        self.units, self.case_id = units, case_id
        self.app = app_on(units)
        self.path = f"/aanvragen/{case_id}"

    @asynccontextmanager
    async def seen_by(self, viewer: Viewer | None) -> AsyncIterator[httpx.AsyncClient]:
        async with person_of(self.app, viewer) as client:
            yield client

    async def shows(self, viewer: Viewer | None, path: str) -> httpx.Response:
        async with person_of(self.app, viewer) as client:
            return await client.get(path)

    async def sends(self, viewer: Viewer | None, path: str, data: dict[str, Any] | None = None) -> httpx.Response:
        async with person_of(self.app, viewer) as client:
            return await client.post(path, data=data or {"x": "1"})


@pytest.fixture
async def pages() -> Pages:
    units = units_in_memory()
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await handlers.submit_request(request(), unit)
    return Pages(units, case.id)


async def test_request_from_a_page_is_the_same_as_from_a_machine(pages: Pages) -> None:
    reply = await pages.sends(ROOS, "/aanvragen/nieuw", FORM)
    fact = said(pages.units)[-1]
    assert isinstance(fact, RequestReceived)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"/aanvragen/{fact.subject}?gelukt=ontvangen")
    assert [(need.category, need.urgency.value) for need in fact.needs] == [("bike", "soon"), ("food", "today")]
    assert (fact.family_language, fact.interpreter_needed) == ("ar", True)
    assert "De aanvraag is binnen." in (await pages.shows(ROOS, reply.headers["Location"])).text


async def test_button_pressed_twice_makes_one_case(pages: Pages) -> None:
    first, second = [await pages.sends(ROOS, "/aanvragen/nieuw", FORM) for _ in range(2)]
    assert first.headers["Location"] == second.headers["Location"]
    assert len(said(pages.units)) == 2


async def test_changed_form_that_was_sent_already_asks_whether_it_is_new(pages: Pages) -> None:
    await pages.sends(ROOS, "/aanvragen/nieuw", FORM)
    again = await pages.sends(ROOS, "/aanvragen/nieuw", {**FORM, "child.firstName": "Sterretje"})
    assert again.status_code == 400
    assert "al verstuurd" in again.text
    assert 'value="Sterretje"' in again.text
    assert FORM["sendKey"] not in again.text


async def test_wrong_form_keeps_what_was_typed_and_says_what_is_wrong_on_top(pages: Pages) -> None:
    wrong = {**FORM, "child.birthDate": "1-9-1990", "family.phone": "bel maar", "needs.3.urgency": ""}
    reply = await pages.sends(ROOS, "/aanvragen/nieuw", wrong)
    assert reply.status_code == 400
    assert 'href="#veld-family-phone"' in reply.text
    assert 'href="#veld-needs-3-urgency"' in reply.text
    assert 'value="Zonnetje"' in reply.text
    assert 'value="bel maar"' in reply.text
    assert len(said(pages.units)) == 1


async def test_adult_and_wrong_consent_are_told_at_their_fields(pages: Pages) -> None:
    reply = await pages.sends(ROOS, "/aanvragen/nieuw", {**FORM, "consent.givenBy": "young-person"})
    assert 'href="#veld-consent-givenBy"' in reply.text
    reply = await pages.sends(ROOS, "/aanvragen/nieuw", {**FORM, "child.birthDate": "1-9-1990"})
    assert 'href="#veld-child-birthDate"' in reply.text


async def test_form_says_to_whom_it_goes_and_where_to_call_about_safety(pages: Pages) -> None:
    text = (await pages.shows(ROOS, "/aanvragen/nieuw")).text
    assert "Dit gaat naar:" in text
    for number in ("112", "0800-2000", "aandachtsfunctionaris"):
        assert number in text


@pytest.mark.parametrize("path", ["/aanvragen", "/aanvragen/nieuw"])
async def test_page_asks_who_you_are_when_nobody_is_signed_in(pages: Pages, path: str) -> None:
    reply = await pages.shows(None, path)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"/inloggen?naar={path}")


async def test_partner_has_no_pages_here(pages: Pages) -> None:
    assert (await pages.shows(CONTACT, "/aanvragen")).status_code == 403


@pytest.mark.parametrize(("viewer", "sees"), [(ROOS, True), (COLLEAGUE, True), (COORDINATOR, True), (STRANGER, False)])
async def test_list_shows_the_cases_of_the_own_school_without_names(
    pages: Pages, viewer: Viewer, *, sees: bool
) -> None:
    text = (await pages.shows(viewer, "/aanvragen")).text
    assert (str(pages.case_id) in text) is sees
    assert "Zonnetje" not in text


async def test_list_goes_on_after_a_full_page(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await handlers.submit_requests([request()] * 24, unit)
    shown: set[str] = set()
    path: str | None = "/aanvragen"
    while path:
        text = (await pages.shows(ROOS, path)).text
        shown |= set(re.findall(r'href="/aanvragen/([0-9a-f-]{36})"', text))
        following = re.search(r'href="(/aanvragen\?na=[^"]+)"', text)
        path = following[1] if following else None
    assert len(shown) == 25


@pytest.mark.parametrize(("viewer", "knows"), [(ROOS, True), (COORDINATOR, True), (COLLEAGUE, False)])
async def test_names_are_for_the_own_ambassador_and_the_coordinator(
    pages: Pages, viewer: Viewer, *, knows: bool
) -> None:
    reply = await pages.shows(viewer, pages.path)
    assert reply.status_code == 200
    for secret in ("Zonnetje", "Maan Verzonnen", "+31612345678", "mee naar buiten", "Een fiets om naar school"):
        assert (secret in reply.text) is knows
    assert len(pages.units.tables.table("audit_lines")) == int(knows)


@pytest.mark.parametrize("ending", ["", "/inventarisatie"])
async def test_case_of_another_school_is_not_there(pages: Pages, ending: str) -> None:
    assert (await pages.shows(STRANGER, pages.path + ending)).status_code == 404


@pytest.mark.parametrize("ending", ["afsluiten", "intrekken", "begin", "nieuwe-vraag", "heropenen", "gezien"])
async def test_nobody_of_another_school_changes_a_case(pages: Pages, ending: str) -> None:
    data = {"reason": "moved-away"}
    assert (await pages.sends(STRANGER, f"{pages.path}/{ending}", data)).status_code == 404
    assert len(said(pages.units)) == 1


async def test_case_shows_who_does_what_and_what_happened(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        case = await handlers.complete_inventory(inventory(pages.case_id, [need("bike")]), unit, ROOS)
        await unit.network.put_organisation(PARTNER, "Fietsbank <Verzonnen>")
        activated = matching.PartnerActivated(
            subject=case.id, occurred_at=NOW, referral_id=PARTNER, need_id=case.needs[0].need_id,
            organisation_id=PARTNER, service_id=SERVICE, case_code=case.code, contact_id=CONTACT.person_id,
            ambassador_id=ROOS.person_id, category="bike", district="noord", urgency=Urgency.SOON, attempt=1,
        )  # fmt: skip
        await handlers.follow_referral(activated, unit)
    text = (await pages.shows(ROOS, pages.path)).text
    assert "Fietsbank &lt;Verzonnen&gt; is om hulp gevraagd" in text
    assert "Partner is gevraagd" in text
    assert "De inventarisatie is klaar" in text


async def test_inventory_page_knows_what_was_asked_and_stores_what_was_found(pages: Pages) -> None:
    begin = await pages.sends(ROOS, f"{pages.path}/begin")
    page = (await pages.shows(ROOS, begin.headers["Location"])).text
    ids = re.findall(r'name="needs\.\d\.id" value="([0-9a-f-]+)"', page)
    assert len(ids) == 2
    found = {
        "discussedOn": "9-3-2026",
        "context": "Vader zoekt werk.",
        "needs.0.id": ids[0],
        "needs.0.category": "bike",
        "needs.0.urgency": "normal",
        "needs.0.horizon": "long",
        "needs.1.id": ids[1],
        "needs.1.category": "clothing",
        "needs.1.urgency": "soon",
        "needs.1.gone": "true",
        "needs.2.category": "sport",
        "needs.2.urgency": "normal",
        "excludedOrganisations": [str(PARTNER)],
    }
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", found)
    assert reply.status_code == 303
    fact = said(pages.units)[-1]
    assert isinstance(fact, NeedsAssessed)
    assert [(str(need.need_id) in ids, need.category) for need in fact.needs] == [(True, "bike"), (False, "sport")]
    assert fact.excluded_organisations == (PARTNER,)
    assert "Vader zoekt werk." in (await pages.shows(ROOS, pages.path)).text


async def test_inventory_page_keeps_what_was_typed_when_something_is_wrong(pages: Pages) -> None:
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", {"context": "Vader zoekt werk."})
    assert reply.status_code == 400
    assert 'href="#veld-discussedOn"' in reply.text
    assert "Vader zoekt werk." in reply.text


async def test_inventory_without_any_need_left_is_refused(pages: Pages) -> None:
    one = {"discussedOn": "9-3-2026", "needs.0.category": "bike", "needs.0.urgency": "soon", "needs.0.gone": "true"}
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", one)
    assert reply.status_code == 400
    assert "minstens één hulpvraag" in reply.text


async def test_inventory_page_is_not_for_a_colleague(pages: Pages) -> None:
    assert (await pages.shows(COLLEAGUE, f"{pages.path}/inventarisatie")).status_code == 403


async def test_case_goes_through_its_life_with_buttons(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await handlers.complete_inventory(inventory(pages.case_id, [need("bike")]), unit, ROOS)
    await pages.sends(COORDINATOR, f"{pages.path}/gezien")
    without_reason = await pages.sends(ROOS, f"{pages.path}/afsluiten")
    assert without_reason.status_code == 400
    await pages.sends(ROOS, f"{pages.path}/afsluiten", {"reason": "moved-away"})
    await pages.sends(ROOS, f"{pages.path}/heropenen")
    await pages.sends(ROOS, f"{pages.path}/nieuwe-vraag")
    await pages.sends(ROOS, f"{pages.path}/intrekken")
    assert [type(fact) for fact in said(pages.units)[2:]] == [
        RequestAcknowledged,
        CaseClosed,
        CaseReopened,
        NewQuestionRaised,
        CaseWithdrawn,
    ]
    assert "Ingetrokken" in (await pages.shows(ROOS, pages.path)).text


async def test_form_of_another_site_is_not_taken(pages: Pages) -> None:
    async with pages.seen_by(ROOS) as client:
        reply = await client.post(
            f"{pages.path}/intrekken", data={"x": "1"}, headers={"Origin": "https://evil.example"}
        )
    assert reply.status_code == 403


async def test_page_of_something_that_never_was_is_not_there(pages: Pages) -> None:
    for path in (f"/aanvragen/{PARTNER}", "/aanvragen/zomaar"):
        assert (await pages.shows(ROOS, path)).status_code == 404
