"""People find the right kind of help with their own words, among the first three, on the invented map.

The questions stand in `tests/contracts/everyday_questions.toml`. The twin searches by the rules of PostgreSQL;
a test of both holds that (`tests/integration/matching/test_search_as_people_ask.py`).
"""

import tomllib
from collections.abc import Mapping
from typing import Final

import pytest

from deploy.demo.city.demo_city import demo_city
from services.matching.adapters.map_files import read_files
from services.matching.commands import ImportMap
from services.matching.domain.map_query import MapQuery
from services.matching.domain.vocabulary import Kind, Vocabulary
from services.matching.handlers.taking_over import import_map
from shared.kernel.searched_words import folded
from tests.architecture.tree import ROOT
from tests.unit.matching.city import World

FILE: Final = ROOT / "tests" / "contracts" / "everyday_questions.toml"
QUESTIONS: Final[Mapping[str, Mapping[str, list[str]]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
FIRST: Final = 3


@pytest.fixture(scope="module")
def map_file() -> ImportMap:
    demo = demo_city("schiewijk")
    return read_files([demo.map_file], demo.city)


@pytest.fixture
async def world(map_file: ImportMap) -> World:
    made = World()
    async with made.units.begin() as unit:
        await import_map(map_file, unit)
    return made


async def missed(world: World, questions: Mapping[str, list[str]]) -> list[str]:
    """The questions that do not find this kind of help among the first ones."""
    found = []
    async with world.units.begin() as unit:
        for category, asked in questions.items():
            for question in asked:
                offers = (await unit.services.search(MapQuery(text=question, per_page=FIRST))).offers
                if not any(category in offer.service.categories for offer in offers):
                    found.append(f"{question}: {[offer.service.name for offer in offers]} instead of {category}")
    return found


def test_there_are_enough_questions_to_say_something() -> None:
    assert sum(len(asked) for kinds in QUESTIONS.values() for asked in kinds.values()) >= 150


@pytest.mark.parametrize(("kind", "share"), [("words", 0.97), ("spellings", 0.93), ("languages", 0.97)])
async def test_question_finds_the_right_kind_of_help(world: World, kind: str, share: float) -> None:
    questions = QUESTIONS[kind]
    wrong = await missed(world, questions)

    number = sum(map(len, questions.values()))
    assert len(wrong) <= (1 - share) * number, "\n".join(wrong)


@pytest.mark.parametrize("question", ["eten", "ik heb geen eten", "food"])
async def test_food_comes_before_everything_else(world: World, question: str) -> None:
    async with world.units.begin() as unit:
        offers = (await unit.services.search(MapQuery(text=question, per_page=FIRST))).offers

    assert all("food" in offer.service.categories for offer in offers)


@pytest.mark.parametrize("question", ["moedergroep", "komşular"])
async def test_group_of_mothers_comes_first_for_who_knows_few_people(world: World, question: str) -> None:
    async with world.units.begin() as unit:
        offers = (await unit.services.search(MapQuery(text=question, per_page=FIRST))).offers

    assert offers
    assert "small-network" in offers[0].service.categories


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("orthodontist", "glasses-and-teeth"), ("gymtas", "school-trip"), ("urgentie", "eviction"),
        ("reisgeld", "lifts"),
        ("rompertjes", "baby-things"), ("badpak", "swimming"), ("turnles", "scouting"),
        ("driftbuien", "weekend-family"),
        ("komşular", "few-people-around"), ("сусіди", "few-people-around"),
    ],
)  # fmt: skip
def test_other_city_knows_everyday_words_as_well(word: str, category: str) -> None:
    exact = Vocabulary(demo_city("veldermeer").city).codes(folded(word))[Kind.EXACT]

    assert category in exact.categories
