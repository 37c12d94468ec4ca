"""How the entries of our map look in HSDS. What nobody said is left out; people are never in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid5

from services.matching.domain.network import NOT_FREE, WHO_ASKS, Organisation, Service, SignUp
from services.matching.domain.ranking import Offer
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
    Attribute,
    Capacity,
    CostOption,
    Language,
    LocationBasic,
    Phone,
    ServiceArea,
)
from services.matching.web.hsds_places import id_of, places_of
from services.matching.web.hsds_schedules import schedules_of
from services.matching.web.hsds_terms import HSDS, term_of
from shared.kernel.city import City

_OF_A_URI: Final = ":/?#[]@!$&'()*+,;=%~"


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
    told = _told(offer)
    return ServiceParts(**_service(told, city), **_parts(told.service, city))


def service_in_list(offer: Offer, city: City) -> ServiceInList:
    """Without its parts."""
    return ServiceInList(**_service(_told(offer), city), organization=organization_in_list(offer.organisation))


def service_full(offer: Offer, city: City) -> ServiceFull:
    """With its parts and its organisation."""
    told = _told(offer)
    whole = {**_service(told, city), **_parts(told.service, city)}
    return ServiceFull(**whole, organization=organization(offer.organisation))


def place_in_list(offer: Offer, city: City) -> PlaceInList:
    """Without its parts."""
    [place] = places_of(offer.service, city)
    location = LocationBasic(**place.location.model_dump(include=set(LocationBasic.model_fields)))
    return PlaceInList(**_ids_of(place), location=location, service=service_in_list(offer, city))


def place_full(offer: Offer, city: City) -> PlaceFull:
    """With its parts."""
    [place] = places_of(offer.service, city)
    return PlaceFull(**_ids_of(place), location=place.location, service=service_full(offer, city))


def changed(offer: Offer) -> Changed:
    """When."""
    return Changed(id=offer.service.id, modified_date=_last_modified(offer))


def _organization(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.id,
        "name": organisation.name,
        "description": organisation.description,
        "email": organisation.email or None,
        "website": _uri(organisation.website),
        "legal_status": organisation.kind or None,
        "last_modified": organisation.kept.changed_at,
    }


def _told(offer: Offer) -> Offer:
    """Of what is hidden only that it is: whoever keeps a copy takes it off, and nobody reads what may be wrong."""
    if offer.service.kept.hidden_at is None:
        return offer
    bare = Service(offer.service.id, offer.service.organisation_id, offer.service.name, (), kept=offer.service.kept)
    return Offer(bare, offer.organisation)


def _service(offer: Offer, city: City) -> dict[str, Any]:
    service = offer.service
    return {
        "id": service.id,
        "organization_id": service.organisation_id,
        "name": service.name,
        "description": service.description,
        "url": _uri(service.website),
        "email": service.email or None,
        "status": "active" if service.active and service.kept.hidden_at is None else "inactive",
        "interpretation_services": "Werkt met een tolk" if service.interpreter else None,
        "application_process": WHO_ASKS[SignUp(service.sign_up)] if service.sign_up else None,
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
    places = service.capacity
    of = {"service_id": service.id}
    return {
        "phones": _phones(service.id, service.phone),
        "service_areas": _areas(service, city),
        "languages": [
            Language(id=id_of(service, "language", tag), code=tag, name=city.languages.words(tag), **of)
            for tag in service.languages
        ],
        "cost_options": _costs(service),
        "schedules": schedules_of(service),
        "service_at_locations": places_of(service, city),
        "attributes": [_attribute(service, code, city) for code in service.categories],
        "service_capacity": [] if places is None else [Capacity(id=id_of(service, "capacity", ""), maximum=places)],
    }


def _areas(service: Service, city: City) -> list[ServiceArea]:
    """The whole city is said to be whole: a district may have its name. What is not known is not there."""
    if service.whole_city:
        return [ServiceArea(id=id_of(service, "area", ""), name=f"heel {city.name}", service_id=service.id)]
    return [
        ServiceArea(id=id_of(service, "area", code), code=code, name=city.districts.words(code), service_id=service.id)
        for code in service.districts
    ]


def _costs(service: Service) -> list[CostOption]:
    """What is free costs nothing; of the rest nobody knows an amount. None when nobody said what it costs."""
    if service.is_free is None and not service.cost:
        return []
    known = CostOption(id=id_of(service, "cost", ""), service_id=service.id, option=service.cost or None)
    said: dict[bool | None, dict[str, Any]] = {
        True: {"amount": 0, "currency": "EUR"},
        False: {"amount_description": NOT_FREE},
        None: {},
    }
    return [known.model_copy(update=said[service.is_free])]


def _attribute(service: Service, code: str, city: City) -> Attribute:
    term = term_of(city, code)
    return Attribute(
        id=id_of(service, "attribute", code), link_id=service.id, taxonomy_term_id=term.id, taxonomy_term=term
    )


def _ids_of(place: ServiceAtLocation) -> dict[str, UUID]:
    return {"id": place.id, "service_id": place.service_id, "location_id": place.location_id}


def _uri(address: str) -> str | None:
    """As people write it, it may hold letters with accents; a URI may not (RFC 3986)."""
    return quote(address, safe=_OF_A_URI) or None


def _phones(owner: UUID, number: str) -> list[Phone]:
    return [Phone(id=uuid5(HSDS, f"{owner}|phone|{number}"), number=number)] if number else []
