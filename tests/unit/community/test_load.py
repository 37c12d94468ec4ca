"""Who has enough to do is asked nothing new: one rule, by the limit that people set themselves."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.community.domain.load import Busy, Load
from services.community.domain.sparring import Ask, Question
from services.community.handlers.expertise import ask_expert, join_experts
from services.community.handlers.hosting import ask_hosts, join_hosts
from services.community.handlers.leaving import keep_who_is_there
from services.community.handlers.load import keep_families, list_at_limit, set_own_limit, tell_who_is_busy
from shared.events.base import Event, Role
from shared.events.care import LoadLimitLifted, LoadLimitNeared, LoadLimitReached
from shared.events.community import HostTurnProposed
from shared.events.in_hand import FamiliesInHandChanged
from shared.events.programme import ExpertAsked
from tests.parts.people import listed, member
from tests.unit.community.world import TUESDAY, Community, an_id, announced

NOOR, SAM, KIM = an_id("noor"), an_id("sam"), an_id("kim")
ABOUT_LOAD = (LoadLimitNeared, LoadLimitReached, LoadLimitLifted)


async def has(community: Community, families: int, heavy: int = 0, person: UUID = NOOR) -> None:
    async with community.units.begin() as unit:
        event = FamiliesInHandChanged(subject=person, occurred_at=community.now, families=families, heavy=heavy)
        await keep_families(event, unit)


async def wants(community: Community, limit: int, paused_until: date | None = None, person: UUID = NOOR) -> None:
    async with community.units.begin() as unit:
        await set_own_limit(person, limit, paused_until, unit)


async def looked(community: Community) -> None:
    async with community.units.begin() as unit:
        await tell_who_is_busy(unit)


async def full(community: Community) -> list[UUID]:
    async with community.units.begin() as unit:
        return await list_at_limit(unit)


def told(community: Community) -> list[type[Event]]:
    return [type(one) for one in community.published() if isinstance(one, ABOUT_LOAD)]


async def test_somebody_hears_a_kind_word_before_the_limit_and_is_asked_nothing_new_at_it() -> None:
    community = Community()
    await has(community, 3)
    assert told(community) == []
    await has(community, 4)
    await has(community, 4)
    assert told(community) == [LoadLimitNeared]
    await has(community, 5)
    assert told(community) == [LoadLimitNeared, LoadLimitReached]
    assert await full(community) == [NOOR]
    await has(community, 0)
    assert told(community) == [LoadLimitNeared, LoadLimitReached, LoadLimitLifted]
    assert await full(community) == []


async def test_heavy_families_weigh_twice() -> None:
    community = Community()
    await has(community, 3, heavy=2)
    assert await full(community) == [NOOR]


async def test_own_limit_goes_before_that_of_the_city() -> None:
    community = Community()
    await has(community, 5)
    await wants(community, 10)
    assert told(community) == [LoadLimitReached, LoadLimitLifted]
    await wants(community, 2)
    assert await full(community) == [NOOR]


async def test_rest_counts_as_full_until_its_day_is_over() -> None:
    community = Community()
    today = TUESDAY.date()
    await wants(community, 5, today)
    assert told(community) == [LoadLimitReached]
    await looked(community)
    assert told(community) == [LoadLimitReached]
    community.clock.forward(timedelta(days=1))
    await looked(community)
    assert told(community) == [LoadLimitReached, LoadLimitLifted]


@given(
    families=st.integers(0, 9), heavy=st.integers(0, 9), turns=st.integers(0, 4), questions=st.integers(0, 20),
    limit=st.integers(1, 12),
)  # fmt: skip
def test_weight_is_of_what_waits_for_this_person(
    families: int, heavy: int, turns: int, questions: int, limit: int
) -> None:
    load = Load(NOOR, families=families, heavy=min(heavy, families), turns=turns, questions=questions)
    weight = families + min(heavy, families) + turns + questions / 4
    assert (load.busy(limit, TUESDAY.date()) is Busy.FULL) == (weight >= limit)


@pytest.mark.parametrize("busy", [(), (NOOR,), (NOOR, SAM), (NOOR, SAM, KIM)])
async def test_nobody_at_the_limit_is_asked_to_host_or_to_tell(busy: tuple[UUID, ...]) -> None:
    community = Community()
    async with community.units.begin() as unit:
        for person in (NOOR, SAM, KIM):
            await unit.members.save(member(person, an_id(f"of {person}"), Role.PARTNER))
            await join_hosts(person, an_id(f"of {person}"), unit, None)
            await join_experts(person, unit, None)
    for person in busy:
        await has(community, 5, person=person)
    gathering = await announced(community.units)
    async with community.units.begin() as unit:
        await ask_hosts(gathering, unit)
    if len(busy) < 3:
        async with community.units.begin() as unit:
            await ask_expert(gathering, "bon", unit)
    asked = {one.person_id for one in community.published() if isinstance(one, HostTurnProposed | ExpertAsked)}
    assert not asked & set(busy)
    assert bool(asked) == (len(busy) < 3)


async def test_turn_to_host_weighs_until_the_gathering_is_over() -> None:
    community = Community()
    await wants(community, 1)
    async with community.units.begin() as unit:
        await unit.members.save(member(NOOR, an_id("boei"), Role.PARTNER))
        await join_hosts(NOOR, an_id("boei"), unit, None)
    gathering = await announced(community.units)
    async with community.units.begin() as unit:
        await ask_hosts(gathering, unit)
    await looked(community)
    assert told(community) == [LoadLimitReached]
    community.clock.forward(timedelta(days=31))
    await looked(community)
    assert told(community) == [LoadLimitReached, LoadLimitLifted]


async def test_four_questions_without_an_answer_weigh_as_one_family() -> None:
    community = Community()
    await wants(community, 1)
    question = Question(an_id("question"), SAM, "Wie weet dit?", "bike", "", "nl", anonymous=False, asked_at=TUESDAY)
    asks = [Ask(an_id(f"ask {number}"), question.id, NOOR, TUESDAY) for number in range(4)]
    async with community.units.begin() as unit:
        await unit.questions.save(question)
        for ask in asks:
            assert await unit.care.limits.at_limit([NOOR]) == frozenset()
            await unit.asks.save(ask)
        assert await unit.care.limits.at_limit([NOOR]) == {NOOR}
        asks[0].answer()
        await unit.asks.save(asks[0])
        assert await unit.care.limits.at_limit([NOOR]) == frozenset()


async def test_who_leaves_is_at_no_limit() -> None:
    community = Community()
    await has(community, 5)
    async with community.units.begin() as unit:
        gone = listed(NOOR, an_id("boei"), Role.AMBASSADOR, at=community.now, active=False)
        await keep_who_is_there(gone, unit)
    assert told(community) == [LoadLimitReached, LoadLimitLifted]
    assert await full(community) == []
