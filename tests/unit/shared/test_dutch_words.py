"""What Dutch does with words: one form, two words in one, and words that say nothing."""

import pytest

from shared.kernel.dutch_words import dutch, is_made_with, lemma_of, may_begin, parts_of

OWN = frozenset({"pakket", "voedsel"})
# PostgreSQL's `dutch.stop`.
STOP_WORDS = """
    de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan zou of wat mijn
    men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze u want nog zal me
    zij nu ge geen omdat iets worden toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja eens
    hier wie werd altijd doch wordt wezen kunnen ons zelf tegen na reeds wil kon niets uw iemand geweest andere
"""


# More words that say nothing, in the forms in which people type them.
SAYS_NOTHING = """
    hebt bent binnen zeer hele beide echt graag misschien ongeveer sinds soms tijdens tussen vaak vanwege via vooral
    waarmee waarvoor weer weinig welk zoals zodat zouden zullen zulke werden hadden deed gedaan hen jezelf zichzelf erg
    iedere elke
"""


def is_ours(word: str) -> bool:
    return word in OWN


@pytest.mark.parametrize(
    ("forms", "lemma"),
    [
        ("fietsen fietsje fietsjes fiets", "fiets"),
        ("jassen jasje jas", "jas"),
        ("kinderen kind", "kind"),
        ("huizen huis", "huis"),
        ("brillen bril", "bril"),
        ("huren huur", "huur"),
        ("geleerd leren", "leren"),
        ("taalmaatjes taalmaatje", "taalmaatje"),
        ("diplomas diploma", "diploma"),
        ("zwemlessen zwemles", "zwemles"),
        # Other scripts stay as they are, but for an article that is written together with its word.
        ("велосипед", "велосипед"),
        ("\u0627\u0644\u0633\u0628\u0627\u062d\u0647 \u0633\u0628\u0627\u062d\u0647", "\u0633\u0628\u0627\u062d\u0647"),
    ],
)
def test_forms_of_a_word_are_one(forms: str, lemma: str) -> None:
    assert {lemma_of(form) for form in forms.split()} == {lemma}


@pytest.mark.parametrize("word", ["huur", "stroom", "leren", "stress", "maatje", "toeslag", "kosten"])
def test_form_of_a_form_is_the_same(word: str) -> None:
    assert lemma_of(lemma_of(word)) == lemma_of(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("winterjas", ("winter", "jas")),
        ("voedselbank", ("voedsel", "bank")),
        ("schoolreis", ("school", "reis")),
        ("kinderfiets", ("kind", "fiets")),
        ("verjaardagsdoos", ("verjaardag", "doos")),
        ("boodschappenpakket", ("boodschap", "pakket")),
        *((word, None) for word in ("bestuur", "toeslagen", "laptop", "bijstand", "vergeten", "fiets", "دراجة")),
    ],
)
def test_compound_is_split_into_words_that_there_are(word: str, parts: tuple[str, str] | None) -> None:
    assert parts_of(word, is_ours) == parts


@pytest.mark.parametrize(
    ("compound", "part", "expected"),
    [
        ("winterjas", "jas", True),
        ("winterjas", "winter", True),
        ("kinderfiets", "fiets", True),
        ("bestuur", "uur", False),
        ("toeslag", "slag", False),
        ("weten", "eten", False),
        ("bedrag", "bed", False),
        ("fiets", "fiets", False),
        ("etalage", "et", False),
    ],
)
def test_word_is_made_with_another(compound: str, part: str, *, expected: bool) -> None:
    assert is_made_with(compound, part, is_ours) is expected


@pytest.mark.parametrize(
    ("word", "beginning", "expected"),
    [("dorpsrand", "dorps", True), ("bestuur", "best", False), ("busje", "bus", False)],
)
def test_who_types_a_beginning_may_mean_the_word(word: str, beginning: str, *, expected: bool) -> None:
    assert may_begin(word, beginning) is expected


def test_small_words_are_those_of_postgresql_and_more() -> None:
    assert set(STOP_WORDS.split()) | set(SAYS_NOTHING.split()) < dutch().small


@pytest.mark.parametrize(
    ("word", "ours", "parts"),
    [
        ("voetbalschoenen", "voetbal schoen", ("voetbal", "schoen")),
        ("voetbalschoenen", "", ("voet", "balschoen")),
        ("regenlaarzen", "regen laars", ("regen", "laars")),
    ],
)
def test_compound_is_split_into_two_words_of_ours_before_any_others(
    word: str, ours: str, parts: tuple[str, str]
) -> None:
    assert parts_of(word, ours.split().__contains__) == parts
