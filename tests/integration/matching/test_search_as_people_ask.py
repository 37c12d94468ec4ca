"""Everything on the map is found by what it is called and says, and the twin answers as PostgreSQL does."""

import tomllib
from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any, Final

import pytest
from sqlalchemy import text

from deploy.demo.city.demo_city import demo_city
from services.matching.adapters.map_files import read_files
from services.matching.domain.entry_errors import EverydayWordExists
from services.matching.domain.everyday import EverydayWord, MissedWord
from services.matching.domain.map_query import How, MapQuery, SearchResult
from services.matching.handlers.everyday_words import index_older, tidy_words
from services.matching.handlers.taking_over import import_map
from services.matching.ports import MatchingUnit
from services.matching.store.repositories import PostgresMatchingUnit
from shared.kernel.dutch_words import dutch
from shared.kernel.searched_words import folded, words_in
from shared.messaging.postgres_unit import PostgresUnits
from shared.unit_of_work import Units
from tests.architecture.tree import ROOT
from tests.unit.matching.city import NOON, World, named, organisation, service

EVERYTHING: Final = 500
PLAIN: Final = str.maketrans("ł\u0131øđßæœ", "liodsao")
# Names as organisations give them: small words only, letters without a plain form, addresses, numbers, other scripts.
NAMES: Final = (
    ("Stichting Er Was Eens Iets", "Samen doen wat kan", "Voor wie niets meer heeft."),
    ("Kinderhulp.example", "Zwemles tot en met diploma A", "Leren zwemmen."),
    ("Pomoc dla Małych", "K\u0131z\u0131l Lale", "Für Groß und Klein, ook in Łódź."),
    ("Wij Zijn Er", "Ik kan het zelf!", "Æbleskiver bij Ørsted."),
    ("Zij-aan-zij groep", "Maatje voor uw kind", "Een, twee, drie: 24/7."),
    ("Нова хата", "ሓገዝ ንቖልዑ", "Đặng is er op dinsdag."),
    ("100% Zwerfkei", "Grip op je geld", "Wat telt: œuvre, coöperatie en 't IJ."),
)
Open = Units[MatchingUnit]


async def asked(units: Open, question: str, **more: Any) -> SearchResult:  # noqa: ANN401 - filters
    async with units.begin() as unit:
        return await unit.services.search(MapQuery(text=question, per_page=EVERYTHING, **more))


@pytest.fixture
async def named_map(postgres_units: Open) -> Open:
    async with postgres_units.begin() as unit:
        for number, (owner, name, says) in enumerate(NAMES):
            await unit.organisations.save(organisation(f"owner {number}", name=owner))
            await unit.services.save(service(f"{number}", of=f"owner {number}", name=name, description=says))
    return postgres_units


@pytest.fixture
async def both(postgres_units: Open) -> tuple[Open, Open]:
    """The invented map of the demo, on the twin and on PostgreSQL."""
    demo = demo_city("schiewijk")
    given = read_files([demo.map_file], demo.city)
    twin: Open = World().units
    for units in (twin, postgres_units):
        async with units.begin() as unit:
            await import_map(given, unit)
    return twin, postgres_units


def spellings(name: str) -> Iterable[str]:
    return dict.fromkeys((name, name.upper(), name.lower(), folded(name), name.translate(PLAIN), f"  {name}?! "))


@pytest.mark.postgres
async def test_whoever_types_a_name_gets_it_in_capitals_and_without_accents_too(named_map: Open) -> None:
    for number, (owner, name, _) in enumerate(NAMES):
        for spelling in (*spellings(name), *spellings(owner)):
            if folded(spelling).strip(" ?!") not in (folded(name), folded(owner)):
                continue
            first = (await asked(named_map, spelling)).offers[0].service
            assert first.id == named(f"service {number}"), spelling


@pytest.mark.postgres
async def test_service_is_found_by_any_word_of_its_text(named_map: Open) -> None:
    for number, texts in enumerate(NAMES):
        for word in {word for each in texts for word in words_in(each)}:
            found = {offer.service.id for offer in (await asked(named_map, word)).offers}
            assert named(f"service {number}") in found, word


