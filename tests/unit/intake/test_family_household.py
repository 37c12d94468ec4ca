"""One page for all children of a family; a danger for one of them shuts it for all, and who is 16 has a page alone."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.course import Pause
from services.intake.domain.timeline import PLANNED, TimelineEntry
from services.intake.handlers.family_page import professionals_of
from services.intake.handlers.safety import press
from shared.events.base import ConsentGiver
from shared.events.case_codes import FollowUpRhythm, PauseWish
from shared.events.intake import FollowUpsAgreed
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, NOW, ROOS, said
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_door import card_of, family_of
from tests.unit.intake.test_household import second


async def test_family_sees_all_its_children_on_one_page_and_each_reading_is_a_line(pages: Pages) -> None:
    sibling = await second(pages)
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/pagina")).text
        known = (await family.get("/gezin/wat-wij-weten")).text
        looks = (await family.get("/gezin/wie-zag-wat")).text

    assert "Zonnetje" in page
    assert "Sterretje" in page
    assert "Sterretje" in known
    assert "Jullie zelf, op deze pagina" in looks
    async with pages.units.begin() as unit:
        line = (await unit.readers.list_of_case(sibling, 1))[0]
    assert (line.actor.role, line.purpose) == ("family", "family-page")


async def test_danger_for_one_child_shuts_the_page_of_all(pages: Pages) -> None:
    sibling = await second(pages)
    async with family_of(pages, await card_of(pages)) as family:
        async with pages.units.begin() as unit:
            await press(sibling, unit, ROOS)
        assert (await family.get("/gezin/pagina")).headers["location"] == "/gezin"


async def test_young_person_who_consents_alone_stands_on_no_page_of_a_sibling(pages: Pages) -> None:
    sibling = await second(pages)
    await consents_alone(pages, sibling)
    async with family_of(pages, await card_of(pages)) as family:
        for path in ("pagina", "wat-wij-weten", "meenemen"):
            assert "Sterretje" not in (await family.get(f"/gezin/{path}")).text


async def test_ambassador_of_a_sibling_and_who_wrote_its_request_down_are_named_too(pages: Pages) -> None:
    sibling = await second(pages)
    async with pages.units.begin() as unit:
        case = await unit.cases.get(sibling)
        assert case is not None
        case.opening = replace(case.opening, ambassador_id=COLLEAGUE.person_id, filed_by=COORDINATOR.person_id)
        await unit.cases.save(case)
    async with pages.units.begin() as unit:
        case = await unit.cases.get(pages.case_id)
        assert case is not None
        named = await professionals_of(case, unit)

    assert {ROOS.person_id, COLLEAGUE.person_id, COORDINATOR.person_id} <= set(named)


async def cases_of(pages: Pages, *ids: UUID) -> list[Case]:
    async with pages.units.begin() as unit:
        return [case for one in ids if (case := await unit.cases.read(one))]


async def test_rest_is_for_all_children_and_so_is_its_end(pages: Pages) -> None:
    sibling = await second(pages)
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/rust", data={"weeks": "2"})
        page = (await family.get("/gezin/pagina")).text
        resting = await cases_of(pages, pages.case_id, sibling)
        await family.post("/gezin/rust", data={"weeks": "0"})

    assert [case.pause.until if case.pause else None for case in resting] == [date(2026, 3, 24)] * 2
    assert "Jullie hebben rust tot" in page
    assert [case.pause for case in await cases_of(pages, pages.case_id, sibling)] == [None, None]


async def test_page_promises_no_rest_while_somebody_may_be_asked_about_one_of_the_children(pages: Pages) -> None:
    sibling = await second(pages)
    async with pages.units.begin() as unit:
        case = await unit.cases.get(pages.case_id)
        assert case is not None
        case.rest(Pause(date(2026, 3, 24), PauseWish.FAMILY), NOW)
        await unit.cases.save(case)
    async with family_of(pages, await card_of(pages)) as family:
        assert "Jullie hebben rust" not in (await family.get("/gezin/pagina")).text
        assert "De rust is voorbij" in (await family.get("/gezin/rust")).text
    await ended(pages, sibling)
    async with family_of(pages, await card_of(pages)) as family:
        assert "Jullie hebben rust tot" in (await family.get("/gezin/pagina")).text


async def test_how_often_somebody_asks_holds_for_all_children_and_leaves_alone_what_ended(pages: Pages) -> None:
    sibling = await second(pages)
    await ended(pages, pages.case_id)
    async with family_of(pages, await card_of(pages)) as family:
        assert "/gezin/hoe-vaak" in (await family.get("/gezin/pagina")).text
        assert (await family.post("/gezin/hoe-vaak", data={"rhythm": "stopped"})).status_code == 303
        assert (await family.post("/gezin/rust", data={"weeks": "1"})).status_code == 303

    closed, running = await cases_of(pages, pages.case_id, sibling)
    assert (closed.plan.rhythm, running.plan.rhythm) == (FollowUpRhythm.CITY_PLAN, FollowUpRhythm.STOPPED)
    assert (closed.pause, running.pause is not None) == (None, True)


async def test_child_that_comes_later_is_asked_about_as_often_as_the_others(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/hoe-vaak", data={"rhythm": "stopped"})
    (later,) = await cases_of(pages, await second(pages))

    assert later.plan.rhythm is FollowUpRhythm.STOPPED
    told = [fact for fact in said(pages.units) if isinstance(fact, FollowUpsAgreed) and fact.subject == later.id]
    assert [fact.rhythm for fact in told] == [FollowUpRhythm.STOPPED]


async def test_day_on_which_somebody_asks_is_the_first_of_all_children(pages: Pages) -> None:
    sibling = await second(pages)
    for case_id, on in ((pages.case_id, date(2026, 5, 1)), (sibling, date(2026, 4, 1))):
        async with pages.units.begin() as unit:
            await unit.timeline.add(TimelineEntry(unit.ids.new(), case_id, NOW, PLANNED, on=on))
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/pagina")).text
    assert "Wij vragen hoe het gaat op 1 april 2026." in page
    assert "1 mei 2026" not in page


async def ended(pages: Pages, case_id: UUID) -> None:
    """Nobody has to look after this child any more."""
    async with pages.units.begin() as unit:
        case = await unit.cases.get(case_id)
        assert case is not None
        case.state = CaseState.CLOSED
        await unit.cases.save(case)


async def consents_alone(pages: Pages, case_id: UUID) -> None:
    """From 16 on."""
    async with pages.units.begin() as unit:
        case = await unit.cases.get(case_id)
        assert case is not None
        case.opening = replace(case.opening, consent_given_by=ConsentGiver.YOUNG_PERSON)
        await unit.cases.save(case)
