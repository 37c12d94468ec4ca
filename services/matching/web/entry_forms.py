"""What people fill in to join, and what organisations and the desk fill in about an entry, checked on its way in."""

from datetime import date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from services.matching.domain.application import Asked
from services.matching.domain.network import Organisation, Service, SignUp
from shared.events.desk_codes import ApplicationRefusal
from shared.web.city_codes import CityCode
from shared.web.forms import TypedDate
from shared.web.written import EmailAddress, Lines, OneLine, PersonName, PhoneNumber, ThingName, WebAddress

OLDEST: Final = 120
MOST_PLACES: Final = 10_000
MOST_DAYS: Final = 60
SEVERAL_OF_JOIN: Final = ("categories", "districts", "languages")
SEVERAL_OF_SERVICE: Final = (*SEVERAL_OF_JOIN, "access")
Category = Annotated[str, CityCode("categories", "Deze soort hulp")]
District = Annotated[str, CityCode("districts", "Deze wijk")]
Tongue = Annotated[str, CityCode("languages", "Deze taal")]
Kind = Annotated[str, CityCode("organisation_kinds", "Deze soort organisatie")]
# An entry may have what the city gave up since.
HadCategory = Annotated[str, CityCode("categories", "Deze soort hulp", retired_too=True)]
HadDistrict = Annotated[str, CityCode("districts", "Deze wijk", retired_too=True)]
HadTongue = Annotated[str, CityCode("languages", "Deze taal", retired_too=True)]
HadKind = Annotated[str, CityCode("organisation_kinds", "Deze soort organisatie", retired_too=True)]
HadAccess = Annotated[str, CityCode("access", "Dit", retired_too=True)]
Age = Annotated[int, Field(ge=0, le=OLDEST)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore", validate_default=True)


class _WithAges(_Form):
    minimum_age: Age | None = Field(None, title="Vanaf welke leeftijd?", examples=["4"])
    maximum_age: Age | None = Field(None, title="Tot en met welke leeftijd?", examples=["12"])

    @field_validator("maximum_age")
    @classmethod
    def _in_order(cls, typed: int | None, info: ValidationInfo) -> int | None:
        youngest = info.data.get("minimum_age")
        if typed is not None and youngest is not None and typed < youngest:
            raise ValueError("Dit is lager dan de leeftijd waarmee het begint.")
        return typed


class JoinForm(_WithAges):
    """A request to join: an organisation that helps, one person who helps, or a school that asks for families."""

    joins_as: Literal["organisation", "person", "asks"] = Field(title="Hoe wil je meedoen?")
    name: ThingName | None = Field(None, title="Naam van de organisatie", examples=["Fietsenfonds De Bel"])
    kind: Kind | None = Field(None, title="Soort organisatie")
    offer: ThingName | None = Field(None, title="Wat bieden jullie aan?", examples=["Kinderfiets op maat"])
    categories: tuple[Category, ...] = Field((), title="Welke soort hulp is dat?")
    does: Lines = Field("", title="Wat doen jullie?", examples=["Wij maken fietsen op maat voor kinderen."])
    limits: Lines = Field("", title="Wat doen jullie niet?", examples=["Wij halen geen fietsen thuis op."])
    districts: tuple[District, ...] = Field((), title="In welke wijken?")
    languages: tuple[Tongue, ...] = Field((), title="Welke talen spreken jullie?")
    website: WebAddress | None = Field(None, title="Website", examples=["www.organisatie.example"])
    contact_name: PersonName = Field(min_length=2, title="Jouw naam", examples=["Sam de Vries"])
    email: EmailAddress = Field(title="Jouw e-mailadres", examples=["sam@organisatie.nl"])
    phone: PhoneNumber = Field(title="Telefoonnummer", examples=["010 123 45 67"])

    @field_validator("name")
    @classmethod
    def _has_a_name(cls, typed: str | None, info: ValidationInfo) -> str | None:
        if not typed and info.data.get("joins_as") in {"organisation", "asks"}:
            raise ValueError("Vul de naam van de organisatie in.")
        return typed

    @field_validator("offer")
    @classmethod
    def _offers_something(cls, typed: str | None, info: ValidationInfo) -> str | None:
        if not typed and info.data.get("joins_as") in {"organisation", "person"}:
            raise ValueError("Vul in een paar woorden in wat jullie aanbieden.")
        return typed

    @field_validator("categories")
    @classmethod
    def _offers_some_kind(cls, chosen: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if not chosen and info.data.get("joins_as") in {"organisation", "person"}:
            raise ValueError("Kies minstens één soort hulp.")
        return chosen

    def asked(self) -> Asked:
        """As the request to join keeps it."""
        asks = self.joins_as == "asks"
        return Asked(
            name=self.name or self.contact_name,
            kind=self.kind or "",
            contact_name=self.contact_name,
            email=self.email,
            phone=self.phone,
            offer="" if asks else self.offer or "",
            categories=() if asks else self.categories,
            districts=self.districts,
            languages=self.languages,
            minimum_age=self.minimum_age,
            maximum_age=self.maximum_age,
            does=self.does,
            limits=self.limits,
            website=self.website or "",
            is_private=self.joins_as == "person",
            asks_for_families=asks,
        )


class RefuseForm(_Form):
    """The desk says no to a request to join."""

    reason: ApplicationRefusal = Field(title="Waarom niet?")


class _Entry(_Form):
    """`seen` is the version that was shown."""

    seen: int = Field(0, ge=0, title="Versie")

    def wanted(self) -> dict[str, Any]:
        """By the names of the entry's own fields."""
        return {name: "" if value is None else value for name, value in self.model_dump(exclude={"seen"}).items()}


class OrganisationForm(_Entry):
    """What an organisation says of itself."""

    name: ThingName = Field(min_length=2, title="Naam", examples=["Fietsenfonds De Bel"])
    kind: HadKind | None = Field(None, title="Soort organisatie")
    description: Lines = Field("", title="Wie zijn jullie?", examples=["Wij maken oude fietsen weer goed."])
    strengths: Lines = Field("", title="Waar zijn jullie goed in?", examples=["Wij helpen snel."])
    limits: Lines = Field("", title="Wat kunnen jullie niet?", examples=["In de zomer zijn wij dicht."])
    website: WebAddress | None = Field(None, title="Website", examples=["www.organisatie.example"])
    email: EmailAddress | None = Field(None, title="E-mailadres voor iedereen", examples=["info@organisatie.nl"])
    phone: PhoneNumber | None = Field(None, title="Telefoonnummer voor iedereen", examples=["010 123 45 67"])


class DeskOrganisationForm(OrganisationForm):
    """The same, and what only the desk says."""

    has_agreement: bool = Field(False, title="Er is een samenwerkingsafspraak")
    active: bool = Field(False, title="Doet mee")


class ServiceForm(_WithAges, _Entry):
    """What somebody says of one offer."""

    name: ThingName = Field(min_length=2, title="Hoe heet het aanbod?", examples=["Kinderfiets op maat"])
    categories: tuple[HadCategory, ...] = Field((), title="Welke soort hulp is dat?")
    description: Lines = Field("", title="Wat is het?", examples=["Een kind krijgt een fiets die past."])
    does: Lines = Field("", title="Dit doen wij", examples=["Wij maken de fiets op maat."])
    does_not: Lines = Field("", title="Dit doen wij niet", examples=["Wij brengen de fiets niet thuis."])
    expects_from_referrer: Lines = Field("", title="Dit vragen wij van de school", examples=["Kom mee."])
    districts: tuple[HadDistrict, ...] = Field((), title="In welke wijken?")
    whole_city: bool = Field(False, title="Wij helpen in de hele stad")
    languages: tuple[HadTongue, ...] = Field((), title="Welke talen spreken jullie?")
    interpreter: bool = Field(False, title="Wij werken met een tolk")
    is_free: bool | None = Field(None, title="Is het gratis?")
    cost: OneLine = Field("", title="Wat kost het?", examples=["€ 2,50 per keer"])
    sign_up: SignUp | None = Field(None, title="Wie kan dit vragen?")
    schedule: Lines = Field("", title="Wanneer zijn jullie open?", examples=["ma-vr 9.00-17.00; za 10.00-12.00"])
    address: OneLine = Field("", title="Adres", examples=["Kade 1"])
    walk_in: bool = Field(False, title="Mensen kunnen binnenlopen")
    access: tuple[HadAccess, ...] = Field((), title="Hoe is de plek te bereiken?")
    capacity: int | None = Field(None, ge=0, le=MOST_PLACES, title="Hoeveel plekken tegelijk?", examples=["10"])
    full_until: TypedDate | None = Field(None, title="Even vol tot", examples=["24-11-2026"])
    response_days: int | None = Field(
        None, ge=0, le=MOST_DAYS, title="Binnen hoeveel werkdagen antwoorden jullie?", examples=["2"]
    )
    contact: UUID | None = Field(None, title="Contactpersoon")
    deputy: UUID | None = Field(None, title="Vervanger")
    contact_hours: OneLine = Field("", title="Wanneer kun je de contactpersoon bellen?", examples=["ma en do 9-12"])
    sparring: bool = Field(False, title="Bel mij om te sparren")
    phone: PhoneNumber | None = Field(None, title="Telefoonnummer voor iedereen", examples=["010 123 45 67"])
    email: EmailAddress | None = Field(None, title="E-mailadres voor iedereen", examples=["info@organisatie.nl"])
    website: WebAddress | None = Field(None, title="Website", examples=["www.organisatie.example"])
    active: bool = Field(False, title="Vragen mogen komen")

    @field_validator("categories")
    @classmethod
    def _some_kind(cls, chosen: tuple[str, ...]) -> tuple[str, ...]:
        if not chosen:
            raise ValueError("Kies minstens één soort hulp.")
        return chosen

    @field_validator("whole_city")
    @classmethod
    def _or_districts(cls, ticked: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - pydantic gives it so
        if ticked and info.data.get("districts"):
            raise ValueError("Kies wijken, of de hele stad. Niet allebei.")
        return ticked

    def wanted(self) -> dict[str, Any]:
        """By the names of the fields of a service."""
        known_or_not = ("is_free", "minimum_age", "maximum_age", "capacity", "full_until", "response_days")
        wanted = {**super().wanted(), **{name: getattr(self, name) for name in known_or_not}}
        contact, deputy = wanted.pop("contact"), wanted.pop("deputy")
        wanted["contact_ids"] = tuple(dict.fromkeys(each for each in (contact, deputy) if each))
        return wanted


def filled(entry: Organisation | Service, *over: tuple[str, Any]) -> dict[str, Any]:
    """What stands in the fields when the form is shown; `over` is laid on top: what was proposed."""
    form = DeskOrganisationForm if isinstance(entry, Organisation) else ServiceForm
    values: dict[str, Any] = {n: getattr(entry, n) for n in form.model_fields if hasattr(entry, n)} | dict(over)
    if isinstance(entry, Service):
        contacts = (*values.pop("contact_ids", entry.contact_ids), None, None)
        values |= {"contact": contacts[0], "deputy": contacts[1]}
    ticked = {name: "true" if value else "" for name, value in values.items() if isinstance(value, bool)}
    if values.get("is_free") is False:
        ticked["is_free"] = "false"
    return {**values, **ticked, "seen": entry.kept.version}


def day_is_wrong(typed: date | None, known: date | None, today: date, last: date) -> bool:
    """Whether this new day of "even vol tot" is past, or too far away."""
    return typed is not None and typed != known and not today < typed <= last