@pytest.mark.postgres
async def test_offer_on_the_invented_map_is_found_by_any_word_of_its_address_and_cost(both: tuple[Open, Open]) -> None:
    offers = [offer.service for offer in (await asked(both[1], "")).offers]
    places = {text: one for one in offers for text in (one.address, one.cost)}
    words = {word: text for text in places for word in words_in(text) if word not in dutch().small}
    assert len(words) > 30

    for word, said in words.items():
        found = {offer.service.id for offer in (await asked(both[1], word)).offers}
        assert {one.id for one in offers if said in {one.address, one.cost}} <= found, word


@pytest.mark.postgres
async def test_small_words_of_dutch_change_nothing(postgres_units: Open) -> None:
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("a", name="De Sleutel"))
        await unit.services.save(service("a", name="Hulp bij schulden", categories=("debt",)))
        await unit.services.save(
            service("b", of="a", name="Geldloket", description="Over schulden.", categories=("work",))
        )
    expected = await asked(postgres_units, "schulden")
    assert len(expected.offers) == 2

    for small in dutch().small:
        for question in (f"{small} schulden", f"schulden {small}"):
            assert (await asked(postgres_units, question)).offers == expected.offers, question


@pytest.mark.postgres
async def test_everything_on_the_invented_map_is_found_by_its_own_name(both: tuple[Open, Open]) -> None:
    everything = (await asked(both[1], "")).offers
    assert len(everything) > 200
    for offer in {offer.service.name: offer for offer in everything}.values():
        found = await asked(both[1], offer.service.name)
        assert offer.service.id in {one.service.id for one in found.offers[:20]}, offer.service.name
    for offer in {offer.organisation.id: offer for offer in everything}.values():
        found = await asked(both[1], offer.organisation.name)
        assert found.offers[0].organisation.id == offer.organisation.id, offer.organisation.name


@pytest.mark.postgres
async def test_twin_answers_as_postgresql_does(both: tuple[Open, Open]) -> None:
    kinds = tomllib.loads((ROOT / "tests" / "contracts" / "everyday_questions.toml").read_text(encoding="utf-8"))
    questions = [each for kind in kinds.values() for asked_of in kind.values() for each in asked_of]
    questions += [
        "iets leuks voor een meisje in oost",
        "arabisch",
        "wij hebben honger",
        "xyzzy",
        "warme wiinterjas",
        "",
    ]
    for question in Random(3).sample(questions, 30):
        for more in ({}, {"district": "oost", "age": 8}):
            twin, real = [await asked(units, question, **more) for units in both]
            assert (twin.how, twin.total, twin.near, twin.searched, twin.categories, twin.missed) == (
                real.how, real.total, real.near, real.searched, real.categories, real.missed,
            ), question  # fmt: skip
            assert [one.service.id for one in twin.offers] == [one.service.id for one in real.offers], question


async def test_answer_says_how_it_was_found(units: Open) -> None:
    async with units.begin() as unit:
        await unit.organisations.save(organisation("a", name="De Kraan"))
        await unit.services.save(service("a", name="Fiets en helm", description="Kom langs op dinsdag."))

    assert (await asked(units, "fiets helm")).how is How.ALL_WORDS
    assert (await asked(units, "fiets helm dinsdag maandag")).how is How.MOST_WORDS
    assert (await asked(units, "fiets maandag")).how is How.ANY_WORD
    alike = await asked(units, "dinsdga")
    assert (alike.how, alike.near, alike.searched) == (How.LOOK_ALIKE, ("dinsdag",), ("dinsdga",))
    nothing = await asked(units, "ruimtevaart")
    assert (nothing.how, nothing.offers, nothing.missed) == (How.NOTHING, (), ("ruimtevaart",))


