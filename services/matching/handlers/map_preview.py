"""What a file would do to the map: it is taken over in a transaction that is then rolled back.

So the preview is what would happen by the same code, and nothing of it stays.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from services.matching.commands import ImportMap, RefusedRow, Remark
from services.matching.domain.map_import import ImportLine, LineKind, Outcome, Verdict
from services.matching.domain.network import Service
from services.matching.handlers.file_changes import EntryInFile, PersonInFile, line_of, line_of_found, line_of_person
from services.matching.handlers.import_parts import whole_parts
from services.matching.handlers.taking_over import import_map
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units


class _NotReally(Exception):
    """What was done is rolled back."""


class _Noted:
    """Everything is done, and written down."""

    def __init__(self) -> None:
        self.lines: list[ImportLine] = []

    def allows(self, entry: EntryInFile) -> bool:
        self.lines.append(line_of(entry))
        return True

    def people_changed(self, people: Sequence[PersonInFile]) -> None:
        self.lines += [line_of_person(one, Outcome.SHOWN) for one in people]

    def missing(self, offers: Mapping[UUID, str]) -> Collection[UUID]:
        self.lines += [ImportLine(LineKind.SERVICE, Verdict.MISSING, name, key) for key, name in offers.items()]
        return offers

    def back(self, offers: Sequence[Service]) -> None:
        self.lines += [line_of_found(one, Outcome.SHOWN) for one in offers]


async def preview_part(part: ImportMap, unit: MatchingUnit) -> list[ImportLine]:
    """What this part would do, and which of its rows would be refused. The map stays as it is."""
    noted = _Noted()
    with suppress(_NotReally):
        async with unit.savepoint():
            report = await import_map(part, unit, noted)
            noted.lines += [*lines_of_rows(report.refused), *lines_of_rows(report.remarks)]
            raise _NotReally
    return noted.lines


async def preview_map(command: ImportMap, units: Units[MatchingUnit]) -> AsyncIterator[list[ImportLine]]:
    """The same of a whole file, part by part, each thing once."""
    yield [*lines_of_rows(command.refused), *lines_of_rows(command.remarks)]
    seen: set[UUID] = set()
    for part in whole_parts(command):
        async with units.begin() as unit:
            lines = await preview_part(part, unit)
        yield [one for one in lines if one.subject_id is None or one.subject_id not in seen]
        seen.update(one.subject_id for one in lines if one.subject_id)


def lines_of_rows(rows: Sequence[Remark]) -> list[ImportLine]:
    """Rows of the file that are refused, or of which something is to be known."""
    return [
        ImportLine(
            kind=LineKind.ROW,
            verdict=Verdict.REFUSED if isinstance(row, RefusedRow) else Verdict.REMARK,
            line=row.line,
            column=row.column,
            problem=row.problem,
            example=row.example,
        )
        for row in rows
    ]
