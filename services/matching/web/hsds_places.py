"""Where the offers of our map are, as HSDS has it: a place, and its address as far as a text tells its parts."""

import re
from typing import Final
from uuid import UUID, uuid5

from services.matching.domain.network import Service
from services.matching.web.hsds import ServiceAtLocation
from services.matching.web.hsds_parts import Accessibility, Address, Location
from services.matching.web.hsds_terms import HSDS
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


def has_place(service: Service) -> bool:
    """Whether it is known where people come."""
    return bool(service.address or service.access)


def places_of(service: Service, city: City) -> list[ServiceAtLocation]:
    """One, or none."""
    if not has_place(service):
        return []
    location_id = id_of(service, "location", "")
    easy = [
        Accessibility(id=id_of(service, "access", code), location_id=location_id, description=city.access.words(code))
        for code in service.access
    ]
    location = Location(
        id=location_id,
        organization_id=service.organisation_id,
        name=service.address or None,
        addresses=_addresses(service, location_id, city),
        accessibility=easy,
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
            id=id_of(service, "address", ""),
            location_id=location_id,
            address_1=(found["street"] if found else street.strip() if in_city else service.address) or service.address,
            city=found["city"].strip() if found else last.strip() if in_city else "",
            state_province="",
            postal_code=f"{found['digits']} {found['letters']}" if found else "",
            country=REGION,
        )
    ]


def id_of(service: Service, kind: str, code: str) -> UUID:
    """The same part of the same service is the same identity."""
    return uuid5(HSDS, f"{service.id}|{kind}|{code}")
