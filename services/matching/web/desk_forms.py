"""What the desk fills in on a need, checked on its way in. `seen` is how the need stood on the page."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.matching.commands import NewContact
from services.matching.handlers.outside_map import Outsider
from services.matching.web.referral_forms import EXAMPLE_DAY
from shared.events.desk_codes import ChoiceReason, PostponeReason, UnavailableReason
from shared.web.forms import TypedDate
from shared.web.written import EmailAddress, PersonName, PhoneNumber, ThingName


class SeenForm(BaseModel):
    """Nothing to fill in: the button says it."""

    model_config = ConfigDict(extra="ignore")

    seen: Annotated[str, StringConstraints(max_length=120)] = ""


class ReasonForm(SeenForm):
    """Why this partner is asked, or passed over."""

    reason: ChoiceReason = Field(title="Waarom kies je dit?")


class OutsideForm(ReasonForm):
    """An organisation that is not on the map, and who reads its mail."""

    organisation: ThingName = Field(title="Naam van de organisatie", examples=["Stichting Verzonnen"])
    name: PersonName = Field(title="Naam van de contactpersoon", examples=["Sam de Vries"])
    email: EmailAddress = Field(title="E-mailadres van de contactpersoon", examples=["sam@organisatie.example"])
    phone: PhoneNumber | None = Field(None, title="Telefoonnummer", examples=["010 123 45 67"])

    @property
    def outsider(self) -> Outsider:
        """Whom to ask."""
        return Outsider(self.organisation, NewContact(self.name, self.email, self.phone or ""))


class WaitForm(SeenForm):
    """Until when, and why."""

    reason: PostponeReason = Field(title="Waarom wacht je?")
    until: TypedDate = Field(title="Tot welke dag wacht je?", examples=[EXAMPLE_DAY])


class NoHelpForm(SeenForm):
    """Why there is no help."""

    reason: UnavailableReason = Field(title="Waarom is er geen hulp?")
