import re
from datetime import timedelta

import pytest

from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.handlers.follow_ups import FOLLOW_UP_LINK_VALID
from shared.events.base import Role
from shared.events.monitoring import (
    FollowUpAnswer,
    FollowUpRecorded,
)
from tests.parts.people import listed
from tests.unit.monitoring.app import asked, service, visitor
from tests.unit.monitoring.builders import AMBASSADOR, CASE, CODE, SCHOOL, TUESDAY, closed
from tests.unit.monitoring.twin import Monitoring


async def test_link_shows_its_choices_and_none_is_chosen() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        page = await browser.get(path)
    assert page.status_code == 200
    assert re.findall(r'name="answer" value="([a-z-]+)"', page.text) == [
        "going-well",
        "not-well",
        "new-question",
        "call-me",
        "do-not-know",
        "left-school",
    ]
    assert " checked" not in page.text
    assert CODE in page.text


async def test_family_can_be_shown_the_question_in_its_own_language() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        page = (await browser.get(path)).text
    polish = page.split("Polski</span> (Pools)")[1].split("</details>")[0]
    assert '<div lang="pl" dir="auto">' in polish
    assert re.findall(r"<(?:strong|li)[^>]*>([^<]*)<", polish) == [
        "Jak się teraz ma twoje dziecko?",
        "Jest dobrze",
        "Nie jest dobrze",
        "Jest nowa potrzeba",
        "A jak wy się macie? Nie trzeba o tym mówić.",
        "Lepiej niż przedtem",
        "Mniej więcej tak samo",
        "Trudniej niż przedtem",
    ]
    assert '<html lang="nl"' in page


async def test_looking_changes_nothing() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        for method in ("GET", "HEAD", "GET"):
            assert (await browser.request(method, path)).status_code == 200
    assert monitoring.published() == []


@pytest.mark.parametrize(("role", "active"), [(Role.AMBASSADOR, False), (Role.PARTNER, True)])
async def test_link_of_who_left_or_is_no_ambassador_any_more_opens_nothing(role: Role, *, active: bool) -> None:
    monitoring, path, _ = await asked()
    await monitoring.consumes(listed(AMBASSADOR, SCHOOL, role, at=TUESDAY, active=active))
    async with visitor(monitoring) as browser:
        shown = await browser.get(path)
        answered = await browser.post(path, data={"answer": "going-well"})
    assert (shown.status_code, answered.status_code) == (404, 404)
    assert monitoring.published() == []


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("going-well", "Fijn om te horen"),
        ("new-question", f"/aanvragen/{CASE}/inventarisatie"),
        ("call-me", "het Schakelpunt belt je"),
        ("not-well", "Het Schakelpunt ziet dit, en belt je"),
        ("do-not-know", "Op 29 september 2026 vragen we het nog een keer"),
        ("left-school", "zoekt met je uit wie het gezin nu kent"),
    ],
)
async def test_answer_is_recorded_and_the_page_says_what_happens_next(choice: str, words: str) -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        sent = await browser.post(path, data={"answer": choice})
        assert (sent.status_code, sent.headers["location"]) == (303, path)
        page = await browser.get(path)
    assert words in page.text
    recorded = [event for event in monitoring.published() if isinstance(event, FollowUpRecorded)]
    assert [(event.answer, event.answered_by) for event in recorded] == [(FollowUpAnswer(choice), AMBASSADOR)]


async def test_short_code_opens_the_same_page_in_any_case() -> None:
    monitoring, _, code = await asked()
    async with visitor(monitoring) as browser:
        page = await browser.get(f"/vervolg/{code.lower().replace('-', '')}")
    assert page.status_code == 200
    assert CODE in page.text


@pytest.mark.parametrize("form", [{}, {"answer": ""}, {"answer": "perfect"}])
async def test_form_without_a_choice_is_shown_again_with_what_is_wrong(form: dict[str, str]) -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        page = await browser.post(path, data=form)
    assert page.status_code == 400
    assert "Er klopt nog iets niet" in page.text
    assert monitoring.published() == []


async def test_answer_can_be_changed_for_half_an_hour() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        await browser.post(path, data={"answer": "going-well"})
        monitoring.clock.forward(timedelta(minutes=29))
        page = await browser.get(path)
        assert "Je kunt het veranderen tot 22 september 2026 om 09:30" in page.text
        assert " checked" not in page.text
        nothing = await browser.post(path, data={})
        assert (nothing.status_code, "Er klopt nog iets niet" in nothing.text) == (400, True)
        changed = await browser.post(path, data={"answer": "call-me"})
        assert (changed.status_code, changed.headers["location"]) == (303, path)
        assert "Je antwoord: bel mij" in (await browser.get(path)).text
    recorded = [event for event in monitoring.published() if isinstance(event, FollowUpRecorded)]
    assert [event.answer for event in recorded] == [FollowUpAnswer.GOING_WELL, FollowUpAnswer.CALL_ME]


