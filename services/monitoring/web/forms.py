"""What people fill in on monitoring's pages. Nothing is chosen beforehand."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.monitoring.web.narrowing import Narrowing
from shared.events.desk_codes import Resolution
from shared.events.monitoring import CallTime, FamilyMood, FollowUpAnswer
from shared.privacy.bsn import holds_bsn
from shared.web.forms import Form, Seen, read_form

MOST_LETTERS = 800
MOST_OF_A_QUERY = 500
EVERYTHING = "alles"


def _phone(typed: str) -> str:
    if sum(letter.isdigit() for letter in typed) < 6 or typed.strip("0123456789 +-()"):  # noqa: PLR2004 - an extension
        raise ValueError("Dit is geen telefoonnummer.")
    return typed


Phone = Annotated[str, StringConstraints(max_length=30), AfterValidator(_phone)]


def _no_bsn(typed: str) -> str:
    if holds_bsn(typed):
        raise ValueError("Hier lijkt een burgerservicenummer te staan. Laat dat weg.")
    return typed


Line = Annotated[str, StringConstraints(max_length=MOST_LETTERS), Seen, AfterValidator(_no_bsn)]


class WordsForm(BaseModel):
    """What is added in words: it goes to the vault of intake, and stays nowhere here."""

    model_config = ConfigDict(extra="forbid")

    phone: Phone | None = Field(None, title="Op welk nummer?", examples=["06 12 34 56 78"], repr=False)
    line: Line | None = Field(
        None,
        title="Wil je er iets bij zeggen?",
        examples=["De moeder is in de ochtend thuis."],
        repr=False,
    )

    def in_words(self) -> str:
        """Both together; empty when nothing was added."""
        return "\n".join(part for part in (f"Bel op {self.phone}." if self.phone else "", self.line or "") if part)


class FollowUpForm(WordsForm):
    """How it goes with the child, and with the family when it wants to say."""

    answer: FollowUpAnswer = Field(title="Je antwoord", examples=["Het gaat goed"])
    call_at: CallTime | None = Field(None, title="Wanneer?", examples=["In de ochtend"])
    family: FamilyMood | None = Field(None, title="Hoe gaat het met het gezin zelf?", examples=["Ongeveer hetzelfde"])


class ResolveForm(BaseModel):
    """What was done about it."""

    model_config = ConfigDict(extra="forbid")

    resolution: Resolution = Field(title="Wat heb je gedaan?", examples=["Het mailadres is hersteld"])


def _choices(query: str) -> str:
    """As the board itself writes them."""
    narrowing = Narrowing.of_query(query)
    _no_bsn(narrowing.zoek)
    if not narrowing.chosen():
        raise ValueError("Kies eerst iets op het bord, en bewaar het dan.")
    return narrowing.query()


class ViewForm(BaseModel):
    """A name for a choice of filters; nothing about a family."""

    model_config = ConfigDict(extra="forbid")

    query: Annotated[str, StringConstraints(max_length=MOST_OF_A_QUERY), AfterValidator(_choices)] = Field(
        title="Wat je koos op het bord", examples=["wijk=noord"]
    )
    title: Annotated[str, StringConstraints(max_length=40), Seen, AfterValidator(_no_bsn)] = Field(
        title="Hoe noem je deze weergave?", examples=["Noord, deze week"]
    )
    shared: Literal["self", "team"] = Field(title="Voor wie is deze weergave?", examples=["Alleen voor mij"])
    as_default: bool = Field(False, title="Begin hiermee als ik het bord open")


class DefaultViewForm(BaseModel):
    """With which view the board opens; EVERYTHING: with none."""

    model_config = ConfigDict(extra="forbid")

    view: UUID | Literal["alles"] = Field(title="Waarmee begint het bord?", examples=["Met alle aanvragen"])

    @property
    def view_id(self) -> UUID | None:
        """The view; None for everything."""
        return self.view if isinstance(self.view, UUID) else None


async def _read_view(request: Request) -> Form[ViewForm]:
    return await read_form(request, ViewForm)


async def _read_default(request: Request) -> Form[DefaultViewForm]:
    return await read_form(request, DefaultViewForm)


async def _read_answer(request: Request) -> Form[FollowUpForm]:
    return await read_form(request, FollowUpForm)


async def _read_words(request: Request) -> Form[WordsForm]:
    return await read_form(request, WordsForm)


async def _read_resolution(request: Request) -> Form[ResolveForm]:
    return await read_form(request, ResolveForm)


# Dependencies, so that the whole form is here before a transaction begins.
PostedAnswer = Annotated[Form[FollowUpForm], Depends(_read_answer)]
PostedWords = Annotated[Form[WordsForm], Depends(_read_words)]
PostedView = Annotated[Form[ViewForm], Depends(_read_view)]
PostedDefault = Annotated[Form[DefaultViewForm], Depends(_read_default)]
PostedResolution = Annotated[Form[ResolveForm], Depends(_read_resolution)]
