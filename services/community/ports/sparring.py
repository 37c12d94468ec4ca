"""Questions to colleagues: whom they are asked of, and what was answered."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.sparring import Answer, Ask, Question
from services.community.domain.sparring_turn import Partner


class Partners(Protocol):
    """Who wants to be asked."""

    async def get(self, person_id: UUID) -> Partner | None:
        """None: this person does not want it."""

    async def save(self, partner: Partner) -> None:
        """As they are asked from now on."""

    async def remove(self, person_id: UUID) -> None:
        """They are asked no more."""

    async def hold_all(self, expertise: str) -> list[Partner]:
        """Those who know of this, by person, locked until the transaction ends: two questions do not both ask one."""

    async def read_all(self, expertise: str) -> list[Partner]:
        """The same, to look at."""


class Questions(Protocol):
    """The questions. Whoever changes an ask or an answer holds its question first."""

    async def get(self, question_id: UUID) -> Question | None:
        """One, locked until the transaction ends."""

    async def read(self, question_id: UUID) -> Question | None:
        """One, to look at."""

    async def save(self, question: Question) -> None:
        """Keep it."""

    async def list_of_person(self, person_id: UUID) -> list[Question]:
        """What this person asked, the newest first."""

    async def list_at_desk(self) -> list[Question]:
        """Those that nobody answered in time, the longest there first."""

    async def list_helped(self, limit: int) -> list[Question]:
        """Those that were answered so that it helped, the newest first."""

    async def remove(self, question_ids: Collection[UUID]) -> None:
        """For good, with who was asked and what was answered."""

    async def list_old(self, asked: datetime, limit: int) -> list[UUID]:
        """Those that were asked before this, the oldest first."""


class Asks(Protocol):
    """Who was asked what."""

    async def get(self, ask_id: UUID) -> Ask | None:
        """One."""

    async def save(self, ask: Ask) -> None:
        """Keep it."""

    async def list_of(self, question_id: UUID) -> list[Ask]:
        """Those of one question, the oldest first."""

    async def list_of_people(self, person_ids: Collection[UUID]) -> list[Ask]:
        """What these people were asked, the oldest first."""

    async def forget_person(self, person_id: UUID) -> None:
        """What this person was asked is gone, and that they passed something on."""


class Answers(Protocol):
    """What was answered."""

    async def get(self, answer_id: UUID) -> Answer | None:
        """One."""

    async def save(self, answer: Answer) -> None:
        """Keep it."""

    async def list_of(self, question_ids: Collection[UUID]) -> list[Answer]:
        """Those of these questions, the oldest first."""

    async def forget_person(self, person_id: UUID) -> None:
        """What this person answered stays, and nobody reads whose it was; nor is it asked of them any more."""


class SparringUnit(Protocol):
    """All of these, inside one transaction."""

    @property
    def partners(self) -> Partners: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def asks(self) -> Asks: ...
    @property
    def answers(self) -> Answers: ...
