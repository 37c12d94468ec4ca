"""The map in memory, searched by the rules of the domain; and the twins of the desk's words."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from services.matching.domain.answering import MOST_FOUND, result, stages
from services.matching.domain.asking import Asked, Reading
from services.matching.domain.entry_errors import EverydayWordExists
from services.matching.domain.everyday import MOST_A_DAY, EverydayWord, MissedWord
from services.matching.domain.map_query import How, MapQuery, SearchResult
from services.matching.domain.network import Service
from services.matching.domain.ranking import Offer
from services.matching.domain.search import index_of, is_unreadable
from services.matching.domain.vocabulary import Vocabulary, build_vocabulary, vocabulary_at
from shared.kernel.city import City
from shared.kernel.dutch_words import lemma_of
from shared.kernel.searched_words import folded
from tests.twins.tables import MemoryTables

# Indexing is slow, and a map in memory is searched again and again.
lexemes_of = lru_cache(maxsize=4_096)(index_of)


def vocabulary_in(tables: MemoryTables, city: City) -> Vocabulary:
    """The words of the city and of its desk."""
    words = [one for one in tables.table("everyday_words").values() if not one.removed]
    state = f"in memory: {words}"
    return vocabulary_at(city, state) or build_vocabulary(city, words, state)


def answer(query: MapQuery, offers: Collection[Offer], vocabulary: Vocabulary, said: frozenset[str]) -> SearchResult:
    """What is found among these, which pass the filters. `said`: the words of all of the map."""
    offers = [one for one in offers if _is_new(one, query)]
    if is_unreadable(query.text):
        return SearchResult((), 0)
    reading = Reading(query.text, vocabulary)
    begins, ends = (query.page - 1) * query.per_page, query.page * query.per_page
    if not reading.words:
        by_name = sorted(offers, key=lambda offer: (_is_unsure(offer, query), offer.service.name, offer.service.id))
        how = How.ALL_WORDS if offers else How.NOTHING
        return SearchResult(tuple(by_name[begins:ends]), len(offers), how, kinds=_kinds(offers, query))
    return _closest(reading, offers, said, query)


def _is_in_language(query: MapQuery, languages: Collection[str]) -> bool:
    """Whether who speaks these answers, or who named none."""
    return not query.language or query.language in languages or (query.is_own_language and not languages)


def fits(service: Service, query: MapQuery) -> bool:
    """Whether it passes the filters."""
    return (
        service.on_map
        and (service.active or query.include_inactive)
        and (service.kept.hidden_at is None or query.include_hidden)
        and (not query.category or query.category in service.categories)
        and (not query.district or not service.districts or query.district in service.districts)
        and _is_in_language(query, service.languages)
        and (query.age is None or service.overlaps(query.age, query.age))
        and (not query.free_only or service.is_free is True)
        and (query.open_at is None or service.hours.open_span(query.open_at) is not None)
        and set(query.access) <= set(service.access)
        and (query.organisation_id is None or query.organisation_id == service.organisation_id)
        and (not query.categories or not query.categories.isdisjoint(service.categories))
        and (not query.has_place or bool(service.address or service.access))
    )


def _kinds(offers: Collection[Offer], query: MapQuery) -> Mapping[str, int]:
    return Counter(code for offer in offers for code in offer.service.categories) if query.counts_kinds else {}


def _is_unsure(offer: Offer, query: MapQuery) -> bool:
    service = offer.service
    return (bool(query.district) and not service.says_where) or (query.age is not None and not service.says_ages)


def _closest(reading: Reading, offers: Collection[Offer], said: frozenset[str], query: MapQuery) -> SearchResult:
    indexes = {offer.service.id: lexemes_of(offer.service, offer.organisation.name) for offer in offers}
    asked = _asked(reading, said)
    for stage in stages(asked):
        found = [offer for offer in offers if stage.is_met(indexes[offer.service.id])]
        if found:
            found.sort(key=lambda offer: (
                _is_unsure(offer, query), -asked.points(indexes[offer.service.id]), offer.service.name, offer.service.id
            ))  # fmt: skip
            found = found[:MOST_FOUND]
            begins, ends = (query.page - 1) * query.per_page, query.page * query.per_page
            whole = result(reading, asked, tuple(found[begins:ends]), len(found), stage.how)
            return replace(whole, kinds=_kinds(found, query))
    return result(reading, asked)


def _asked(reading: Reading, said: frozenset[str]) -> Asked:
    asked = reading.asked({word: lemma_of(word) for word in said})
    unknown = reading.unknown(asked, said)
    return reading.guessed(asked, unknown, said) if unknown else asked


class InMemoryEverydayWords:
    """The desk's words in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, EverydayWord] = tables.table("everyday_words")

    async def get(self, word_id: UUID) -> EverydayWord | None:
        return self._rows.get(word_id)

    async def list_all(self) -> list[EverydayWord]:
        return sorted((one for one in self._rows.values() if not one.removed), key=lambda one: folded(one.word))

    async def save(self, word: EverydayWord) -> None:
        others = (one for one in await self.list_all() if one.id != word.id)
        if not word.removed and any(folded(one.word) == folded(word.word) for one in others):
            raise EverydayWordExists
        self._rows[word.id] = replace(word)


class InMemoryMissedWords:
    """Counts by word and day."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[tuple[str, date], int] = tables.table("missed_words")
        self._words: dict[str, str] = tables.table("words_of_missed")

    async def count(self, words: Mapping[str, str], day: date, known_from: int) -> None:
        if sum(counted_on == day for _, counted_on in self._rows) >= MOST_A_DAY:
            return
        for digest, word in words.items():
            self._rows[digest, day] = self._rows.get((digest, day), 0) + 1
            if sum(times for (each, _), times in self._rows.items() if each == digest) >= known_from:
                self._words[digest] = word

    async def list_most(self, at_least: int, limit: int) -> list[MissedWord]:
        times: Counter[str] = Counter()
        for (digest, _), number in self._rows.items():
            times[digest] += number
        last = {digest: max(day for each, day in self._rows if each == digest) for digest in times}
        found = [
            MissedWord(self._words[digest], number, last[digest])
            for digest, number in times.items()
            if number >= at_least and digest in self._words
        ]
        return sorted(found, key=lambda one: (-one.times, one.word))[:limit]

    async def forget_before(self, day: date) -> None:
        for key in [key for key in self._rows if key[1] < day]:
            del self._rows[key]

    async def forget_rare_before(self, day: date, at_least: int) -> None:
        times: Counter[str] = Counter()
        for (digest, _), number in self._rows.items():
            times[digest] += number
        lately = {digest for digest, counted_on in self._rows if counted_on >= day}
        for key in [key for key in self._rows if times[key[0]] < at_least and key[0] not in lately]:
            del self._rows[key]


def _is_new(offer: Offer, query: MapQuery) -> bool:
    """Whether something of it changed since then."""
    changes = (offer.service.kept.changed_at, offer.organisation.kept.changed_at)
    since = query.changed_at_least
    return since is None or any(moment is not None and moment >= since for moment in changes)
