"""What the desk says of a preparation group."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shared.web.forms import Form, read_form


class PreparesForm(BaseModel):
    """Which gathering it prepares; none: it stands alone."""

    model_config = ConfigDict(extra="forbid")

    prepares: UUID | None = Field(None, title="Welke bijeenkomst bereidt deze groep voor?")


async def _read_prepares(request: Request) -> Form[PreparesForm]:
    return await read_form(request, PreparesForm)


PostedPrepares = Annotated[Form[PreparesForm], Depends(_read_prepares)]
