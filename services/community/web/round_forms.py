"""What is filled in during a round at a gathering."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.community.domain.needs_round import Way
from shared.kernel.translatable import to_translate
from shared.web.forms import Form, TypedDate, read_form
from shared.web.written import OneLine

MOST_VOTES: Final = 2000


class WishForm(BaseModel):
    """What somebody would like."""

    model_config = ConfigDict(extra="forbid")

    wish: OneLine = Field(title=to_translate("Waar heb jij behoefte aan?"), examples=["Een plek om samen te koken"])
    way: Way = Field(Way.PAGE, title=to_translate("Hoe kwam het binnen?"))


class GroupForm(BaseModel):
    """What belongs together, or goes."""

    model_config = ConfigDict(extra="forbid")

    wishes: frozenset[UUID] = Field(title="Wat hoort bij elkaar?", min_length=1)
    choice: Literal["group", "remove"] = Field("group", title="Wat wil je?")
    title: OneLine | None = Field(None, title="Hoe noem je dat?", examples=["Samen eten"])

    @model_validator(mode="after")
    def _has_a_name(self) -> "GroupForm":
        if self.choice == "group" and self.title is None:
            raise ValueError("Geef een naam aan wat bij elkaar hoort.")
        return self


class RemovalForm(BaseModel):
    """What stands under a subject, and goes."""

    model_config = ConfigDict(extra="forbid")

    wishes: frozenset[UUID] = Field(title="Wat moet weg?", min_length=1)


class TitleForm(BaseModel):
    """Another name for a subject."""

    model_config = ConfigDict(extra="forbid")

    title: OneLine = Field(title="Hoe noem je dat?", examples=["Samen eten"])


class VotesForm(BaseModel):
    """Hands or stickers."""

    model_config = ConfigDict(extra="forbid")

    votes: int = Field(title="Hoeveel stemmen?", ge=0, le=MOST_VOTES, examples=[12])


class OutcomeForm(BaseModel):
    """What becomes of it."""

    model_config = ConfigDict(extra="forbid")

    outcome: OneLine = Field(title="Wat spreken jullie af?", examples=["Elke maand een kookavond"])
    owner: OneLine = Field(title="Welke organisatie pakt het op?", examples=["Buurthuis De Boei"])
    due: TypedDate = Field(title="Wanneer is het klaar?", examples=["31-12-2026"])


class ClosingForm(BaseModel):
    """How it ended."""

    model_config = ConfigDict(extra="forbid")

    done: bool = Field(title="Is het gelukt?")


async def _read_group(request: Request) -> Form[GroupForm]:
    return await read_form(request, GroupForm, many=("wishes",))


async def _read_removal(request: Request) -> Form[RemovalForm]:
    return await read_form(request, RemovalForm, many=("wishes",))


async def _read_title(request: Request) -> Form[TitleForm]:
    return await read_form(request, TitleForm)


async def _read_votes(request: Request) -> Form[VotesForm]:
    return await read_form(request, VotesForm)


async def _read_outcome(request: Request) -> Form[OutcomeForm]:
    return await read_form(request, OutcomeForm)


async def _read_closing(request: Request) -> Form[ClosingForm]:
    return await read_form(request, ClosingForm)


PostedGroup = Annotated[Form[GroupForm], Depends(_read_group)]
PostedRemoval = Annotated[Form[RemovalForm], Depends(_read_removal)]
PostedTitle = Annotated[Form[TitleForm], Depends(_read_title)]
PostedVotes = Annotated[Form[VotesForm], Depends(_read_votes)]
PostedOutcome = Annotated[Form[OutcomeForm], Depends(_read_outcome)]
PostedClosing = Annotated[Form[ClosingForm], Depends(_read_closing)]
