"""What somebody fills in for their skills passport, what an endorser says, and whom the desk lets in."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.domain.passport import Helped, Source
from shared.web.forms import Form, read_form
from shared.web.written import EmailAddress, OneLine, PersonName, ShortLines


class SkillForm(BaseModel):
    """What somebody can."""

    model_config = ConfigDict(extra="forbid")

    name: OneLine = Field(title="Wat kun je?", examples=["Rustig blijven als het druk is"], repr=False)
    source: Source = Field(title="Waar heb je het geleerd?")
    example: ShortLines = Field(title="Geef een voorbeeld, in je eigen woorden", repr=False)


class EndorserForm(BaseModel):
    """Whom to ask for a word."""

    model_config = ConfigDict(extra="forbid")

    skill: UUID = Field(title="Wat wil je laten bevestigen?")
    endorser: PersonName = Field(title="Wie kan dit bevestigen?", examples=["Bas Verzonnen"], repr=False)
    email: EmailAddress = Field(title="E-mailadres", examples=["bas@fonds.example"], repr=False)


class Said(StrEnum):
    """Yes or no."""

    YES = "yes"
    NO = "no"


class SaidForm(BaseModel):
    """What an endorser says."""

    model_config = ConfigDict(extra="forbid")

    choice: Said = Field(title="Klopt dit?")


class HelpedForm(BaseModel):
    """The short question of the pilot."""

    model_config = ConfigDict(extra="forbid")

    helped: Helped = Field(title="Helpt het paspoort je?")


class PilotForm(BaseModel):
    """Whom the desk lets in."""

    model_config = ConfigDict(extra="forbid")

    person: UUID = Field(title="Voor wie?")


async def _read_skill(request: Request) -> Form[SkillForm]:
    return await read_form(request, SkillForm)


async def _read_endorser(request: Request) -> Form[EndorserForm]:
    return await read_form(request, EndorserForm)


async def _read_said(request: Request) -> Form[SaidForm]:
    return await read_form(request, SaidForm)


async def _read_helped(request: Request) -> Form[HelpedForm]:
    return await read_form(request, HelpedForm)


async def _read_pilot(request: Request) -> Form[PilotForm]:
    return await read_form(request, PilotForm)


PostedSkill = Annotated[Form[SkillForm], Depends(_read_skill)]
PostedEndorser = Annotated[Form[EndorserForm], Depends(_read_endorser)]
PostedSaid = Annotated[Form[SaidForm], Depends(_read_said)]
PostedHelped = Annotated[Form[HelpedForm], Depends(_read_helped)]
PostedPilot = Annotated[Form[PilotForm], Depends(_read_pilot)]
