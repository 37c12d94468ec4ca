"""Files with a map that the desk sends by page: sent, taken over after a preview, and taken back."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final
from uuid import UUID

from services.matching.domain.map_import import LineCount, LineKind, MapImport, Outcome, Verdict
from services.matching.domain.map_import_errors import ImportUnknown, NothingToUndo
from services.matching.domain.map_source import source_named
from services.matching.ports import MatchingUnit

CHANGES: Final = frozenset({Verdict.NEW, Verdict.CHANGED, Verdict.MISSING, Verdict.BACK})


async def send_map(filename: str, content: bytes, source: str, by: UUID, unit: MatchingUnit) -> MapImport:
    """Keep a file for the worker to look at; without a source its name says it. Nothing on the map changes."""
    sent = MapImport(
        id=unit.ids.new(),
        filename=filename,
        source=source.strip().casefold() or source_named(filename),
        size=len(content),
        digest=sha256(content).hexdigest(),
        sent_by=by,
        sent_at=unit.now,
    )
    await unit.map_imports.add(sent, content)
    return sent


async def read_import(import_id: UUID, unit: MatchingUnit) -> MapImport:
    """How far it is. Raises ImportUnknown."""
    sent = await unit.map_imports.read(import_id)
    if sent is None:
        raise ImportUnknown
    return sent


async def take_over_import(import_id: UUID, by: UUID, unit: MatchingUnit) -> None:
    """Somebody says yes to a preview. Raises ImportUnknown, ImportOver, NothingToTakeOver, ImportBusy."""
    sent = await _get(import_id, unit)
    counts = await unit.map_imports.count(import_id)
    sent.take(by, changes=sum(one.lines for one in counts if one.verdict in CHANGES), at=unit.now)
    await unit.map_imports.save(sent)


async def undo_import(import_id: UUID, by: UUID, unit: MatchingUnit) -> None:
    """What was taken over last is taken back. Raises ImportUnknown, NothingToUndo, ImportBusy."""
    sent = await _get(import_id, unit)
    if await find_last_taken(unit) != sent.id:
        raise NothingToUndo
    counts = await unit.map_imports.count(import_id)
    sent.undo(by, lines=sum(one.lines for one in counts if one.outcome is Outcome.TAKEN), at=unit.now)
    await unit.map_imports.save(sent)


async def find_last_taken(unit: MatchingUnit) -> UUID | None:
    """The one that can be taken back, if any."""
    last = await unit.map_imports.read_last_taken()
    return last.id if last and last.can_be_undone else None


def lines_in(counts: Iterable[LineCount], verdict: Verdict, kind: LineKind | None = None) -> int:
    """How many lines say this, of one kind or of all."""
    return sum(one.lines for one in counts if one.verdict is verdict and kind in (None, one.kind))


async def _get(import_id: UUID, unit: MatchingUnit) -> MapImport:
    sent = await unit.map_imports.get(import_id)
    if sent is None:
        raise ImportUnknown
    return sent
