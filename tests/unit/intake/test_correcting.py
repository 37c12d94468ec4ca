"""What was written down wrongly of a child or its family is put right, and whoever was told otherwise hears it."""

from datetime import date
from typing import Any

import httpx
import pytest

from services.intake.domain.correction import CorrectFacts
from services.intake.domain.dossier import Fact
from services.intake.handlers.correcting import correct_facts
from services.intake.handlers.family_page import told_of
from services.intake.handlers.outgrown import look_who_grew
from shared.events.base import AgeBand, ConsentGiver, Event
from shared.events.intake import CaseCorrected, ConsentOutgrown, ConsentRenewed
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, ROOS, STRANGER, said
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_expected_child import birth, made
from tests.unit.intake.test_family_door import card_of, family_of
from tests.unit.intake.test_household import facts_of, second
from tests.unit.intake.twice import Twice

KNOWN = {
    "child.firstName": "Zonnetje",
    "child.lastName": "Verzonnen",
    "child.birthDate": "01-09-2024",
    "story": "Zonnetje wil graag mee naar buiten.",
    "familyLanguage": "nl",
    "district": "noord",
}


async def corrects(pages: Pages, viewer: Any = ROOS, **changes: str) -> httpx.Response:  # noqa: ANN401 - a viewer
    typed = KNOWN | {name.replace("__", "."): value for name, value in changes.items()}
    return await pages.sends(viewer, f"{pages.path}/verbeteren", {name: one for name, one in typed.items() if one})


def told_since(pages: Pages, number: int) -> list[Event]:
    return said(pages.units)[number:]


