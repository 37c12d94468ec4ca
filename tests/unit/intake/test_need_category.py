"""A need turns out to be another kind of thing: on its own page, with the family's words."""

import pytest

from services.intake.domain.case import Case
from services.intake.domain.progress import NeedProgress, Progress
from services.intake.domain.rules import Viewer
from shared.events.intake import NeedsAssessed
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, NOW, ROOS, assessed, said
from tests.unit.intake.pages import Pages


@pytest.fixture
async def case() -> tuple[Pages, Case]:
    units, case = await assessed()
    return Pages(units, case.id), case


def page_of(case: Case) -> str:
    return f"/aanvragen/{case.id}/hulpvragen/{case.needs[0].need_id}/soort"


def inventories(pages: Pages) -> list[NeedsAssessed]:
    return [fact for fact in said(pages.units) if isinstance(fact, NeedsAssessed)]


@pytest.mark.parametrize("who", [ROOS, COORDINATOR], ids=["ambassador", "desk"])
async def test_need_becomes_another_kind_with_the_same_words(case: tuple[Pages, Case], who: Viewer) -> None:
    pages, before = case
    assert "Fiets" in (await pages.shows(who, page_of(before))).text
    for _ in range(2):
        reply = await pages.sends(who, page_of(before), {"category": "laptop"})
        assert reply.status_code == 303
    _, fact = inventories(pages)
    ((old,), (new,)) = before.needs, fact.needs
    assert (new.category, new.need_id != old.need_id) == ("laptop", True)
    assert (new.urgency, new.horizon, new.beneficiary) == (old.urgency, old.horizon, old.beneficiary)
    assert "Een fiets om naar school te gaan." in (await pages.shows(ROOS, pages.path)).text


async def test_same_kind_changes_nothing(case: tuple[Pages, Case]) -> None:
    pages, before = case
    assert (await pages.sends(ROOS, page_of(before), {"category": "bike"})).status_code == 303
    assert len(inventories(pages)) == 1


@pytest.mark.parametrize("stage", [Progress.ACCEPTED, Progress.STARTED, Progress.DELIVERED, Progress.WAITLISTED])
async def test_need_for_which_help_runs_stays_what_it_is(case: tuple[Pages, Case], stage: Progress) -> None:
    pages, before = case
    async with pages.units.begin() as unit:
        await unit.timeline.save_progress(NeedProgress(before.needs[0].need_id, before.id, stage, NOW))
    reply = await pages.sends(ROOS, page_of(before), {"category": "laptop"})
    assert reply.status_code == 409
    assert "Voeg dan een nieuwe hulpvraag toe" in reply.text
    assert "/soort" not in (await pages.shows(ROOS, pages.path)).text
    assert len(inventories(pages)) == 1


async def test_before_the_talk_the_talk_says_what_is_needed(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
    assert case is not None
    reply = await pages.sends(ROOS, page_of(case), {"category": "laptop"})
    assert reply.status_code == 409
    assert "Het gesprek met het gezin is nog niet af" in reply.text


async def test_kind_that_does_not_exist_and_colleague_are_refused(case: tuple[Pages, Case]) -> None:
    pages, before = case
    assert (await pages.sends(ROOS, page_of(before), {"category": "zomaar"})).status_code == 400
    assert (await pages.sends(COLLEAGUE, page_of(before), {"category": "laptop"})).status_code == 403
    assert len(inventories(pages)) == 1


async def test_desk_finds_the_way_to_a_partner_for_each_need_that_has_none(case: tuple[Pages, Case]) -> None:
    pages, before = case
    need = before.needs[0].need_id
    link = f'href="/doorverwijzingen/hulpvraag/{need}"'
    assert link in (await pages.shows(COORDINATOR, pages.path)).text
    assert link not in (await pages.shows(ROOS, pages.path)).text
    async with pages.units.begin() as unit:
        await unit.timeline.save_progress(NeedProgress(need, before.id, Progress.STARTED, NOW))
    assert link not in (await pages.shows(COORDINATOR, pages.path)).text
