"""Ending a case, a new question, and what cannot wait, by their pages: nothing is done before somebody chose it."""

import re

import pytest

from services.intake.handlers.inventory import complete_inventory
from shared.events.base import Horizon
from shared.events.case_codes import CloseReason, NeedResult
from shared.events.intake import CaseClosed, CaseWithdrawn, NeedsAssessed, NewQuestionRaised, UrgentNeedRaised
from tests.unit.intake.builders import ROOS, inventory, need, said
from tests.unit.intake.pages import FORM, Pages


async def assess(pages: Pages, *needs: str, horizon: Horizon = Horizon.SHORT) -> None:
    async with pages.units.begin() as unit:
        found = [need(category, horizon=horizon) for category in needs]
        await complete_inventory(inventory(pages.case_id, found), unit, ROOS)


async def test_withdrawing_asks_first_and_tells_what_happens_to_whom(pages: Pages) -> None:
    asked = (await pages.shows(ROOS, f"{pages.path}/intrekken")).text
    assert "Partners die ja zeiden, krijgen bericht om te stoppen." in asked
    assert "Dit kan niet terug." in asked
    assert len(said(pages.units)) == 1
    await pages.sends(ROOS, f"{pages.path}/intrekken")
    fact = said(pages.units)[-1]
    assert isinstance(fact, CaseWithdrawn)
    assert fact.ambassador_id == ROOS.person_id


async def test_closing_tells_of_each_need_what_became_of_it(pages: Pages) -> None:
    await assess(pages, "bike", "food")
    await pages.closes(ROOS, result="elsewhere")
    fact = said(pages.units)[-1]
    assert isinstance(fact, CaseClosed)
    assert (fact.reason, [each.result for each in fact.needs]) == (CloseReason.MOVED_AWAY, [NeedResult.ELSEWHERE] * 2)
    page = (await pages.shows(ROOS, pages.path)).text
    assert "Het gezin krijgt dit ergens anders" in page
    assert "Wij zoeken een partner" not in page


async def test_closing_without_a_result_is_refused_at_each_need_in_words(pages: Pages) -> None:
    reply = await pages.sends(ROOS, f"{pages.path}/afsluiten", {"reason": "moved-away"})
    assert reply.status_code == 400
    assert reply.text.count("Kies wat er van deze hulpvraag kwam.".lower()) + reply.text.count(
        "kies wat er van deze hulpvraag kwam."
    )
    assert "Fiets (voor: het kind):" in reply.text
    assert len(said(pages.units)) == 1


async def test_case_is_not_closed_as_all_met_while_a_long_need_is_not(pages: Pages) -> None:
    await assess(pages, "bike", horizon=Horizon.LONG)
    form = (await pages.shows(ROOS, f"{pages.path}/afsluiten")).text
    assert "Het dossier blijft open, en wij blijven vragen hoe het gaat." in form
    reply = await pages.closes(ROOS, "all-needs-met", "partly")
    assert reply.status_code == 400
    assert "Laat het dossier open" in reply.text
    assert (await pages.closes(ROOS, "family-continues-alone", "partly")).status_code == 303


@pytest.mark.parametrize("ending", ["intrekken", "afsluiten"])
async def test_closed_case_says_so_everywhere(pages: Pages, ending: str) -> None:
    await assess(pages, "bike")
    await (pages.closes(ROOS) if ending == "afsluiten" else pages.sends(ROOS, f"{pages.path}/{ending}"))
    for path in (pages.path, "/aanvragen"):
        text = (await pages.shows(ROOS, path)).text
        assert "Wij zoeken" not in text
        assert ("Afgesloten" if ending == "afsluiten" else "Ingetrokken") in text
    assert (await pages.shows(ROOS, f"{pages.path}/inventarisatie")).headers["Location"] == pages.path


@pytest.mark.parametrize("closed", [False, True])
async def test_new_question_changes_nothing_before_it_is_stored(pages: Pages, *, closed: bool) -> None:
    await assess(pages, "bike")
    if closed:
        await pages.closes(ROOS)
    before = said(pages.units)
    form = (await pages.shows(ROOS, f"{pages.path}/nieuwe-vraag")).text
    assert 'value="bike" selected' in form
    assert said(pages.units) == before
    asked = {"discussedOn": "10-3-2026", "needs.0.category": "food", "needs.0.urgency": "soon"}
    kept = dict(re.findall(r'<input type="hidden" name="(needs[^"]+)" value="([^"]*)"', form))
    first = {"needs.1.category": "bike", "needs.1.urgency": "normal", "needs.1.id": kept["needs.0.id"]}
    await pages.sends(ROOS, f"{pages.path}/nieuwe-vraag", asked | first)
    assert [type(fact) for fact in said(pages.units)[len(before) :]] == [NewQuestionRaised, NeedsAssessed]


