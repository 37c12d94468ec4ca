"""What gatherings are about, who is asked to tell of it, and the vision, on the twin and on PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.community.domain.expertise import AskState, Expert, ExpertAsk
from services.community.domain.participation import Share
from services.community.domain.topic import Topic, TopicState
from services.community.domain.vision import Signature, Vision
from services.community.handlers.vision import list_versions, publish_vision, write_vision
from services.community.ports import CommunityUnit
from services.community.store.repositories import PostgresCommunityUnit
from shared.messaging.postgres_unit import PostgresUnits
from shared.unit_of_work import Units
from tests.integration.community.conftest import a_gathering
from tests.unit.community.world import EVENING, TUESDAY, an_id, later

# Long enough for the other one to come to where it waits.
A_MOMENT = 0.3


async def test_topics_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    gathering = a_gathering("one")
    kept = Topic(an_id("topic"), an_id("who"), "Geldzorgen", "De Fietsenbank", TUESDAY, wanted_for=gathering.id)
    planned = replace(
        kept, id=an_id("planned"), proposed_at=TUESDAY + timedelta(hours=1), state=TopicState.PLANNED,
        gathering_id=gathering.id,
    )  # fmt: skip
    async with units.begin() as unit:
        await unit.gatherings.save(gathering)
        for topic in (planned, replace(kept, title=""), kept):
            await unit.topics.save(topic)

    async with units.begin() as unit:
        assert await unit.topics.get(kept.id) == await unit.topics.read(kept.id) == kept
        assert await unit.topics.list_of(gathering.id) == [planned]
        assert await unit.topics.list_of_person(an_id("who")) == [kept, planned]
        assert await unit.topics.list_in({TopicState.OPEN}) == [kept]
        assert await unit.topics.list_old(TUESDAY + timedelta(hours=2), 9) == [kept.id]
        await unit.topics.remove([kept.id])
        assert await unit.topics.read(kept.id) is None


async def test_experts_and_what_is_asked_of_them_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    gathering, expert = a_gathering("one"), Expert(an_id("expert"), date(2026, 10, 1))
    ask = ExpertAsk(an_id("ask"), gathering.id, expert.person_id, TUESDAY, EVENING.starts_at, "€ 50", AskState.OVER)
    came = replace(ask, id=an_id("came"), state=AskState.AGREED, settled_on=date(2026, 10, 9))
    async with units.begin() as unit:
        await unit.gatherings.save(gathering)
        await unit.experts.save(replace(expert, paused_until=None))
        await unit.experts.save(expert)
        for one in (came, replace(ask, state=AskState.ASKED), ask):
            await unit.expert_asks.save(one)

    async with units.begin() as unit:
        assert await unit.experts.list_all() == [await unit.experts.get(expert.person_id)] == [expert]
        assert await unit.expert_asks.get(ask.id) == ask
        both = sorted((ask, came), key=lambda one: one.id)
        assert await unit.expert_asks.list_all() == await unit.expert_asks.list_of(gathering.id) == both
        assert await unit.expert_asks.list_of_person(expert.person_id) == both
        await unit.expert_asks.forget_over(TUESDAY + timedelta(seconds=1), EVENING.starts_at)
        assert await unit.expert_asks.list_all() == both
        await unit.expert_asks.forget_over(TUESDAY + timedelta(seconds=1), EVENING.ends_at)
        assert await unit.expert_asks.list_all() == [came]
        await unit.expert_asks.remove([came.id])
        await unit.experts.remove(expert.person_id)
        assert await unit.experts.get(expert.person_id) is None


async def test_share_of_experience_is_of_the_gatherings_between_two_moments(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        for days, of in ((0, 2), (1, 3), (9, 4)):
            await unit.gatherings.save(replace(a_gathering(f"{days}", days), of_experience=of, told_as=10))

    async with units.begin() as unit:
        shares = [await unit.gatherings.sum_of_experience(TUESDAY, later(EVENING, day).starts_at) for day in (0, 2)]
        assert shares == [Share(0, 0), Share(5, 20)]


async def test_vision_signatures_and_organisations_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    first = Vision(an_id("first"), 1, "Samen", "", TUESDAY)
    second = Vision(an_id("second"), 2, "Samen verder", "Verder")
    signature = Signature(an_id("who"), an_id("boei"), 1, TUESDAY, for_organisation=True)
    async with units.begin() as unit:
        for vision in (replace(first, published_at=None), first, second):
            await unit.visions.save(vision)
        await unit.signatures.save(replace(signature, for_organisation=False))
        await unit.signatures.save(signature)
        for name, active in (("boei", True), ("kade", False)):
            await unit.organisations.save(an_id(name), name, active=active)

    async with units.begin() as unit:
        assert await unit.visions.list_all() == [second, first]
        assert await unit.visions.get_draft() == second
        assert await unit.signatures.list_all() == [await unit.signatures.get(an_id("who"))] == [signature]
        assert await unit.organisations.names_of([an_id("boei"), an_id("kade"), an_id("gone")]) == ["boei"]
        await unit.signatures.remove(an_id("who"))
        assert await unit.signatures.get(an_id("who")) is None


@pytest.mark.postgres
async def test_what_is_written_while_another_publishes_leaves_what_was_published_alone(
    postgres_units: PostgresUnits[PostgresCommunityUnit],
) -> None:
    async def write() -> None:
        async with postgres_units.begin() as unit:
            await write_vision("Samen verder.", "Verder.", unit)

    async with postgres_units.begin() as unit:
        await write_vision("Samen.", "", unit)
    async with postgres_units.begin() as unit:
        await publish_vision(unit)
        writing = asyncio.create_task(write())
        await asyncio.sleep(A_MOMENT)
    await writing

    async with postgres_units.begin() as unit:
        assert [(one.version, one.body) for one in await list_versions(unit)] == [(1, "Samen.")]
        draft = await unit.visions.get_draft()
    assert draft is not None
    assert (draft.version, draft.body) == (2, "Samen verder.")
