"""What people need, in words: of one person for whoever answers for access, and of all together as counts."""

from services.community.domain.sign_up import SIGN_LANGUAGE, NeedCounts, Needs
from services.community.web.words import ACCESS, FOOD
from shared.kernel.city import City

Rows = list[tuple[str, str]]


def need_rows(needs: Needs, city: City) -> Rows:
    """One person's, each with its label."""
    rows = (
        ("Nodig", "; ".join(ACCESS[one] for one in ACCESS if one in needs.access)),
        ("In eigen woorden", needs.other),
        ("Tolk", _language(needs.interpreter, city) if needs.interpreter else ""),
        ("Eten", "; ".join(FOOD[one] for one in FOOD if one in needs.diet)),
        ("Plekken in de opvang", str(needs.childcare) if needs.childcare else ""),
    )
    return [row for row in rows if row[1]]


def count_rows(counts: NeedCounts, city: City) -> Rows:
    """How many need what, without whose it is."""
    access = [(ACCESS[one], counts.access[one]) for one in ACCESS]
    interpreters = [(f"Tolk: {_language(one, city)}", number) for one, number in sorted(counts.interpreters.items())]
    diet = [(f"Eten: {FOOD[one]}", counts.diet[one]) for one in FOOD]
    rest = [("Plekken in de opvang", counts.childcare), ("Iets in eigen woorden", counts.in_own_words)]
    return [(label, str(number)) for label, number in (*access, *interpreters, *diet, *rest) if number]


def conflict_rows(counts: NeedCounts) -> Rows:
    """What one person needs and may stand in the way of another, with how many need it."""
    return [
        (f"{ACCESS[one]}: {counts.access[one]}", f"{ACCESS[other]}: {counts.access[other]}")
        for one, other in counts.at_odds
    ]


def _language(code: str, city: City) -> str:
    if code == SIGN_LANGUAGE:
        return "gebarentaal"
    known = city.languages.get(code)
    return known.words if known else code