async def test_need_of_today_is_asked_at_once_when_the_family_knows(pages: Pages) -> None:
    reply = await pages.asks(ROOS, {**FORM, "familyKnows": "true"})
    fact = said(pages.units)[-1]
    assert isinstance(fact, UrgentNeedRaised)
    # The bicycle is soon, and a small basic thing; the food is for today.
    assert [need.category for need in fact.needs] == ["bike", "food"]
    page = await pages.follows(ROOS, reply)
    assert "Bel ook even" in page
    assert "010 000 00 00" in page
    assert "Wij zoeken een partner" in page


async def test_need_goes_first_later_on_when_the_family_came_to_know(pages: Pages) -> None:
    assert "Mag dit eerst?" in (await pages.shows(ROOS, pages.path)).text
    untold = await pages.sends(ROOS, f"{pages.path}/nu-vragen")
    assert (untold.status_code, len(said(pages.units))) == (400, 1)
    await pages.sends(ROOS, f"{pages.path}/nu-vragen", {"familyKnows": "true"})
    assert isinstance(said(pages.units)[-1], UrgentNeedRaised)
    assert "Mag dit eerst?" not in (await pages.shows(ROOS, pages.path)).text


async def test_nobody_is_asked_at_once_without_the_family_knowing(pages: Pages) -> None:
    await pages.asks(ROOS, FORM)
    assert not [fact for fact in said(pages.units) if isinstance(fact, UrgentNeedRaised)]


async def test_done_is_said_once(pages: Pages) -> None:
    reply = await pages.sends(ROOS, f"{pages.path}/contact", {"preferredName": "Zon", "contactName": "Maan"})
    async with pages.seen_by(ROOS) as client:
        first = await client.get(reply.headers["Location"], follow_redirects=True)
        again = await client.get(str(first.url))
    assert str(first.url).endswith(pages.path)
    assert "Gelukt" in first.text
    assert "Gelukt" not in again.text


async def test_need_waits_for_another_and_says_so(pages: Pages) -> None:
    rows = {
        "needs.0.category": "language-learning", "needs.0.urgency": "normal",
        "needs.2.category": "bike", "needs.2.urgency": "normal", "needs.2.waitsFor": "0",
        "needs.3.category": "clothing", "needs.3.urgency": "soon",
        "needs.2.goal": "Zelf naar school", "needs.2.targetOn": "1-5-2026",
    }  # fmt: skip
    await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**rows, "discussedOn": "9-3-2026"})
    fact = said(pages.units)[-1]
    assert isinstance(fact, NeedsAssessed)
    lessons, bike, _ = fact.needs
    assert bike.depends_on == (lessons.need_id,)
    page = (await pages.shows(ROOS, pages.path)).text
    assert "Wacht op: " in page
    assert "Zelf naar school, op 1 mei 2026" in page
    form = (await pages.shows(ROOS, f"{pages.path}/inventarisatie")).text
    assert 'value="0" selected' in form
    assert "Zelf naar school" in form


async def test_needs_that_wait_for_each_other_are_refused(pages: Pages) -> None:
    rows = {
        "needs.0.category": "food", "needs.0.urgency": "normal", "needs.0.waitsFor": "1",
        "needs.1.category": "bike", "needs.1.urgency": "normal", "needs.1.waitsFor": "0",
    }  # fmt: skip
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**rows, "discussedOn": "9-3-2026"})
    assert reply.status_code == 400
    assert "wachten op elkaar" in reply.text
    assert len(said(pages.units)) == 1


async def test_family_may_take_its_consent_back_after_the_case_was_closed(pages: Pages) -> None:
    await pages.closes(ROOS)
    closed = (await pages.shows(ROOS, pages.path)).text
    assert f'href="{pages.path}/intrekken"' in closed
    assert f'href="{pages.path}/afsluiten"' not in closed
    await pages.sends(ROOS, f"{pages.path}/intrekken")
    assert isinstance(said(pages.units)[-1], CaseWithdrawn)
