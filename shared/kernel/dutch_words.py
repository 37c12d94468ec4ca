"""What Dutch does with words: plurals, small words, and words written together. Words here are folded.

`simplemma` holds the forms of Dutch; its data is read when the first word is asked, packed as it is on disk: 5 MB.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import simplemma


@dataclass(frozen=True, slots=True)
class Dutch:
    """What stands in `dutch_words.toml`."""

    language: str
    small: frozenset[str]
    """They say nothing in a question."""
    faint: frozenset[str]
    """They say something only when no other word does."""
    never_split: frozenset[str]
    short_parts: frozenset[str]
    links: tuple[str, ...]
    forms: Mapping[str, str]


@cache
def dutch() -> Dutch:
    """Read when it is first asked."""
    held = tomllib.loads((files(__package__) / "dutch_words.toml").read_text(encoding="utf-8"))
    sets = {name: frozenset(held[name]) for name in ("small", "faint", "never_split", "short_parts")}
    return Dutch(language=held["language"], links=tuple(held["links"]), forms=held["forms"], **sets)


_SHORTEST_PART, _SHORTEST_LONG_PART = 3, 4
_VOWELS: Final = "aeiouy"
_ARABIC_THE: Final = "\u0627\u0644"


def _lemma(word: str) -> str:
    return simplemma.lemmatize(word, lang=dutch().language, low_memory=True).lower().replace("_", "")


def is_known(word: str) -> bool:
    """Whether it is a Dutch word; some first names are too."""
    return simplemma.is_known(word, lang=dutch().language, low_memory=True)


@lru_cache(maxsize=20_000)
def lemma_of(word: str) -> str:
    """The word as a dictionary has it: `fietsen` and `fietsjes` are `fiets`. Other scripts stay as they are.

    Only the Arabic article goes, which is written together with its word.
    """
    if word.startswith(_ARABIC_THE) and len(word) > len(_ARABIC_THE) + 2:
        return word.removeprefix(_ARABIC_THE)
    if not word.isascii() or not word.isalpha():
        return word
    seen = [word]
    while (following := _one_step(seen[-1])) not in seen:
        seen.append(following)
    # The list has some words as a form of each other: then the shorter one.
    return min(seen[seen.index(following) :], key=lambda one: (len(one), one))


def _one_step(word: str) -> str:
    if word in dutch().forms:
        return dutch().forms[word]
    found = _lemma(word)
    if found != word:
        return found
    for ending in ("tjes", "jes", "tje", "je"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= _SHORTEST_LONG_PART and is_known(base):
            return base
    if word.endswith("jes"):
        return word[:-1]
    if word[-1] == "s" and word[-2:-1] in tuple(_VOWELS) and len(word) > _SHORTEST_LONG_PART and is_known(word[:-1]):
        return word[:-1]
    return word


def rest_is_word(rest: str, known: Callable[[str], bool]) -> bool:
    """Whether what is left of a compound is a word of its own, with what may stand between the two."""
    return any(_is_part(rest.removesuffix(link), known) for link in dutch().links if rest.endswith(link))


@lru_cache(maxsize=20_000)
def _in_list(word: str) -> bool:
    return len(word) >= _SHORTEST_LONG_PART and is_known(word)


def _is_part(word: str, known: Callable[[str], bool]) -> bool:
    if word in dutch().short_parts:
        return True
    if len(word) < _SHORTEST_PART or word in dutch().small:
        return False
    return known(word) or known(lemma_of(word)) or _in_list(word)


def is_made_with(compound: str, part: str, known: Callable[[str], bool]) -> bool:
    """Whether a word is written together of `part` and another: `winterjas` of `jas`. `known`: words of our own."""
    if compound == part or len(part) < _SHORTEST_PART or lemma_of(compound) in dutch().never_split:
        return False
    if compound.endswith(part) and rest_is_word(compound.removesuffix(part), known):
        return True
    if not compound.startswith(part):
        return False
    rest = compound.removeprefix(part)
    return any(rest.startswith(link) and _is_part(rest.removeprefix(link), known) for link in dutch().links)


def may_begin(word: str, beginning: str) -> bool:
    """Whether somebody who types `beginning` may mean this word."""
    return len(beginning) >= _SHORTEST_LONG_PART and word.startswith(beginning) and word not in dutch().never_split


def parts_of(word: str, known: Callable[[str], bool]) -> tuple[str, str] | None:
    """The two words that it is written together of; None: it is one word.

    Two words of our own go before any others, then the last one is as long as it can be: `voetbal` and `schoenen`,
    though a dictionary has `balschoen` too.
    """
    if not word.isascii() or lemma_of(word) in dutch().never_split:
        return None
    splits = list(_splits(word, known))
    ours = (split for split in splits if all(map(known, split)))
    return next(ours, splits[0] if splits else None)


def _splits(word: str, known: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Every way to read it as two words, the longest last one first."""
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first, last = word[:at], word[at:]
        if not _is_part(last, known):
            continue
        for link in dutch().links:
            begins = first.removesuffix(link)
            if first.endswith(link) and _is_part(begins, known):
                yield lemma_of(begins), lemma_of(last)
