"""How busy people are, who looks after whom, and who thanked whom, on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

from services.community.domain.check_in import CheckIn
from services.community.domain.hosting import HostTurn, TurnState
from services.community.domain.load import Busy, Load
from services.community.domain.sparring import Ask, Question
from services.community.domain.thanks import HelpKind, Thanks, ThanksForm
from services.community.ports import CommunityUnit
from shared.unit_of_work import Units
from tests.integration.community.conftest import a_gathering
from tests.unit.community.world import TUESDAY, an_id

NOOR, SAM = an_id("noor"), an_id("sam")
HOUR = timedelta(hours=1)


async def test_loads_come_back_with_the_turns_that_are_to_come(units: Units[CommunityUnit]) -> None:
    load = Load(NOOR, families=3, heavy=1, limit=4, paused_until=TUESDAY.date(), told=Busy.FULL)
    async with units.begin() as unit:
        assert await unit.care.loads.get(NOOR) == Load(NOOR)
        await unit.care.loads.save(load)
        for days, name in ((-90_000, "over"), (90_000, "ahead")):
            await unit.gatherings.save(a_gathering(name, days))
            turn = HostTurn(an_id(f"turn {name}"), an_id(name), SAM, an_id("boei"), TUESDAY, TurnState.ACCEPTED)
            await unit.turns.save(turn)
        declined = HostTurn(an_id("no"), an_id("ahead"), NOOR, an_id("boei"), TUESDAY, TurnState.DECLINED)
        await unit.turns.save(declined)

    async with units.begin() as unit:
        assert await unit.care.loads.get(NOOR) == load
        assert await unit.care.loads.read_each([NOOR, SAM]) == {NOOR: load, SAM: Load(SAM, turns=1)}
        assert {one.person_id for one in await unit.care.loads.list_all()} == {NOOR, SAM}
        assert await unit.care.limits.at_limit([SAM]) == frozenset()
        await unit.care.loads.save(replace(load, person_id=SAM, limit=1, paused_until=None))
        assert await unit.care.limits.at_limit([NOOR, SAM, an_id("nobody")]) == {NOOR, SAM}
        await unit.care.loads.remove(NOOR)
        assert await unit.care.loads.get(NOOR) == Load(NOOR)


async def test_questions_without_an_answer_weigh_for_whoever_is_asked(units: Units[CommunityUnit]) -> None:
    question = Question(an_id("question"), SAM, "Wie weet dit?", "bike", "", "nl", anonymous=False, asked_at=TUESDAY)
    waits, answered = (Ask(an_id(name), question.id, NOOR, TUESDAY) for name in ("waits", "answered"))
    answered.answer()
    async with units.begin() as unit:
        await unit.questions.save(question)
        for ask in (waits, answered):
            await unit.asks.save(ask)

    async with units.begin() as unit:
        assert await unit.care.loads.get(NOOR) == Load(NOOR, questions=1)
        assert [one.person_id for one in await unit.care.loads.list_all()] == [NOOR]


async def test_check_ins_are_of_whoever_was_asked_or_of_the_desk(units: Units[CommunityUnit]) -> None:
    of_sam, of_desk = CheckIn(NOOR, SAM, TUESDAY), CheckIn(an_id("kim"), None, TUESDAY)
    async with units.begin() as unit:
        for one in (of_sam, of_desk, replace(of_desk, asked_at=TUESDAY + HOUR)):
            await unit.care.check_ins.save(one)
        assert await unit.care.check_ins.list_for(SAM) == [of_sam]
        assert await unit.care.check_ins.list_for(None) == [replace(of_desk, asked_at=TUESDAY + HOUR)]
        assert await unit.care.check_ins.get(NOOR) == of_sam
        await unit.care.check_ins.remove(NOOR)
        assert await unit.care.check_ins.get(NOOR) is None


async def test_thanks_come_back_and_what_was_done_before_is_thanked_for(units: Units[CommunityUnit]) -> None:
    first = Thanks(an_id("first"), NOOR, SAM, HelpKind.HOSTING, ThanksForm.WORD, TUESDAY)
    second = replace(first, id=an_id("second"), thanked_at=TUESDAY + HOUR, form=ThanksForm.FEE)
    async with units.begin() as unit:
        for _ in range(2):
            await unit.care.thanks.count_help([NOOR, SAM])
        assert await unit.care.thanks.list_unthanked(2) == sorted([NOOR, SAM])
        assert await unit.care.thanks.list_unthanked(3) == []
        await unit.care.thanks.add(first)
        await unit.care.thanks.add(second)
        assert await unit.care.thanks.list_unthanked(1) == [SAM]
        assert await unit.care.thanks.list_of(NOOR) == [second, first]
        await unit.care.thanks.forget_before(TUESDAY + HOUR)
        await unit.care.thanks.forget_person(SAM)
        assert await unit.care.thanks.list_of(NOOR) == [replace(second, from_id=None)]
        await unit.care.thanks.forget_person(NOOR)
        assert await unit.care.thanks.list_of(NOOR) == []
        assert await unit.care.thanks.list_unthanked(1) == []
