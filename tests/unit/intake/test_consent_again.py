"""A request that was given back for its consent is repaired on a page."""

from datetime import date

import pytest

from services.intake.domain.consent_given import HOW_NOT_TOLD
from services.intake.domain.dossier import Fact
from shared.events.base import ConsentGiver
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, ROOS
from tests.unit.intake.pages import Pages

CONSENT = {"consent.givenBy": "guardian", "consent.givenOn": "vandaag", "consent.textVersion": "2026-1",
           "consent.name": "Ster Verzonnen"}  # fmt: skip


@pytest.fixture
async def given_back(pages: Pages) -> Pages:
    missing = {"missing": ["consent", "how-to-reach-the-family"], "note": "Van wie is de toestemming?"}
    assert (await pages.sends(COORDINATOR, f"{pages.path}/teruggeven", missing)).status_code == 303
    return pages


async def test_what_is_missing_leads_to_the_page_where_it_is_filled_in(given_back: Pages) -> None:
    page = (await given_back.shows(ROOS, given_back.path)).text
    assert f'href="{given_back.path}/toestemming"' in page
    assert f'href="{given_back.path}/contact"' in page


async def test_consent_is_told_anew_and_is_not_missing_any_more(given_back: Pages) -> None:
    reply = await given_back.sends(ROOS, f"{given_back.path}/toestemming", CONSENT)
    assert "De toestemming is bewaard." in await given_back.follows(ROOS, reply)
    async with given_back.units.begin() as unit:
        case = await unit.cases.read(given_back.case_id)
        dossier = await unit.vault.open(given_back.case_id, [Fact.CONSENT_NAME], ROOS, "test", words=False)
    assert case is not None
    opening = case.opening
    assert (opening.consent_given_by, opening.consent_given_on) == (ConsentGiver.GUARDIAN, date(2026, 3, 10))
    assert dossier.facts[Fact.CONSENT_NAME] == "Ster Verzonnen"
    page = (await given_back.shows(ROOS, given_back.path)).text
    assert f'href="{given_back.path}/toestemming"' not in page
    lines = given_back.units.tables.table("audit_lines").values()
    assert ("consent-renewed", ROOS.person_id) in [(line.entry.purpose, line.entry.actor.person_id) for line in lines]


async def test_contact_that_is_filled_in_is_not_missing_any_more(given_back: Pages) -> None:
    await given_back.sends(ROOS, f"{given_back.path}/contact", {"contactName": "Maan Verzonnen", "phone": "0612345678"})
    async with given_back.units.begin() as unit:
        case = await unit.cases.read(given_back.case_id)
    assert case is not None
    assert [part.value for part in case.missing_parts] == ["consent"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"consent.givenBy": "young-person"}, "Tot 12 jaar geeft een ouder of voogd toestemming."),
        ({"consent.givenOn": "morgen"}, "niet in de toekomst"),
        ({"consent.givenOn": ""}, "Op welke dag?"),
    ],
)
async def test_consent_keeps_the_rules_of_a_request(given_back: Pages, typed: dict[str, str], told: str) -> None:
    reply = await given_back.sends(ROOS, f"{given_back.path}/toestemming", {**CONSENT, **typed})
    assert reply.status_code == 400
    assert told in reply.text


async def test_colleague_tells_no_consent(given_back: Pages) -> None:
    assert (await given_back.sends(COLLEAGUE, f"{given_back.path}/toestemming", CONSENT)).status_code == 403


async def test_how_it_was_given_is_shown_with_what_it_took_the_place_of(pages: Pages) -> None:
    first = {**CONSENT, "consent.how": "paper", "consent.language": "ar", "consent.interpreter": "true"}
    await pages.sends(ROOS, f"{pages.path}/toestemming", first)
    page = (await pages.shows(ROOS, f"{pages.path}/overzicht")).text
    assert "Op papier, taal: Arabisch, met een tolk" in page
    await pages.sends(ROOS, f"{pages.path}/toestemming", CONSENT)

    again = (await pages.shows(ROOS, f"{pages.path}/overzicht")).text
    assert ", op 10 maart 2026, tekst 2026-1. Op papier, taal: Arabisch, met een tolk" in again
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
    assert case is not None
    assert case.opening.consented == HOW_NOT_TOLD


async def test_button_that_is_pressed_twice_leaves_one_consent_of_before(pages: Pages) -> None:
    told = {**CONSENT, "consent.how": "paper"}
    for _ in range(2):
        await pages.sends(ROOS, f"{pages.path}/toestemming", told)
    assert (await pages.shows(ROOS, f"{pages.path}/overzicht")).text.count(">Eerder<") == 1
