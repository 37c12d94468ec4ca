"""The map and the people of an invented city, as an embedded run or a Compose demo loads them."""

from collections.abc import Sequence
from pathlib import Path

from deploy.demo.city.demo_city import DemoCity
from services.matching.adapters.map_files import read_files
from services.matching.commands import ImportMap, PersonEntry
from services.matching.domain.network import Person
from services.matching.ports import People
from shared.events.base import Role
from shared.kernel.city import City

SCHOOL_SYSTEM = "leerlingvolgsysteem (verzonnen)"


def read_map(file: Path, city: City) -> ImportMap:
    """What stands in a city's `map.json`."""
    return read_files([file], city)


def people_of(demo: DemoCity) -> Sequence[PersonEntry]:
    """The people that its map names."""
    return read_map(demo.map_file, demo.city).people


async def school_ambassador(found: ImportMap, people: People) -> Person | None:
    """In whose name the invented school's system asks: the file's first ambassador; None: the people are others."""
    email = next(person.contact.email for person in found.people if person.role is Role.AMBASSADOR)
    return await people.read_by_email(email)
