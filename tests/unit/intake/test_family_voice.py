"""What a family does on its own page: it asks, rests, leaves somebody out, and says how help was."""

from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake.domain.course import FollowUpPlan
from services.intake.domain.dossier import Fact
from services.intake.domain.family_access import FAMILY_ROLE
from services.intake.domain.progress import NeedProgress, Progress
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.showing import open_dossier
from shared.events.case_codes import FamilyQuestion, FollowUpRhythm, PauseWish
from shared.privacy.audit import Action
from tests.parts.city import a_city
from tests.unit.intake.builders import COORDINATOR, NOW, PARTNER, ROOS, inventory, need, said
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_door import card_of, family_of


async def says(pages: Pages, path: str, **typed: Any) -> httpx.Response:  # noqa: ANN401 - whatever is typed
    async with family_of(pages, await card_of(pages)) as family:
        return await family.post(f"/gezin/{path}", data={key: str(value) for key, value in typed.items()})


def published(pages: Pages, kind: str) -> list[Any]:
    return [event for event in said(pages.units) if type(event).__name__ == kind]


async def test_what_is_not_right_is_sealed_and_its_ambassador_hears_only_that_the_family_asks(pages: Pages) -> None:
    assert (await says(pages, "klopt-niet", words="Ons nummer is veranderd.")).status_code == 303

    (event,) = published(pages, "FamilyAsked")
    assert (event.question, event.ambassador_id) == (FamilyQuestion.NOT_RIGHT, ROOS.person_id)
    assert "nummer" not in event.model_dump_json()
    page = await pages.shows(ROOS, f"{pages.path}/gezin-vraagt")
    assert "Ons nummer is veranderd." in page.text
    assert "Het gezin vraagt iets" in (await pages.shows(ROOS, pages.path)).text


async def test_question_that_was_talked_about_waits_no_longer(pages: Pages) -> None:
    await says(pages, "klopt-niet", words="Ons nummer is veranderd.")
    async with pages.units.begin() as unit:
        (ask,) = await unit.family_voice.list_asks(pages.case_id)
    assert (await pages.sends(ROOS, f"{pages.path}/gezin-vraagt", {"ask": str(ask.id)})).status_code == 303

    assert "Besproken op" in (await pages.shows(ROOS, f"{pages.path}/gezin-vraagt")).text
    assert "Het gezin vraagt iets" not in (await pages.shows(ROOS, pages.path)).text


