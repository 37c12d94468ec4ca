"""What somebody does with a calendar to subscribe to."""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shared.kernel.translatable import to_translate
from shared.web.forms import Form, read_form


class FeedChoice(StrEnum):
    """A (new) link, or none any more."""

    MAKE = "make"
    STOP = "stop"


class FeedForm(BaseModel):
    """One of its buttons."""

    model_config = ConfigDict(extra="forbid")

    choice: FeedChoice = Field(title=to_translate("Wat wil je?"))


async def _read_feed(request: Request) -> Form[FeedForm]:
    return await read_form(request, FeedForm)


PostedFeed = Annotated[Form[FeedForm], Depends(_read_feed)]
