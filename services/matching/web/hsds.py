"""The shapes of HSDS 3.1: organisations and services as its own schemas have them.

What the network asked for besides are members of our profile (`OURS`): `hsds_profile` says them to others.
"""

import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Final, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field, SerializeAsAny

from services.matching.web.hsds_parts import (
    OURS,
    Attribute,
    Capacity,
    CostOption,
    Language,
    Location,
    LocationBasic,
    Phone,
    Schedule,
    ServiceArea,
)

ItemT = TypeVar("ItemT", bound=BaseModel)
TAG: Final = "sociale kaart"


class About(BaseModel):
    """What this API is."""

    version: str = "3.1"
    profile: str
    openapi_url: str


class Page(BaseModel, Generic[ItemT]):
    """HSDS paging."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[SerializeAsAny[ItemT]]


class OrganizationBasic(BaseModel):
    """An organisation, without its parts."""

    id: UUID
    name: str
    description: str
    email: str | None = None
    website: str | None = None
    legal_status: str | None = None
    last_modified: Annotated[
        datetime | None, Field(description="Wanneer de vermelding het laatst veranderde.", json_schema_extra=OURS)
    ] = None


class ServiceBasic(BaseModel):
    """A service, without its parts."""

    id: UUID
    organization_id: UUID
    name: str
    description: str
    url: str | None = None
    email: str | None = None
    status: Literal["active", "inactive"]
    interpretation_services: str | None = None
    application_process: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    assured_date: date | None = None
    assurer_email: str | None = None
    last_modified: datetime | None = None
    address: Annotated[
        str | None, Field(description="Het adres, zoals de organisatie het schrijft.", json_schema_extra=OURS)
    ] = None
    walk_in: Annotated[bool, Field(description="Je kunt er zonder afspraak terecht.", json_schema_extra=OURS)]
    does: Annotated[str, Field(description="Wat zij doen.", json_schema_extra=OURS)]
    does_not: Annotated[str, Field(description="Wat zij niet doen.", json_schema_extra=OURS)]
    expects_from_referrer: Annotated[
        str, Field(description="Wat zij vragen van wie een gezin doorverwijst.", json_schema_extra=OURS)
    ]
    response_days: Annotated[
        int | None, Field(description="Binnen hoeveel werkdagen zij antwoorden.", json_schema_extra=OURS)
    ] = None


class ServiceParts(ServiceBasic):
    """A service with its parts."""

    phones: list[Phone] = []
    service_areas: list[ServiceArea] = []
    languages: list[Language] = []
    cost_options: list[CostOption] = []
    schedules: list[Schedule] = []
    service_at_locations: list["ServiceAtLocation"] = []
    attributes: list[Attribute] = []
    service_capacity: Annotated[
        list[Capacity],
        Field(
            description="Hoeveel gezinnen zij tegelijk helpen; niet hoeveel plaats er nu is.", json_schema_extra=OURS
        ),
    ] = []


class ServiceAtLocation(BaseModel):
    """That a service is given at a place."""

    id: UUID
    service_id: UUID
    location_id: UUID
    location: Location


class ServiceInList(ServiceBasic):
    """A service in a list."""

    organization: OrganizationBasic


class OrganizationParts(OrganizationBasic):
    """An organisation with its parts."""

    phones: list[Phone] = []


class Organization(OrganizationParts):
    """An organisation with its parts and what it offers."""

    services: list[SerializeAsAny[ServiceBasic]]


class ServiceFull(ServiceParts):
    """A service with its parts and its organisation."""

    organization: OrganizationParts


class PlaceInList(BaseModel):
    """That a service is given at a place, in a list."""

    id: UUID
    service_id: UUID
    location_id: UUID
    location: LocationBasic
    service: ServiceInList


class PlaceFull(ServiceAtLocation):
    """That a service is given at a place, with both."""

    service: ServiceFull


class Changed(BaseModel):
    """A service, and when it last changed."""

    id: UUID
    modified_date: datetime | None = None


def page_of(contents: Sequence[ItemT], total: int, page: int, per_page: int) -> Page[ItemT]:
    """One page with HSDS's counts around it."""
    pages = max(1, math.ceil(total / per_page))
    return Page(
        total_items=total,
        total_pages=pages,
        page_number=page,
        size=len(contents),
        first_page=page == 1,
        last_page=page >= pages,
        empty=not contents,
        contents=list(contents),
    )
