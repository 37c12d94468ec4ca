"""The city's kinds of help as a taxonomy of HSDS: groups are its first terms, the kinds of help stand under them."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from services.matching.web.hsds_parts import Taxonomy, TaxonomyTerm
from shared.kernel.city import City
from shared.kernel.searched_words import folded

TermT = TypeVar("TermT", Taxonomy, TaxonomyTerm)
HSDS = uuid5(NAMESPACE_URL, "https://schakel.example/hsds")


def taxonomy_of(city: City) -> Taxonomy:
    """All kinds of help of this city. Another city has its own, also where the codes are the same."""
    return Taxonomy(
        id=_id(city, "taxonomy", ""),
        name=f"Soorten hulp in {city.name}",
        description=f"Waar gezinnen in {city.name} hulp bij vragen, in groepen.",
    )


def terms_of(city: City) -> list[TaxonomyTerm]:
    """Every group and every kind of help, also those that are offered no more: a service may have one still."""
    return [
        *(_group(city, code) for code in city.category_groups),
        *(term_of(city, code) for code in city.categories),
    ]


def term_of(city: City, code: str) -> TaxonomyTerm:
    """One kind of help."""
    known, name = city.categories.get(code), city.categories.words(code)
    return TaxonomyTerm(
        id=_id(city, "category", code),
        code=code,
        name=name,
        description=(known.description if known else None) or name,
        parent_id=_id(city, "group", known.group) if known else None,
        **_in_taxonomy(city),
    )


def categories_of(city: City, term_id: UUID) -> frozenset[str]:
    """The kinds of help that this term means: itself, or all of its group. None of them: there is no such term."""
    return frozenset(
        code
        for code, one in city.categories.items()
        if term_id in (_id(city, "category", code), _id(city, "group", one.group))
    )


def with_words(terms: Sequence[TermT], words: str) -> list[TermT]:
    """Those that say all these words."""
    asked = folded(words).split()
    return [one for one in terms if all(word in folded(f"{one.name} {one.description}") for word in asked)]


def _group(city: City, code: str) -> TaxonomyTerm:
    name = city.category_groups.words(code)
    return TaxonomyTerm(id=_id(city, "group", code), code=code, name=name, description=name, **_in_taxonomy(city))


def _in_taxonomy(city: City) -> dict[str, Any]:
    whole = taxonomy_of(city)
    return {"taxonomy": whole.name, "taxonomy_id": whole.id, "language": city.language}


def _id(city: City, kind: str, code: str) -> UUID:
    return uuid5(HSDS, f"{city.name}|{kind}|{code}")
