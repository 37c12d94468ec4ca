"""Which ids a file gives to what: a UUID is one everywhere, anything else counts within its source."""

from typing import Final
from uuid import UUID

from services.matching.adapters.checking import RowCheck

ANOTHER_NAME: Final = "dit id staat op {place} bij een andere naam"
ANOTHER_PERSON: Final = "dit id staat op {place} bij een andere naam of een ander e-mailadres"
_ID_EXAMPLE: Final = "een eigen id voor ieder"
Known = dict[tuple[str, str], tuple[tuple[str, ...], str, int]]


class Identities:
    """The ids in one file of a source; `known`: what each of them stands for in all files of this import."""

    def __init__(self, source: str, file: str, known: Known) -> None:
        self.source, self._file, self._known = source, file, known

    def of(self, written: str) -> str:
        """The id as an entry has it; nothing stays nothing."""
        try:
            return str(UUID(written))
        except ValueError:
            return f"{self.source}:{written}" if written else ""

    def organisation(self, check: RowCheck, column: str, external_id: str, name: str) -> None:
        """Refuse the row when this id stood for an organisation with another name before."""
        self._stands_for(check, column, ("organisation", external_id), (name,), ANOTHER_NAME)

    def person(self, check: RowCheck, column: str, external_id: str, name: str, email: str) -> None:
        """Refuse the row when this id stood for somebody else before."""
        self._stands_for(check, column, ("person", external_id), (name, email), ANOTHER_PERSON)

    def _stands_for(
        self, check: RowCheck, column: str, what: tuple[str, str], names: tuple[str, ...], problem: str
    ) -> None:
        if not what[1] or not check.is_good:
            return
        said = tuple(name.casefold() for name in names)
        before, file, line = self._known.setdefault(what, (said, self._file, check.line))
        if before != said:
            place = f"regel {line}" if file == self._file else f"regel {line} van {file}"
            check.refuse(column, problem.format(place=place), _ID_EXAMPLE)
