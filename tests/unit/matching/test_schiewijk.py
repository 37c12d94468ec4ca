"""The invented city: large enough, whole, and nobody's."""

import pytest

from deploy.demo.city.demo_city import demo_city
from services.matching.adapters.map_files import read_files
from services.matching.commands import ImportMap
from services.matching.domain.case import CaseFile, CaseNeed
from services.matching.domain.map_query import MapQuery
from services.matching.domain.ranking import Ranking
from services.matching.domain.rules import Situation, rank
from services.matching.handlers.import_report import ImportReport
from services.matching.handlers.taking_over import import_map
from shared.events.base import AgeBand, Role
from shared.events.directory import PersonListed
from tests.unit.matching.city import NOON, World, named, need

SCHIEWIJK = demo_city("schiewijk")
CITY_FILE = SCHIEWIJK.map_file


@pytest.fixture(scope="module")
def city() -> ImportMap:
    return read_files([CITY_FILE], SCHIEWIJK.city)


@pytest.fixture
async def world(city: ImportMap) -> tuple[World, ImportReport]:
    made = World()
    async with made.units.begin() as unit:
        return made, await import_map(city, unit)


async def ranked(world: World, category: str, age_band: AgeBand, district: str) -> Ranking:
    case = CaseFile(named("case"), "AC34-DEFG", named("juf"), named("school"), district, age_band, "nl")
    async with world.units.begin() as unit:
        offers = (await unit.services.search(MapQuery(category=category, per_page=1000))).offers
    return rank(CaseNeed.of(need(category)), Situation.of(case, today=NOON.date()), offers, {}, world.city)


def test_city_is_large_enough_and_whole(city: ImportMap) -> None:
    assert len(city.services) >= 150
    assert len({service.organisation for service in city.services}) >= 60
    assert {code for service in city.services for code in service.categories} == set(SCHIEWIJK.city.categories.offered)
    assert {code for service in city.services for code in service.districts} == set(SCHIEWIJK.city.districts.offered)
    assert city.refused == []


async def test_city_is_taken_over_without_a_single_refusal(world: tuple[World, ImportReport], city: ImportMap) -> None:
    made, report = world

    assert report.refused == []
    assert report.services == len(city.services)
    roles = [fact.memberships[0].role for fact in made.published(PersonListed)]
    assert (roles.count(Role.COORDINATOR), roles.count(Role.OPERATOR)) == (2, 1)
    assert roles.count(Role.AMBASSADOR) >= 10


@pytest.mark.parametrize("category", ["bike", "food", "debt", "sport"])
@pytest.mark.parametrize("district", sorted(SCHIEWIJK.city.districts.offered))
async def test_city_has_a_second_partner_when_the_first_declines(
    world: tuple[World, ImportReport], category: str, district: str
) -> None:
    ranking = await ranked(world[0], category, AgeBand.CHILD, district)

    assert len({candidate.service.organisation_id for candidate in ranking.candidates}) >= 2


async def test_city_has_nobody_for_swimming_lessons_of_a_young_person(world: tuple[World, ImportReport]) -> None:
    ranking = await ranked(world[0], "swimming-lessons", AgeBand.YOUNG_PERSON, "oost")

    assert ranking.candidates == ()
    assert {item.reason for item in ranking.passed} <= {"Is voor 4 tot en met 12 jaar", "Is voor 6 tot en met 12 jaar"}
