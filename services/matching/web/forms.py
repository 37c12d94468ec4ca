"""What people fill in, checked on its way in."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.matching.commands import NewContact
from services.matching.ports import BadContactDetail, ContactDetails
from shared.events.matching import DeclineReason, FailureReason, HandoverKind, Outcome
from shared.web.forms import Form, Seen, TypedDate
from shared.web.pages import ZONE, typed_day

SOMEBODY_ELSE = "iemand-anders"
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
EXAMPLE_DAY = "24-11-2026"


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class AcceptForm(_Form):
    """The partner says yes."""

    contact: Text = Field(title="Wie wordt de contactpersoon?")
    name: Annotated[Text, Seen] | None = Field(None, title="Naam", examples=["Sam de Vries"])
    email: Text | None = Field(None, title="E-mailadres", examples=["sam@organisatie.nl"])
    phone: Text | None = Field(None, title="Telefoonnummer", examples=["010 123 45 67"])
    first_contact_on: TypedDate = Field(title="Dag van het eerste contact", examples=[EXAMPLE_DAY])


class DeclineForm(_Form):
    """The partner says no."""

    reason: DeclineReason = Field(title="Waarom lukt het niet?")


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

    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)] = Field(
        title="E-mailadres", examples=["naam@school.nl"]
    )
    naar: str = Field("/", title="Daarna naar")


class CodeForm(_Form):
    """The code from the mail. Spaces are fine."""

    code: Annotated[str, StringConstraints(pattern=r"^\s*(\d\s*){6}$")] = Field(
        title="Code uit de mail", examples=["123 456"]
    )
    aanmelding: UUID
    naar: str = Field("/", title="Daarna naar")


class ShortCodeForm(_Form):
    """The short code from a mail."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=12)] = Field(
        title="Code uit de mail", examples=["ACDE-3467"]
    )


def with_example_of(now: datetime, form: Form[Any] | None) -> Form[Any] | None:
    """The same form; where a day is wrong, today is the example: a day that is past may not be chosen."""
    if form is not None:
        example = typed_day(now.astimezone(ZONE))
        form.errors = [replace(one, example=example) if one.example == EXAMPLE_DAY else one for one in form.errors]
    return form


def contact_in(form: Form[AcceptForm], details: ContactDetails) -> UUID | NewContact | None:
    """The chosen contact person; None when the form now says what is wrong."""
    if form.data is None:
        return None
    if form.data.contact == SOMEBODY_ELSE:
        return _somebody_new(form, form.data, details)
    try:
        return UUID(form.data.contact)
    except ValueError:
        form.refuse("contact", "Kies iemand uit de lijst.")
        return None


def _somebody_new(form: Form[AcceptForm], data: AcceptForm, details: ContactDetails) -> NewContact | None:
    before = len(form.errors)
    if not data.name:
        form.refuse("name", "Vul de naam in van de contactpersoon.")
    email = _checked(form, "email", data.email, details)
    phone = _checked(form, "phone", data.phone, details)
    if len(form.errors) > before or not data.name:
        return None
    return NewContact(data.name, email, phone)


def _checked(form: Form[AcceptForm], field: str, typed: str | None, details: ContactDetails) -> str:
    if not typed:
        form.refuse(field, "Vul dit in, zodat de ambassadeur de contactpersoon kan bereiken.")
        return ""
    try:
        return details.email(typed) if field == "email" else details.phone(typed)
    except BadContactDetail as bad:
        form.refuse(field, bad.problem, example=bad.example)
        return ""
