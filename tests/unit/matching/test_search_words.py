"""The words of a text and of a question, and words that look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matching.domain.search import index_of, is_unreadable, whole_name, words_of
from services.matching.domain.spelling import keys_of, look_alike
from services.matching.domain.vocabulary import build_vocabulary, vocabulary_at
from shared.kernel.dutch_words import dutch
from shared.kernel.searched_words import words_in
from tests.parts.city import VELDERMEER, a_city
from tests.unit.matching.city import service

LETTERS = st.text(alphabet="abcdeé", min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pomoc dla Małych", ["pomoc", "dla", "malych"]),
        ("Łódź I\u015f\u0131k \u0131\u015f\u0131k", ["lodz", "isik", "isik"]),
        ("Ørsted Straße", ["orsted", "strasse"]),
        ("Ægir, Œuvre & Đặng", ["aegir", "oeuvre", "dang"]),
        ("Buurtgezinnen.nl/fonds", ["buurtgezinnen", "nl", "fonds"]),
        ("Zij-aan-zij", ["zij", "aan", "zij"]),
        ("велосипед", ["велосипед"]),
        ("ብሽግለታ", ["ብሽግለታ"]),
    ],
)
def test_words_of_a_text_are_folded(text: str, words: list[str]) -> None:
    assert words_in(text) == words


@given(st.text(alphabet=st.characters(categories=("L", "Nd", "Zs"), max_codepoint=0x2FFF), max_size=40))
def test_capitals_change_no_word(text: str) -> None:
    assert words_in(text.upper()) == words_in(text)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("mijn kind heeft geen fiets", ["fiets"]),
        ("hulp tegen schulden", ["schulden"]),
        ("hulp voor mijn kind", ["hulp", "kind"]),
        ("er was eens", ["er", "was", "eens"]),
        ("fiets FIETS fíets", ["fiets"]),
        ("?!", []),
    ],
)
def test_small_words_carry_a_question_only_when_no_other_does(question: str, words: list[str]) -> None:
    assert words_of(question, dutch().small) == words


@pytest.mark.parametrize("small", sorted(dutch().small))
def test_small_word_before_or_behind_changes_neither_question_nor_name(small: str) -> None:
    assert words_of(f"{small} schulden {small}", dutch().small) == ["schulden"]
    assert whole_name(f"{small} Warme Want {small}") == whole_name("Warme Want")


@pytest.mark.parametrize(("question", "expected"), [("?!", True), ("  ", False), ("", False), ("a", False)])
def test_question_of_signs_only_cannot_be_read(question: str, *, expected: bool) -> None:
    assert is_unreadable(question) is expected


def test_index_holds_names_texts_and_codes_apart() -> None:
    lexemes = index_of(service("fietsbende", name="De Fiets", description="Voor school."), "Fietsbende Één")

    assert {"^fiets", "~fietsbende", "school", "=fiets", "=fietsbende", "@cbike", "gratis"} <= lexemes
    assert not {"^school", "^fietsbende"} & lexemes


@pytest.mark.parametrize(
    ("word", "other", "differ"),
    [
        ("feits", "fiets", 1), ("voedselbnak", "voedselbank", 1), ("tandars", "tandarts", 1),
        ("uitkeering", "uitkering", 1), ("belastingdinst", "belastingdienst", 1), ("fiets", "iets", 1),
        ("bed", "bad", None), ("fiets", "fietsers", None),
    ],
)  # fmt: skip
def test_words_look_alike_when_a_letter_or_two_differ(word: str, other: str, differ: int | None) -> None:
    assert look_alike(word, other) == differ


@given(LETTERS, LETTERS)
def test_words_that_look_alike_share_a_key(word: str, other: str) -> None:
    assert look_alike(word, other) == look_alike(other, word)
    if look_alike(word, other) is not None:
        assert keys_of(word) & keys_of(other)


def test_words_of_a_city_are_put_together_once_for_each_state_of_the_desks_words() -> None:
    elsewhere = a_city(file=VELDERMEER)
    built = build_vocabulary(elsewhere, (), "one")

    assert vocabulary_at(elsewhere, "one") is built
    assert vocabulary_at(elsewhere, "another") is None
    assert vocabulary_at(a_city(), "one") is None
