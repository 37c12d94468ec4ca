"""Schakel's own codes with the words that people read, and words around those of the city."""

from collections.abc import Sequence
from itertools import islice

from services.matching.domain.rules import listing
from shared.kernel.city import City

SOME = 3

AGE_BANDS: dict[str, str] = {
    "0-3": "0 tot en met 3 jaar",
    "4-7": "4 tot en met 7 jaar",
    "8-11": "8 tot en met 11 jaar",
    "12-15": "12 tot en met 15 jaar",
    "16-17": "16 of 17 jaar",
}

DECLINE_REASONS: dict[str, str] = {
    "no-capacity": "We hebben nu geen plek of tijd.",
    "not-our-expertise": "Dit past niet bij wat wij doen.",
    "outside-area": "We werken niet in deze wijk.",
    "criteria-not-met": "Dit past niet bij onze voorwaarden.",
    "other": "Een andere reden.",
}

FAILURE_REASONS: dict[str, str] = {
    "partner-stopped": "Wij kunnen niet verder helpen.",
    "family-stopped": "Het gezin wil niet verder.",
    "no-contact": "We krijgen geen contact.",
    "rules": "Regels of voorwaarden houden het tegen.",
    "other": "Een andere reden.",
}

OUTCOMES: dict[str, str] = {
    "helped": "Ja, dit heeft geholpen.",
    "partly": "Voor een deel.",
    "not-helped": "Nee, dit heeft niet geholpen.",
}

STATES: dict[str, str] = {
    "activated": "gevraagd, wacht op antwoord",
    "accepted": "zegt ja, eerste contact volgt",
    "handed_over": "warm overgedragen",
    "in_progress": "hulp loopt",
    "delivered": "hulp gegeven, wacht op bevestiging van het gezin",
    "confirmed": "klaar, bevestigd door het gezin",
    "declined": "kan nu niet helpen",
    "expired": "gaf geen antwoord op tijd",
    "withdrawn": "vraag is teruggetrokken",
    "failed": "hulp is gestopt",
}


def examples(city: City) -> str:
    """What one can look for on the map: eten, jas of meubels."""
    words = (category.search[0] for category in city.categories.offered.values() if category.search)
    return listing(islice(words, SOME), "of") or city.categories.options[0][1]


def where(districts: Sequence[str], city: City) -> str:
    """Noord en het Centrum, or the whole city."""
    return listing(map(city.districts.in_sentence, districts)) if districts else "hele stad"


def all_categories(codes: Sequence[str], city: City) -> str:
    """Every need category of a service, as the forms show it."""
    return " · ".join(map(city.categories.words, codes))


def all_languages(tags: Sequence[str], city: City) -> str:
    """Every language of a service; none named means the city's own."""
    return listing(map(city.languages.words, tags or (city.language,)))


def ages(youngest: int | None, oldest: int | None) -> str:
    """4 tot en met 12 jaar."""
    if youngest is None and oldest is None:
        return "alle leeftijden"
    if oldest is None:
        return f"vanaf {youngest} jaar"
    return f"tot en met {oldest} jaar" if youngest is None else f"{youngest} tot en met {oldest} jaar"