async def test_family_says_that_it_is_not_right_and_the_ambassador_puts_it_right_from_there(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/klopt-niet", data={"words": "Zij heet Zonneke en is van september 2023."})
    asks = (await pages.shows(ROOS, f"{pages.path}/gezin-vraagt")).text
    assert f'href="{pages.path}/verbeteren"' in asks
    assert f'href="{pages.path}/verbeteren"' in (await pages.shows(ROOS, pages.path)).text
    form = (await pages.shows(ROOS, f"{pages.path}/verbeteren")).text
    for words in ("Zonnetje", "01-09-2024", "mee naar buiten", "Verteld op 10 maart 2026"):
        assert words in form

    reply = await corrects(
        pages, child__firstName="Zonneke", child__birthDate="1-9-2023", story="Zij wil buitenspelen."
    )
    assert "zo staat het nu goed" in await pages.follows(ROOS, reply)
    facts = await facts_of(pages, pages.case_id)
    assert [facts[one] for one in (Fact.FIRST_NAME, Fact.BIRTH_DATE, Fact.STORY)] == [
        "Zonneke", "2023-09-01", "Zij wil buitenspelen.",
    ]  # fmt: skip
    async with family_of(pages, await card_of(pages)) as family:
        assert "Zonneke" in (await family.get("/gezin/wat-wij-weten")).text


async def test_what_changed_and_only_that_has_its_day_and_its_source(pages: Pages) -> None:
    await corrects(pages, COORDINATOR, child__lastName="Bedacht", familyLanguage="ar")
    async with pages.units.begin() as unit:
        case = await unit.cases.get(pages.case_id)
        assert case is not None
        told = await told_of(case, unit)
    assert {name: one.person_id for name, one in told.items()} == {
        "last_name": COORDINATOR.person_id, "family_language": COORDINATOR.person_id,
    }  # fmt: skip
    assert {one.day for one in told.values()} == {date(2026, 3, 10)}


async def test_codes_go_to_the_other_services_and_no_word_of_the_family_does(pages: Pages) -> None:
    before = len(said(pages.units))
    await corrects(pages, familyLanguage="ar", interpreterNeeded="true", district="oost", story="Iets heel anders.")
    (fact,) = told_since(pages, before)
    assert isinstance(fact, CaseCorrected)
    assert (fact.family_language, fact.interpreter_needed, fact.district) == ("ar", True, "oost")
    assert "anders" not in fact.model_dump_json()
    await corrects(pages, familyLanguage="ar", interpreterNeeded="true", district="oost", story="Iets heel anders.")
    await corrects(pages, familyLanguage="ar", interpreterNeeded="true", district="oost", child__firstName="Maantje")
    assert told_since(pages, before) == [fact], "the same, and what is of the vault alone, is told to nobody"


async def test_language_interpreter_and_district_are_those_of_the_whole_family(pages: Pages) -> None:
    sibling, before = await second(pages), len(said(pages.units))
    await corrects(pages, familyLanguage="ar", district="oost", child__lastName="Bedacht")
    told = told_since(pages, before)
    assert {fact.subject for fact in told if isinstance(fact, CaseCorrected)} == {pages.case_id, sibling}
    async with pages.units.begin() as unit:
        other = await unit.cases.read(sibling)
    assert other
    assert (other.opening.family_language, other.opening.district) == ("ar", "oost")
    facts = await facts_of(pages, sibling)
    assert (facts[Fact.FIRST_NAME], facts[Fact.LAST_NAME]) == ("Sterretje", "Verzonnen")


@pytest.mark.parametrize(
    ("born", "right", "band"),
    [
        ("1-9-2013", ConsentGiver.GUARDIAN_AND_CHILD, AgeBand.TEENAGER),
        ("1-9-2009", ConsentGiver.YOUNG_PERSON, AgeBand.YOUNG_PERSON),
    ],
)
async def test_who_turns_out_to_be_older_consents_first_and_back_again_that_is_over(
    pages: Pages, born: str, right: ConsentGiver, band: AgeBand
) -> None:
    before = len(said(pages.units))
    await corrects(pages, child__birthDate=born)
    # In this order: nobody new is asked on the consent that does not count any more.
    outgrown, corrected = told_since(pages, before)
    assert isinstance(corrected, CaseCorrected)
    assert isinstance(outgrown, ConsentOutgrown)
    assert (corrected.age_band, outgrown.asked_of) == (band, right)
    assert f'href="{pages.path}/toestemming"' in (await pages.shows(ROOS, pages.path)).text
    await corrects(pages)
    assert [type(fact) for fact in told_since(pages, before)[2:]] == [CaseCorrected, ConsentRenewed]
    async with pages.units.begin() as unit:
        await look_who_grew(unit)
    assert len(told_since(pages, before)) == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"child__birthDate": "1-9-2006"}, "onder de 18"),
        ({"child__birthDate": "11-3-2026"}, "onder de 18"),
        ({"child__birthDate": "10-3-2026"}, "ijk de geboortedatum na"),
        ({"child__birthDate": "ooit"}, "datum"),
        ({"child__lastName": ""}, "Achternaam"),
        ({"child__firstName": ""}, "Voornaam"),
        ({"district": "maan"}, "wijk"),
        ({"familyLanguage": "x9"}, "Taal"),
        ({"story": "Nummer 111222333."}, "burgerservicenummer"),
    ],
)
async def test_what_cannot_be_is_told_at_its_field_and_nothing_changes(
    pages: Pages, changes: dict[str, str], words: str
) -> None:
    before, known = len(said(pages.units)), await facts_of(pages, pages.case_id)
    reply = await corrects(pages, **changes)
    assert (reply.status_code, words in reply.text) == (400, True)
    assert told_since(pages, before) == []
    assert await facts_of(pages, pages.case_id) == known


async def test_child_that_is_expected_comes_in_another_month(pages: Pages) -> None:
    pages.case_id = await made(pages)
    pages.path = f"/aanvragen/{pages.case_id}"
    form = (await pages.shows(ROOS, f"{pages.path}/verbeteren")).text
    assert ("07-2026" in form, "child.birthDate" in form) == (True, False)
    reply = await corrects(pages, child__firstName="", child__birthDate="", child__expectedMonth="augustus 2026")
    assert reply.status_code == 303
    facts = await facts_of(pages, pages.case_id)
    assert (facts[Fact.EXPECTED_MONTH], Fact.FIRST_NAME in facts) == ("2026-08", False)