async def test_family_asks_why_somebody_looked_and_the_ambassador_reads_who_that_was(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await open_dossier(pages.case_id, unit, ROOS, [Fact.PHONE], "case-page")
    async with pages.units.begin() as unit:
        line = (await unit.readers.list_of_case(pages.case_id, 1))[0]

    assert (await says(pages, "waarom", line=line.id)).status_code == 303

    text = (await pages.shows(ROOS, f"{pages.path}/gezin-vraagt")).text
    assert "10 maart 2026: Roos Verzonnen (De Bedachte School). telefoon, mail of adres" in text


async def test_why_is_asked_of_a_line_of_which_there_is_a_newer_one_meanwhile(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await open_dossier(pages.case_id, unit, ROOS, [Fact.PHONE], "case-page")
    async with pages.units.begin() as unit:
        shown = (await unit.readers.list_of_case(pages.case_id, 1))[0]
        await open_dossier(pages.case_id, unit, ROOS, [Fact.STORY], "case-page")

    assert (await says(pages, "waarom", line=shown.id)).headers["location"] == "/gezin/pagina?gelukt=gevraagd"
    assert len(published(pages, "FamilyAsked")) == 1


async def test_pages_of_ours_that_a_person_opened_on_one_day_are_one_line_for_the_family(pages: Pages) -> None:
    for fact, purpose in ((Fact.PHONE, "case-page"), (Fact.STORY, "household"), (Fact.BIRTH_DATE, "inventory")):
        async with pages.units.begin() as unit:
            await open_dossier(pages.case_id, unit, ROOS, [fact], purpose)
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/wie-zag-wat")).text
    assert page.count("Roos Verzonnen (De Bedachte School)") == 2
    assert page.count("om jullie te helpen") == 1


@pytest.mark.parametrize("line", ["", "x", str(ROOS.person_id)])
async def test_question_about_no_line_is_not_told_to_have_been_asked(pages: Pages, line: str) -> None:
    reply = await says(pages, "waarom", line=line)
    assert reply.status_code == 400
    assert not published(pages, "FamilyAsked")


@pytest.mark.parametrize("weeks", [3, 52])
async def test_rest_that_is_not_offered_neither_begins_nor_ends_one(pages: Pages, weeks: int) -> None:
    await says(pages, "rust", weeks=2)
    reply = await says(pages, "rust", weeks=weeks)
    assert reply.status_code == 400
    assert "Kies een van deze dagen." in reply.text
    assert [type(event).__name__ for event in said(pages.units)][-1] == "CasePaused"


async def test_all_that_a_family_says_is_a_line_about_its_case_that_it_wrote(pages: Pages) -> None:
    need_id = await helped(pages)
    async with pages.units.begin() as unit:
        await unit.network.save_organisation(PARTNER, "De Fietsbende")
        await complete_inventory(inventory(pages.case_id, [need("bike", id=need_id)]), unit, ROOS)
    await says(pages, "klopt-niet", words="Ons nummer is veranderd.")
    await says(pages, "verhaal", words="Nu fietst hij zelf.", agreed="true")
    await says(pages, "liever-niet", organisationId=PARTNER)
    await says(pages, "hoe-was-het", needId=need_id, welcome="yes", fitting="yes", tailored="no")
    await says(pages, "rust", weeks=2)
    await says(pages, "hoe-vaak", rhythm="monthly")

    async with pages.units.begin() as unit:
        lines = await unit.readers.list_of_case(pages.case_id, 100)
    written = {line.fields for line in lines if line.action is Action.WRITE and line.actor.role == FAMILY_ROLE}
    told = ("question", "own_story", "left_out", "experience", "rest", "follow_up_rhythm")
    assert written >= {(one,) for one in told}


async def test_family_rests_by_itself_and_ends_its_rest(pages: Pages) -> None:
    await says(pages, "rust", weeks=2)
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
    assert case is not None
    assert case.pause is not None
    assert (case.pause.until, case.pause.wished_by) == (date(2026, 3, 24), PauseWish.FAMILY)

    await says(pages, "rust", weeks=0)
    assert [type(event).__name__ for event in said(pages.units)][-2:] == ["CasePaused", "CaseResumed"]


async def test_family_says_how_often_it_may_be_asked(pages: Pages) -> None:
    await says(pages, "hoe-vaak", rhythm="stopped")
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
    assert case is not None
    assert case.plan == FollowUpPlan(FollowUpRhythm.STOPPED)


async def helped(pages: Pages) -> UUID:
    """The first need, which a partner helped with."""
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        need_id = case.needs[0].need_id
        progress = NeedProgress(need_id, case.id, Progress.DELIVERED, NOW, organisation_id=PARTNER)
        await unit.timeline.save_progress(progress)
    return need_id


async def test_how_help_was_is_three_small_numbers_and_no_word(pages: Pages) -> None:
    need_id = await helped(pages)
    await says(pages, "hoe-was-het", needId=need_id, welcome="yes", fitting="a-little", tailored="no")

    (event,) = published(pages, "HelpExperienced")
    assert (event.need_id, event.organisation_id) == (need_id, PARTNER)
    assert (event.welcome, event.fitting, event.tailored) == ("yes", "a-little", "no")


@pytest.mark.parametrize("answers", [{"welcome": "4"}, {"welcome": "very"}, {"welcome": ""}])
async def test_how_help_was_is_one_of_three_answers(pages: Pages, answers: dict[str, object]) -> None:
    reply = await says(pages, "hoe-was-het", **{"needId": await helped(pages), "fitting": 2, "tailored": 1, **answers})
    assert reply.status_code == 400


async def test_story_needs_its_own_yes_and_is_read_by_the_desk_without_a_name_until_it_is_taken_back(
    pages: Pages,
) -> None:
    assert (await says(pages, "verhaal", words="Nu fietst hij zelf.")).status_code == 400
    assert (await says(pages, "verhaal", words="Nu fietst hij zelf.", agreed="true")).status_code == 303
    page = await pages.shows(COORDINATOR, "/aanvragen/eigen-verhalen")
    assert "Nu fietst hij zelf." in page.text
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        dossier = await unit.vault.open(pages.case_id, tuple(Fact), ROOS, "test", words=True)
    assert case is not None
    names = {dossier.facts[fact] for fact in (Fact.FIRST_NAME, Fact.LAST_NAME, Fact.CONTACT_NAME)}
    for told in {*names, case.code, str(case.id)}:
        assert told in (await pages.shows(ROOS, pages.path)).text, told
        assert told not in page.text, told
    async with pages.units.begin() as unit:
        assert "own-stories" in {line.purpose for line in await unit.readers.list_of_case(pages.case_id, 100)}

    await says(pages, "verhaal/terug")
    assert "Nu fietst hij zelf." not in (await pages.shows(COORDINATOR, "/aanvragen/eigen-verhalen")).text


async def test_copy_for_the_family_holds_all_that_is_kept_and_who_looked(pages: Pages) -> None:
    await says(pages, "klopt-niet", words="Ons nummer is veranderd.")
    async with pages.units.begin() as unit:
        await open_dossier(pages.case_id, unit, ROOS, [Fact.PHONE], "case-page")
    async with family_of(pages, await card_of(pages)) as family:
        await family.get("/gezin/wat-wij-weten")
        reply = await family.get("/gezin/meenemen/bestand")
        page = await family.get("/gezin/meenemen")
        paper = await family.get("/gezin/papier")

    told = reply.json()
    assert told["facts"]["first_name"] == "Zonnetje"
    (by_roos,) = [look for look in told["looks"] if look["who"] == "Roos Verzonnen (De Bedachte School)"]
    assert (by_roos["day"], by_roos["why"]) == ("2026-03-10", "om jullie te helpen")
    assert "telefoon, mail of adres" in by_roos["what"]
    assert any(look["who"] == "Jullie zelf, op deze pagina" for look in told["looks"])
    assert [note["words"] for note in told["notes"]] == ["Ons nummer is veranderd."]
    assert reply.headers["content-disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert "Ons nummer is veranderd." in page.text
    assert "Zonnetje" not in paper.text


@pytest.mark.parametrize("language", ["en", "ar", "tr", "pl", "uk"])
async def test_desk_is_named_in_the_language_of_the_page_wherever_a_form_says_where_it_goes(
    pages: Pages, language: str
) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        for name in ("klopt-niet", "rust", "hoe-vaak", "liever-niet", "verhaal", "toestemming"):
            page = (await family.get(f"/gezin/{name}?leestaal={language}")).text
            assert str(a_city().translations[language].desk) in page, name
            assert "het Schakelpunt" not in page, name
