"""A question to the map, word by word: by which lexemes of the index each may be met, and what that is worth.

`Reading` says which words of the map it wants to know; `Asked` is made of those that there are. Order: the word itself,
another form of it, a part of a compound, another word for it, one that looks like it; a name or a category before the
rest of the text.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from services.matching.domain.search import IN_NAME, LONGEST_QUESTION, OF_OWNER, as_typed, whole_name, words_of
from services.matching.domain.spelling import look_alike
from services.matching.domain.vocabulary import Kind, Vocabulary
from shared.kernel.dutch_words import is_made_with, lemma_of, may_begin, parts_of
from shared.kernel.searched_words import words_in

MOST_OF_A_KIND: Final = 40
MOST_NEAR: Final = 5
# What it is worth that a name, a code and the rest of the text meet a word, by kind.
NAME: Final = {Kind.EXACT: 24, Kind.STEM: 22, Kind.PART: 18, Kind.SYNONYM: 12, Kind.ALIKE: 6}
CODES: Final = {Kind.EXACT: 40, Kind.STEM: 36, Kind.PART: 30, Kind.SYNONYM: 26, Kind.ALIKE: 13}
TEXT: Final = {Kind.EXACT: 8, Kind.STEM: 7, Kind.PART: 5, Kind.SYNONYM: 3, Kind.ALIKE: 1}
OWNER: Final = 14
"""A word of the organisation's name; its service may be about something else."""
WHOLE: Final = 1_000
"""Whoever types a name gets it."""