async def test_word_of_the_desk_counts_from_the_next_question_on(units: Open) -> None:
    async with units.begin() as unit:
        await unit.organisations.save(organisation("a", name="De Kraan"))
        await unit.services.save(service("a", name="Wielen", categories=("bike",)))
    word = EverydayWord(named("word"), "Karretje", ("bike",), named("desk"), NOON)

    assert (await asked(units, "karretje")).how is How.NOTHING
    async with units.begin() as unit:
        await unit.everyday_words.save(word)
    assert (await asked(units, "karretjes")).categories == ("bike",)
    async with units.begin() as unit:
        with pytest.raises(EverydayWordExists):
            await unit.everyday_words.save(EverydayWord(named("other"), "KARRETJE", ("food",), named("desk"), NOON))
        assert await unit.everyday_words.get(named("word")) == word
        removed = EverydayWord(word.id, word.word, word.categories, word.changed_by, NOON, version=2, removed=True)
        await unit.everyday_words.save(removed)
    assert (await asked(units, "karretje")).how is How.NOTHING


async def test_words_that_found_nothing_are_counted_by_day_and_named_when_many_typed_them(units: Open) -> None:
    async with units.begin() as unit:
        for day, words in ((1, ["maan"]), (2, ["maan", "zon"]), (3, ["maan"])):
            await unit.missed_words.count({f"#{word}": word for word in words}, date(2026, 3, day), 2)
        assert [one.word for one in await unit.missed_words.list_most(1, 5)] == ["maan"], (
            "nobody knows which word it is"
        )
        await unit.missed_words.count({"#zon": "zon"}, date(2026, 3, 2), 2)

        assert await unit.missed_words.list_most(2, 5) == [
            MissedWord("maan", 3, date(2026, 3, 3)), MissedWord("zon", 2, date(2026, 3, 2)),
        ]  # fmt: skip
        await unit.missed_words.forget_rare_before(date(2026, 3, 3), 3)
        assert [one.word for one in await unit.missed_words.list_most(1, 5)] == ["maan"]
        await unit.missed_words.forget_before(date(2026, 3, 3))
        assert await unit.missed_words.list_most(1, 5) == [MissedWord("maan", 1, date(2026, 3, 3))]


@pytest.mark.postgres
async def test_older_index_answers_until_each_service_is_indexed_anew(
    postgres_units: PostgresUnits[PostgresMatchingUnit],
) -> None:
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("a", name="De Kraan"))
        for key in "abc":
            await unit.services.save(service(key, of="a", name=f"Fietsen {key}", description="Kom langs."))
        connection = await unit.session.connection()
        await connection.execute(text("UPDATE services SET index_version = 0, search = array_to_tsvector('{fietsen}')"))
        await connection.execute(text("DELETE FROM map_words"))
    assert (await asked(postgres_units, "fietsen")).total == 3

    async with postgres_units.begin() as unit:
        assert await unit.services.index_older(2) == 2
    assert (await asked(postgres_units, "fietsen")).total == 3
    assert (await asked(postgres_units, "langs")).total == 2
    for _ in range(2):
        async with postgres_units.begin() as unit:
            await index_older(unit)
    assert (await asked(postgres_units, "langs")).total == 3


@pytest.mark.postgres
async def test_words_of_the_map_are_those_that_its_services_say(
    postgres_units: PostgresUnits[PostgresMatchingUnit],
) -> None:
    async with postgres_units.begin() as unit:
        await unit.organisations.save(organisation("a", name="De Kraan"))
        await unit.services.save(service("a", name="Draaiorgel", description="Kom langs."))
        await unit.services.save(service("a", name="Hobbelpaard", description="Kom langs."))
        await (await unit.session.connection()).execute(text("DELETE FROM map_words WHERE word = 'langs'"))
    assert (await asked(postgres_units, "draaiorgle")).near == ("draaiorgel",)

    async with postgres_units.begin() as unit:
        await tidy_words(unit)
        words = await (await unit.session.connection()).execute(text("SELECT word FROM map_words ORDER BY word"))
        assert [row.word for row in words] == ["de", "gratis", "hobbelpaard", "kom", "kraan", "langs"]
    assert (await asked(postgres_units, "draaiorgle")).near == ()
