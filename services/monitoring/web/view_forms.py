"""What people fill in to give a choice on the board a name, or to begin with it."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Depends, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.monitoring.web.forms import no_bsn
from services.monitoring.web.narrowing import Narrowing
from shared.web.forms import Form, Seen, read_form

MOST_OF_A_QUERY: Final = 800
EVERYTHING: Final = "alles"


def _choices(query: str) -> str:
    """As the board itself writes them."""
    narrowing = Narrowing.of_query(query)
    no_bsn(narrowing.zoek)
    if not narrowing.chosen():
        raise ValueError("Kies eerst iets op het bord, en bewaar het dan.")
    return narrowing.query()


class ViewForm(BaseModel):
    """A name for a choice of filters; nothing about a family."""

    model_config = ConfigDict(extra="forbid")

    query: Annotated[str, StringConstraints(max_length=MOST_OF_A_QUERY), AfterValidator(_choices)] = Field(
        title="Wat je koos op het bord", examples=["wijk=noord"]
    )
    title: Annotated[str, StringConstraints(max_length=40), Seen, AfterValidator(no_bsn)] = Field(
        title="Hoe noem je deze weergave?", examples=["Noord, deze week"]
    )
    shared: Literal["self", "team"] = Field(title="Voor wie is deze weergave?", examples=["Alleen voor mij"])
    as_default: bool = Field(False, title="Begin hiermee als ik het bord open")


class DefaultViewForm(BaseModel):
    """With which view the board opens; EVERYTHING: with none."""

    model_config = ConfigDict(extra="forbid")

    view: UUID | Literal["alles"] = Field(title="Waarmee begint het bord?", examples=["Met alle aanvragen"])

    @property
    def view_id(self) -> UUID | None:
        """The view; None for everything."""
        return self.view if isinstance(self.view, UUID) else None


async def _read_view(request: Request) -> Form[ViewForm]:
    return await read_form(request, ViewForm)


async def _read_default(request: Request) -> Form[DefaultViewForm]:
    return await read_form(request, DefaultViewForm)


PostedView = Annotated[Form[ViewForm], Depends(_read_view)]
PostedDefault = Annotated[Form[DefaultViewForm], Depends(_read_default)]
