"""Files with a map, taken over: for the tests of importing."""

from pathlib import Path
from typing import Any

from services.matching.adapters.map_files import read_files
from services.matching.domain.map_query import MapQuery
from services.matching.domain.network import Service
from services.matching.handlers.import_report import ImportReport
from services.matching.handlers.taking_over import import_map
from tests.unit.matching.city import World, named

HEADER = "organisatie;aanbod;categorieen;wijken;leeftijd_van;leeftijd_tot;talen;gratis;contactpersoon;email;telefoon\n"
GOOD = "Fietsenfonds;Fiets;een fiets, sport;Oost;4;12;Arabisch, nl;ja;Sam V;sam@fietsenfonds.example;010 555 01 23\n"


async def taken_over(world: World, *files: Path) -> ImportReport:
    async with world.units.begin() as unit:
        return await import_map(read_files(files, unit.city), unit)


async def the_map(world: World) -> list[Service]:
    async with world.units.begin() as unit:
        found = await unit.services.search(MapQuery(include_inactive=True, per_page=1000))
        return [offer.service for offer in found.offers]


def a_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def hsds_service(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any member
    return {
        "id": str(named("service")),
        "name": "Fiets",
        "organization": {"id": str(named("owner")), "name": "Fietsenfonds"},
        "attributes": [{"taxonomy_term": {"code": "bike"}}],
        **changes,
    }
