import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from services.intake.domain.case import Case
from services.intake.domain.rules import Viewer
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.referrals import follow_referral
from services.intake.handlers.requests import submit_requests
from shared.access.members import keep_member
from shared.events import matching, referral_codes
from shared.events.base import Beneficiary, Horizon, Role, Urgency
from shared.events.intake import (
    CaseClosed,
    CaseReopened,
    CaseWithdrawn,
    NeedsAssessed,
    NewQuestionRaised,
    RequestAcknowledged,
)
from shared.kernel.errors import Transient
from tests.parts.audit import of_the_vault
from tests.parts.people import listed
from tests.twins.intake import MemoryIntakeUnit
from tests.unit.intake.app import app_on, person_of
from tests.unit.intake.builders import (
    COLLEAGUE,
    CONTACT,
    COORDINATOR,
    NOW,
    PARTNER,
    ROOS,
    SERVICE,
    STRANGER,
    Units,
    inventory,
    need,
    request,
    said,
)
from tests.unit.intake.pages import Pages


@pytest.mark.parametrize("path", ["/aanvragen", "/aanvragen/nieuw"])
async def test_page_asks_who_you_are_when_nobody_is_signed_in(pages: Pages, path: str) -> None:
    reply = await pages.shows(None, path)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"/inloggen?naar={path}")


async def test_partner_has_no_pages_here(pages: Pages) -> None:
    assert (await pages.shows(CONTACT, "/aanvragen")).status_code == 403


@pytest.mark.parametrize(
    ("role", "active"), [(Role.AMBASSADOR, False), (Role.OPERATOR, True), (Role.PARTNER, True), (Role.AMBASSADOR, True)]
)
async def test_session_opens_nothing_any_more_when_the_person_left_or_has_another_role(
    pages: Pages, role: Role, *, active: bool
) -> None:
    assert (await pages.shows(COORDINATOR, pages.path)).status_code == 200
    heard = listed(COORDINATOR.person_id, COORDINATOR.organisation_id, role, at=NOW, active=active)
    async with pages.units.begin() as unit:
        await keep_member(heard, unit)

    for path in (pages.path, "/aanvragen", f"{pages.path}/inventarisatie"):
        reply = await pages.shows(COORDINATOR, path)
        assert (reply.status_code, reply.headers["Location"]) == (303, f"/inloggen?naar={path}")


@pytest.mark.parametrize(
    ("viewer", "sees", "knows"),
    [(ROOS, True, True), (COLLEAGUE, True, False), (COORDINATOR, True, False), (STRANGER, False, False)],
)
async def test_list_shows_the_cases_of_the_own_school_and_the_own_ambassador_what_each_child_is_called(
    pages: Pages, viewer: Viewer, *, sees: bool, knows: bool
) -> None:
    text = (await pages.shows(viewer, "/aanvragen")).text
    assert (str(pages.case_id) in text) is sees
    assert ("Zonnetje" in text) is knows
    assert "Verzonnen" not in text
    lines = of_the_vault(pages.units.tables.table("audit_lines").values())
    read = [(line.entry.about_id, line.entry.actor.person_id) for line in lines]
    assert read == [(pages.case_id, ROOS.person_id)] * knows


