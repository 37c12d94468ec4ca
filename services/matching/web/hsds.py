"""The shapes of HSDS 3, and how our services look in them. Extra members carry what the network asked for:
`does`, `does_not`, `expects_from_referrer`, `response_days` (HSDS allows a profile to add members).
"""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel

from services.matching.domain.network import Organisation, Service
from services.matching.domain.ranking import Offer
from shared.kernel.city import City

ItemT = TypeVar("ItemT", bound=BaseModel)
HSDS = uuid5(NAMESPACE_URL, "https://schakel.example/hsds")


class Page(BaseModel, Generic[ItemT]):
    """HSDS paging."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[ItemT]


class Phone(BaseModel):
    """A number that anyone may call."""

    id: UUID
    number: str


class Organization(BaseModel):
    """An organisation."""

    id: UUID
    name: str
    description: str
    email: str | None = None
    website: str | None = None
    legal_status: str | None = None
    phones: list[Phone] = []

    @classmethod
    def of(cls, organisation: Organisation) -> "Organization":
        """As HSDS has it."""
        return cls(
            id=organisation.id,
            name=organisation.name,
            description=organisation.description,
            email=organisation.email or None,
            website=organisation.website or None,
            legal_status=organisation.kind or None,
            phones=_phones(organisation.id, organisation.phone),
        )


class Named(BaseModel):
    """A service area or language: a code and its name."""

    id: UUID
    code: str | None = None
    name: str


class CostOption(BaseModel):
    """What it costs."""

    id: UUID
    option: str
    amount: int | None = None
    currency: str = "EUR"


class Schedule(BaseModel):
    """When, in words."""

    id: UUID
    description: str


class TaxonomyTerm(BaseModel):
    """A need category."""

    id: str
    code: str
    name: str
    taxonomy: str = "schakel-needs"


class Attribute(BaseModel):
    """A need category of a service."""

    id: UUID
    link_entity: str = "service"
    taxonomy_term: TaxonomyTerm


class Capacity(BaseModel):
    """How many families can be helped at once."""

    id: UUID
    maximum: int


class ServiceFull(BaseModel):
    """A service with its organisation."""

    id: UUID
    name: str
    description: str
    status: str
    url: str | None = None
    email: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    interpretation_services: str | None = None
    address: str | None = None
    walk_in: bool
    does: str
    does_not: str
    expects_from_referrer: str
    response_days: int | None = None
    accessibility: list[str] = []
    assured_date: date | None = None
    assurer_email: str | None = None
    organization: Organization
    phones: list[Phone] = []
    service_areas: list[Named] = []
    languages: list[Named] = []
    cost_options: list[CostOption] = []
    schedules: list[Schedule] = []
    attributes: list[Attribute] = []
    service_capacity: list[Capacity] = []

    @classmethod
    def of(cls, offer: Offer, city: City) -> "ServiceFull":
        """As HSDS has it, with the words of the city."""
        service = offer.service
        return cls(
            id=service.id,
            name=service.name,
            description=service.description,
            status="active" if service.active and service.kept.hidden_at is None else "inactive",
            url=service.website or None,
            email=service.email or None,
            minimum_age=service.minimum_age,
            maximum_age=service.maximum_age,
            interpretation_services="Werkt met een tolk" if service.interpreter else None,
            address=service.address or None,
            walk_in=service.walk_in,
            does=service.does,
            does_not=service.does_not,
            expects_from_referrer=service.expects_from_referrer,
            response_days=service.response_days,
            accessibility=[city.access.words(code) for code in service.access],
            organization=Organization.of(offer.organisation),
            **_assurance(offer, city),
            **_parts(service, city),
        )


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


def _parts(service: Service, city: City) -> dict[str, Any]:
    when, places = service.schedule, service.capacity
    return {
        "phones": _phones(service.id, service.phone),
        "service_areas": [_named(service, "area", code, city.districts.words(code)) for code in service.districts],
        "languages": [_named(service, "language", tag, city.languages.words(tag)) for tag in service.languages],
        "cost_options": [_cost(service)],
        "schedules": [Schedule(id=_id(service, "schedule", ""), description=when)] if when else [],
        "attributes": [_attribute(service, code, city) for code in service.categories],
        "service_capacity": [] if places is None else [Capacity(id=_id(service, "capacity", ""), maximum=places)],
    }


def _assurance(offer: Offer, city: City) -> dict[str, Any]:
    """When somebody of the organisation said that this is right; an address for everyone, never that of a person."""
    verified_at = offer.service.kept.verified_at
    if verified_at is None:
        return {}
    return {
        "assured_date": city.day_of(verified_at),
        "assurer_email": offer.organisation.email or city.desk.email or None,
    }


def _named(service: Service, kind: str, code: str, name: str) -> Named:
    return Named(id=_id(service, kind, code), code=code, name=name)


def _cost(service: Service) -> CostOption:
    option = service.cost or ("gratis" if service.is_free else "vraag de kosten na")
    return CostOption(id=_id(service, "cost", ""), option=option, amount=0 if service.is_free else None)


def _attribute(service: Service, code: str, city: City) -> Attribute:
    term = TaxonomyTerm(id=code, code=code, name=city.categories.words(code))
    return Attribute(id=_id(service, "attribute", code), taxonomy_term=term)


def _phones(owner: UUID, number: str) -> list[Phone]:
    return [Phone(id=uuid5(HSDS, f"{owner}|phone|{number}"), number=number)] if number else []


def _id(service: Service, kind: str, code: str) -> UUID:
    return uuid5(HSDS, f"{service.id}|{kind}|{code}")
