"""Everyday words that the desk keeps beside those of the city's file, and words that found nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

MOST_EVERYDAY_WORDS: Final = 2_000
SHORTEST, LONGEST = 2, 40
SHORTEST_MISSED, LONGEST_MISSED = 3, 24

# Whoever searches all day for nonsense fills no table.
MOST_A_DAY: Final = 2000


@dataclass(frozen=True, slots=True)
class EverydayWord:
    """One word as people say it, in any script, and the categories that they look for by it."""

    id: UUID
    word: str
    categories: tuple[str, ...]
    changed_by: UUID
    changed_at: datetime
    version: int = 1
    removed: bool = False


@dataclass(frozen=True, slots=True)
class MissedWord:
    """A word that was asked and that nothing on the map says. Who asked is not known."""

    word: str
    times: int
    last_on: date


def may_be_counted(word: str) -> bool:
    """Whether a word that found nothing is kept: letters only, so that no number of a person is, and one word long."""
    return word.isalpha() and SHORTEST_MISSED <= len(word) <= LONGEST_MISSED


class EverydayWords(Protocol):
    """The desk's words."""

    async def get(self, word_id: UUID) -> EverydayWord | None:
        """The word, locked; also one that was removed."""

    async def list_all(self) -> list[EverydayWord]:
        """All that count, by word."""

    async def save(self, word: EverydayWord) -> None:
        """Insert it, or take over every field. Raises EverydayWordExists: it stands there already."""


class MissedWords(Protocol):
    """How often words found nothing, by day. Somebody may type a name: a word that few typed is kept as a digest."""

    async def count(self, words: Mapping[str, str], day: date, known_from: int) -> None:
        """Once more for each of these, by digest; not on a day on which `MOST_A_DAY` words were counted already.

        What was counted `known_from` times in all is kept in letters from then on.
        """

    async def list_most(self, at_least: int, limit: int) -> list[MissedWord]:
        """Those that were asked at least so often, the most asked first."""

    async def forget_before(self, day: date) -> None:
        """Delete what was counted before this day."""

    async def forget_rare_before(self, day: date, at_least: int) -> None:
        """Delete words that were asked less often in all, and last before this day."""
