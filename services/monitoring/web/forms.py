"""What people choose on monitoring's pages. Nothing is typed, and nothing is chosen beforehand."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.monitoring.domain.escalation import Resolution
from shared.events.monitoring import FollowUpAnswer
from shared.web.forms import Form, read_form


class FollowUpForm(BaseModel):
    """How it goes with the child."""

    model_config = ConfigDict(extra="forbid")

    answer: FollowUpAnswer = Field(title="Je antwoord", examples=["Het gaat goed"])


class ResolveForm(BaseModel):
    """What was done about it."""

    model_config = ConfigDict(extra="forbid")

    resolution: Resolution = Field(title="Wat heb je gedaan?", examples=["Het mailadres is hersteld"])


async def _read_answer(request: Request) -> Form[FollowUpForm]:
    return await read_form(request, FollowUpForm)


async def _read_resolution(request: Request) -> Form[ResolveForm]:
    return await read_form(request, ResolveForm)


# Dependencies, so that the whole form is here before a transaction begins.
PostedAnswer = Annotated[Form[FollowUpForm], Depends(_read_answer)]
PostedResolution = Annotated[Form[ResolveForm], Depends(_read_resolution)]
