"""What people fill in for the knowledge base."""

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.domain.article import About, Article, ArticleKind, Owner
from services.community.domain.edition import Words
from shared.kernel.translatable import to_translate
from shared.web.city_codes import CityCode
from shared.web.forms import Form, empty_form, read_form
from shared.web.written import OneLine, PageOfText, ShortLines

MANY: Final = ("categories", "signals")
Category = Annotated[str, CityCode("categories", "Deze hulp")]
Signal = Annotated[str, CityCode("signals", "Dit signaal")]


class AboutForm(BaseModel):
    """What an article is for."""

    model_config = ConfigDict(extra="forbid")

    kind: ArticleKind = Field(title="Wat voor artikel is het?")
    categories: frozenset[Category] = Field(frozenset(), title="Over welke hulp gaat het?")
    signals: frozenset[Signal] = Field(frozenset(), title="Bij welk signaal past het?")
    followsLaw: bool = Field(default=False, title="Hangt het af van regels of bedragen?")  # noqa: N815 - as on the page

    @property
    def about(self) -> About:
        """As the domain knows it."""
        return About(self.kind, self.categories, self.signals, self.followsLaw)


class ArticleForm(AboutForm):
    """An article as somebody writes it."""

    title: OneLine = Field(title="Welke vraag beantwoord je?", examples=["Hoe regel je een fiets voor een kind?"])
    body: PageOfText = Field(title="De tekst", examples=["Vraag het fietsenfonds. Dat kan online."])

    @property
    def words(self) -> Words:
        """As the domain knows them."""
        return Words(self.title, self.body)


class ReadVersionForm(BaseModel):
    """Which version somebody read."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(title="Versie", ge=1, le=1_000_000)


class SendBackForm(ReadVersionForm):
    """What has to change."""

    comment: OneLine = Field(title="Wat moet er anders?", examples=["Zeg ook wat je nodig hebt om aan te vragen."])


class ArticleFeedbackForm(BaseModel):
    """Whether it was of use."""

    model_config = ConfigDict(extra="forbid")

    helpful: bool = Field(title=to_translate("Had je hier iets aan?"))
    remark: ShortLines | None = Field(None, title=to_translate("Wat miste je?"), repr=False)


class ReviewChoice(StrEnum):
    """What an owner says of an article."""

    HOLDS = "holds"
    CHANGE = "change"
    WITHDRAW = "withdraw"


class ReviewForm(BaseModel):
    """One of three buttons."""

    model_config = ConfigDict(extra="forbid")

    choice: ReviewChoice = Field(title="Klopt dit artikel nog?")


class WithdrawForm(BaseModel):
    """Why it goes, and what to read in its place."""

    model_config = ConfigDict(extra="forbid")

    reason: OneLine = Field(title="Waarom gaat het weg?", examples=["De regeling bestaat niet meer."])
    pointer: UUID | None = Field(None, title="Wat lees je in plaats hiervan?")


class OwnerForm(AboutForm):
    """Whose it is."""

    organisation: UUID = Field(title="Van welke organisatie?")
    person: UUID = Field(title="Wie beheert het?")
    deputy: UUID | None = Field(None, title="Wie valt in?")

    @property
    def owner(self) -> Owner:
        """As the domain knows it."""
        return Owner(self.organisation, self.person, self.deputy if self.deputy != self.person else None)


def filled_in(article: Article, words: Words) -> Form[ArticleForm]:
    """The form with what stands there now."""
    about = article.about
    return empty_form(
        ArticleForm,
        kind=about.kind,
        categories=sorted(about.categories),
        signals=sorted(about.signals),
        followsLaw="true" if about.follows_law else "",
        title=words.title,
        body=words.body,
    )


async def _read_article(request: Request) -> Form[ArticleForm]:
    return await read_form(request, ArticleForm, many=MANY)


async def _read_version(request: Request) -> Form[ReadVersionForm]:
    return await read_form(request, ReadVersionForm)


async def _read_send_back(request: Request) -> Form[SendBackForm]:
    return await read_form(request, SendBackForm)


async def read_feedback(request: Request) -> Form[ArticleFeedbackForm]:
    """What a reader says."""
    return await read_form(request, ArticleFeedbackForm)


async def _read_review(request: Request) -> Form[ReviewForm]:
    return await read_form(request, ReviewForm)


async def _read_withdraw(request: Request) -> Form[WithdrawForm]:
    return await read_form(request, WithdrawForm)


async def _read_owner(request: Request) -> Form[OwnerForm]:
    return await read_form(request, OwnerForm, many=MANY)


PostedArticle = Annotated[Form[ArticleForm], Depends(_read_article)]
PostedReadVersion = Annotated[Form[ReadVersionForm], Depends(_read_version)]
PostedSendBack = Annotated[Form[SendBackForm], Depends(_read_send_back)]
PostedReview = Annotated[Form[ReviewForm], Depends(_read_review)]
PostedWithdraw = Annotated[Form[WithdrawForm], Depends(_read_withdraw)]
PostedOwner = Annotated[Form[OwnerForm], Depends(_read_owner)]
