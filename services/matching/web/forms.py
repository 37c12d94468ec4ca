"""What people fill in to sign in or to open what a code opens, checked on its way in."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.matching.web.referral_forms import EXAMPLE_DAY
from shared.kernel.contact_details import email_address
from shared.web.forms import Form
from shared.web.pages import typed_day

Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class EmailForm(_Form):
    """Who wants to sign in."""

    email: Annotated[Address, AfterValidator(email_address)] = Field(title="E-mailadres", examples=["naam@school.nl"])
    naar: str = Field("/", title="Daarna naar")


class CodeForm(_Form):
    """The code from the mail. Spaces are fine."""

    code: Annotated[str, StringConstraints(pattern=r"^\s*(\d\s*){6,10}$", max_length=40)] = Field(
        title="Code uit de mail", examples=["123 456"]
    )
    aanmelding: UUID
    naar: str = Field("/", title="Daarna naar")

    @property
    def digits(self) -> str:
        """The code as it was sent."""
        return "".join(self.code.split())


class RoleForm(_Form):
    """As what somebody goes on: one of what they may do, as `role:organisation`."""

    membership: Annotated[str, StringConstraints(max_length=80)] = Field(title="Als wie ga je verder?")


class SecondStepForm(_Form):
    """Digits of the app, or a recovery code."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=6, max_length=20)] = Field(
        title="Code uit de app", examples=["123 456"]
    )


class ShortCodeForm(_Form):
    """The short code from a mail."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=12)] = Field(
        title="Code uit de mail", examples=["ACDE-3467"]
    )


def with_example_of(today: date, form: Form[Any] | None) -> Form[Any] | None:
    """The same form; where a day is wrong, today is the example: a day that is past may not be chosen."""
    if form is not None:
        example = typed_day(today)
        form.errors = [replace(one, example=example) if one.example == EXAMPLE_DAY else one for one in form.errors]
    return form
