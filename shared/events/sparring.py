"""What community publishes of questions to colleagues; what is asked and answered, only community knows.

The subject is the question, or of a colleague who is asked that ask.
"""

from uuid import UUID

from shared.events.base import Code, Event


class SparringFact(Event):
    """Something about a question; `person_id`: who asks it."""

    person_id: UUID


class SparringQuestionAsked(SparringFact):
    """Somebody asks colleagues who know of this."""

    category: Code


class SparringAskFact(Event):
    """Something about a colleague who is asked, who is `person_id`; never that somebody said no."""

    question_id: UUID
    person_id: UUID


class SparringColleagueAsked(SparringAskFact):
    """This colleague is asked. `asked_by`: by whom; absent: only the desk may know."""

    asked_by: UUID | None = None


class SparringReminderDue(SparringAskFact):
    """There is no answer yet, and it is still of use: once."""


class SparringAskClosed(SparringAskFact):
    """Nothing is asked of this colleague any more: the question is over."""


class SparringPassedOn(SparringAskFact):
    """This colleague thinks that another one knows it better."""

    to_person_id: UUID


class SparringAnswerPlaced(SparringFact):
    """There is an answer: whoever asks hears it."""

    answer_id: UUID


class SparringHelpAsked(SparringFact):
    """Did the answer help? Asked once."""


class SparringQuestionHelped(SparringFact):
    """It did."""


class SparringUnanswered(Event):
    """Nobody answered in time: the desk looks for somebody."""


class SparringTurnedIntoRequest(SparringFact):
    """It is asked for a family now, in a request of its own; nothing of the question goes along."""


class SparringAnswerFact(Event):
    """About an answer to a question (the subject); `person_id`: who gave it."""

    answer_id: UUID
    person_id: UUID


class SparringArticleAsked(SparringAnswerFact):
    """Whoever asked agrees that it becomes an article; who answered is asked."""


class SparringOfferedToKnowledgeBase(SparringAnswerFact):
    """Both agree, and nothing in it is of a person: it can become an article."""
