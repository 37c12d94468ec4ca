"""What people in one city mean by a word: the words of its file, and those that its desk keeps (`EverydayWord`).

It is asked when somebody searches, so that a changed word counts at once. Codes that the city gave up are in it:
services on the map still have them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from services.matching.domain.everyday import EverydayWord
from services.matching.domain.search import Codes
from services.matching.domain.spelling import keys_of, look_alike
from shared.kernel.city import City, CodeList
from shared.kernel.dutch_words import dutch, is_made_with, lemma_of, may_begin, parts_of
from shared.kernel.searched_words import LONGEST_WORD, carrying, folded, words_in

MOST_KEPT: Final = 2_000


class Kind(IntEnum):
    """How a word that was typed and one that is there are the same, the surest first."""

    EXACT = 0
    STEM = 1
    PART = 2
    SYNONYM = 3
    ALIKE = 4


class Vocabulary:
    """The words of a city and its desk, by what they mean."""

    def __init__(self, city: City, everyday: Collection[EverydayWord] = ()) -> None:
        self.small: Final = dutch().small.union(map(folded, city.search.small))
        self._others: defaultdict[str, set[str]] = defaultdict(set)
        self._codes: defaultdict[str, Codes] = defaultdict(Codes)
        self._labels: defaultdict[str, Codes] = defaultdict(Codes)
        self._languages: defaultdict[str, set[str]] = defaultdict(set)
        self._take_synonyms(city)
        self._take_codes(city)
        for word in [*self._labels, *(folded(word) for one in city.categories.values() for word in one.search)]:
            self._languages.pop(word, None)
        for one in everyday:
            self._codes[folded(one.word)] |= Codes(categories=frozenset(one.categories))
        self.codes: Final = lru_cache(maxsize=MOST_KEPT)(self._codes_by_kind)
        self._by_lemma: defaultdict[str, set[str]] = defaultdict(set)
        self._by_key: defaultdict[str, set[str]] = defaultdict(set)
        for word in {*self._codes, *self._labels, *self._others}:
            self._by_lemma[lemma_of(word)].add(word)
            for key in keys_of(word):
                self._by_key[key].add(word)

    def _take_synonyms(self, city: City) -> None:
        for row in city.search.same:
            words = {folded(word) for word in row}
            for word in words:
                self._others[word] |= words - {word}
        for word, others in city.search.also.items():
            self._others[folded(word)].update(map(folded, others))

    def _take_codes(self, city: City) -> None:
        for code, category in city.categories.items():
            words = [*category.search, *(word for each in category.search_in.values() for word in each)]
            for word in words:
                self._codes[folded(word)] |= Codes(categories=frozenset({code}))
            for language, others in category.search_in.items():
                for word in others:
                    self._languages[folded(word)].add(language)
            for word in carrying(words_in(category.words), self.small):
                self._labels[word] |= Codes(categories=frozenset({code}))
        for member, codes in _other_lists(city).items():
            for code in codes:
                for word in carrying(words_in(codes.words(code)), self.small):
                    self._codes[word] |= Codes(**{member: frozenset({code})})

    def has(self, word: str) -> bool:
        """Whether it is a word of our own, in the form that a dictionary has it."""
        return word in self._by_lemma

    def languages_of(self, words: Iterable[str]) -> tuple[str, ...]:
        """In which other languages these are said, the likeliest first; none where they are the city's own as well."""
        said = Counter(language for word in words for language in sorted(self._languages.get(word, ())))
        return tuple(language for language, _ in said.most_common())

    def synonyms(self, word: str) -> frozenset[str]:
        """What else people call it."""
        same = self._by_lemma.get(lemma_of(word), set()) | {word}
        return frozenset(other for each in same for other in self._others.get(each, ())) - {word}

    def _codes_by_kind(self, word: str) -> Mapping[Kind, Codes]:
        lemma = lemma_of(word)
        stems, parts = self.of_lemma(lemma), self._parts(word, lemma)
        begins, ends = parts_of(lemma, self.has) or ("", "")
        return {
            Kind.EXACT: self._codes.get(word, Codes()),
            Kind.STEM: stems,
            Kind.PART: parts | self.of_lemma(ends),
            Kind.SYNONYM: _joined([*map(self._meant, self.synonyms(word)), self.of_lemma(begins)]),
        }

    def joined(self, typed: Sequence[str]) -> Mapping[str, set[str]]:
        """By each word of a question what it makes with its neighbour, as in `kinder fiets`."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for first, last in pairwise(carrying([*typed], self.small)):
            ends = {last, lemma_of(last)}
            whole = {_lemma_of_whole(lemma_of(first) + link + end) for link in ("", "s") for end in ends}
            found[first] |= whole
            found[last] |= whole
        # A small word may be half of a word of our own, as in `was machine`.
        for first, last in pairwise(typed):
            if self.has(one := _lemma_of_whole(first + last)):
                found[first].add(one)
                found[last].add(one)
        return found

    def alike(self, word: str) -> dict[str, int]:
        """Our own words that look like it, and in how many letters they differ."""
        candidates = {each for key in keys_of(word) for each in self._by_key.get(key, ())}
        return {each: differ for each in candidates if (differ := look_alike(word, each)) is not None}

    def meant_by(self, words: Iterable[str]) -> Codes:
        """What these are searched for, one or the other."""
        return _joined(self._meant(word) for word in words)

    def _meant(self, word: str) -> Codes:
        return self._codes.get(word, Codes()) | self._labels.get(word, Codes()) | self.of_lemma(lemma_of(word))

    def of_lemma(self, lemma: str) -> Codes:
        """What is searched for by any form of a word."""
        return _joined(self._codes.get(word, Codes()) for word in self._by_lemma.get(lemma, ()))

    def _parts(self, word: str, lemma: str) -> Codes:
        found = [self._labels.get(each, Codes()) for each in self._by_lemma.get(lemma, ())]
        for other, words in self._by_lemma.items():
            if may_begin(other, word) or (lemma in other and is_made_with(other, lemma, self.has)):
                found += [self._codes.get(each, Codes()) | self._labels.get(each, Codes()) for each in words]
        return _joined(found)


def _lemma_of_whole(word: str) -> str:
    return lemma_of(word[:LONGEST_WORD])


def _joined(all_codes: Iterable[Codes]) -> Codes:
    found = Codes()
    for codes in all_codes:
        found |= codes
    return found


_BUILT: Final[dict[int, tuple[City, str, Vocabulary]]] = {}


def vocabulary_at(city: City, state: str) -> Vocabulary | None:
    """What was built of this city and these words of the desk; None: something changed, or nothing was built yet."""
    built = _BUILT.get(id(city))
    return built[2] if built is not None and built[1] == state else None


def build_vocabulary(city: City, everyday: Collection[EverydayWord], state: str) -> Vocabulary:
    """Built once for each city and state of the desk's words. The city is kept, so that no other one gets its id."""
    built = _BUILT[id(city)] = (city, state, Vocabulary(city, everyday))
    return built[2]


def _other_lists(city: City) -> Mapping[str, CodeList[Any]]:
    return {"districts": city.districts, "languages": city.languages}
