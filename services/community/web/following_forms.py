"""What somebody follows, and what a gathering is about."""

from enum import StrEnum
from typing import Annotated, Final

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from shared.kernel.city import City
from shared.kernel.translatable import to_translate
from shared.web.city_codes import CityCode
from shared.web.forms import Form, read_form
from shared.web.written import EmailAddress

MANY: Final = ("themes",)
Theme = Annotated[str, CityCode("category_groups", "Dit thema")]


class ThemesForm(BaseModel):
    """Some of them, or none."""

    model_config = ConfigDict(extra="forbid")

    themes: frozenset[Theme] = Field(frozenset(), title=to_translate("Welke thema's?"))


class FollowForm(BaseModel):
    """What somebody without an account wants to follow."""

    model_config = ConfigDict(extra="forbid")

    themes: frozenset[Theme] = Field(title=to_translate("Welke thema's wil je volgen?"), min_length=1)
    email: EmailAddress = Field(title=to_translate("Je e-mailadres"), examples=["noor@school.example"], repr=False)


class FollowChoice(StrEnum):
    """What somebody does behind a mailed link."""

    CONFIRM = "confirm"
    CHANGE = "change"
    STOP = "stop"


class ChoiceForm(ThemesForm):
    """One of its buttons, with what is ticked beside it."""

    choice: FollowChoice = Field(title=to_translate("Wat wil je?"))


def theme_options(city: City) -> list[tuple[str, str]]:
    """What can be followed: the groups that the city puts needs in."""
    return city.category_groups.options


async def _read_choice(request: Request) -> Form[ChoiceForm]:
    return await read_form(request, ChoiceForm, many=MANY)


async def _read_themes(request: Request) -> Form[ThemesForm]:
    return await read_form(request, ThemesForm, many=MANY)


async def read_follow(request: Request) -> Form[FollowForm]:
    """What is ticked, and an address."""
    return await read_form(request, FollowForm, many=MANY)


PostedThemes = Annotated[Form[ThemesForm], Depends(_read_themes)]
PostedChoice = Annotated[Form[ChoiceForm], Depends(_read_choice)]
