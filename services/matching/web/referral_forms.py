"""What partners and ambassadors fill in about a referral, checked on its way in."""

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from services.matching.commands import NewContact
from shared.events.referral_codes import ColdReason, DeclineReason, FailureReason, Outcome, RestOfNeed
from shared.kernel.contact_details import email_address, phone_number
from shared.privacy.bsn import holds_bsn
from shared.web.city_codes import city_of
from shared.web.forms import Agreed, Seen, TypedDate
from shared.web.typed_times import TypedTime

SOMEBODY_ELSE = "iemand-anders"
EXAMPLE_DAY = "24-11-2026"
MOST_IN_A_LINE, MOST_IN_LINES = 280, 600
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


def _without_bsn(text: str) -> str:
    if holds_bsn(text):
        raise ValueError("Hier staat een burgerservicenummer. Haal het weg: dat bewaren we niet.")
    return text


NoBsn = AfterValidator(_without_bsn)
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MOST_IN_A_LINE), Seen, NoBsn]
Lines = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=MOST_IN_LINES), Seen, NoBsn]


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class PressForm(_Form):
    """There is nothing to fill in: the button says it."""


class AcceptForm(_Form):
    """The partner says yes. What is typed about a person counts only when the contact is somebody else."""

    contact: Text = Field(title="Wie wordt de contactpersoon?")
    name: Annotated[Text, Seen] | None = Field(None, title="Naam", examples=["Sam de Vries"], validate_default=True)
    email: Text | None = Field(None, title="E-mailadres", examples=["sam@organisatie.nl"], validate_default=True)
    phone: Text | None = Field(None, title="Telefoonnummer", examples=["010 123 45 67"], validate_default=True)
    first_contact_on: TypedDate = Field(title="Dag van het eerste contact", examples=[EXAMPLE_DAY])

    @model_validator(mode="before")
    @classmethod
    def _typed_is_chosen(cls, given: Any) -> Any:  # noqa: ANN401 - whatever came in
        """Who fills in a colleague means that colleague."""
        if isinstance(given, dict) and not given.get("contact") and given.get("email"):
            return {**given, "contact": SOMEBODY_ELSE}
        return given

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
    """The partner says no, perhaps in its own words, and perhaps for every child until a day."""

    reason: DeclineReason = Field(title="Waarom lukt het niet?")
    explanation: Line = Field("", title="Wil je er iets bij zeggen?", examples=["Onze fietsenmaker is ziek."])
    full_until: TypedDate | None = Field(None, title="Tot welke dag hebben jullie geen plek?", examples=[EXAMPLE_DAY])


class PlacesForm(_Form):
    """Whether this offer has a place again, or else until when it has none. Nothing is chosen beforehand."""

    place: Literal["yes", "no"] = Field(title="Hebben jullie weer plek?")
    full_until: TypedDate | None = Field(
        None, title="Tot welke dag hebben jullie geen plek?", examples=[EXAMPLE_DAY], validate_default=True
    )

    @field_validator("full_until")
    @classmethod
    def _is_told(cls, typed: date | None, info: ValidationInfo) -> date | None:
        if info.data.get("place") == "yes":
            return None
        if typed is None and info.data.get("place") == "no":
            raise ValueError("Vul de dag in, of kies dat er weer plek is.")
        return typed


class LaterForm(_Form):
    """The partner can help from a day on."""

    from_day: TypedDate = Field(title="Vanaf welke dag kunnen jullie helpen?", examples=[EXAMPLE_DAY])


class RedirectForm(_Form):
    """The partner names another one."""

    service: UUID = Field(title="Wie past beter?")


class QuestionForm(_Form):
    """The partner asks something first."""

    question: Lines = Field(title="Wat wil je weten?", examples=["Welke maat fiets is nodig?"])


class AnswerForm(_Form):
    """The ambassador answers that."""

    answer: Lines = Field(title="Je antwoord", examples=["Maat 24 inch past goed."])


class PlanForm(_Form):
    """They will meet."""

    planned_on: TypedDate = Field(title="Op welke dag maken jullie kennis?", examples=[EXAMPLE_DAY])
    planned_time: TypedTime | None = Field(None, title="Hoe laat?", examples=["14:30"])


class StepForm(_Form):
    """Something was done: today, or on a day that is named. Nothing is chosen beforehand."""

    when: Literal["today", "another-day"] | None = Field(None, title="Wanneer?")
    on: TypedDate | None = Field(None, title="Op welke dag?", examples=[EXAMPLE_DAY], validate_default=True)

    @field_validator("on")
    @classmethod
    def _is_told(cls, typed: date | None, info: ValidationInfo) -> date | None:
        if info.data.get("when") == "today":
            return None
        if typed is None:
            raise ValueError("Kies vandaag, of vul een andere dag in.")
        return typed


class FamilyHandoverForm(StepForm):
    """The ambassador says that they met, and says so for the family as well."""

    family_agrees: Agreed = Field(title="Het gezin zegt dat ook")


class ColdForm(StepForm):
    """They begin without meeting together."""

    cold_reason: ColdReason = Field(title="Waarom kon het niet samen?")


class FailForm(_Form):
    """The help stopped."""

    failure: FailureReason = Field(title="Waarom stopt de hulp?")


class OutcomeForm(_Form):
    """What the family says; for a part only together with what happens to the rest."""

    outcome: Outcome = Field(title="Wat zegt het gezin?")
    rest: RestOfNeed | None = Field(None, title="Wat gebeurt er met de rest?")

    @model_validator(mode="after")
    def _nothing_left(self) -> Self:
        if self.outcome is not Outcome.PARTLY:
            self.rest = None
        return self
