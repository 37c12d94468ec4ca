"""What the desk fills in about people, checked on its way in."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from services.matching.handlers.people_desk import Details, RoleHere
from services.matching.web.people_words import GIVEN_ROLES
from services.matching.web.referral_forms import EXAMPLE_DAY
from shared.events.base import Role
from shared.web.city_codes import CityCode
from shared.web.forms import TypedDate
from shared.web.written import EmailAddress, PersonName, PhoneNumber

Kind = Annotated[str, CityCode("person_kinds", "Deze soort")]
_GIVEN = frozenset(code for code, _ in GIVEN_ROLES)


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Versioned(_Form):
    """`version` is that of the person as the page showed them."""

    version: int = Field(0, title="Versie")


class _Details(_Form):
    name: PersonName = Field(title="Naam", examples=["Sam Verzonnen"])
    email: EmailAddress = Field(title="E-mailadres", examples=["sam@organisatie.nl"])
    phone: PhoneNumber | None = Field(None, title="Telefoonnummer", examples=["010 123 45 67"])
    kinds: tuple[Kind, ...] = Field((), title="Hoe doet deze persoon mee?")

    @property
    def details(self) -> Details:
        """As the handler takes them."""
        return Details(self.name, self.email, self.phone or "", tuple(dict.fromkeys(self.kinds)))


class _Role(_Form):
    organisation: UUID = Field(title="Welke organisatie?")
    role: Role = Field(title="Rol")
    leads: bool = Field(default=False, title="Mag zeggen wie collega's zijn")

    @field_validator("role")
    @classmethod
    def _can_be_given(cls, role: Role) -> Role:
        if role not in _GIVEN:
            raise ValueError("Deze rol geeft alleen de beheerder.")
        return role

    @property
    def here(self) -> RoleHere:
        """As the handler takes it."""
        return RoleHere(self.organisation, self.role, self.leads)


class NewPersonForm(_Details, _Role):
    """Somebody new, with a first role."""


class DetailsForm(_Details, _Versioned):
    """Who somebody is."""


class RoleForm(_Role, _Versioned):
    """One role more."""


class EndRoleForm(_Versioned):
    """One role less."""

    organisation: UUID = Field(title="Welke organisatie?")
    role: Role = Field(title="Rol")


class AbsenceForm(_Versioned):
    """Who stands in, and when."""

    deputy: UUID | None = Field(None, title="Vervanger")
    away_from: TypedDate | None = Field(None, title="Eerste dag afwezig", examples=[EXAMPLE_DAY])
    away_until: TypedDate | None = Field(None, title="Laatste dag afwezig", examples=[EXAMPLE_DAY])


class LeaveForm(_Versioned):
    """Now, or on a day. Nothing is chosen beforehand."""

    when: Literal["now", "on-a-day"] = Field(title="Wanneer vertrekt deze persoon?")
    leaves_on: TypedDate | None = Field(None, title="Op welke dag?", examples=[EXAMPLE_DAY], validate_default=True)

    @field_validator("leaves_on")
    @classmethod
    def _is_told(cls, typed: date | None, info: ValidationInfo) -> date | None:
        if info.data.get("when") == "on-a-day" and typed is None:
            raise ValueError("Vul de dag in.")
        return typed if info.data.get("when") == "on-a-day" else None


class PressForm(_Versioned):
    """There is nothing to fill in: the button says it."""


class PassQuestionForm(_Form):
    """A colleague speaks for the partner from now on."""

    question: UUID = Field(title="Hulpvraag")
    to: UUID = Field(title="Aan wie?")


class PassServiceForm(_Form):
    """A colleague is asked for the offer from now on."""

    service: UUID = Field(title="Aanbod")
    to: UUID = Field(title="Aan wie?")


class FindForm(_Form):
    """Whose address is this? Sent, so that it stands in no address of a page."""

    email: EmailAddress = Field(title="E-mailadres", examples=["naam@organisatie.nl"])


class SettleForm(_Form):
    """Whether somebody who was named belongs to the organisation."""

    choice: Literal["confirm", "refuse"] = Field(title="Hoort deze persoon bij de organisatie?")
