"""What somebody who wants to come fills in, and changes later behind the mailed link."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.commands import ChangeSignUp
from services.community.domain.sign_up import SIGN_LANGUAGE, AccessNeed, ComesAs, Food, Needs, SeenBy, SignUp
from services.community.web.forms import Language
from services.community.web.words import ACCESS, COMES_AS, FOOD, SEEN_BY, SIGN_LANGUAGE_WORDS
from shared.kernel.translatable import to_translate
from shared.web.forms import Form, empty_form, read_form
from shared.web.languages import translated
from shared.web.written import EmailAddress, OneLine, PersonName, ShortLines

MOST_CHILDREN: Final = 12
MANY: Final = ("access", "diet")


class AboutMeForm(BaseModel):
    """What whoever comes tells, and can change. `interpreter` is not required, nor is anything else but a name."""

    model_config = ConfigDict(extra="forbid")

    name: PersonName = Field(title=to_translate("Je naam"), examples=["Noor Verzonnen"], repr=False)
    organisation: OneLine | None = Field(None, title=to_translate("Waar werk je of help je?"), repr=False)
    topic: ShortLines | None = Field(None, title=to_translate("Waar wil je het over hebben?"), repr=False)
    seenBy: SeenBy = Field(SeenBy.NOBODY, title=to_translate("Wie mag zien dat je komt?"))  # noqa: N815 - as on the page
    comesAs: ComesAs = Field(ComesAs.NOT_TOLD, title=to_translate("Hoe kom je?"), repr=False)  # noqa: N815 - as on the page
    access: frozenset[AccessNeed] = Field(
        frozenset(), title=to_translate("Wat heb je nodig om mee te doen?"), repr=False
    )
    other: ShortLines | None = Field(None, title=to_translate("Heb je nog iets anders nodig?"), repr=False)
    interpreter: Language | None = Field(None, title=to_translate("Wil je een tolk?"), repr=False)
    signs: bool = Field(False, title=SIGN_LANGUAGE_WORDS, repr=False)
    diet: frozenset[Food] = Field(frozenset(), title=to_translate("Wat eet je?"), repr=False)
    childcare: int = Field(
        0, title=to_translate("Hoeveel plekken heb je nodig in de opvang?"), ge=0, le=MOST_CHILDREN, examples=[2]
    )

    @property
    def needs(self) -> Needs:
        """As the domain knows them."""
        interpreter = SIGN_LANGUAGE if self.signs else self.interpreter or ""
        return Needs(self.access, self.other or "", self.childcare, interpreter, self.diet)

    def change(self, seat_id: UUID) -> ChangeSignUp:
        """As the domain knows it."""
        return ChangeSignUp(
            seat_id,
            self.name,
            self.organisation or "",
            self.topic or "",
            needs=self.needs,
            seen_by=self.seenBy,
            comes_as=self.comesAs,
        )


class SignUpForm(AboutMeForm):
    """Whoever wants to come."""

    email: EmailAddress = Field(title=to_translate("Je e-mailadres"), examples=["noor@school.example"], repr=False)

    @property
    def sign_up(self) -> SignUp:
        """As the domain knows it."""
        return SignUp(
            self.name,
            self.email,
            self.organisation or "",
            self.topic or "",
            needs=self.needs,
            seen_by=self.seenBy,
            comes_as=self.comesAs,
        )


class SeatChoice(StrEnum):
    """What somebody does with their seat."""

    CONFIRM = "confirm"
    ACCEPT = "accept"
    CANCEL = "cancel"
    AGREE = "agree"
    DECLINE = "decline"


class ChoiceForm(BaseModel):
    """One of the buttons of a seat."""

    model_config = ConfigDict(extra="forbid")

    choice: SeatChoice = Field(title=to_translate("Wat wil je?"))
    named: bool = Field(False, title=to_translate("Mijn naam mag op de site"))


def empty_sign_up(**known: str) -> Form[SignUpForm]:
    """The form as it begins: nobody reads that this person comes, nor as what."""
    return empty_form(SignUpForm, seenBy=SeenBy.NOBODY.value, comesAs=ComesAs.NOT_TOLD.value, **known)


def as_told(told: SignUp) -> Form[AboutMeForm]:
    """The form as it was filled in last."""
    needs = told.needs
    signs = needs.interpreter == SIGN_LANGUAGE
    return empty_form(
        AboutMeForm,
        name=told.name,
        organisation=told.organisation,
        topic=told.topic,
        seenBy=told.seen_by.value,
        comesAs=told.comes_as.value,
        access=[one.value for one in needs.access],
        other=needs.other,
        interpreter="" if signs else needs.interpreter,
        signs="true" if signs else None,
        diet=[one.value for one in needs.diet],
        childcare=needs.childcare or "",
    )


def sign_up_choices(*, speaks: bool = False) -> dict[str, Any]:
    """What the form lets somebody choose from; only whoever speaks can stand on the site."""
    seen_by = {one: words for one, words in SEEN_BY.items() if speaks or one is not SeenBy.EVERYBODY}
    choices: dict[str, Mapping[Any, str]] = {"access": ACCESS, "diet": FOOD, "seen_by": seen_by, "comes_as": COMES_AS}
    return {"choices": {name: _options(words) for name, words in choices.items()}}


def _options(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(code.value, translated(each)) for code, each in words.items()]


async def read_sign_up(request: Request) -> Form[SignUpForm]:
    """What was typed by whoever wants to come."""
    return await read_form(request, SignUpForm, many=MANY)


async def _read_about_me(request: Request) -> Form[AboutMeForm]:
    return await read_form(request, AboutMeForm, many=MANY)


async def _read_choice(request: Request) -> Form[ChoiceForm]:
    return await read_form(request, ChoiceForm)


PostedAboutMe = Annotated[Form[AboutMeForm], Depends(_read_about_me)]
PostedChoice = Annotated[Form[ChoiceForm], Depends(_read_choice)]
