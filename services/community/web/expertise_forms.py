"""What somebody who is asked as an expert by experience fills in, and what the desk offers them."""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shared.web.forms import Form, read_form
from shared.web.written import OneLine


class AskForm(BaseModel):
    """What they get for it."""

    model_config = ConfigDict(extra="forbid")

    thanks: OneLine = Field(title="Wat krijgt deze persoon ervoor?", examples=["€ 50, en je reis wordt betaald"])


class AskChoice(StrEnum):
    """What somebody says when they are asked."""

    AGREE = "agree"
    DECLINE = "decline"


class AnswerForm(BaseModel):
    """One of the buttons."""

    model_config = ConfigDict(extra="forbid")

    choice: AskChoice = Field(title="Wat wil je?")


async def _read_ask(request: Request) -> Form[AskForm]:
    return await read_form(request, AskForm)


async def _read_answer(request: Request) -> Form[AnswerForm]:
    return await read_form(request, AnswerForm)


PostedAsk = Annotated[Form[AskForm], Depends(_read_ask)]
PostedAnswer = Annotated[Form[AnswerForm], Depends(_read_answer)]
