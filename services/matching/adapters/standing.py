"""Which offers stand in a file, so that one can tell which stood there before and do not any more."""

from collections.abc import Iterable, Mapping
from typing import Final

# Before its reader knows of which source a file is.
OF_THIS_FILE: Final = ""


class Standing:
    """The offers of one file, those with a mistake too: a wrong telephone number takes nothing out of the file."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._is_whole = True

    def add(self, external_id: str, *, is_told: bool) -> None:
        """One more; `is_told`: whether its row says which it is."""
        if is_told:
            self._ids.add(external_id)
        else:
            self.add_unknown()

    def add_unknown(self) -> None:
        """Something stands there of which nobody can tell what it is: then nobody can tell what is missing either."""
        self._is_whole = False

    def told(self) -> Mapping[str, frozenset[str]]:
        """All of them; nothing when some are unknown."""
        return {OF_THIS_FILE: frozenset(self._ids)} if self._is_whole else {}


def all_standing(files: Iterable[tuple[str, Mapping[str, frozenset[str]]]]) -> Mapping[str, frozenset[str]]:
    """By source, of files with their sources; without a source of which no offer stands anywhere, or some is unknown.

    A file that speaks of no offer, as one with schools alone, says nothing of the offers of its source.
    """
    found: dict[str, frozenset[str]] = {}
    unknown: set[str] = set()
    for source, standing in files:
        if OF_THIS_FILE not in standing:
            unknown.add(source)
        found[source] = found.get(source, frozenset()).union(*standing.values())
    return {source: ids for source, ids in found.items() if ids and source not in unknown}
