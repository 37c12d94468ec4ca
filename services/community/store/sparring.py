"""Questions to colleagues on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.sparring import Answer, Ask, AskState, Question, QuestionState
from services.community.domain.sparring_turn import Partner
from services.community.store.rows import Row
from services.community.store.sparring_tables import (
    SPARRING_ANSWERS,
    SPARRING_ASKS,
    SPARRING_PARTNERS,
    SPARRING_QUESTIONS,
)
from services.community.store.table_rows import TableRows


class PostgresPartners:
    """The table `sparring_partners`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._rows = TableRows(connection, SPARRING_PARTNERS)

    async def get(self, person_id: UUID) -> Partner | None:
        row = await self._rows.find(person_id)
        return _partner_of(row) if row else None

    async def save(self, partner: Partner) -> None:
        await self._rows.write(
            {
                "person_id": partner.person_id,
                "categories": sorted(partner.expertise),
                "districts": sorted(partner.districts),
                "languages": sorted(partner.languages),
                "paused_until": partner.paused_until,
            }
        )

    async def remove(self, person_id: UUID) -> None:
        await self._rows.remove(person_id)

    async def hold_all(self, expertise: str) -> list[Partner]:
        return [_partner_of(row) for row in await self._rows.list_rows(_who_know(expertise).with_for_update())]

    async def read_all(self, expertise: str) -> list[Partner]:
        return [_partner_of(row) for row in await self._rows.list_rows(_who_know(expertise))]


class PostgresQuestions:
    """The table `sparring_questions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, SPARRING_QUESTIONS)

    async def get(self, question_id: UUID) -> Question | None:
        row = await self._rows.find(question_id, locked=True)
        return _question_of(row) if row else None

    async def read(self, question_id: UUID) -> Question | None:
        row = await self._rows.find(question_id)
        return _question_of(row) if row else None

    async def save(self, question: Question) -> None:
        row = asdict(question)
        category, asked_in = row.pop("expertise"), row.pop("district")
        await self._rows.write({**row, "category": category, "asked_in": asked_in})

    async def list_of_person(self, person_id: UUID) -> list[Question]:
        theirs = select(SPARRING_QUESTIONS).where(SPARRING_QUESTIONS.c.person_id == person_id)
        return await self._list(theirs.order_by(*_NEWEST_FIRST))

    async def list_at_desk(self) -> list[Question]:
        there = select(SPARRING_QUESTIONS).where(SPARRING_QUESTIONS.c.at_desk_since.is_not(None))
        return await self._list(there.order_by(SPARRING_QUESTIONS.c.at_desk_since, SPARRING_QUESTIONS.c.id))

    async def list_helped(self, limit: int) -> list[Question]:
        helped = select(SPARRING_QUESTIONS).where(SPARRING_QUESTIONS.c.state == QuestionState.HELPED)
        return await self._list(helped.order_by(*_NEWEST_FIRST).limit(limit))

    async def remove(self, question_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(SPARRING_QUESTIONS).where(SPARRING_QUESTIONS.c.id.in_(question_ids)))

    async def list_old(self, asked: datetime, limit: int) -> list[UUID]:
        old = select(SPARRING_QUESTIONS.c.id).where(SPARRING_QUESTIONS.c.asked_at < asked)
        in_order = old.order_by(SPARRING_QUESTIONS.c.asked_at, SPARRING_QUESTIONS.c.id)
        return list(await self._connection.scalars(in_order.limit(limit)))

    async def _list(self, query: Select[Any]) -> list[Question]:
        return [_question_of(row) for row in await self._rows.list_rows(query)]


class PostgresAsks:
    """The table `sparring_asks`. Whoever changes one holds its question."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, SPARRING_ASKS)

    async def get(self, ask_id: UUID) -> Ask | None:
        row = await self._rows.find(ask_id)
        return _ask_of(row) if row else None

    async def save(self, ask: Ask) -> None:
        await self._rows.write(asdict(ask))

    async def list_of(self, question_id: UUID) -> list[Ask]:
        return await self._list(select(SPARRING_ASKS).where(SPARRING_ASKS.c.question_id == question_id))

    async def list_of_people(self, person_ids: Collection[UUID]) -> list[Ask]:
        return await self._list(select(SPARRING_ASKS).where(SPARRING_ASKS.c.person_id.in_(person_ids)))

    async def forget_person(self, person_id: UUID) -> None:
        passed = update(SPARRING_ASKS).where(SPARRING_ASKS.c.passed_by == person_id)
        await self._connection.execute(passed.values(passed_by=None))
        await self._connection.execute(delete(SPARRING_ASKS).where(SPARRING_ASKS.c.person_id == person_id))

    async def _list(self, query: Select[Any]) -> list[Ask]:
        in_order = query.order_by(SPARRING_ASKS.c.asked_at, SPARRING_ASKS.c.id)
        return [_ask_of(row) for row in await self._rows.list_rows(in_order)]


class PostgresAnswers:
    """The table `sparring_answers`. Whoever changes one holds its question."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, SPARRING_ANSWERS)

    async def get(self, answer_id: UUID) -> Answer | None:
        row = await self._rows.find(answer_id)
        return Answer(**row) if row else None

    async def save(self, answer: Answer) -> None:
        await self._rows.write(asdict(answer))

    async def list_of(self, question_ids: Collection[UUID]) -> list[Answer]:
        theirs = select(SPARRING_ANSWERS).where(SPARRING_ANSWERS.c.question_id.in_(question_ids))
        in_order = theirs.order_by(SPARRING_ANSWERS.c.placed_at, SPARRING_ANSWERS.c.id)
        return [Answer(**row) for row in await self._rows.list_rows(in_order)]

    async def forget_person(self, person_id: UUID) -> None:
        theirs = update(SPARRING_ANSWERS).where(SPARRING_ANSWERS.c.person_id == person_id)
        await self._connection.execute(theirs.values(person_id=None))


_NEWEST_FIRST = (SPARRING_QUESTIONS.c.asked_at.desc(), SPARRING_QUESTIONS.c.id)


def _who_know(expertise: str) -> Select[Any]:
    theirs = select(SPARRING_PARTNERS).where(SPARRING_PARTNERS.c.categories.contains([expertise]))
    return theirs.order_by(SPARRING_PARTNERS.c.person_id)


def _partner_of(row: Row) -> Partner:
    known, there, spoken = (frozenset(row[name]) for name in ("categories", "districts", "languages"))
    return Partner(row["person_id"], known, there, spoken, row["paused_until"])


def _question_of(row: Row) -> Question:
    told = dict(row)
    category, asked_in, state = (told.pop(name) for name in ("category", "asked_in", "state"))
    return Question(**told, expertise=category, district=asked_in, state=QuestionState(state))


def _ask_of(row: Row) -> Ask:
    return Ask(**{**row, "state": AskState(row["state"])})
