"""What people fill in, checked on its way in."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from services.matching.commands import NewContact
from shared.events.matching import DeclineReason, FailureReason, HandoverKind, Outcome
from shared.kernel.contact_details import email_address, phone_number
from shared.web.city_codes import city_of
from shared.web.forms import Form, Seen, TypedDate
from shared.web.pages import typed_day

SOMEBODY_ELSE = "iemand-anders"
EXAMPLE_DAY = "24-11-2026"
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class AcceptForm(_Form):
    """The partner says yes. What is typed about a person counts only when the contact is somebody else."""

    contact: Text = Field(title="Wie wordt de contactpersoon?")
    name: Annotated[Text, Seen] | None = Field(None, title="Naam", examples=["Sam de Vries"], validate_default=True)
    email: Text | None = Field(None, title="E-mailadres", examples=["sam@organisatie.nl"], validate_default=True)
    phone: Text | None = Field(None, title="Telefoonnummer", examples=["010 123 45 67"], validate_default=True)
    first_contact_on: TypedDate = Field(title="Dag van het eerste contact", examples=[EXAMPLE_DAY])

    @field_validator("contact")
    @classmethod
    def _is_in_the_list(cls, typed: str) -> str:
        if typed != SOMEBODY_ELSE:
            try:
                UUID(typed)
            except ValueError:
                raise ValueError("Kies iemand uit de lijst.") from None
        return typed

    @field_validator("name")
    @classmethod
    def _has_a_name(cls, typed: str | None, info: ValidationInfo) -> str | None:
        if _is_somebody_else(info) and not typed:
            raise ValueError("Vul de naam in van de contactpersoon.")
        return typed

    @field_validator("email")
    @classmethod
    def _has_an_address(cls, typed: str | None, info: ValidationInfo) -> str | None:
        return email_address(_given(typed, info)) if _is_somebody_else(info) else None

    @field_validator("phone")
    @classmethod
    def _has_a_number(cls, typed: str | None, info: ValidationInfo) -> str | None:
        return phone_number(_given(typed, info)) if _is_somebody_else(info) else None

    def chosen_contact(self) -> UUID | NewContact:
        """Somebody who is known, or somebody new."""
        if self.contact != SOMEBODY_ELSE:
            return UUID(self.contact)
        return NewContact(self.name or "", self.email or "", self.phone or "")


def _is_somebody_else(info: ValidationInfo) -> bool:
    return info.data.get("contact") == SOMEBODY_ELSE


def _given(typed: str | None, info: ValidationInfo) -> str:
    if not typed:
        raise ValueError(f"Vul dit in, zodat de {city_of(info).ambassador} de contactpersoon kan bereiken.")
    return typed


class DeclineForm(_Form):
    """The partner says no."""

    reason: DeclineReason = Field(title="Waarom lukt het niet?")


class RevertForm(_Form):
    """The partner takes its yes back; there is nothing to fill in."""


class StepForm(_Form):
    """Something was done on a day."""

    on: TypedDate = Field(title="Op welke dag?", examples=[EXAMPLE_DAY])


class HandoverForm(StepForm):
    """The family was handed over."""

    kind: HandoverKind = Field(HandoverKind.WARM, title="Hoe ging de overdracht?")


class FailForm(_Form):
    """The help stopped."""

    failure: FailureReason = Field(title="Waarom stopt de hulp?")


class OutcomeForm(_Form):
    """What the family says."""

    outcome: Outcome = Field(title="Wat zegt het gezin?")


class EmailForm(_Form):
    """Who wants to sign in."""

    email: Annotated[Address, AfterValidator(email_address)] = Field(title="E-mailadres", examples=["naam@school.nl"])
    naar: str = Field("/", title="Daarna naar")


class CodeForm(_Form):
    """The code from the mail. Spaces are fine."""

    code: Annotated[str, StringConstraints(pattern=r"^\s*(\d\s*){6}$")] = Field(
        title="Code uit de mail", examples=["123 456"]
    )
    aanmelding: UUID
    naar: str = Field("/", title="Daarna naar")

    @property
    def digits(self) -> str:
        """The code as it was sent."""
        return "".join(self.code.split())


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
