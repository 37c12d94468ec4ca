"""Asking colleagues: three at once within their limits, others after two working days, the desk after five."""

from datetime import date, timedelta

import pytest

from services.community.handlers.leaving import keep_who_is_there
from services.community.handlers.load import keep_families
from services.community.handlers.sparring_outcome import forget_questions
from shared.events.base import Role
from shared.events.directory import PersonListed
from shared.events.in_hand import FamiliesInHandChanged
from shared.events.sparring import (
    SparringColleagueAsked,
    SparringQuestionAsked,
    SparringReminderDue,
    SparringUnanswered,
)
from tests.unit.community.sparring import (
    ANSWER,
    ASKER,
    PAGE,
    TEXT,
    asked,
    asks,
    colleagues,
    facts,
    knows,
    link,
    passes,
    whom,
)
from tests.unit.community.world import Community, an_id


async def test_three_are_asked_at_once_and_nobody_who_knows_of_something_else() -> None:
    community = await colleagues()
    await asked(community)

    assert len(set(whom(community))) == 3
    assert an_id("other") not in whom(community)
    assert TEXT not in str([one.model_dump_json() for one in community.published()])


async def test_next_three_are_asked_after_two_working_days_and_the_desk_hears_after_five() -> None:
    community = await colleagues()
    question_id = await asked(community)
    await passes(community, 1)
    assert len(facts(community, SparringReminderDue)) == 3
    await passes(community, 1)
    assert len(set(whom(community))) == 6
    await passes(community, 4)
    assert facts(community, SparringUnanswered) == []
    await passes(community, 1)
    assert [one.subject for one in facts(community, SparringUnanswered)] == [question_id]
    assert len(facts(community, SparringReminderDue)) == len(whom(community)) == 7

    async with community.visitor(Role.COORDINATOR) as desk:
        assert TEXT[:40] in (await desk.get(PAGE)).text


async def test_who_was_asked_three_times_this_week_is_skipped_and_only_the_desk_reads_why() -> None:
    community = await colleagues(1)
    for _ in range(3):
        await asked(community)
    assert len(whom(community)) == 3
    question_id = await asked(community)
    assert len(whom(community)) == 3

    async with community.visitor(Role.COORDINATOR) as desk, community.visitor(Role.AMBASSADOR) as asker:
        assert "Collega 0: is deze week al vaak genoeg gevraagd" in (await desk.get(f"{PAGE}/{question_id}")).text
        assert "vaak genoeg" not in (await asker.get(f"{PAGE}/{question_id}")).text
    community.clock.forward(timedelta(days=7, seconds=1))
    await asked(community)
    assert len(whom(community)) == 4


async def test_who_is_paused_away_at_the_limit_of_another_district_or_language_is_not_asked() -> None:
    community = await colleagues(0)
    async with community.units.begin() as unit:
        await knows(unit, "paused", paused_until=date(2026, 9, 8))
        await knows(unit, "elsewhere", districts=frozenset({"noord"}))
        await knows(unit, "speaks", languages=frozenset({"ar"}))
        await knows(unit, "full")
        in_hand = FamiliesInHandChanged(subject=an_id("full"), occurred_at=unit.now, families=5, heavy=0)
        await keep_families(in_hand, unit)
        await knows(unit, "everywhere")
    await asked(community, district="centrum")

    assert whom(community) == [an_id("everywhere")]


async def test_who_was_asked_longest_ago_goes_first() -> None:
    community = await colleagues(4)
    await asked(community)
    first = set(whom(community))
    community.clock.forward(timedelta(minutes=1))
    await asked(community)
    later = whom(community)[3:]

    assert {later[0]} == {an_id(f"colleague {number}") for number in range(4)} - first


async def test_who_asks_without_a_name_is_read_by_the_desk_alone() -> None:
    community = await colleagues()
    question_id = await asked(community, anonymous="true")
    page = await link(community)
    async with community.visitor() as browser, community.visitor(Role.COORDINATOR) as desk:
        assert "Noor Verzonnen" not in (await browser.get(page)).text
        assert "Noor Verzonnen" in (await desk.get(f"{PAGE}/{question_id}")).text
    assert {one.asked_by for one in facts(community, SparringColleagueAsked)} == {None}

    await asked(community)
    async with community.visitor() as browser:
        assert "Noor Verzonnen vraagt:" in (await browser.get(await link(community))).text


