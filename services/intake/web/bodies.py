"""What may be sent to intake. Unknown fields, look-alikes of a BSN and impossible values are refused by name."""

import re
from collections.abc import Callable, Collection
from datetime import date
from functools import cache
from typing import Annotated, Any, Final
from uuid import UUID

import phonenumbers
from babel import Locale
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints
from pydantic.alias_generators import to_camel

from services.intake.domain.rules import CATEGORIES, DISTRICTS
from shared.events.base import Beneficiary, ConsentGiver, Horizon, Urgency
from shared.privacy.bsn import holds_bsn
from shared.web.forms import Seen

MAX_NEEDS: Final = 12
MAX_EXCLUDED: Final = 50
NO_PHONE: Final = "Dit telefoonnummer bestaat niet. Kijk het na, en schrijf alleen het nummer op."
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _free_of_bsn(text: str) -> str:
    if _UNSEEN.search(text):
        raise ValueError("Hier staat een teken in dat niet te zien is. Laat het weg.")
    if holds_bsn(text):
        raise ValueError("Hier staat een burgerservicenummer in. Dat bewaren wij niet. Laat het weg.")
    return text


def _one_of(words: Collection[str], what: str) -> Callable[[str], str]:
    def check(code: str) -> str:
        if code not in words:
            raise ValueError(f"{what} kennen wij niet. Kies een van deze: {', '.join(words)}.")
        return code

    return check


def _iso_day(value: object) -> object:
    """A date as machines write it, not a number of seconds and no time of the day."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
        return value
    raise ValueError("Schrijf de datum als jaar-maand-dag.")


@cache
def _languages() -> frozenset[str]:
    """The codes of ISO 639 that have a Dutch name, without countries and scripts."""
    return frozenset(str(code) for code in Locale("nl").languages if str(code).isalpha())


def _language(code: str) -> str:
    if code not in _languages():
        raise ValueError("Deze taal kennen wij niet. Schrijf de code van twee of drie letters.")
    return code


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        raise ValueError(NO_PHONE) from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError(NO_PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError("Dit is geen e-mailadres.") from None


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Seen, AfterValidator(_free_of_bsn)
]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Seen, AfterValidator(_free_of_bsn)
]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), Seen, AfterValidator(_free_of_bsn)
]
Story = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), Seen, AfterValidator(_free_of_bsn)
]
Phone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40),
    AfterValidator(_free_of_bsn),
    AfterValidator(_phone),
]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254),
    AfterValidator(_free_of_bsn),
    AfterValidator(_email),
]
IsoDay = Annotated[date, BeforeValidator(_iso_day)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$"), AfterValidator(_language)]
# The year of the text and its number in that year.
TextVersion = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-[1-9][0-9]?$")]
Category = Annotated[
    str, AfterValidator(_one_of(CATEGORIES, "Deze soort hulp")), Field(json_schema_extra={"enum": list(CATEGORIES)})
]
District = Annotated[
    str, AfterValidator(_one_of(DISTRICTS, "Deze wijk")), Field(json_schema_extra={"enum": list(DISTRICTS)})
]


class Body(BaseModel):
    """A part of what is sent; camelCase outside, unknown fields refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)

    def __repr__(self) -> str:
        """Nothing of a family ends up in a log by accident."""
        return f"{type(self).__name__}(…)"

    def __repr_args__(self) -> Any:  # noqa: ANN401 - pydantic's own signature
        return ()


class ChildBody(Body):
    """For whom help is asked."""

    first_name: Name = Field(title="Voornaam van het kind", examples=["Amina"])
    last_name: Name = Field(title="Achternaam van het kind", examples=["Verzonnen"])
    birth_date: IsoDay = Field(title="Geboortedatum van het kind", examples=["2016-04-23"])


class FamilyBody(Body):
    """How to reach the family, and in which language."""

    contact_name: Name = Field(title="Naam van de contactpersoon in het gezin", examples=["Noor Verzonnen"])
    phone: Phone | None = Field(None, title="Telefoonnummer", examples=["06 12345678"])
    email: Email | None = Field(None, title="E-mailadres", examples=["gezin@voorbeeld.example"])
    address: Line | None = Field(None, title="Adres", examples=["Verzonnenstraat 1, Schiewijk"])
    language: Language = Field(title="Taal van het gezin", examples=["nl"])
    interpreter_needed: StrictBool = Field(title="Is er een tolk nodig?", examples=[False])


class ConsentBody(Body):
    """Who consented, when, and to which text."""

    given_by: ConsentGiver = Field(title="Wie gaf toestemming", examples=["guardian"])
    given_on: IsoDay = Field(title="Datum van de toestemming", examples=["2026-01-31"])
    text_version: TextVersion = Field(title="Versie van de toestemmingstekst", examples=["2026-1"])
    name: Name | None = Field(None, title="Naam van wie toestemming gaf", examples=["Noor Verzonnen"])


class NeedBody(Body):
    """One thing that is needed."""

    category: Category = Field(title="Wat is er nodig?", examples=["bike"])
    urgency: Urgency = Field(title="Hoe snel?", examples=["soon"])
    horizon: Horizon = Field(Horizon.SHORT, title="Voor nu of voor langere tijd?", examples=["short"])
    beneficiary: Beneficiary = Field(Beneficiary.CHILD, title="Voor wie?", examples=["child"])
    description: Words | None = Field(
        None, title="In de woorden van het gezin", examples=["Een fiets voor naar school"]
    )


class RequestBody(Body):
    """A request for help for one child."""

    ambassador_id: UUID | None = Field(
        None, title="Bliep-ambassadeur", examples=["01890a5d-ac96-774b-bcce-b302099a8057"]
    )
    child: ChildBody = Field(title="Het kind")
    family: FamilyBody = Field(title="Het gezin")
    district: District = Field(title="Wijk", examples=["noord"])
    story: Story | None = Field(None, title="Het verhaal", examples=["Wat het gezin zelf wil vertellen"])
    consent: ConsentBody = Field(title="Toestemming")
    needs: list[NeedBody] = Field(title="Wat is er nodig?", min_length=1, max_length=MAX_NEEDS)


class NeedFoundBody(NeedBody):
    """One need of an inventory; `id` is that of a need that the case already has.

    What the family needs again after it confirmed a need is a new one: it is named without that id. What turns out to
    be another kind of help is a new one too, and the answer tells its id.
    """

    id: UUID | None = Field(None, title="Kenmerk van de hulpvraag", examples=["01890a5d-ac96-774b-bcce-b302099a8057"])
    depends_on: tuple[UUID, ...] = Field((), title="Komt na deze hulpvragen", max_length=MAX_NEEDS)


class InventoryBody(Body):
    """What ambassador and family found together. All needs are named, old and new."""

    context: Story | None = Field(None, title="Hoe is de situatie?", examples=["Wat er speelt"])
    bottlenecks: Story | None = Field(None, title="Wat zit er in de weg?", examples=["Waar het op vastloopt"])
    effect_on_child: Story | None = Field(None, title="Wat merkt het kind ervan?", examples=["Gaat niet mee naar gym"])
    discussed_on: IsoDay = Field(title="Besproken met het gezin op", examples=["2026-01-31"])
    home_visit_on: IsoDay | None = Field(None, title="Huisbezoek op", examples=["2026-02-05"])
    needs: list[NeedFoundBody] = Field(title="Wat is er nodig?", min_length=1, max_length=MAX_NEEDS)
    excluded_organisations: tuple[UUID, ...] = Field(
        (), title="Organisaties die het gezin liever niet heeft", max_length=MAX_EXCLUDED
    )
