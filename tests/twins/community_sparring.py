"""The twins: questions to colleagues."""

from collections.abc import Collection
from copy import copy
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.community.domain.sparring import Answer, Ask, Question, QuestionState
from services.community.domain.sparring_turn import Partner
from services.community.ports.replies import ReplyDraft
from tests.twins.tables import MemoryTables
from tests.twins.unit_of_work import MemoryContext, MemoryUnit


class InMemoryPartners:
    """Who wants to be asked, by person."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Partner] = tables.table("sparring_partners")

    async def get(self, person_id: UUID) -> Partner | None:
        return self._rows.get(person_id)

    async def save(self, partner: Partner) -> None:
        self._rows[partner.person_id] = partner

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)

    async def hold_all(self, expertise: str) -> list[Partner]:
        # Units in memory run one at a time, which is the lock.
        return await self.read_all(expertise)

    async def read_all(self, expertise: str) -> list[Partner]:
        return [one for _, one in sorted(self._rows.items()) if expertise in one.expertise]


class InMemoryQuestions:
    """Questions by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Question] = tables.table("sparring_questions")
        self._asks: dict[UUID, Ask] = tables.table("sparring_asks")
        self._answers: dict[UUID, Answer] = tables.table("sparring_answers")

    async def get(self, question_id: UUID) -> Question | None:
        return await self.read(question_id)

    async def read(self, question_id: UUID) -> Question | None:
        found = self._rows.get(question_id)
        return copy(found) if found else None

    async def save(self, question: Question) -> None:
        self._rows[question.id] = copy(question)

    async def list_of_person(self, person_id: UUID) -> list[Question]:
        return [one for one in self._newest_first() if one.person_id == person_id]

    async def list_at_desk(self) -> list[Question]:
        there = [(one.at_desk_since, one.id) for one in self._rows.values() if one.at_desk_since is not None]
        return [copy(self._rows[question_id]) for _, question_id in sorted(there)]

    async def list_helped(self, limit: int) -> list[Question]:
        return [one for one in self._newest_first() if one.state is QuestionState.HELPED][:limit]

    async def remove(self, question_ids: Collection[UUID]) -> None:
        for question_id in question_ids:
            self._rows.pop(question_id, None)
        for ask in [one for one in self._asks.values() if one.question_id in question_ids]:
            del self._asks[ask.id]
        for answer in [one for one in self._answers.values() if one.question_id in question_ids]:
            del self._answers[answer.id]

    async def list_old(self, asked: datetime, limit: int) -> list[UUID]:
        old = sorted((one.asked_at, one.id) for one in self._rows.values() if one.asked_at < asked)
        return [question_id for _, question_id in old][:limit]

    def _newest_first(self) -> list[Question]:
        by_id = sorted(self._rows.values(), key=lambda one: one.id)
        return [copy(one) for one in sorted(by_id, key=lambda one: one.asked_at, reverse=True)]


class InMemoryAsks:
    """Who was asked what, by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Ask] = tables.table("sparring_asks")

    async def get(self, ask_id: UUID) -> Ask | None:
        found = self._rows.get(ask_id)
        return copy(found) if found else None

    async def save(self, ask: Ask) -> None:
        self._rows[ask.id] = copy(ask)

    async def list_of(self, question_id: UUID) -> list[Ask]:
        return [one for one in self._in_order() if one.question_id == question_id]

    async def list_of_people(self, person_ids: Collection[UUID]) -> list[Ask]:
        return [one for one in self._in_order() if one.person_id in person_ids]

    async def forget_person(self, person_id: UUID) -> None:
        for ask in list(self._rows.values()):
            if ask.person_id == person_id:
                del self._rows[ask.id]
            elif ask.passed_by == person_id:
                self._rows[ask.id] = replace(ask, passed_by=None)

    def _in_order(self) -> list[Ask]:
        return [copy(one) for one in sorted(self._rows.values(), key=lambda one: (one.asked_at, one.id))]


class InMemoryAnswers:
    """Answers by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Answer] = tables.table("sparring_answers")

    async def get(self, answer_id: UUID) -> Answer | None:
        found = self._rows.get(answer_id)
        return copy(found) if found else None

    async def save(self, answer: Answer) -> None:
        self._rows[answer.id] = copy(answer)

    async def list_of(self, question_ids: Collection[UUID]) -> list[Answer]:
        theirs = (one for one in self._rows.values() if one.question_id in question_ids)
        return [copy(one) for one in sorted(theirs, key=lambda one: (one.placed_at, one.id))]

    async def forget_person(self, person_id: UUID) -> None:
        for answer in list(self._rows.values()):
            if answer.person_id == person_id:
                self._rows[answer.id] = replace(answer, person_id=None)


class HeldReplyDrafts:
    """What was answered by mail, by the token of its link."""

    def __init__(self) -> None:
        self.drafts: dict[str, ReplyDraft] = {}

    async def find(self, token: str) -> ReplyDraft | None:
        return self.drafts.get(token)

    async def settle(self, token: str) -> None:
        self.drafts.pop(token, None)


class KeepsSparring(MemoryUnit):
    """What colleagues ask each other, inside one transaction."""

    def __init__(self, context: MemoryContext) -> None:
        super().__init__(context)
        self.partners = InMemoryPartners(context.tables)
        self.questions = InMemoryQuestions(context.tables)
        self.asks = InMemoryAsks(context.tables)
        self.answers = InMemoryAnswers(context.tables)
