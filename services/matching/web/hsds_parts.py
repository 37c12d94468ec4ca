"""The small shapes of HSDS 3.1, of which organisations and services are made."""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field

# Marks a member that is not in HSDS itself.
OURS: Final = {"x-schakel-profile": True}


class Phone(BaseModel):
    """A number that anyone may call."""

    id: UUID
    number: str


class TaxonomyTerm(BaseModel):
    """A kind of help, or a group of kinds."""

    id: UUID
    code: str
    name: str
    description: str
    parent_id: UUID | None = None
    taxonomy: str
    taxonomy_id: UUID
    language: str


class Taxonomy(BaseModel):
    """The kinds of help of a city."""

    id: UUID
    name: str
    description: str


class Attribute(BaseModel):
    """A kind of help of a service."""

    id: UUID
    link_id: UUID
    link_type: str = "need"
    link_entity: str = "service"
    taxonomy_term_id: UUID
    taxonomy_term: TaxonomyTerm


class ServiceArea(BaseModel):
    """A part of the city."""

    id: UUID
    service_id: UUID
    code: Annotated[str | None, Field(description="De code van de wijk in deze stad.", json_schema_extra=OURS)] = None
    name: str


class Language(BaseModel):
    """A language in which they help."""

    id: UUID
    service_id: UUID
    code: str
    name: str


class CostOption(BaseModel):
    """What it costs."""

    id: UUID
    service_id: UUID
    option: str | None = None
    currency: str | None = None
    amount: int | None = None
    amount_description: str | None = None


class Schedule(BaseModel):
    """When: on days of the week or of the month (RFC 5545), on the clock of the city, and in words."""

    id: UUID
    service_id: UUID
    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    byday: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    description: str


class Address(BaseModel):
    """Where people come. HSDS wants every member; one that the text does not tell is empty."""

    id: UUID
    location_id: UUID
    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str
    address_type: Literal["physical"] = "physical"


class Accessibility(BaseModel):
    """What makes the place easy to come to."""

    id: UUID
    location_id: UUID
    description: str


class LocationBasic(BaseModel):
    """A place, without its parts."""

    id: UUID
    location_type: Literal["physical"] = "physical"
    organization_id: UUID
    name: str | None = None


class Location(LocationBasic):
    """A place."""

    addresses: list[Address] = []
    accessibility: list[Accessibility] = []


class Capacity(BaseModel):
    """How many families can be helped at once."""

    id: UUID
    maximum: int
