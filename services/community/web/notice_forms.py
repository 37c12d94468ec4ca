"""What an organisation fills in that asks or offers something, or replies to that."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.domain.notice import Good, Notice, Side, Wanted
from shared.web.city_codes import CityCode
from shared.web.forms import Form, TypedDate, read_form
from shared.web.written import OneLine

District = Annotated[str, CityCode("districts", "Deze wijk")]


class UntilForm(BaseModel):
    """Its last day."""

    model_config = ConfigDict(extra="forbid")

    until: TypedDate = Field(title="Tot en met welke dag?", examples=["31-12-2026"])


class NoticeForm(UntilForm):
    """What is asked or offered."""

    side: Side = Field(title="Zoeken jullie iets, of bieden jullie iets aan?")
    good: Good = Field(title="Wat is het?")
    about: OneLine = Field(title="Vertel er kort iets over", examples=["Een zaal voor twintig mensen, op dinsdag."])
    district: District | None = Field(None, title="In welke wijk?")

    @property
    def wanted(self) -> Wanted:
        """As the domain knows it."""
        return Wanted(self.side, self.good, self.about, self.district, self.until)


class Ended(StrEnum):
    """How it ends."""

    HELPED = "helped"
    NOT_HELPED = "not-helped"
    WITHDRAW = "withdraw"


class EndedForm(BaseModel):
    """One of its buttons."""

    model_config = ConfigDict(extra="forbid")

    choice: Ended = Field(title="Heeft het geholpen?")


class WhichForm(BaseModel):
    """To which one somebody replies."""

    model_config = ConfigDict(extra="forbid")

    notice: UUID = Field(title="Waarop reageer je?")


class ReplyChoice(StrEnum):
    """What is said to a reply."""

    YES = "yes"
    NO = "no"


class ReplyForm(BaseModel):
    """One of its buttons."""

    model_config = ConfigDict(extra="forbid")

    choice: ReplyChoice = Field(title="Wat wil je?")


class Looked(BaseModel):
    """What somebody looks for; what is no choice of the page counts as not looked for."""

    soort: Side | Literal[""] = Field("", title="Gezocht of aangeboden")
    wat: Good | Literal[""] = Field("", title="Wat")
    wijk: District | None = Field(None, title="Wijk")

    def fits(self, notice: Notice) -> bool:
        """Whether this is shown; what is for the whole city is shown in each district."""
        wanted = notice.wanted
        return (
            self.soort in {"", wanted.side}
            and self.wat in {"", wanted.good}
            and (self.wijk is None or wanted.area in {None, self.wijk})
        )


def _read_looked(soort: str = Query(""), wat: str = Query(""), wijk: str = Query("")) -> Looked:
    return Looked.model_construct(
        soort=Side(soort) if soort in set(Side) else "", wat=Good(wat) if wat in set(Good) else "", wijk=wijk or None
    )


async def _read_notice(request: Request) -> Form[NoticeForm]:
    return await read_form(request, NoticeForm)


async def _read_until(request: Request) -> Form[UntilForm]:
    return await read_form(request, UntilForm)


async def _read_ended(request: Request) -> Form[EndedForm]:
    return await read_form(request, EndedForm)


async def _read_which(request: Request) -> Form[WhichForm]:
    return await read_form(request, WhichForm)


async def _read_reply(request: Request) -> Form[ReplyForm]:
    return await read_form(request, ReplyForm)


LookedFor = Annotated[Looked, Depends(_read_looked)]
PostedNotice = Annotated[Form[NoticeForm], Depends(_read_notice)]
PostedUntil = Annotated[Form[UntilForm], Depends(_read_until)]
PostedEnded = Annotated[Form[EndedForm], Depends(_read_ended)]
PostedWhich = Annotated[Form[WhichForm], Depends(_read_which)]
PostedReply = Annotated[Form[ReplyForm], Depends(_read_reply)]