@pytest.mark.parametrize(
    "told",
    ["Sem de Boer, 9 jaar, 123456782", "Bel 06 12345678", "Hij woont Havenstraat 1", "Mail naar iemand@school.example"],
)
async def test_question_that_tells_who_somebody_is_is_stopped_and_kept_nowhere(told: str) -> None:
    community = await colleagues()
    reply = await asks(community, text=f"Wie weet dit? {told}")

    assert reply.status_code == 400
    assert facts(community, SparringQuestionAsked) == []
    assert told not in str(community.units.tables.__dict__)


async def test_word_that_may_be_a_name_is_asked_about() -> None:
    community = await colleagues()
    text = "Werkt de methode van Eigenkracht goed bij schulden?"
    first = await asks(community, text=text)
    assert (first.status_code, "“Eigenkracht” is geen naam van iemand" in first.text) == (400, True)
    assert (await asks(community, text=text, noNames="Eigenkracht")).status_code == 303


async def test_similar_answers_are_shown_before_anybody_is_asked() -> None:
    community = await colleagues()
    question_id = await asked(community)
    async with community.visitor() as browser, community.visitor(Role.AMBASSADOR) as asker:
        await browser.post(await link(community), data={"text": ANSWER})
        unknown = await asks(community, text="Gesprekken over geldzaken beginnen", choice="look")
        assert unknown.status_code == 303
        await asker.post(f"{PAGE}/{question_id}/geholpen", data={"choice": "yes"})
        before = len(whom(community))
        reply = await asks(community, text="Gesprekken beginnen, hoe dan?", choice="look")
    assert (reply.status_code, ANSWER in reply.text.replace("\n", "")) == (200, True)
    assert len(whom(community)) == before
    async with community.visitor(Role.PARTNER) as other:
        page = (await other.get(f"{PAGE}/{question_id}")).text
    assert (ANSWER in page, "Noor Verzonnen" in page, "Collega 0" in page) == (True, False, False)


async def test_question_of_somebody_else_is_found_by_the_desk_and_who_is_asked_alone() -> None:
    community = await colleagues()
    question_id = await asked(community)
    async with community.visitor(Role.PARTNER) as other, community.visitor(Role.COORDINATOR) as desk:
        assert (await other.get(f"{PAGE}/{question_id}")).status_code == 404
        assert (await other.post(f"{PAGE}/{question_id}/terug")).status_code == 404
        assert (await desk.get(f"{PAGE}/{question_id}")).status_code == 200
    async with community.visitor(Role.PARTNER, whose=whom(community)[0]) as colleague:
        assert (await colleague.get(f"{PAGE}/{question_id}")).status_code == 200


async def test_somebody_says_what_they_know_of_rests_and_stops() -> None:
    community = Community()
    async with community.visitor(Role.PARTNER) as partner:
        said = {"expertise": ["debt"], "languages": ["nl"], "choice": "save"}
        assert (await partner.post(f"{PAGE}/meedenken", data={"choice": "save"})).status_code == 400
        assert (await partner.post(f"{PAGE}/meedenken", data=said)).status_code == 303
        await asked(community)
        assert whom(community) == [an_id(Role.PARTNER)]
        assert (await partner.post(f"{PAGE}/meedenken", data={**said, "pausedUntil": "31-12-2026"})).status_code == 303
        assert "31-12-2026" in (await partner.get(f"{PAGE}/meedenken")).text
        assert (await partner.post(f"{PAGE}/meedenken", data={"choice": "stop"})).status_code == 303
    assert community.units.tables.table("sparring_partners") == {}


async def test_who_leaves_is_forgotten() -> None:
    community = await colleagues()
    await asked(community)
    for person in (ASKER, an_id("colleague 0")):
        left = PersonListed(subject=person, occurred_at=community.now, memberships=(), active=False, epoch=1)
        async with community.units.begin() as unit:
            await keep_who_is_there(left, unit)
    tables = community.units.tables
    assert tables.table("sparring_asks") == tables.table("sparring_questions") == {}
    assert an_id("colleague 0") not in tables.table("sparring_partners")


async def test_old_question_goes_with_all_that_came_of_it() -> None:
    community = await colleagues()
    await asked(community)
    community.clock.forward(timedelta(weeks=104, seconds=1))
    async with community.units.begin() as unit:
        await forget_questions(unit)
    assert community.units.tables.table("sparring_asks") == community.units.tables.table("sparring_questions") == {}
