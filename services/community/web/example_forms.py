"""What the desk fills in for an example: codes, a first name of the list, and a text in its own words."""

from enum import StrEnum
from typing import Annotated, Final, Self
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.community.domain.example import FirstName, Told
from shared.events.alike_families import MOST_FACTS, Children, FamilyShape, HomeLanguage
from shared.events.base import AgeBand
from shared.web.city_codes import CityCode
from shared.web.forms import Form, empty_form, read_form
from shared.web.written import Lines, OneLine

# What fits on one A4 in large letters, with the questions for the table.
LONGEST_STORY: Final = 1_200
Story = Annotated[Lines, StringConstraints(max_length=LONGEST_STORY)]
Category = Annotated[str, CityCode("categories", "Deze hulp")]
District = Annotated[str, CityCode("districts", "Deze wijk")]


class ExampleChoice(StrEnum):
    """Only see how common it is, or hand it to a colleague."""

    LOOK = "look"
    KEEP = "keep"


class ExampleForm(BaseModel):
    """What many families have in common, and what is invented around it."""

    model_config = ConfigDict(extra="forbid")

    category: Category = Field(title="Welke hulp is er nodig?")
    alsoCategory: Category | None = Field(None, title="Welke hulp nog meer?")  # noqa: N815 - as on the page
    ageBand: AgeBand | None = Field(None, title="Hoe oud is het kind?")  # noqa: N815
    district: District | None = Field(None, title="Waar woont het gezin?")
    homeLanguage: HomeLanguage | None = Field(None, title="Welke taal spreekt het gezin thuis?")  # noqa: N815
    children: Children | None = Field(None, title="Voor hoeveel kinderen vroeg het gezin hulp?")
    called: FirstName | None = Field(None, title="Hoe heet het kind in het voorbeeld?")
    body: Story | None = Field(None, title="Wat is er aan de hand?", repr=False)
    choice: ExampleChoice = Field(title="Wat wil je?")

    @model_validator(mode="after")
    def _few(self) -> Self:
        if self.alsoCategory == self.category:
            raise ValueError("Je koos twee keer dezelfde hulp. Kies een andere, of laat de tweede leeg.")
        told = (self.category, self.alsoCategory, self.ageBand, self.district, self.homeLanguage, self.children)
        if sum(one is not None for one in told) > MOST_FACTS:
            raise ValueError(f"Kies samen niet meer dan {MOST_FACTS} dingen. Laat er een of twee leeg.")
        return self

    @property
    def shape(self) -> FamilyShape:
        """What is looked for."""
        return FamilyShape(
            categories=(self.category, *([self.alsoCategory] if self.alsoCategory else [])),
            age_band=self.ageBand,
            district=self.district,
            home_language=self.homeLanguage,
            children=self.children,
        )

    @property
    def told(self) -> Told | None:
        """As the domain knows it; None while a part is missing."""
        return Told(self.shape, self.called, self.body) if self.called and self.body else None


class VersionForm(BaseModel):
    """What somebody read."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(title="Versie", ge=1, le=1_000_000)


class ReturnForm(VersionForm):
    """Why not."""

    reason: OneLine = Field(title="Wat moet er anders?", examples=["Dit lijkt te veel op een gezin dat we kennen."])


class TableForm(BaseModel):
    """Which gathering."""

    model_config = ConfigDict(extra="forbid")

    gathering: UUID = Field(title="Voor welke bijeenkomst?")


def filled_in(told: Told) -> Form[ExampleForm]:
    """The form with what stands there now."""
    first, *others = told.shape.categories
    return empty_form(
        ExampleForm,
        category=first,
        alsoCategory=others[0] if others else None,
        ageBand=told.shape.age_band,
        district=told.shape.district,
        homeLanguage=told.shape.home_language,
        children=told.shape.children,
        called=told.called,
        body=told.body,
    )


async def _read_example(request: Request) -> Form[ExampleForm]:
    return await read_form(request, ExampleForm)


async def _read_version(request: Request) -> Form[VersionForm]:
    return await read_form(request, VersionForm)


async def _read_return(request: Request) -> Form[ReturnForm]:
    return await read_form(request, ReturnForm)


async def _read_table(request: Request) -> Form[TableForm]:
    return await read_form(request, TableForm)


PostedExample = Annotated[Form[ExampleForm], Depends(_read_example)]
PostedVersion = Annotated[Form[VersionForm], Depends(_read_version)]
PostedReturn = Annotated[Form[ReturnForm], Depends(_read_return)]
PostedTable = Annotated[Form[TableForm], Depends(_read_table)]
