"""Our own lists of codes (need categories, districts, languages) with the words that people read."""

from collections.abc import Iterable, Sequence

CATEGORIES: dict[str, str] = {
    "food": "eten en boodschappen",
    "clothing": "kleding en schoenen",
    "bike": "een fiets",
    "laptop": "een laptop of tablet",
    "school-costs": "schoolkosten en schoolspullen",
    "sport": "sporten",
    "culture": "muziek, dans en cultuur",
    "birthday": "een verjaardag vieren",
    "swimming-lessons": "zwemles",
    "holiday-activity": "iets leuks in de vakantie",
    "debt": "hulp bij schulden",
    "benefits-advice": "hulp bij toeslagen en regelingen",
    "housing": "hulp bij wonen",
    "furniture": "meubels en huisraad",
    "energy": "hulp bij energiekosten",
    "parenting-support": "hulp bij opvoeden",
    "homework-help": "huiswerkhulp",
    "language-learning": "Nederlands leren",
    "childcare": "kinderopvang",
    "health-costs": "zorgkosten",
    "social-support": "een maatje of steun in de buurt",
    "transport": "vervoer",
}

DISTRICTS: dict[str, str] = {
    "noord": "Noord",
    "oost": "Oost",
    "zuid": "Zuid",
    "west": "West",
    "centrum": "Centrum",
    "nieuwland": "Nieuwland",
    "groenoord": "Groenoord",
    "kethel": "Kethel",
}

LANGUAGES: dict[str, str] = {
    "nl": "Nederlands",
    "en": "Engels",
    "ar": "Arabisch",
    "tr": "Turks",
    "pl": "Pools",
    "uk": "Oekraïens",
    "ti": "Tigrinya",
    "so": "Somalisch",
    "fa": "Farsi",
    "pap": "Papiaments",
    "es": "Spaans",
    "fr": "Frans",
    "pt": "Portugees",
    "pt-BR": "Braziliaans Portugees",
    "bg": "Bulgaars",
    "ro": "Roemeens",
    "zgh": "Tamazight",
    "zh": "Chinees",
    "ur": "Urdu",
    "ku": "Koerdisch",
    "de": "Duits",
    "ru": "Russisch",
}

URGENCIES: dict[str, str] = {"today": "vandaag nog", "soon": "binnen een paar dagen", "normal": "geen spoed"}

AGE_BANDS: dict[str, str] = {
    "0-3": "0 tot en met 3 jaar",
    "4-7": "4 tot en met 7 jaar",
    "8-11": "8 tot en met 11 jaar",
    "12-15": "12 tot en met 15 jaar",
    "16-17": "16 of 17 jaar",
}

ORGANISATION_KINDS: dict[str, str] = {
    "welfare": "welzijnsorganisatie",
    "fund": "fonds",
    "volunteers": "vrijwilligersgroep",
    "sports-club": "sportclub",
    "culture": "cultuurinstelling",
    "municipality": "gemeentelijke dienst",
    "health": "zorgorganisatie",
    "education": "onderwijsinstelling",
    "school": "school",
    "housing": "woonorganisatie",
    "faith": "geloofsgemeenschap",
    "coordinator": "regie",
    "other": "organisatie",
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


def category_words(code: str) -> str:
    """What a need category is called on a page; an unknown code reads as itself."""
    return CATEGORIES.get(code, code.replace("-", " "))


def district_words(code: str) -> str:
    """What a district is called on a page."""
    return DISTRICTS.get(code, code.capitalize())


def language_words(tag: str) -> str:
    """What a language is called on a page; a regional tag falls back to its language."""
    return LANGUAGES.get(tag) or LANGUAGES.get(tag.split("-", maxsplit=1)[0]) or tag


def listing(words: Iterable[str]) -> str:
    """Return a list as a person says it: Noord, Oost en Zuid."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} en {items[-1]}" if items else ""


def where(districts: Sequence[str]) -> str:
    """Noord en Oost, or the whole city."""
    return listing(map(district_words, districts)) if districts else "hele stad"


def all_categories(codes: Sequence[str]) -> str:
    """Every need category of a service."""
    return listing(map(category_words, codes))


def all_languages(tags: Sequence[str]) -> str:
    """Every language of a service; none named means Dutch."""
    return listing(map(language_words, tags)) if tags else language_words("nl")


def ages(youngest: int | None, oldest: int | None) -> str:
    """4 tot en met 12 jaar."""
    if youngest is None and oldest is None:
        return "alle leeftijden"
    if oldest is None:
        return f"vanaf {youngest} jaar"
    return f"tot en met {oldest} jaar" if youngest is None else f"{youngest} tot en met {oldest} jaar"
