"""What somebody says when it is their turn to host."""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shared.web.forms import Form, read_form


class TurnChoice(StrEnum):
    """What somebody says when it is their turn."""

    ACCEPT = "accept"
    DECLINE = "decline"
    SWAP = "swap"


class TurnForm(BaseModel):
    """One of the buttons of a turn."""

    model_config = ConfigDict(extra="forbid")

    choice: TurnChoice = Field(title="Wat wil je?")


async def _read_turn(request: Request) -> Form[TurnForm]:
    return await read_form(request, TurnForm)


PostedTurn = Annotated[Form[TurnForm], Depends(_read_turn)]
