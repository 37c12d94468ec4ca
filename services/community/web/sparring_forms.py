"""What somebody fills in to ask colleagues, to answer, and to be asked."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.domain.sparring_turn import Partner
from services.community.handlers.sparring import AskColleagues
from shared.events.base import Horizon
from shared.web.city_codes import CityCode
from shared.web.forms import Form, TypedDate, read_form
from shared.web.written import Lines, OneLine

Expertise = Annotated[str, CityCode("categories", "Dit")]
District = Annotated[str, CityCode("districts", "Deze wijk")]
Language = Annotated[str, CityCode("languages", "Deze taal")]


class AskChoice(StrEnum):
    """First see what was answered before, or ask."""

    LOOK = "look"
    ASK = "ask"


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid")

    noNames: frozenset[OneLine] = Field(  # noqa: N815 - as on the page
        frozenset(), title="Is dit een naam van iemand?", max_length=20, repr=False
    )


class QuestionForm(_Written):
    """A question, and for whom it is."""

    text: Lines = Field(title="Wat wil je vragen?", examples=["Hoe begin je een gesprek over geld?"], repr=False)
    expertise: Expertise = Field(title="Waar gaat het over?")
    district: District | None = Field(None, title="In welke wijk?")
    language: Language = Field(title="In welke taal?")
    anonymous: bool = Field(False, title="Vraag zonder je naam")
    choice: AskChoice = Field(AskChoice.LOOK, title="Wat wil je?")

    @property
    def command(self) -> AskColleagues:
        """As the handler takes it."""
        return AskColleagues(
            self.text, self.expertise, self.district or "", self.language, self.anonymous, self.noNames
        )


class AnswerForm(_Written):
    """What somebody answers."""

    text: Lines = Field(title="Wat is je antwoord?", examples=["Begin met iets wat goed gaat."], repr=False)


class PassOnForm(BaseModel):
    """Who knows it better."""

    model_config = ConfigDict(extra="forbid")

    person: UUID = Field(title="Welke collega weet dit?")


class HelpedChoice(StrEnum):
    """Whether it helped."""

    YES = "yes"
    NOT_YET = "not-yet"


class HelpedForm(BaseModel):
    """One of the buttons; and whether it may become an article."""

    model_config = ConfigDict(extra="forbid")

    choice: HelpedChoice = Field(title="Hielp het?")
    article: bool = Field(False, title="Het mag in de kennisbank")


class RequestForm(BaseModel):
    """All that goes along to a request."""

    model_config = ConfigDict(extra="forbid")

    horizon: Horizon = Field(title="Voor nu of voor langere tijd?")


class ArticleChoice(StrEnum):
    """Whether an answer becomes an article."""

    OFFER = "offer"
    KEEP = "keep"


class ArticleConsentForm(_Written):
    """One of the buttons."""

    choice: ArticleChoice = Field(title="Wat wil je?")


class PartnerChoice(StrEnum):
    """Be asked, or no more."""

    SAVE = "save"
    STOP = "stop"


class PartnerForm(BaseModel):
    """Of what somebody knows, where, and in which languages."""

    model_config = ConfigDict(extra="forbid")

    expertise: frozenset[Expertise] = Field(frozenset(), title="Waar weet je veel van?", max_length=40)
    districts: frozenset[District] = Field(frozenset(), title="In welke wijken werk je?", max_length=100)
    languages: frozenset[Language] = Field(frozenset(), title="Welke talen lees en schrijf je?", max_length=40)
    pausedUntil: TypedDate | None = Field(None, title="Tot en met welke dag wil je rust?")  # noqa: N815
    choice: PartnerChoice = Field(title="Wat wil je?")

    def partner(self, person_id: UUID) -> Partner:
        """As the domain knows it."""
        paused: date | None = self.pausedUntil
        return Partner(person_id, self.expertise, self.districts, self.languages, paused)


async def _read_question(request: Request) -> Form[QuestionForm]:
    return await read_form(request, QuestionForm, many=("noNames",))


async def _read_answer(request: Request) -> Form[AnswerForm]:
    return await read_form(request, AnswerForm, many=("noNames",))


async def _read_pass_on(request: Request) -> Form[PassOnForm]:
    return await read_form(request, PassOnForm)


async def _read_helped(request: Request) -> Form[HelpedForm]:
    return await read_form(request, HelpedForm)


async def _read_request(request: Request) -> Form[RequestForm]:
    return await read_form(request, RequestForm)


async def _read_article(request: Request) -> Form[ArticleConsentForm]:
    return await read_form(request, ArticleConsentForm, many=("noNames",))


async def _read_partner(request: Request) -> Form[PartnerForm]:
    return await read_form(request, PartnerForm, many=("expertise", "districts", "languages"))


PostedQuestion = Annotated[Form[QuestionForm], Depends(_read_question)]
PostedAnswer = Annotated[Form[AnswerForm], Depends(_read_answer)]
PostedPassOn = Annotated[Form[PassOnForm], Depends(_read_pass_on)]
PostedHelped = Annotated[Form[HelpedForm], Depends(_read_helped)]
PostedRequest = Annotated[Form[RequestForm], Depends(_read_request)]
PostedArticleConsent = Annotated[Form[ArticleConsentForm], Depends(_read_article)]
PostedPartner = Annotated[Form[PartnerForm], Depends(_read_partner)]
