"""Reads the files with a map that the desk sent: beside the loop, so that whatever else the worker does goes on.

A large file is read by a process of its own, which ends and gives back its memory; what it read comes part by part.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

import structlog

from services.matching.adapters.child_process import answers_of_child
from services.matching.adapters.map_files import read_upload
from services.matching.adapters.refused_rows import refused_rows
from services.matching.commands import ImportMap
from services.matching.domain.map_import import ImportLine, MapImport, ReadPart
from shared.kernel.city import City

log = structlog.get_logger(__name__)
Cut = Callable[[ImportMap], Iterator[ReadPart]]
READ_HERE_UP_TO: Final = 256 * 1024
"""Bytes; to start a process takes longer than to read so little."""


@dataclass(frozen=True, slots=True)
class MapFileReader:
    """Every kind of file that the command line reads; `cut` makes of it the parts that are kept."""

    cut: Cut

    async def read(self, sent: MapImport, content: bytes, city: City) -> AsyncGenerator[ReadPart, None]:
        rest = sent.filename, city.model_dump_json(), sent.source, self.cut
        if len(content) <= READ_HERE_UP_TO:
            for part in await asyncio.to_thread(lambda: list(parts_in(content, *rest))):
                yield part
            return
        async with aclosing(answers_of_child(parts_in, content, *rest)) as parts:
            async for part in parts:
                yield part

    async def table_of_refused(self, sent: MapImport, content: bytes, lines: Sequence[ImportLine]) -> bytes:
        if len(content) <= READ_HERE_UP_TO:
            return (await asyncio.to_thread(table_in, content, sent.filename, lines))[0]
        async with aclosing(answers_of_child(table_in, content, sent.filename, lines)) as tables:
            return await anext(tables)

    def tell_failed(self, sent: MapImport, error: Exception) -> None:
        log.error("map_import_failed", import_id=str(sent.id), part=sent.part, exc_info=error)


def parts_in(content: bytes, filename: str, city: str, source: str, cut: Cut) -> Iterator[ReadPart]:
    """What stands in a file; the city as JSON."""
    yield from cut(read_upload(filename, content, City.model_validate_json(city), source=source))


def table_in(content: bytes, filename: str, lines: Sequence[ImportLine]) -> list[bytes]:
    """Its refused rows. A mark at the beginning tells a spreadsheet which letters these are."""
    return [refused_rows(filename, content, lines).encode("utf-8-sig")]
