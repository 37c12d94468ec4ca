"""A question to colleagues, without anything of a child: asked of a few at once, and answered, passed on or declined.

A question: asked → answered → helped; and turned into a request, or withdrawn. What did not help goes on to others.
An ask: sent → answered | passed on | declined | lapsed. Nobody reads who declined.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.events.base import Event
from shared.events.sparring import (
    SparringAnswerPlaced,
    SparringArticleAsked,
    SparringAskClosed,
    SparringColleagueAsked,
    SparringHelpAsked,
    SparringOfferedToKnowledgeBase,
    SparringPassedOn,
    SparringQuestionAsked,
    SparringQuestionHelped,
    SparringReminderDue,
    SparringTurnedIntoRequest,
    SparringUnanswered,
)

ENDED: Final = "Deze vraag is al klaar."
NOT_OPEN: Final = "Je hebt al geantwoord, of het is niet meer nodig."


class QuestionState(StrEnum):
    """Where a question stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    HELPED = "helped"
    TURNED = "turned-into-request"
    WITHDRAWN = "withdrawn"


OPEN: Final = frozenset({QuestionState.ASKED, QuestionState.ANSWERED})


class AskState(StrEnum):
    """What became of asking one person."""

    SENT = "sent"
    ANSWERED = "answered"
    PASSED_ON = "passed-on"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(slots=True)
class Question:
    """One of them. `person_id`: who asks; None: they left. `anonymous`: only the desk reads who asks.

    `district` may be empty: then it is of the whole city. `at_desk_since`: nobody answered, and the desk looks.
    """

    id: UUID
    person_id: UUID | None
    text: str
    expertise: str
    district: str
    language: str
    anonymous: bool
    asked_at: datetime
    state: QuestionState = QuestionState.ASKED
    at_desk_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody can still answer."""
        return self.state in OPEN

    @property
    def waits_for_colleagues(self) -> bool:
        """Whether others are asked when nobody answers; not once the desk looks for somebody."""
        return self.state is QuestionState.ASKED and self.at_desk_since is None

    def ask(self, at: datetime) -> list[Event]:
        """It is there."""
        return [SparringQuestionAsked(**self._fact(at), category=self.expertise)] if self.person_id else []

    def take(self, answer: "Answer", at: datetime) -> list[Event]:
        """There is an answer: whoever asks hears it. Raises NotInThisState."""
        self._must_be_open()
        self.state, self.at_desk_since = QuestionState.ANSWERED, None
        return [SparringAnswerPlaced(**self._fact(at), answer_id=answer.id)] if self.person_id else []

    def ask_whether_it_helped(self, at: datetime) -> list[Event]:
        """Once, while nobody said so."""
        if self.state is not QuestionState.ANSWERED or self.person_id is None:
            return []
        return [SparringHelpAsked(**self._fact(at))]

    def helped(self, at: datetime) -> list[Event]:
        """Whoever asked says so. Raises NotInThisState."""
        if self.state is not QuestionState.ANSWERED:
            raise NotInThisState("Er is nog geen antwoord, of deze vraag is al klaar.")
        self.state, self.at_desk_since = QuestionState.HELPED, None
        return [SparringQuestionHelped(**self._fact(at))]

    def did_not_help(self) -> None:
        """Others are asked. Raises NotInThisState."""
        if self.state is not QuestionState.ANSWERED:
            raise NotInThisState("Er is nog geen antwoord, of deze vraag is al klaar.")
        self.state = QuestionState.ASKED

    def turn(self, at: datetime) -> list[Event]:
        """It is asked for a family now; nothing of it goes along. Raises NotInThisState."""
        self._must_be_open()
        self.state, self.at_desk_since = QuestionState.TURNED, None
        return [SparringTurnedIntoRequest(**self._fact(at))]

    def withdraw(self) -> None:
        """Not any more. Raises NotInThisState."""
        self._must_be_open()
        self.state, self.at_desk_since = QuestionState.WITHDRAWN, None

    def go_to_desk(self, at: datetime) -> list[Event]:
        """Nobody answers: the desk looks for somebody, once."""
        if not self.waits_for_colleagues:
            return []
        self.at_desk_since = at
        return [SparringUnanswered(subject=self.id, occurred_at=at)]

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise NotInThisState(ENDED)

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {"subject": self.id, "occurred_at": at, "person_id": self.person_id}


@dataclass(slots=True)
class Ask:
    """One person asked. `passed_by`: the colleague who thought of this person."""

    id: UUID
    question_id: UUID
    person_id: UUID
    asked_at: datetime
    passed_by: UUID | None = None
    state: AskState = AskState.SENT
    reminded: bool = False

    @property
    def may_answer(self) -> bool:
        """Whether this person did not say anything yet; who was slow still may."""
        return self.state in {AskState.SENT, AskState.LAPSED}

    def send(self, question: Question, at: datetime) -> list[Event]:
        """A mail; who asks is in it unless that is not to be read."""
        who = None if question.anonymous else question.person_id
        return [SparringColleagueAsked(**self._fact(at), asked_by=who)]

    def remind(self, at: datetime) -> list[Event]:
        """Once."""
        if self.state is not AskState.SENT or self.reminded:
            return []
        self.reminded = True
        return [SparringReminderDue(**self._fact(at))]

    def answer(self) -> None:
        """There is one of this person. Raises NotInThisState."""
        self._settle(AskState.ANSWERED)

    def decline(self) -> None:
        """No; nobody asks why. Raises NotInThisState."""
        self._settle(AskState.DECLINED)

    def pass_on(self, other: "Ask", at: datetime) -> list[Event]:
        """Somebody else knows it better. Raises NotInThisState."""
        self._settle(AskState.PASSED_ON)
        return [SparringPassedOn(**self._fact(at), to_person_id=other.person_id)]

    def close(self, at: datetime) -> list[Event]:
        """The question is over: nobody answers it any more, by mail neither."""
        if self.state is AskState.SENT:
            self.state = AskState.LAPSED
        return [SparringAskClosed(**self._fact(at))]

    def _settle(self, state: AskState) -> None:
        if not self.may_answer:
            raise NotInThisState(NOT_OPEN)
        self.state = state

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {
            "subject": self.id, "occurred_at": at, "question_id": self.question_id, "person_id": self.person_id,
        }  # fmt: skip


@dataclass(slots=True)
class Answer:
    """What somebody answered. `for_article`: whoever asked agrees that it becomes an article; `offered`: so do both."""

    id: UUID
    question_id: UUID
    person_id: UUID | None
    text: str
    placed_at: datetime
    for_article: bool = False
    offered: bool = False

    def agree_on_article(self, at: datetime) -> list[Event]:
        """Whoever asked agrees; who answered is asked."""
        if self.for_article or self.person_id is None:
            return []
        self.for_article = True
        return [SparringArticleAsked(**self._fact(at))]

    def offer(self, at: datetime) -> list[Event]:
        """Whoever answered agrees, too. Raises NotInThisState."""
        if not self.for_article or self.offered:
            raise NotInThisState("Dit is al geregeld, of de vraagsteller wil het niet (meer).")
        self.offered = True
        return [SparringOfferedToKnowledgeBase(**self._fact(at))]

    def keep_between_us(self) -> None:
        """Whoever answered does not want it. Raises NotInThisState."""
        if not self.for_article or self.offered:
            raise NotInThisState("Dit is al geregeld, of de vraagsteller wil het niet (meer).")
        self.for_article = False

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {
            "subject": self.question_id, "occurred_at": at, "answer_id": self.id, "person_id": self.person_id,
        }  # fmt: skip
