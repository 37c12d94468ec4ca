"""The child for whom help is asked: it was born on a day, or it is expected in a month."""

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticKnownError

from services.intake.domain.dossier import Fact
from services.intake.web.field_types import IsoDay, IsoMonth, Name
from shared.web.body import Body
from shared.web.forms import TypedDate
from shared.web.typed_dates import TypedMonth

BORN_ALREADY = "Vul de geboortedatum in, of de maand waarin het kind komt. Niet allebei."


class BornOrExpected(Body):
    """Who it is. Of a child that is not born yet the month is enough; the name comes later."""

    expected_month: IsoMonth | None = Field(
        None,
        title="Maand waarin het kind komt",
        description="Alleen van een kind dat nog niet geboren is; dan zonder geboortedatum, en de voornaam mag later.",
        examples=["2026-07"],
    )
    first_name: Name | None = Field(None, title="Voornaam van het kind", examples=["Amina"])
    birth_date: IsoDay | None = Field(None, title="Geboortedatum van het kind", examples=["2016-04-23"])

    @model_validator(mode="before")
    @classmethod
    def _looks_at_what_is_left_out(cls, told: object) -> object:
        # A default that is validated would be told under the name that the field has here, not in the body.
        return {"firstName": None, "birthDate": None, **told} if isinstance(told, dict) else told

    @field_validator("first_name", "birth_date", mode="after")
    @classmethod
    def _needed_of_who_is_born(cls, told: object, info: ValidationInfo) -> object:
        # A month that is wrong is told itself.
        expected = info.data.get(Fact.EXPECTED_MONTH, "wrong")
        if told is None and expected is None:
            raise PydanticKnownError("missing")
        if told is not None and expected and info.field_name == Fact.BIRTH_DATE:
            raise ValueError(BORN_ALREADY)
        return told


class BornOrExpectedForm(BornOrExpected):
    """The same, with day and month as people type them."""

    expected_month: TypedMonth | None = Field(None, title="Maand waarin het kind komt", examples=["07-2026"])
    birth_date: TypedDate | None = Field(None, title="Geboortedatum van het kind", examples=["23-04-2016"])
