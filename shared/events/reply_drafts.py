"""What somebody answered by mail: asked of notify by community, for the page where its writer places it.

`POST /internal/reply-drafts` gives what a link opens, `POST /internal/settled-reply-drafts` lets it go.
"""

from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from shared.events.http import Answer, Question

REPLY_DRAFTS: Final = "/internal/reply-drafts"
SETTLED_REPLY_DRAFTS: Final = "/internal/settled-reply-drafts"


class ReplyDraftQuestion(Question):
    """The token of the link in the mail to its writer."""

    token: Annotated[str, Field(min_length=1, max_length=100, repr=False)]


class ReplyDraftAnswer(Answer):
    """What it is about, whose it is and what it says; all empty: it is not there (any more)."""

    about_id: UUID | None = None
    person_id: UUID | None = None
    text: Annotated[str | None, Field(repr=False)] = None
