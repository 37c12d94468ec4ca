"""A map that was read, in the parts in which it is looked at and taken over; each stands by itself."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pydantic import TypeAdapter

from services.matching.commands import ImportMap, PersonEntry, ServiceEntry
from services.matching.domain.map_import import ReadPart
from services.matching.handlers.network import identity
from services.matching.handlers.taking_over import parts_of

_MAP: Final = TypeAdapter(ImportMap)


def whole_parts(command: ImportMap) -> Iterator[ImportMap]:
    """With each offer or person the organisation that the file has for it: it may not be on the map yet."""
    owners = {identity("organisation", one.external_id): one for one in command.organisations}
    for part in parts_of(command):
        rows: tuple[PersonEntry | ServiceEntry, ...] = (*part.people, *part.services)
        named = {identity("organisation", one.organisation) for one in rows}
        yield replace(part, organisations=part.organisations or [owners[each] for each in named if each in owners])


def rows_of(part: ImportMap) -> int:
    """How many rows of the file it has."""
    return len(part.people) + len(part.services) or len(part.organisations)


def read_parts(command: ImportMap) -> Iterator[ReadPart]:
    """First what is wrong with rows of the file, and has no part; then every part of it."""
    yield ReadPart(0, packed(ImportMap(refused=command.refused, remarks=command.remarks)))
    yield from (ReadPart(rows_of(part), packed(part)) for part in whole_parts(command))


def packed(part: ImportMap) -> bytes:
    """To keep it until it is worked at."""
    return _MAP.dump_json(part)


def unpacked(content: bytes) -> ImportMap:
    """What `packed` kept."""
    return _MAP.validate_json(content)