@pytest.mark.parametrize("wait", [timedelta(0), timedelta(minutes=10)])
async def test_same_answer_again_changes_nothing(wait: timedelta) -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        await browser.post(path, data={"answer": "going-well"})
        monitoring.published()
        monitoring.clock.forward(wait)
        page = await browser.post(path, data={"answer": "going-well"})
    assert page.status_code == 409
    assert "Je antwoord: het gaat goed" in page.text
    assert " checked" not in page.text
    assert monitoring.published() == []


async def test_answer_after_half_an_hour_is_kept_out_and_shows_the_first() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        await browser.post(path, data={"answer": "going-well"})
        monitoring.published()
        monitoring.clock.forward(timedelta(minutes=30))
        page = await browser.post(path, data={"answer": "call-me"})
    assert page.status_code == 409
    assert "Je antwoord: het gaat goed" in page.text
    assert "Klopt dit antwoord niet? Bel Schakelpunt Schiewijk" in page.text
    assert monitoring.published() == []


async def test_late_answer_is_still_heard() -> None:
    monitoring, path, _ = await asked()
    await monitoring.days_pass(9)
    assert any(one.state is FollowUpState.MISSED for one in (await monitoring.watch()).follow_ups.values())
    monitoring.published()
    async with visitor(monitoring) as browser:
        await browser.post(path, data={"answer": "going-well"})
    assert monitoring.published_names() == ["FollowUpRecorded", "EscalationResolved", "CaseBackInSight"]


async def test_closed_case_asks_nothing_any_more() -> None:
    monitoring, path, _ = await asked()
    await monitoring.consumes(closed(monitoring.now))
    async with visitor(monitoring) as browser:
        page = await browser.get(path)
    assert page.status_code == 200
    assert "Je hoeft niets meer te doen" in page.text
    assert 'name="answer"' not in page.text


async def test_tampered_link_gets_a_page_that_says_so() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        wrong = path[:-1] + ("A" if path[-1] != "A" else "B")
        page = await browser.get(wrong)
        assert page.status_code == 404
        assert "Deze link kennen we niet" in page.text
        assert (await browser.post(wrong, data={"answer": "going-well"})).status_code == 404


async def test_short_code_that_nobody_knows_leads_back_to_where_it_was_typed() -> None:
    async with visitor(Monitoring()) as browser:
        page = await browser.get("/vervolg/AAAA-AAAA")
        assert (page.status_code, page.headers["location"]) == (303, "/?code=onbekend")
        assert (await browser.post("/vervolg/AAAA-AAAA", data={"answer": "going-well"})).status_code == 404


async def test_expired_link_gets_a_page_that_says_so() -> None:
    monitoring, path, _ = await asked()
    monitoring.clock.forward(FOLLOW_UP_LINK_VALID + timedelta(seconds=1))
    async with visitor(monitoring) as browser:
        page = await browser.get(path)
    assert page.status_code == 410
    assert "Deze link is te oud" in page.text


async def test_answer_from_another_site_is_refused() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        page = await browser.post(path, data={"answer": "going-well"}, headers={"Origin": "https://elsewhere.example"})
    assert page.status_code == 403
    assert monitoring.published() == []


@pytest.mark.parametrize("padding", ["", "----------"])
async def test_guessing_codes_is_stopped_however_they_are_written(padding: str) -> None:
    monitoring, _, _ = await asked()
    async with visitor(monitoring) as browser:
        statuses = [(await browser.get(f"/vervolg/AAAA-{n:04}{padding}")).status_code for n in range(61)]
        answered = await browser.post(f"/vervolg/AAAA-9999{padding}", data={"answer": "going-well"})
    assert (statuses[-1], answered.status_code) == (429, 429)


async def test_opening_the_link_of_a_mail_is_not_counted_as_guessing() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        assert {(await browser.get(path)).status_code for _ in range(61)} == {200}


async def test_link_is_for_notify_only() -> None:
    monitoring, _, _ = await asked()
    question = {"followUpId": str(CASE), "recipientId": str(AMBASSADOR)}
    # Matching has nothing to ask here, and so no key either.
    async with service(monitoring, "matching") as matching:
        assert (await matching.post("/internal/follow-up-links", json=question)).status_code == 401
    async with visitor(monitoring) as browser:
        assert (await browser.post("/internal/follow-up-links", json=question)).status_code == 401
    async with service(monitoring, "notify") as notify:
        assert (await notify.post("/internal/follow-up-links", json=question)).status_code == 404


async def test_link_is_not_needed_any_more_after_the_answer() -> None:
    monitoring, path, _ = await asked()
    async with visitor(monitoring) as browser:
        await browser.post(path, data={"answer": "going-well"})
    recorded = next(one for one in (await monitoring.watch()).follow_ups.values() if one.answer)
    question = {"followUpId": str(recorded.follow_up_id), "recipientId": str(AMBASSADOR)}
    async with service(monitoring, "notify") as notify:
        assert (await notify.post("/internal/follow-up-links", json=question)).status_code == 409
