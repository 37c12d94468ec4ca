"""Files that the desk sends, worked at as the worker does, in small parts: for the tests of them."""

from collections.abc import Mapping
from dataclasses import replace

from services.matching.adapters.map_reader import MapFileReader
from services.matching.domain.map_import import ImportLine, LineQuery, MapImport, Verdict
from services.matching.domain.map_query import MapQuery
from services.matching.domain.network import Service
from services.matching.handlers.import_parts import read_parts
from services.matching.handlers.import_work import ImportWork
from services.matching.handlers.map_imports import read_import, send_map, take_over_import, undo_import
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units
from tests.unit.matching.city import named

DESK, OTHER = named("desk"), named("other desk")
HEADER = "organisatie;aanbod;categorieen;omschrijving;contactpersoon;email\n"
BIKE = "Fietsenfonds;Fiets;bike;Een fiets;Sam V;sam@fonds.example\n"
HELMET = "Fietsenfonds;Helm;bike;;Sam V;sam@fonds.example\n"
COAT = "Kledingbank;Jas;clothing;Een jas;;\n"
WRONG = "Kledingbank;Trui;raket;;;\n"
WORK = ImportWork(MapFileReader(read_parts))


async def previewed(
    units: Units[MatchingUnit], text: str, source: str = "de kaart", name: str = "kaart.csv"
) -> MapImport:
    async with units.begin() as unit:
        sent = await send_map(name, text.encode(), source, DESK, unit)
    return await worked_at(units, sent)


async def worked_at(units: Units[MatchingUnit], sent: MapImport) -> MapImport:
    """As the worker does, until it is done."""
    now = sent
    for _ in range(50):
        async with units.begin() as unit:
            await WORK.do_next(unit)
        async with units.begin() as unit:
            now = await read_import(sent.id, unit)
        if not now.is_working:
            return now
    raise AssertionError(now)


async def taken(units: Units[MatchingUnit], text: str, source: str = "de kaart", name: str = "kaart.csv") -> MapImport:
    return await said_yes(units, await previewed(units, text, source, name))


async def said_yes(units: Units[MatchingUnit], sent: MapImport) -> MapImport:
    async with units.begin() as unit:
        await take_over_import(sent.id, DESK, unit)
    return await worked_at(units, sent)


async def undone(units: Units[MatchingUnit], sent: MapImport) -> MapImport:
    async with units.begin() as unit:
        await undo_import(sent.id, DESK, unit)
    return await worked_at(units, sent)


async def lines(units: Units[MatchingUnit], sent: MapImport, verdict: Verdict) -> list[ImportLine]:
    async with units.begin() as unit:
        return await unit.map_imports.list_page(sent.id, LineQuery(verdict))


async def offers(units: Units[MatchingUnit]) -> Mapping[str, Service]:
    async with units.begin() as unit:
        found = await unit.services.search(MapQuery(include_inactive=True, per_page=1000))
    return {offer.service.name: offer.service for offer in found.offers}


async def change(units: Units[MatchingUnit], name: str, **fields: object) -> None:
    """Somebody changes an offer by hand."""
    known = (await offers(units))[name]
    async with units.begin() as unit:
        changed = replace(known, **fields, kept=known.kept.changed(at=unit.now))  # type: ignore[arg-type]  # any field
        await unit.services.save(changed)
