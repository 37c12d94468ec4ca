"""How the entries of our map look in HSDS. What nobody said is left out; people are never in it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from services.matching.domain.network import Organisation, Service
from services.matching.domain.rules import Offer
from services.matching.web.hsds import (
    Changed,
    Organization,
    OrganizationBasic,
    OrganizationParts,
    PlaceFull,
    PlaceInList,
    ServiceAtLocation,
    ServiceBasic,
    ServiceFull,
    ServiceInList,
    ServiceParts,
)
from services.matching.web.hsds_parts import (
    Accessibility,
    Address,
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
from services.matching.web.hsds_terms import HSDS, term_of
from shared.kernel.city import City
from shared.kernel.contact_details import REGION

# A service has one place at most, so that the id of one tells the other; the bits that make it a UUID stay.
_PLACE: Final = uuid5(HSDS, "service_at_location").int & ~(0xF << 76 | 0x3 << 62)
_POSTCODE: Final = re.compile(
    r"^(?P<street>.*?)[\s,]*\b(?P<digits>[1-9]\d{3}) ?(?P<letters>[A-Z]{2})\b[\s,]*(?P<city>.*)$"
)


def other_id(either: UUID) -> UUID:
    """The id of a service's place, by that of the service; or the other way round."""
    return UUID(int=either.int ^ _PLACE)


def organization_in_list(organisation: Organisation) -> OrganizationBasic:
    """Without its parts."""
    return OrganizationBasic(**_organization(organisation))


def organization(organisation: Organisation) -> OrganizationParts:
    """With its parts."""
    return OrganizationParts(**_organization(organisation), phones=_phones(organisation.id, organisation.phone))


def organization_with(organisation: Organisation, services: Sequence[ServiceBasic]) -> Organization:
    """With its parts and what it offers."""
    return Organization(**dict(organization(organisation)), services=list(services))


def service_basic(offer: Offer, city: City) -> ServiceBasic:
    """Without its parts and its organisation."""
    return ServiceBasic(**_service(offer, city))


def service_parts(offer: Offer, city: City) -> ServiceParts:
    """With its parts, without its organisation."""
    return ServiceParts(**_service(offer, city), **_parts(offer.service, city))


def service_in_list(offer: Offer, city: City) -> ServiceInList:
    """Without its parts."""
    return ServiceInList(**_service(offer, city), organization=organization_in_list(offer.organisation))


def service_full(offer: Offer, city: City) -> ServiceFull:
    """With its parts and its organisation."""
    whole = {**_service(offer, city), **_parts(offer.service, city)}
    return ServiceFull(**whole, organization=organization(offer.organisation))


def place_in_list(offer: Offer, city: City) -> PlaceInList:
    """Without its parts."""
    [place] = _places(offer.service, city)
    location = LocationBasic(**place.location.model_dump(include=set(LocationBasic.model_fields)))
    return PlaceInList(**_ids_of(place), location=location, service=service_in_list(offer, city))


def place_full(offer: Offer, city: City) -> PlaceFull:
    """With its parts."""
    [place] = _places(offer.service, city)
    return PlaceFull(**_ids_of(place), location=place.location, service=service_full(offer, city))


def has_place(service: Service) -> bool:
    """Whether it is known where people come."""
    return bool(service.address or service.access)


def changed(offer: Offer) -> Changed:
    """When."""
    return Changed(id=offer.service.id, modified_date=_last_modified(offer))


def _organization(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.id,
        "name": organisation.name,
        "description": organisation.description,
        "email": organisation.email or None,
        "website": organisation.website or None,
        "legal_status": organisation.kind or None,
        "last_modified": organisation.kept.changed_at,
    }


