"""What notify asks community when it mails a colleague a question, at the moment of sending."""

from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from shared.events.http import Answer, Question

SPARRING_LETTERS: Final = "/internal/sparring-letters"


class SparringLetterQuestion(Question):
    """Of a mail to whoever is asked."""

    ask_id: UUID


class SparringLetterAnswer(Answer):
    """`no-longer-needed`: there is nothing to answer any more. Else `link` opens the answer to `question`."""

    state: Literal["deliver", "no-longer-needed"]
    link: str | None = Field(None, repr=False)
    question: str = Field("", repr=False)