Group = frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One way to meet a word: any lexeme of `any_of`, or one of each group in `all_of`."""

    points: int
    any_of: Group
    all_of: tuple[Group, ...] = ()

    def is_met(self, lexemes: Collection[str]) -> bool:
        """Whether an index with these lexemes meets it."""
        return not self.any_of.isdisjoint(lexemes) or (
            bool(self.all_of) and all(not group.isdisjoint(lexemes) for group in self.all_of)
        )


Ladder = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word and its ladders; of each the first step that is met counts."""

    word: str
    in_name: Ladder
    by_code: Ladder
    in_text: Ladder
    is_guess: bool = False
    """Nothing says it; its steps are words that look like it."""

    @property
    def ladders(self) -> tuple[Ladder, ...]:
        """All of them."""
        return (self.in_name, self.by_code, self.in_text)

    def points(self, lexemes: Collection[str]) -> int:
        """What an index with these lexemes is worth for this word."""
        return sum(next((step.points for step in ladder if step.is_met(lexemes)), 0) for ladder in self.ladders)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, ready to be put to an index."""

    whole: str
    words: tuple[AskedWord, ...]
    near: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    """What nothing says, or looks like."""

    def points(self, lexemes: Collection[str]) -> int:
        """How close a service with these lexemes is."""
        return sum(word.points(lexemes) for word in self.words) + (WHOLE if self.whole in lexemes else 0)


@dataclass
class Reading:
    """A question as it was typed, and what the city means by its words."""

    text: str
    vocabulary: Vocabulary
    words: list[str] = field(init=False)
    joined: Mapping[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.words = words_of(self.text, self.vocabulary.small)
        self.joined = self.vocabulary.joined(words_in(self.text[:LONGEST_QUESTION]))

    @property
    def typed(self) -> tuple[str, ...]:
        """The words that carry it, as the person wrote them."""
        return tuple(as_typed(self.text, word) for word in self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The words of which others may be made, or that others may begin with."""
        return frozenset({*self.words, *map(lemma_of, self.words)})

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The forms whose words of the map are wanted."""
        found = {*map(lemma_of, self.words)}
        for word in self.words:
            found.update(map(lemma_of, self.vocabulary.synonyms(word)), self.joined[word], self._parts(word))
        return frozenset(found)

    def asked(self, on_map: Mapping[str, str]) -> Asked:
        """What it asks. `on_map`: words of the map with their lemmas, at least all that are wanted."""
        forms = defaultdict(set)
        for word, lemma in on_map.items():
            forms[lemma].add(word)
        words = tuple(self._asked_word(word, forms) for word in self.words)
        return Asked(whole_name(self.text), words, (), self._categories({}))

    def unknown(self, asked: Asked, on_map: Collection[str]) -> tuple[str, ...]:
        """The words that nothing on the map or in the city is known by."""
        return tuple(one.word for one in asked.words if not one.by_code and not _is_said(one.in_text, on_map))

    def guessed(self, asked: Asked, unknown: Collection[str], on_map: Iterable[str]) -> Asked:
        """The same with words that look like the unknown ones."""
        candidates = set(on_map)
        alike = {word: self._nearest(word, candidates) for word in unknown}
        guesses = {word: _guess(word, near, self.vocabulary) for word, near in alike.items() if near}
        words = tuple(guesses.get(one.word, one) for one in asked.words)
        near = tuple(dict.fromkeys(each for word in alike for each in alike[word]))[:MOST_NEAR]
        missed = tuple(word for word in unknown if word not in guesses)
        return Asked(asked.whole, words, near, self._categories(alike), missed)

    def _nearest(self, word: str, candidates: Collection[str]) -> list[str]:
        found = self.vocabulary.alike(word)
        for each in candidates:
            if (differ := look_alike(word, each)) is not None:
                found[each] = differ
        least = min(found.values(), default=0)
        return sorted(each for each, differ in found.items() if differ == least)[:MOST_OF_A_KIND]

    def _parts(self, word: str) -> tuple[str, ...]:
        return parts_of(lemma_of(word), self.vocabulary.has) or ()

    def _asked_word(self, word: str, forms: Mapping[str, set[str]]) -> AskedWord:
        lemma = lemma_of(word)
        stem = {each for of in (lemma, *self.joined[word]) for each in forms.get(of, ())} - {word}
        made = {
            each
            for other, words in forms.items()
            if other != lemma and lemma[:3] in other and self._is_part(word, lemma, other)
            for each in words
        } - {word, *stem}
        others = self.vocabulary.synonyms(word)
        synonyms = {each for other in others for each in (other, *forms.get(lemma_of(other), ()))}
        texts = {
            Kind.EXACT: {word}, Kind.STEM: stem, Kind.PART: set(_shortest(made)), Kind.SYNONYM: synonyms,
        }  # fmt: skip
        all_of = tuple(frozenset({part, *forms.get(part, ())}) for part in self._parts(word))
        return _with_ladders(word, texts, all_of, self._codes(word))

    def _is_part(self, word: str, lemma: str, other: str) -> bool:
        return may_begin(other, word) or is_made_with(other, lemma, self.vocabulary.has)

    def _codes(self, word: str) -> dict[Kind, frozenset[str]]:
        found = {kind: codes.lexemes() for kind, codes in self.vocabulary.codes(word).items()}
        found[Kind.STEM] = found[Kind.STEM].union(
            *(self.vocabulary.of_lemma(each).lexemes() for each in self.joined[word])
        )
        return found

    def _categories(self, alike: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
        worth: dict[str, int] = defaultdict(int)
        for word in self.words:
            best: dict[str, int] = {}
            for kind, codes in self.vocabulary.codes(word).items():
                for code in codes.categories:
                    best[code] = max(best.get(code, 0), CODES[kind])
            for code in self.vocabulary.meant_by(alike.get(word, ())).categories:
                best.setdefault(code, CODES[Kind.ALIKE])
            for code, points in best.items():
                worth[code] += points
        return tuple(sorted(worth, key=lambda code: (-worth[code], code)))


def _shortest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (len(word), word))[:MOST_OF_A_KIND]


def _is_said(ladder: Ladder, on_map: Collection[str]) -> bool:
    return any(step.is_met(on_map) for step in ladder)


def _with_ladders(
    word: str, texts: Mapping[Kind, set[str]], all_of: tuple[Group, ...], codes: Mapping[Kind, frozenset[str]]
) -> AskedWord:
    def ladder(points: Mapping[Kind, int], begin: str) -> Ladder:
        steps = (
            Step(
                points[kind],
                frozenset(begin + each for each in texts[kind]),
                tuple(frozenset(begin + each for each in group) for group in all_of) if kind is Kind.PART else (),
            )
            for kind in texts
        )
        return tuple(step for step in steps if step.any_of or step.all_of)

    by_code = tuple(Step(CODES[kind], lexemes) for kind, lexemes in codes.items() if lexemes)
    of_owner = Step(OWNER, frozenset(OF_OWNER + each for kind in (Kind.EXACT, Kind.STEM) for each in texts[kind]))
    return AskedWord(word, ladder(NAME, IN_NAME), by_code, (of_owner, *ladder(TEXT, "")))


def _guess(word: str, near: Iterable[str], vocabulary: Vocabulary) -> AskedWord:
    words, codes = frozenset(near), vocabulary.meant_by(near).lexemes()
    return AskedWord(
        word,
        (Step(NAME[Kind.ALIKE], frozenset(IN_NAME + each for each in words)),),
        (Step(CODES[Kind.ALIKE], codes),) if codes else (),
        (Step(TEXT[Kind.ALIKE], words),),
        is_guess=True,
    )