async def test_list_goes_on_after_a_full_page(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await submit_requests([request()] * 24, unit)
    shown: set[str] = set()
    path: str | None = "/aanvragen"
    while path:
        text = (await pages.shows(ROOS, path)).text
        shown |= set(re.findall(r'href="/aanvragen/([0-9a-f-]{36})"', text))
        following = re.search(r'href="(/aanvragen\?na=[^"]+)"', text)
        path = following[1] if following else None
    assert len(shown) == 25


@pytest.mark.parametrize(("language", "name"), [("ar", "Arabisch"), ("fa", "Farsi of Dari"), ("ja", "Japans")])
async def test_page_names_the_language_of_the_family(pages: Pages, language: str, name: str) -> None:
    async with pages.units.begin() as unit:
        asked = request(family_language=language, interpreter_needed=True)
        [case] = await submit_requests([asked], unit)
    assert isinstance(case, Case)

    assert f"{name}, met tolk" in (await pages.shows(ROOS, f"/aanvragen/{case.id}")).text


@pytest.mark.parametrize(("viewer", "knows"), [(ROOS, True), (COORDINATOR, True), (COLLEAGUE, False)])
async def test_names_are_for_the_own_ambassador_and_the_coordinator(
    pages: Pages, viewer: Viewer, *, knows: bool
) -> None:
    reply = await pages.shows(viewer, pages.path)
    assert reply.status_code == 200
    for secret in ("Zonnetje", "Maan Verzonnen", "+31 6 12345678", "mee naar buiten", "Een fiets om naar school"):
        assert (secret in reply.text) is knows
    assert len(of_the_vault(pages.units.tables.table("audit_lines").values())) == int(knows)


@pytest.mark.parametrize("ending", ["", "/inventarisatie"])
async def test_case_of_another_school_is_not_there(pages: Pages, ending: str) -> None:
    assert (await pages.shows(STRANGER, pages.path + ending)).status_code == 404


@pytest.mark.parametrize("ending", ["afsluiten", "intrekken", "begin", "nieuwe-vraag", "heropenen", "gezien"])
async def test_nobody_of_another_school_changes_a_case(pages: Pages, ending: str) -> None:
    data = {"reason": "moved-away"}
    assert (await pages.sends(STRANGER, f"{pages.path}/{ending}", data)).status_code == 404
    assert len(said(pages.units)) == 1


@pytest.mark.parametrize(
    "ending", ["afsluiten", "intrekken", "begin", "nieuwe-vraag", "heropenen", "gezien", "inventarisatie"]
)
async def test_colleague_who_may_not_know_the_family_changes_nothing(pages: Pages, ending: str) -> None:
    data = {"reason": "moved-away", "discussedOn": "9-3-2026", "needs.0.category": "bike", "needs.0.urgency": "soon"}
    allowed = ("reason",) if ending == "afsluiten" else data.keys() - {"reason"}
    reply = await pages.sends(COLLEAGUE, f"{pages.path}/{ending}", {name: data[name] for name in allowed})
    assert reply.status_code == 403
    assert len(said(pages.units)) == 1


async def test_ambassador_cannot_say_what_the_desk_has_seen(pages: Pages) -> None:
    assert (await pages.sends(ROOS, f"{pages.path}/gezien")).status_code == 403
    assert len(said(pages.units)) == 1


async def test_case_shows_who_does_what_and_what_happened(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        case = await complete_inventory(inventory(pages.case_id, [need("bike")]), unit, ROOS)
        await unit.network.save_organisation(PARTNER, "Fietsbank <Verzonnen>")
        activated = matching.PartnerActivated(
            subject=case.id, occurred_at=NOW, referral_id=PARTNER, need_id=case.needs[0].need_id,
            organisation_id=PARTNER, service_id=SERVICE, case_code=case.code, contact_id=CONTACT.person_id,
            ambassador_id=ROOS.person_id, category="bike", district="noord", urgency=Urgency.SOON, attempt=1,
            beneficiary=Beneficiary.CHILD, horizon=Horizon.SHORT, answer_by=NOW,
        )  # fmt: skip
        await follow_referral(activated, unit)
    text = (await pages.shows(ROOS, pages.path)).text
    assert "Fietsbank &lt;Verzonnen&gt; is om hulp gevraagd" in text
    assert "Partner is gevraagd" in text
    assert "Het gesprek met het gezin is ingevuld" in text
    stopped = matching.HelpFailed(
        subject=case.id, occurred_at=NOW, referral_id=PARTNER, need_id=case.needs[0].need_id, organisation_id=PARTNER,
        service_id=SERVICE, reason=referral_codes.FailureReason.FAMILY_STOPPED, reported_by=ROOS.person_id,
        case_code=case.code, contact_id=CONTACT.person_id, ambassador_id=ROOS.person_id, category="bike",
        beneficiary=Beneficiary.CHILD,
    )  # fmt: skip
    async with pages.units.begin() as unit:
        await follow_referral(stopped, unit)
    text = (await pages.shows(ROOS, pages.path)).text
    assert "Het gezin is gestopt met de hulp van Fietsbank &lt;Verzonnen&gt;" in text
    assert "Jij vraagt aan het gezin of het een andere partner wil. Tot dan vragen wij niemand." in text
    assert "zoeken" not in text


async def test_case_goes_through_its_life_with_buttons(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await complete_inventory(inventory(pages.case_id, [need("bike")]), unit, ROOS)
    await pages.sends(COORDINATOR, f"{pages.path}/gezien")
    without_reason = await pages.sends(ROOS, f"{pages.path}/afsluiten")
    assert without_reason.status_code == 400
    await pages.closes(ROOS)
    await pages.sends(ROOS, f"{pages.path}/heropenen")
    shown = await pages.needs_as_shown()
    await pages.sends(ROOS, f"{pages.path}/nieuwe-vraag", {**shown, "discussedOn": "9-3-2026"})
    await pages.sends(ROOS, f"{pages.path}/intrekken")
    assert [type(fact) for fact in said(pages.units)[2:]] == [
        RequestAcknowledged,
        CaseClosed,
        CaseReopened,
        NewQuestionRaised,
        NeedsAssessed,
        CaseWithdrawn,
    ]
    withdrawn = (await pages.shows(ROOS, pages.path)).text
    assert "Ingetrokken" in withdrawn
    assert "gaat niet meer open" in withdrawn
    assert "gaat het dossier weer open" not in withdrawn


async def test_nobody_is_looked_for_before_the_inventory(pages: Pages) -> None:
    text = (await pages.shows(ROOS, pages.path)).text
    assert "Nog niemand gevraagd" in text
    assert "Wij zoeken een partner" not in text


class UnitsThatCannotCommit:
    """The database goes away while what was done is being written."""

    def __init__(self, units: Units) -> None:
        self._units, self.away = units, False

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryIntakeUnit]:
        async with self._units.begin() as unit:
            yield unit
            if self.away:
                raise Transient


async def test_nobody_is_told_that_it_is_done_when_it_could_not_be_stored(pages: Pages) -> None:
    units = UnitsThatCannotCommit(pages.units)
    async with person_of(app_on(units), ROOS) as client:
        units.away = True
        for ending in ("intrekken", "begin"):
            assert (await client.post(f"{pages.path}/{ending}", data={"x": "1"})).status_code == 503
    assert len(said(pages.units)) == 1


async def test_form_of_another_site_is_not_taken(pages: Pages) -> None:
    async with pages.seen_by(ROOS) as client:
        elsewhere = {"Origin": "https://evil.example"}
        reply = await client.post(f"{pages.path}/intrekken", data={"x": "1"}, headers=elsewhere)
    assert reply.status_code == 403


async def test_page_of_something_that_never_was_is_not_there(pages: Pages) -> None:
    for path in (f"/aanvragen/{PARTNER}", "/aanvragen/zomaar"):
        assert (await pages.shows(ROOS, path)).status_code == 404