def _service(offer: Offer, city: City) -> dict[str, Any]:
    service = offer.service
    return {
        "id": service.id,
        "organization_id": service.organisation_id,
        "name": service.name,
        "description": service.description,
        "url": service.website or None,
        "email": service.email or None,
        "status": "active" if service.active and service.kept.hidden_at is None else "inactive",
        "interpretation_services": "Werkt met een tolk" if service.interpreter else None,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        **_assurance(offer, city),
        "last_modified": _last_modified(offer),
        "address": service.address or None,
        "walk_in": service.walk_in,
        "does": service.does,
        "does_not": service.does_not,
        "expects_from_referrer": service.expects_from_referrer,
        "response_days": service.response_days,
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


def _last_modified(offer: Offer) -> datetime | None:
    """HSDS means the service and all that is written in it: its organisation too."""
    known = [moment for moment in (offer.service.kept.changed_at, offer.organisation.kept.changed_at) if moment]
    return max(known, default=None)


def _parts(service: Service, city: City) -> dict[str, Any]:
    when, places = service.schedule, service.capacity
    of = {"service_id": service.id}
    return {
        "phones": _phones(service.id, service.phone),
        "service_areas": _areas(service, city),
        "languages": [
            Language(id=_id(service, "language", tag), code=tag, name=city.languages.words(tag), **of)
            for tag in service.languages
        ],
        "cost_options": _costs(service),
        "schedules": [Schedule(id=_id(service, "schedule", ""), description=when, **of)] if when else [],
        "service_at_locations": _places(service, city),
        "attributes": [_attribute(service, code, city) for code in service.categories],
        "service_capacity": [] if places is None else [Capacity(id=_id(service, "capacity", ""), maximum=places)],
    }


def _areas(service: Service, city: City) -> list[ServiceArea]:
    """The whole city goes by its name, as other maps have it; what is not known is not there."""
    if service.whole_city:
        return [ServiceArea(id=_id(service, "area", ""), name=city.name, service_id=service.id)]
    return [
        ServiceArea(id=_id(service, "area", code), code=code, name=city.districts.words(code), service_id=service.id)
        for code in service.districts
    ]


def _costs(service: Service) -> list[CostOption]:
    """What is free costs nothing; of the rest nobody knows an amount. None when nobody said what it costs."""
    known = CostOption(id=_id(service, "cost", ""), service_id=service.id, option=service.cost or None)
    if service.is_free:
        return [known.model_copy(update={"amount": 0, "currency": "EUR"})]
    if service.cost:
        return [known]
    not_free = known.model_copy(update={"amount_description": "Vraag de kosten na."})
    return [] if service.is_free is None else [not_free]


def _attribute(service: Service, code: str, city: City) -> Attribute:
    term = term_of(city, code)
    return Attribute(
        id=_id(service, "attribute", code), link_id=service.id, taxonomy_term_id=term.id, taxonomy_term=term
    )


def _places(service: Service, city: City) -> list[ServiceAtLocation]:
    if not has_place(service):
        return []
    location_id = _id(service, "location", "")
    location = Location(
        id=location_id,
        organization_id=service.organisation_id,
        name=service.address or None,
        addresses=_addresses(service, location_id, city),
        accessibility=[
            Accessibility(id=_id(service, "access", code), location_id=location_id, description=city.access.words(code))
            for code in service.access
        ],
    )
    return [
        ServiceAtLocation(id=other_id(service.id), service_id=service.id, location_id=location_id, location=location)
    ]


def _addresses(service: Service, location_id: UUID, city: City) -> list[Address]:
    """As far as the text tells its parts."""
    if not service.address:
        return []
    found = _POSTCODE.match(service.address)
    street, _, last = service.address.rpartition(",")
    in_city = last.strip().casefold() == city.name.casefold()
    return [
        Address(
            id=_id(service, "address", ""),
            location_id=location_id,
            address_1=(found["street"] if found else street.strip() if in_city else service.address) or service.address,
            city=found["city"].strip() if found else last.strip() if in_city else "",
            state_province="",
            postal_code=f"{found['digits']} {found['letters']}" if found else "",
            country=REGION,
        )
    ]


def _ids_of(place: ServiceAtLocation) -> dict[str, UUID]:
    return {"id": place.id, "service_id": place.service_id, "location_id": place.location_id}


def _phones(owner: UUID, number: str) -> list[Phone]:
    return [Phone(id=uuid5(HSDS, f"{owner}|phone|{number}"), number=number)] if number else []


def _id(service: Service, kind: str, code: str) -> UUID:
    return uuid5(HSDS, f"{service.id}|{kind}|{code}")
