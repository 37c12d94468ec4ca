"""The twins of what a gathering is about, and of who is asked to tell of it."""

from collections.abc import Collection
from copy import copy
from datetime import datetime
from uuid import UUID

from services.community.domain.expertise import AskState, Expert, ExpertAsk
from services.community.domain.gathering import Gathering
from services.community.domain.topic import Topic, TopicState
from tests.twins.tables import MemoryTables


class InMemoryTopics:
    """Topics by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Topic] = tables.table("topics")

    async def get(self, topic_id: UUID) -> Topic | None:
        # Units in memory run one at a time, which is the lock.
        return await self.read(topic_id)

    async def read(self, topic_id: UUID) -> Topic | None:
        found = self._rows.get(topic_id)
        return copy(found) if found else None

    async def save(self, topic: Topic) -> None:
        self._rows[topic.id] = copy(topic)

    async def list_of(self, gathering_id: UUID) -> list[Topic]:
        return [one for one in self._in_order() if one.gathering_id == gathering_id]

    async def list_of_person(self, person_id: UUID) -> list[Topic]:
        return [one for one in self._in_order() if one.person_id == person_id]

    async def list_in(self, states: Collection[TopicState]) -> list[Topic]:
        return [one for one in self._in_order() if one.state in states]

    async def list_old(self, proposed: datetime, limit: int) -> list[UUID]:
        loose = (one for one in self._in_order() if one.state is not TopicState.PLANNED)
        return [one.id for one in loose if one.proposed_at < proposed][:limit]

    async def remove(self, topic_ids: Collection[UUID]) -> None:
        for topic_id in topic_ids:
            self._rows.pop(topic_id, None)

    def _in_order(self) -> list[Topic]:
        return [copy(one) for one in sorted(self._rows.values(), key=lambda one: (one.proposed_at, one.id))]


class InMemoryExperts:
    """Experts by experience, by person."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Expert] = tables.table("experts")

    async def get(self, person_id: UUID) -> Expert | None:
        return self._rows.get(person_id)

    async def save(self, expert: Expert) -> None:
        self._rows[expert.person_id] = expert

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)

    async def list_all(self) -> list[Expert]:
        return sorted(self._rows.values(), key=lambda one: one.person_id)


class InMemoryExpertAsks:
    """What is asked of them, by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, ExpertAsk] = tables.table("expert_asks")
        self._gatherings: dict[UUID, Gathering] = tables.table("gatherings")

    async def get(self, ask_id: UUID) -> ExpertAsk | None:
        found = self._rows.get(ask_id)
        return copy(found) if found else None

    async def save(self, ask: ExpertAsk) -> None:
        self._rows[ask.id] = copy(ask)

    async def list_all(self) -> list[ExpertAsk]:
        return [copy(one) for one in sorted(self._rows.values(), key=lambda one: (one.asked_at, one.id))]

    async def list_of(self, gathering_id: UUID) -> list[ExpertAsk]:
        return [one for one in await self.list_all() if one.gathering_id == gathering_id]

    async def list_of_person(self, person_id: UUID) -> list[ExpertAsk]:
        return [one for one in await self.list_all() if one.person_id == person_id]

    async def remove(self, ask_ids: Collection[UUID]) -> None:
        for ask_id in ask_ids:
            self._rows.pop(ask_id, None)

    async def forget_over(self, asked: datetime, ended: datetime) -> None:
        over = [one for one in await self.list_all() if one.state is AskState.OVER and one.asked_at < asked]
        await self.remove([one.id for one in over if self._gatherings[one.gathering_id].details.ends_at <= ended])
