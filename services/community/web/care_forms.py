"""What somebody sets of how much they have in hand, and how they thank somebody."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.domain.thanks import HelpKind, ThanksForm
from shared.web.forms import Form, TypedDate, read_form
from shared.web.written import EmailAddress

MOST: int = 100


class LoadForm(BaseModel):
    """How much somebody wants to have in hand, and up to and with which day they rest."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(title="Hoeveel wil je tegelijk doen?", ge=1, le=MOST, examples=["5"])
    pausedUntil: TypedDate | None = Field(  # noqa: N815 - as on the page
        None, title="Tot en met welke dag wil je niets nieuws?", examples=["31-12-2026"]
    )


class ThankForm(BaseModel):
    """Whom, for what, and how."""

    model_config = ConfigDict(extra="forbid")

    address: EmailAddress = Field(title="Wie wil je bedanken?", examples=["noor@school.example"], repr=False)
    kind: HelpKind = Field(title="Waarvoor?")
    form: ThanksForm = Field(title="Hoe bedank je?")


async def _read_load(request: Request) -> Form[LoadForm]:
    return await read_form(request, LoadForm)


async def _read_thank(request: Request) -> Form[ThankForm]:
    return await read_form(request, ThankForm)


PostedLoad = Annotated[Form[LoadForm], Depends(_read_load)]
PostedThank = Annotated[Form[ThankForm], Depends(_read_thank)]
