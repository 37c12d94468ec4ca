"""What somebody who is asked in turn, to host or as an expert by experience, fills in."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from shared.web.forms import Form, TypedDate, read_form


class InTurnChoice(StrEnum):
    """Whether somebody wants to be asked."""

    JOIN = "join"
    PAUSE = "pause"
    STOP = "stop"


class InTurnForm(BaseModel):
    """From now on, not for a while, or no more."""

    model_config = ConfigDict(extra="forbid")

    choice: InTurnChoice = Field(title="Wat wil je?")
    until: TypedDate | None = Field(None, title="Tot en met welke dag wil je rust?", examples=["31-12-2026"])

    @model_validator(mode="after")
    def _says_until_when(self) -> "InTurnForm":
        if self.choice is InTurnChoice.PAUSE and self.until is None:
            raise ValueError("Vul in tot en met welke dag je rust wilt.")
        return self

    @property
    def paused_until(self) -> date | None:
        """Nothing when somebody goes on."""
        return self.until if self.choice is InTurnChoice.PAUSE else None


async def _read_in_turn(request: Request) -> Form[InTurnForm]:
    return await read_form(request, InTurnForm)


PostedInTurn = Annotated[Form[InTurnForm], Depends(_read_in_turn)]
