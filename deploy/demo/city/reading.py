"""The invented city of Schiewijk as an embedded run or a Compose demo loads it."""

from deploy.demo.city.make_city import CITY_FILE, schiewijk
from services.matching.adapters.map_files import read_files
from services.matching.commands import ImportMap
from services.matching.domain.network import Person
from services.matching.ports import People
from shared.events.base import Role

SCHOOL_SYSTEM = "leerlingvolgsysteem (verzonnen)"


def read_city() -> ImportMap:
    """Its map and its people."""
    return read_files([CITY_FILE], schiewijk())


async def school_ambassador(city: ImportMap, people: People) -> Person:
    """In whose name the invented school's system asks: the first ambassador of the file."""
    email = next(person.contact.email for person in city.people if person.role is Role.AMBASSADOR)
    found = await people.read_by_email(email)
    if found is None:
        raise LookupError(email)
    return found
