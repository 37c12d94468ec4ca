"""Follow-ups answered by who is signed in, and how often school and family agreed that somebody asks."""

import re

import pytest

from shared.events import case_codes, intake
from shared.events.base import Role
from shared.events.monitoring import FollowUpAnswer, FollowUpDue, FollowUpRecorded
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import AMBASSADOR, CASE, CODE, TUESDAY, an_id, local
from tests.unit.monitoring.twin import Monitoring, answer, helped

COLLEAGUE = an_id("colleague")


def agreed(rhythm: case_codes.FollowUpRhythm, second: bool = True) -> intake.FollowUpsAgreed:  # noqa: FBT001, FBT002
    return intake.FollowUpsAgreed(
        subject=CASE, occurred_at=TUESDAY, rhythm=rhythm, second_reader_id=COLLEAGUE if second else None
    )


async def asked() -> tuple[Monitoring, FollowUpDue]:
    monitoring = Monitoring()
    await helped(monitoring)
    await monitoring.consumes(agreed(case_codes.FollowUpRhythm.CITY_PLAN))
    await monitoring.time_passes(local("2026-09-22 09:00"))
    (due,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
    return monitoring, due


@pytest.mark.parametrize("who", [AMBASSADOR, COLLEAGUE])
async def test_question_that_waits_is_on_the_own_list_and_answered_there(who: object) -> None:
    monitoring, due = await asked()
    path = f"/vervolg/vraag/{due.follow_up_id}"
    async with visitor(monitoring, Role.AMBASSADOR, who) as browser:  # type: ignore[arg-type]
        page = await browser.get("/vervolg")
        assert "Op 8 september 2026 vroeg je om een fiets" in page.text
        assert path in re.findall(r'href="([^"]+)"', page.text)
        assert "Hoe gaat het nu?" in (await browser.get(path)).text
        sent = await browser.post(path, data={"answer": "going-well", "line": "Prima."})
        assert (sent.status_code, sent.headers["location"]) == (303, path)
        assert "Er wacht nu niets op jouw antwoord" in (await browser.get("/vervolg")).text
    (recorded,) = (event for event in monitoring.published() if isinstance(event, FollowUpRecorded))
    assert recorded.answered_by == who
    assert [one.written_by for one in monitoring.vault.kept] == [who]


async def test_question_that_nobody_answered_in_time_still_waits_on_the_list() -> None:
    monitoring, due = await asked()
    await monitoring.days_pass(9)
    async with visitor(monitoring, Role.AMBASSADOR, AMBASSADOR) as browser:
        assert str(due.follow_up_id) in (await browser.get("/vervolg")).text


async def test_question_about_the_family_of_somebody_else_is_not_found() -> None:
    monitoring, due = await asked()
    path = f"/vervolg/vraag/{due.follow_up_id}"
    async with visitor(monitoring, Role.AMBASSADOR, an_id("stranger")) as browser:
        assert CODE not in (await browser.get("/vervolg")).text
        assert (await browser.get(path)).status_code == 404
        assert (await browser.post(path, data={"answer": "going-well"})).status_code == 404
        assert (await browser.post(f"{path}/woorden", data={"line": "x"})).status_code == 404
    assert (monitoring.published(), monitoring.vault.kept) == ([], [])


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.COORDINATOR])
async def test_own_list_is_for_ambassadors(role: Role | None) -> None:
    monitoring, _ = await asked()
    async with visitor(monitoring, role) as browser:
        assert (await browser.get("/vervolg")).status_code == (303 if role is None else 403)


async def test_first_answer_counts() -> None:
    monitoring, due = await asked()
    path = f"/vervolg/vraag/{due.follow_up_id}"
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    monitoring.published()
    async with visitor(monitoring, Role.AMBASSADOR, COLLEAGUE) as browser:
        late = await browser.post(path, data={"answer": "call-me", "line": "Toch niet."})
        assert late.status_code == 409
        assert "Er is al geantwoord: het gaat goed" in late.text
        await browser.post(f"{path}/woorden", data={"line": "Toch niet."})
    assert (monitoring.published(), monitoring.vault.kept) == ([], [])


async def test_question_says_who_reads_along_and_what_it_is_about() -> None:
    _, due = await asked()
    assert (due.second_reader_id, due.categories, due.district) == (COLLEAGUE, ("bike",), "noord")
    assert due.requested_on == TUESDAY.date()


@pytest.mark.parametrize(
    ("rhythm", "first", "count"),
    [
        (case_codes.FollowUpRhythm.MONTHLY, "2026-10-06 09:00", 13),
        (case_codes.FollowUpRhythm.QUARTERLY, "2026-12-08 09:00", 4),
        (case_codes.FollowUpRhythm.CITY_PLAN, "2026-09-22 09:00", 6),
    ],
)
async def test_rhythm_that_was_agreed_takes_the_place_of_the_plan(
    rhythm: case_codes.FollowUpRhythm, first: str, count: int
) -> None:
    monitoring = Monitoring()
    await helped(monitoring)
    await monitoring.consumes(agreed(rhythm))
    planned = [one.due_at for one in (await monitoring.watch()).follow_ups.values() if one.is_pending]
    assert (planned[0], len(planned)) == (local(first), count)


async def test_family_that_wants_no_more_questions_is_asked_none_and_a_person_decides() -> None:
    monitoring = Monitoring()
    await helped(monitoring)
    monitoring.published()
    await monitoring.consumes(agreed(case_codes.FollowUpRhythm.STOPPED))
    assert monitoring.published_names() == ["EscalationRaised"]
    await monitoring.days_pass(100)
    assert "FollowUpDue" not in monitoring.published_names()
