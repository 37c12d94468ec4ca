"""Questions to colleagues, on the twin and on PostgreSQL; and two questions at once that do not both ask one person."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from services.community.domain.sparring import Answer, Ask, AskState, Question, QuestionState
from services.community.domain.sparring_turn import Partner
from services.community.handlers.sparring import AskColleagues, ask_colleagues
from services.community.ports import CommunityUnit
from services.community.store.repositories import PostgresCommunityUnit
from shared.events.base import Role
from shared.messaging.postgres_unit import PostgresUnits
from shared.unit_of_work import Units
from tests.parts.people import member
from tests.unit.community.world import TUESDAY, an_id

QUESTION = Question(an_id("question"), an_id("asker"), "Hoe dan?", "debt", "noord", "nl", False, TUESDAY)
OLDER = replace(QUESTION, id=an_id("older"), asked_at=TUESDAY - timedelta(days=1), state=QuestionState.HELPED)
PARTNER = Partner(
    an_id("one"), frozenset({"debt", "bike"}), frozenset({"noord"}), frozenset({"nl"}), date(2026, 12, 31)
)
ASK = Ask(an_id("ask"), QUESTION.id, an_id("one"), TUESDAY, passed_by=an_id("other"))
ANSWER = Answer(an_id("answer"), OLDER.id, an_id("one"), "Zo.", TUESDAY)


async def test_who_wants_to_be_asked_comes_back_by_what_they_know(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        await unit.partners.save(replace(PARTNER, paused_until=None))
        await unit.partners.save(PARTNER)
        await unit.partners.save(replace(PARTNER, person_id=an_id("two"), expertise=frozenset({"bike"})))
    async with units.begin() as unit:
        assert await unit.partners.get(an_id("one")) == PARTNER
        assert await unit.partners.hold_all("debt") == await unit.partners.read_all("debt") == [PARTNER]
        assert len(await unit.partners.read_all("bike")) == 2
        await unit.partners.remove(an_id("one"))
        assert await unit.partners.get(an_id("one")) is None


async def test_questions_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    at_desk = replace(QUESTION, at_desk_since=TUESDAY)
    async with units.begin() as unit:
        await unit.questions.save(QUESTION)
        await unit.questions.save(OLDER)
        await unit.questions.save(at_desk)
    async with units.begin() as unit:
        assert await unit.questions.get(QUESTION.id) == await unit.questions.read(QUESTION.id) == at_desk
        assert await unit.questions.list_of_person(an_id("asker")) == [at_desk, OLDER]
        assert await unit.questions.list_at_desk() == [at_desk]
        assert await unit.questions.list_helped(5) == [OLDER]
        assert await unit.questions.list_helped(0) == []
        assert await unit.questions.list_old(TUESDAY, 5) == [OLDER.id]
        assert await unit.questions.get(an_id("none")) is None


async def test_asks_and_answers_go_with_their_question_and_forget_who_left(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        await unit.questions.save(QUESTION)
        await unit.questions.save(OLDER)
        await unit.asks.save(ASK)
        await unit.asks.save(replace(ASK, state=AskState.LAPSED, reminded=True))
        await unit.asks.save(Ask(an_id("theirs"), QUESTION.id, an_id("other"), TUESDAY))
        await unit.answers.save(ANSWER)
    async with units.begin() as unit:
        kept = replace(ASK, state=AskState.LAPSED, reminded=True)
        assert await unit.asks.get(ASK.id) == kept
        assert await unit.asks.list_of_people([an_id("one")]) == [kept]
        assert len(await unit.asks.list_of(QUESTION.id)) == 2
        assert await unit.answers.list_of([OLDER.id]) == [ANSWER] == [await unit.answers.get(ANSWER.id)]
        await unit.asks.forget_person(an_id("other"))
        await unit.answers.forget_person(an_id("one"))
    async with units.begin() as unit:
        assert await unit.asks.list_of(QUESTION.id) == [replace(kept, passed_by=None)]
        assert await unit.answers.list_of([OLDER.id]) == [replace(ANSWER, person_id=None)]
        await unit.questions.remove([QUESTION.id, OLDER.id])
        assert (await unit.asks.get(ASK.id), await unit.answers.get(ANSWER.id)) == (None, None)


async def test_two_questions_at_once_do_not_ask_one_person_more_often_than_may_be(
    postgres_units: PostgresUnits[PostgresCommunityUnit],
) -> None:
    async with postgres_units.begin() as unit:
        await unit.partners.save(replace(PARTNER, paused_until=None))
        await unit.members.save(member(an_id("one"), an_id("desk"), Role.PARTNER))

    async def asks() -> None:
        async with postgres_units.begin() as unit:
            await ask_colleagues(AskColleagues("Hoe dan?", "debt", "", "nl", anonymous=False), an_id("asker"), unit)

    await asyncio.gather(*(asks() for _ in range(8)))
    async with postgres_units.begin() as unit:
        assert len(await unit.asks.list_of_people([an_id("one")])) == unit.city.sparring.asks_per_week
