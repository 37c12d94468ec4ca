"""What was passed over in a file, told once for each kind: where it stood first, and at how many more places."""

from services.matching.commands import Remark


class Notes:
    """The remarks of one file that would otherwise be the same for every row."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], list[int]] = {}

    def add(self, line: int, column: str, what: str, example: str = "") -> None:
        """Once more."""
        first_and_more = self._found.setdefault((column, what, example), [line, -1])
        first_and_more[1] += 1

    def remarks(self) -> list[Remark]:
        """Each kind, in the order in which they were met."""
        return [
            Remark(line, column, f"{what} (en zo nog {more} keer)" if more else what, example)
            for (column, what, example), (line, more) in self._found.items()
        ]
