"""What whoever votes chooses, and what the desk does with the votes."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.domain.voting import VOTES_EACH
from shared.kernel.translatable import to_translate
from shared.web.forms import Form, read_form


class VotingChoice(StrEnum):
    """People vote, or the votes are counted."""

    OPEN = "open"
    CLOSE = "close"


class VotingForm(BaseModel):
    """One of the desk's buttons."""

    model_config = ConfigDict(extra="forbid")

    choice: VotingChoice = Field(title="Wat wil je?")


class BallotForm(BaseModel):
    """What somebody chooses; nothing takes back what was chosen before."""

    model_config = ConfigDict(extra="forbid")

    subjects: frozenset[UUID] = Field(frozenset(), title=to_translate("Wat kies je?"), max_length=VOTES_EACH)


async def _read_voting(request: Request) -> Form[VotingForm]:
    return await read_form(request, VotingForm)


async def _read_ballot(request: Request) -> Form[BallotForm]:
    return await read_form(request, BallotForm, many=("subjects",))


PostedVoting = Annotated[Form[VotingForm], Depends(_read_voting)]
PostedBallot = Annotated[Form[BallotForm], Depends(_read_ballot)]
