"""Everyday words of the desk, words that found nothing, and what keeps the index of the map in order."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.matching.domain.entry_errors import EverydayWordChanged, EverydayWordUnknown, TooManyEverydayWords
from services.matching.domain.everyday import MOST_EVERYDAY_WORDS, EverydayWord, MissedWord, may_be_counted
from services.matching.domain.map_query import MapQuery, SearchResult
from services.matching.ports import MatchingUnit

KEPT_DAYS: Final = 365
# Somebody may have typed a name: what was asked too seldom to be shown to anybody goes sooner.
RARE_KEPT_DAYS: Final = 30
MOST_MISSED: Final = 50
MOST_INDEXED_AT_ONCE: Final = 2_000
INDEX_EVERY: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class WordEdit:
    """What somebody of the desk wants of a word, and which version they saw."""

    by: UUID
    seen: int


async def add_word(word: str, categories: Sequence[str], by: UUID, unit: MatchingUnit) -> None:
    """From now on it leads to these categories. Raises EverydayWordExists, TooManyEverydayWords."""
    if len(await unit.everyday_words.list_all()) >= MOST_EVERYDAY_WORDS:
        raise TooManyEverydayWords(MOST_EVERYDAY_WORDS)
    await unit.everyday_words.save(EverydayWord(unit.ids.new(), word, tuple(categories), by, unit.now))


async def change_word(word_id: UUID, word: str, categories: Sequence[str], edit: WordEdit, unit: MatchingUnit) -> None:
    """It is written so, and leads there. Raises EverydayWordUnknown, EverydayWordChanged, EverydayWordExists."""
    found = await _locked(word_id, edit, unit)
    await unit.everyday_words.save(replace(
        found, word=word, categories=tuple(categories), changed_by=edit.by, changed_at=unit.now,
        version=found.version + 1,
    ))  # fmt: skip


async def remove_word(word_id: UUID, edit: WordEdit, unit: MatchingUnit) -> None:
    """It means nothing of its own any more. Raises EverydayWordUnknown, EverydayWordChanged."""
    found = await _locked(word_id, edit, unit)
    await unit.everyday_words.save(replace(
        found, removed=True, changed_by=edit.by, changed_at=unit.now, version=found.version + 1
    ))  # fmt: skip


async def count_missed(query: MapQuery, found: SearchResult, key: bytes, unit: MatchingUnit) -> None:
    """Once more for each word that nothing on the map says; who asked is not kept, nor a word that few asked."""
    words = [word for word in found.missed if may_be_counted(word)]
    if words and query.page == 1 and not query.is_narrowed:
        digests = {hmac.new(key, f"missed:{word}".encode(), hashlib.sha256).hexdigest(): word for word in words}
        await unit.missed_words.count(digests, unit.city.day_of(unit.now), unit.city.search.show_missed_from)


async def list_missed(unit: MatchingUnit) -> list[MissedWord]:
    """What was asked so often that it says nothing of one person."""
    return await unit.missed_words.list_most(unit.city.search.show_missed_from, MOST_MISSED)


async def forget_old_missed(unit: MatchingUnit) -> None:
    """Delete counts of more than a year ago, and sooner those of words that are shown to nobody."""
    today = unit.city.day_of(unit.now)
    await unit.missed_words.forget_before(today - timedelta(days=KEPT_DAYS))
    await unit.missed_words.forget_rare_before(
        today - timedelta(days=RARE_KEPT_DAYS), unit.city.search.show_missed_from
    )


async def index_older(unit: MatchingUnit) -> None:
    """Index what another version of Schakel indexed; until then it is found by its old index."""
    await unit.services.index_older(MOST_INDEXED_AT_ONCE)


async def tidy_words(unit: MatchingUnit) -> None:
    """What looks like a typed word is sought among words that the map says now."""
    await unit.services.tidy_words()


async def _locked(word_id: UUID, edit: WordEdit, unit: MatchingUnit) -> EverydayWord:
    found = await unit.everyday_words.get(word_id)
    if found is None:
        raise EverydayWordUnknown
    if found.removed or found.version != edit.seen:
        raise EverydayWordChanged
    return found
