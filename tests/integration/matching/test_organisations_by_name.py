"""An organisation is found by its name as people type it: in small letters, without accents, with or without "de"."""

from typing import Final

import pytest

from deploy.demo.city.demo_city import demo_city
from services.matching.adapters.map_files import read_files
from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.network import Organisation
from services.matching.handlers.taking_over import import_map
from services.matching.ports import MatchingUnit
from shared.kernel.dutch_words import dutch
from shared.kernel.searched_words import folded, words_in
from shared.unit_of_work import Units
from tests.integration.matching.test_search_as_people_ask import NAMES, spellings
from tests.unit.matching.city import organisation

MOST: Final = 500
Open = Units[MatchingUnit]


async def found(units: Open, text: str, *, in_description: bool = False) -> list[str]:
    query = OrganisationQuery(text, in_description=in_description, on_map=False, per_page=MOST)
    async with units.begin() as unit:
        organisations, total = await unit.organisations.search(query)
    assert total == len(organisations)
    return [one.name for one in organisations]


async def kept(units: Open, *organisations: Organisation) -> None:
    async with units.begin() as unit:
        await unit.organisations.save_all(list(organisations))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Malych", ["Pomoc dla Małych"]),
        ("kizil lale", ["K\u0131z\u0131l Lale"]),
        ("cafe zoe", ["Café Zoë"]),
        ("de Café", ["Café Zoë"]),
        ("het café van zoe", ["Café Zoë"]),
        ("noorderzon de", ["De Noorderzon"]),
        ("zij aan", ["Zij-aan-zij"]),
        ("malych zoe", []),
        ("?!", []),
        ("de", ["De Noorderzon"]),
    ],
)
async def test_organisation_is_found_without_accents_and_whatever_small_words_are_typed(
    units: Open, typed: str, expected: list[str]
) -> None:
    names = ("Pomoc dla Małych", "K\u0131z\u0131l Lale", "Café Zoë", "De Noorderzon", "Zij-aan-zij")
    await kept(units, *(organisation(name, name=name) for name in names))

    assert await found(units, typed) == expected


async def test_what_an_organisation_says_is_read_without_accents_too(units: Open) -> None:
    await kept(units, organisation("a", name="De Kraan", description="Creëren in één coöperatie."))

    assert await found(units, "de cooperatie een", in_description=True) == ["De Kraan"]
    assert await found(units, "cooperatie") == []


async def test_new_name_is_found_and_the_old_one_is_not(units: Open) -> None:
    await kept(units, organisation("a", name="Één"))
    await kept(units, organisation("a", name="Twee"))

    assert (await found(units, "een"), await found(units, "twee")) == ([], ["Twee"])


async def test_every_organisation_of_the_invented_map_is_found_as_people_type_its_name(units: Open) -> None:
    demo = demo_city("schiewijk")
    given = read_files([demo.map_file], demo.city)
    async with units.begin() as unit:
        await import_map(given, unit)
    await kept(units, *(organisation(f"owner {number}", name=owner) for number, (owner, *_) in enumerate(NAMES)))

    names = await found(units, "")
    assert len(names) > 60
    for name in names:
        telling = list(filter(_says_something, words_in(name)))
        for typed in (*spellings(name), *telling, *(f"de {word}" for word in telling)):
            if folded(typed).strip(" ?!") == folded(name) or typed.removeprefix("de ") in telling:
                assert name in await found(units, typed), typed


def _says_something(word: str) -> bool:
    return word not in dutch().small and len(word) > 1
