"""People find help with everyday words: the same on the twin and on PostgreSQL."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

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
        ("دراجة", {"Fietsbende"}),
        ("велосипед", {"Fietsbende"}),
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
        (MapQuery(language="nl", is_own_language=True), {"Fietsbende", "Kledingkast", "Zwemschool", "Café Één"}),
        (MapQuery(language="nl"), {"Kledingkast"}),
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


HOURS = (
    "ma-vr 09:00-17:00; za 10:00-12:00", "vr-za 20:00-02:00; ook op feestdagen", "1e en laatste wo 13-15", "open",
    "van 1-12-2026 tot en met 1-2-2027: dagelijks 9-12", "ma-zo 0:00-24:00; feestdagen gesloten",
)  # fmt: skip


async def test_open_is_on_postgresql_what_it_is_in_the_domain(city: Units[MatchingUnit]) -> None:
    offers = [service(f"hours {at}", of="Café Één", name=f"{at}", schedule=words) for at, words in enumerate(HOURS)]
    async with city.begin() as unit:
        await unit.services.save_all(offers)
    begins = datetime(2026, 11, 27, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    for at in (begins + timedelta(minutes=1_027 * step) for step in range(60)):
        wanted = {offer.name for offer in offers if offer.hours.open_span(at) is not None}
        async with city.begin() as unit:
            result = await unit.services.search(MapQuery(open_at=at))
            eating = await unit.services.search(MapQuery(text="café één", open_at=at))
        assert {offer.service.name for offer in result.offers} == wanted, at
        assert {offer.service.name for offer in eating.offers} == wanted, at


async def test_search_gives_pages_that_together_are_everything(city: Units[MatchingUnit]) -> None:
    seen: list[str] = []
    for page in (1, 2, 3):
        async with city.begin() as unit:
            part = await unit.services.search(MapQuery(page=page, per_page=2))
            assert part.total == 4
            seen += [offer.organisation.name for offer in part.offers]

    assert sorted(seen) == sorted(set(OFFERS) - {"Oud"})


@pytest.mark.parametrize("text", ["", "fiets"])
async def test_search_counts_each_kind_of_help_on_all_pages(city: Units[MatchingUnit], text: str) -> None:
    async with city.begin() as unit:
        whole = await unit.services.search(MapQuery(text, per_page=50))
        page = await unit.services.search(MapQuery(text, counts_kinds=True, per_page=1))

    assert whole.kinds == {}
    assert page.kinds == Counter(code for offer in whole.offers for code in offer.service.categories)


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
async def test_name_that_shares_letters_with_the_word_is_no_answer(
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

    assert [offer.organisation.name for offer in hits.offers] == ["De Kraan"]
