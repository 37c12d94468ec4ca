"""People find help with everyday words: the same on the twin and on PostgreSQL."""

from typing import Any

import pytest

from services.matching.domain.map_query import MapQuery
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units
from tests.unit.matching.city import organisation, service

OFFERS: dict[str, dict[str, Any]] = {
    "Fietsbende": {
        "name": "Tweedehands kinderfietsen", "categories": ("bike",), "districts": ("oost",),
        "description": "Een opgeknapte fiets voor school.", "minimum_age": 4, "maximum_age": 12,
    },
    "Kledingkast": {
        "name": "Winterkleding", "categories": ("clothing",), "languages": ("nl", "ar"),
        "description": "Warme jassen en schoenen voor kinderen.", "access": ("lift", "quiet-room", "wheelchair"),
    },
    "Zwemschool": {
        "name": "Zwemmen tot je diploma", "categories": ("swimming-lessons",), "districts": ("noord", "west"),
        "description": "Lessen op woensdag.", "is_free": False, "cost": "2 euro per les",
    },
    "Café Één": {"name": "Eetclub", "categories": ("food",), "description": "Samen eten in het buurthuis."},
    "Oud": {"name": "Oude dienst", "categories": ("food",), "active": False},
}  # fmt: skip


@pytest.fixture
async def city(units: Units[MatchingUnit]) -> Units[MatchingUnit]:
    async with units.begin() as unit:
        for owner, facts in OFFERS.items():
            await unit.organisations.save(organisation(owner, name=owner))
            await unit.services.save(service(owner, **facts))
    return units


async def found(city: Units[MatchingUnit], query: MapQuery) -> set[str]:
    async with city.begin() as unit:
        return {offer.organisation.name for offer in (await unit.services.search(query)).offers}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("fiets", {"Fietsbende"}),
        ("Fietsen voor mijn kind", {"Fietsbende"}),
        ("winterjas", {"Kledingkast"}),
        ("een jas", {"Kledingkast"}),
        ("zwemles", {"Zwemschool"}),
        ("boodschappen", {"Café Één"}),
        ("cafe een", {"Café Één"}),
        ("arabisch", {"Kledingkast"}),
        ("oost", {"Fietsbende"}),
        ("ruimtevaart", set()),
        ("", {"Fietsbende", "Kledingkast", "Zwemschool", "Café Één"}),
        ("دراجة", set()),
        ("велосипед", set()),
        ("?!", set()),
        ("دراجة fiets", {"Fietsbende"}),
        ("   ", {"Fietsbende", "Kledingkast", "Zwemschool", "Café Één"}),
        ("' ; drop table services -- & | ! :*", set()),
    ],
)
async def test_search_finds_everyday_words(city: Units[MatchingUnit], question: str, expected: set[str]) -> None:
    assert await found(city, MapQuery(text=question)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (MapQuery(category="bike"), {"Fietsbende"}),
        (MapQuery(district="oost"), {"Fietsbende", "Kledingkast", "Café Één"}),
        (MapQuery(language="ar"), {"Kledingkast"}),
        (MapQuery(access=("lift", "wheelchair")), {"Kledingkast"}),
        (MapQuery(free_only=True), {"Fietsbende", "Kledingkast", "Café Één"}),
        (MapQuery(age=14), {"Kledingkast", "Zwemschool", "Café Één"}),
        (MapQuery(category="food", include_inactive=True), {"Café Één", "Oud"}),
        (MapQuery(text="kind", district="oost", free_only=True), {"Fietsbende", "Kledingkast"}),
    ],
)
async def test_search_filters(city: Units[MatchingUnit], query: MapQuery, expected: set[str]) -> None:
    assert await found(city, query) == expected


@pytest.mark.parametrize("query", [MapQuery(district="oost"), MapQuery(age=14), MapQuery(text="eetclub", age=14)])
async def test_search_shows_what_may_fit_after_what_says_that_it_does(
    city: Units[MatchingUnit], query: MapQuery
) -> None:
    silent = {"whole_city": False, "minimum_age": None, "is_free": None}
    async with city.begin() as unit:
        await unit.services.save(service("silent", of="Café Één", name="A eetclub", **silent))
        offers = (await unit.services.search(query)).offers
        free = (await unit.services.search(MapQuery(text="eetclub", free_only=True))).offers

    assert [offer.service.name == "A eetclub" for offer in offers].index(True) == len(offers) - 1 > 0
    assert [offer.service.name for offer in free] == ["Eetclub"]


async def test_search_gives_pages_that_together_are_everything(city: Units[MatchingUnit]) -> None:
    seen: list[str] = []
    for page in (1, 2, 3):
        async with city.begin() as unit:
            part = await unit.services.search(MapQuery(page=page, per_page=2))
            assert part.total == 4
            seen += [offer.organisation.name for offer in part.offers]

    assert sorted(seen) == sorted(set(OFFERS) - {"Oud"})


@pytest.mark.parametrize(("question", "expected"), [("regenboog", {"Regenboog"}), ("cafe een", set())])
async def test_search_knows_an_organisation_by_the_name_that_it_has_now(
    city: Units[MatchingUnit], question: str, expected: set[str]
) -> None:
    async with city.begin() as unit:
        await unit.organisations.save(organisation("Café Één", name="Regenboog"))

    assert await found(city, MapQuery(text=question)) == expected
    assert await found(city, MapQuery(text="eetclub")) == {"Regenboog"}


@pytest.mark.postgres
async def test_search_forgives_a_typing_mistake(postgres_units: Units[MatchingUnit]) -> None:
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("Zwemschool"))
        await unit.services.save(service("Zwemschool", name="Zwemmen tot je diploma"))
        hits = await unit.services.search(MapQuery(text="dipoma"))

    assert [offer.organisation.name for offer in hits.offers] == ["Zwemschool"]


@pytest.mark.postgres
@pytest.mark.parametrize(("name", "is_found"), [("Iets leuks in de zomer", False), ("Een kinderfiets te leen", True)])
async def test_search_finds_compounds_but_not_what_only_sounds_alike(
    postgres_units: Units[MatchingUnit], name: str, *, is_found: bool
) -> None:
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("Buurthuis"))
        await unit.services.save(service("Buurthuis", name=name, categories=("holiday-activity",)))
        hits = await unit.services.search(MapQuery(text="fiets"))

    assert bool(hits.offers) is is_found


@pytest.mark.postgres
async def test_search_shows_who_says_the_word_before_a_name_that_shares_letters_with_it(
    postgres_units: Units[MatchingUnit],
) -> None:
    async with postgres_units.begin() as unit:
        for owner, name, says in (
            ("De Meerkoeten", "Een jaar bij de club", ""),
            ("De Kraan", "Weekkrat", "Eten."),
        ):
            await unit.organisations.save(organisation(owner, name=owner))
            await unit.services.save(service(owner, name=name, description=says, categories=("sport",)))
        hits = await unit.services.search(MapQuery(text="eten"))

    assert [offer.organisation.name for offer in hits.offers] == ["De Kraan", "De Meerkoeten"]
