"""What the desk writes of the shared vision, and how somebody signs it."""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shared.kernel.translatable import to_translate
from shared.web.forms import Form, read_form
from shared.web.written import Lines


class VisionForm(BaseModel):
    """The words of a version."""

    model_config = ConfigDict(extra="forbid")

    words: Lines = Field(title="Wat is onze visie?", examples=["Geen kind valt buiten het vangnet."])
    changes: Lines | None = Field(None, title="Wat is er anders dan in de vorige versie?")


class SignsFor(StrEnum):
    """On whose behalf."""

    ORGANISATION = "organisation"
    MYSELF = "myself"


class SignForm(BaseModel):
    """Which version somebody read, and for whom they sign."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(title=to_translate("Versie"), ge=1, le=10_000)
    signsFor: SignsFor = Field(title=to_translate("Voor wie onderteken je?"))  # noqa: N815 - as on the page


async def _read_vision(request: Request) -> Form[VisionForm]:
    return await read_form(request, VisionForm)


async def _read_sign(request: Request) -> Form[SignForm]:
    return await read_form(request, SignForm)


PostedVision = Annotated[Form[VisionForm], Depends(_read_vision)]
PostedSign = Annotated[Form[SignForm], Depends(_read_sign)]
