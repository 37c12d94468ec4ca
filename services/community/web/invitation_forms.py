"""What the desk and whoever is invited fill in."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shared.kernel.translatable import to_translate
from shared.web.forms import Form, read_form


class InviteForm(BaseModel):
    """Whom the desk asks."""

    model_config = ConfigDict(extra="forbid")

    people: frozenset[UUID] = Field(title="Wie nodig je uit?", min_length=1)


class DeclineForm(BaseModel):
    """Not this time."""

    model_config = ConfigDict(extra="forbid")

    choice: Literal["no"] = Field(title=to_translate("Wat wil je?"))


async def _read_invite(request: Request) -> Form[InviteForm]:
    return await read_form(request, InviteForm, many=("people",))


async def _read_decline(request: Request) -> Form[DeclineForm]:
    return await read_form(request, DeclineForm)


PostedInvite = Annotated[Form[InviteForm], Depends(_read_invite)]
PostedDecline = Annotated[Form[DeclineForm], Depends(_read_decline)]
