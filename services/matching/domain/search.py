"""Everyday words on the social map. Dutch stemming alone misses many of them: kind, fiets, winterjas.

`folded` makes words comparable (small letters, no accents); `meanings` gives a word its synonyms. Both the index and
the question go through them, so that store and twin read a question in the same way.
"""

import re
import unicodedata
from collections.abc import Mapping

from services.matching.domain.network import Service
from services.matching.domain.words import category_words, district_words, language_words

_WORD = re.compile(r"[a-z0-9]+")
LONGEST_QUESTION = 200
MOST_WORDS = 8
SHORTEST_WORD = 2

_SMALL_WORDS = "de het een en of van voor in op met mijn ik wij we is aan bij te om naar hulp"
STOP_WORDS = frozenset(_SMALL_WORDS.split())

_GROUPS = (
    "kind kinderen jeugd jongen meisje zoon dochter",
    "fiets fietsen rijwiel kinderfiets",
    "jas jassen winterjas winterjassen kleding kleren winterkleding schoenen",
    "eten voedsel boodschappen maaltijd honger voedselpakket ontbijt",
    "laptop computer chromebook tablet ipad",
    "sport sporten voetbal turnen judo gym sportclub",
    "zwemles zwemmen zwemdiploma zwembad",
    "muziek dans dansen toneel theater tekenen cultuur",
    "verjaardag jarig feestje traktatie verjaardagsbox",
    "vakantie zomer uitje zomerkamp zomerweek",
    "schuld schulden schuldhulp schuldhulpverlening deurwaarder",
    "toeslag toeslagen uitkering bijzonderebijstand bijstand regeling regelingen formulier formulieren",
    "woning wonen huur dakloos verhuizen uitzetting",
    "meubels meubel huisraad wasmachine koelkast witgoed inrichting",
    "energie stroom verwarming energierekening energiekosten",
    "opvoeden opvoeding opvoedmaatje opvoedsteun",
    "huiswerk huiswerkhulp bijles leerhulp",
    "taalles taalmaatje inburgering voorlezen",
    "opvang kinderopvang oppas peuter peuterspeelzaal bso",
    "tandarts bril zorgverzekering zorgkosten gehoorapparaat",
    "maatje maatjes buddy eenzaam eenzaamheid steungezin",
    "vervoer meerijden reiskosten reispas",
    "schoolspullen schooltas schoolkosten schoolreis schoolboeken",
    "gratis kosteloos",
)

# One way only: who types the word on the left also means the words on the right.
_LEADS_TO = {
    "geld": "schulden toeslagen regelingen",
    "betalen": "schulden",
    "rekening": "schulden energierekening",
    "leren": "huiswerk bijles taalles",
    "taal": "taalles taalmaatje",
    "nederlands": "taalles taalmaatje",
    "zorg": "zorgkosten",
    "dokter": "zorgkosten",
    "steun": "maatje steungezin",
    "vriend": "maatje",
    "bus": "vervoer reispas",
    "rijden": "meerijden",
    "school": "schoolspullen schoolkosten",
    "boeken": "schoolspullen",
    "huis": "woning",
    "kou": "energie winterkleding",
    "koud": "energie winterkleding",
    "kast": "meubels huisraad",
    "ouders": "opvoeden",
    "spelen": "vakantie sport",
}


def _synonyms() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _GROUPS:
        words = group.split()
        for word in words:
            found.setdefault(word, set()).update(words)
    for word, others in _LEADS_TO.items():
        found.setdefault(word, set()).update(others.split())
    return {word: frozenset(words) for word, words in found.items()}


SYNONYMS = _synonyms()


def folded(text: str) -> str:
    """Small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in plain if not unicodedata.combining(character))


def words_of(question: str) -> list[str]:
    """The words that carry the question; when all of them are small words, all of them."""
    words = [word for word in _WORD.findall(folded(question[:LONGEST_QUESTION])) if len(word) >= SHORTEST_WORD]
    return ([word for word in words if word not in STOP_WORDS] or words)[:MOST_WORDS]


def is_unreadable(question: str) -> bool:
    """Whether something was typed of which we know no word: another script, or signs only."""
    return bool(question.strip()) and not words_of(question)


def meanings(word: str) -> list[str]:
    """The word and what else people call it, in a stable order."""
    return [word, *sorted(SYNONYMS.get(word, frozenset()) - {word})]


def text_of(service: Service, organisation_name: str) -> str:
    """Everything of a service that a person can look for, ready to be indexed."""
    parts = [
        service.name,
        organisation_name,
        service.description,
        service.does,
        *map(category_words, service.categories),
        *map(district_words, service.districts),
        *map(language_words, service.languages),
        "gratis" if service.is_free else "",
    ]
    return folded(" ".join(part for part in parts if part))