async def test_month_in_which_no_child_can_come_is_told_at_its_field(pages: Pages) -> None:
    pages.case_id = await made(pages)
    pages.path = f"/aanvragen/{pages.case_id}"
    reply = await corrects(pages, child__firstName="", child__birthDate="", child__expectedMonth="maart 2025")
    assert (reply.status_code, "maanden daarna" in reply.text) == (400, True)
    assert (await facts_of(pages, pages.case_id))[Fact.EXPECTED_MONTH] == "2026-07"


async def test_page_of_before_the_birth_takes_back_neither_its_day_nor_its_name(pages: Pages) -> None:
    pages.case_id = await made(pages)
    pages.path = f"/aanvragen/{pages.case_id}"
    await birth(pages, pages.case_id)
    before, known = len(said(pages.units)), await facts_of(pages, pages.case_id)
    late = {"child__firstName": "", "child__birthDate": "", "child__expectedMonth": "augustus 2026"}
    reply = await corrects(pages, familyLanguage="ar", **late)
    assert (reply.status_code, "staat de geboortedatum er al" in reply.text) == (409, True)
    assert (known[Fact.FIRST_NAME], known[Fact.BIRTH_DATE]) == ("Noor", "2026-03-09")
    assert await facts_of(pages, pages.case_id) == known
    assert told_since(pages, before) == []


async def test_name_or_district_that_is_put_right_finds_the_same_child() -> None:
    twice = await Twice().asked({Fact.FIRST_NAME: "Sonnetje"})
    await twice.looks()
    assert twice.told() == []
    async with twice.units.begin() as unit:
        facts = (await unit.vault.open(twice.second, tuple(Fact), STRANGER, "test", words=False)).facts
        told = {one: facts[one] for one in (Fact.LAST_NAME, Fact.BIRTH_DATE)} | {Fact.FIRST_NAME: "Zonnetje"}
        command = CorrectFacts(case_id=twice.second, facts=told, family_language="nl", interpreter_needed=False)
        await correct_facts(command, unit, STRANGER)
    await twice.looks()
    assert len(twice.told()) == 2


async def test_secret_district_is_put_right_in_the_vault_and_told_to_nobody(pages: Pages) -> None:
    secret = {"contactName": "Maan Verzonnen", "addressIsSecret": "true"}
    await pages.sends(ROOS, f"{pages.path}/contact", secret)
    before = len(said(pages.units))
    desk = (await pages.shows(COORDINATOR, f"{pages.path}/verbeteren")).text
    assert ('name="district"' in desk, "Het adres is geheim." in desk) == (False, True)
    assert (await corrects(pages, COORDINATOR, district="zuid")).status_code == 303
    assert (await facts_of(pages, pages.case_id))[Fact.DISTRICT] == "noord"
    await corrects(pages, district="oost", familyLanguage="ar")
    (fact,) = told_since(pages, before)
    assert isinstance(fact, CaseCorrected)
    assert (fact.district, fact.family_language) == (None, "ar")
    assert (await facts_of(pages, pages.case_id))[Fact.DISTRICT] == "oost"
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
    assert case
    assert case.opening.district is None


@pytest.mark.parametrize(
    ("ending", "words"), [("afsluiten", "Open het eerst weer"), ("intrekken", "ingetrokken"), ("wissen", "gewist")]
)
async def test_case_that_ended_is_not_put_right_and_says_why(pages: Pages, ending: str, words: str) -> None:
    if ending == "afsluiten":
        await pages.closes(ROOS)
    else:
        await pages.sends(ROOS, f"{pages.path}/{ending}", {"reason": "family-asked", "sure": "true"})
    before = len(said(pages.units))
    for reply in (await pages.shows(ROOS, f"{pages.path}/verbeteren"), await corrects(pages, familyLanguage="ar")):
        assert (reply.status_code in {409, 410}, words in reply.text) == (True, True)
    assert told_since(pages, before) == []


@pytest.mark.parametrize(("viewer", "status"), [(COLLEAGUE, 403), (STRANGER, 404)])
async def test_only_who_knows_the_family_puts_it_right(pages: Pages, viewer: Any, status: int) -> None:  # noqa: ANN401
    before = len(said(pages.units))
    assert (await pages.shows(viewer, f"{pages.path}/verbeteren")).status_code == status
    assert (await corrects(pages, viewer, familyLanguage="ar")).status_code == status
    assert told_since(pages, before) == []
