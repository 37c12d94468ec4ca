"""The first start of a demo: the invented city's map and people, and an API key for its school."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from deploy.demo.city.demo_city import KNOWLEDGE_FILE
from deploy.demo.city.reading import SCHOOL_SYSTEM, read_map, school_ambassador
from deploy.install.deployments import Deployment
from deploy.install.errors import OperatorError
from services.community.adapters.article_files import read_articles
from services.community.bootstrap import open_units as open_community
from services.community.domain.brought_article import BroughtArticle
from services.community.handlers.knowledge_import import bring_in
from services.intake.bootstrap import open_units as open_intake
from services.intake.commands import CreateApiKey
from services.intake.domain.errors import UnknownAmbassador
from services.intake.handlers.keys import create_api_key, hash_of
from services.intake.store.repositories import PostgresIntakeUnit
from services.matching.bootstrap import open_units as open_matching
from services.matching.commands import ImportMap
from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.network import Person
from services.matching.handlers.taking_over import import_map
from services.matching.store.repositories import PostgresMatchingUnit
from shared.events.base import Role
from shared.kernel.city import City
from shared.messaging.postgres_unit import PostgresUnits

HEARD_WITHIN_SECONDS = 60.0
PAUSE_SECONDS = 0.1
Tell = Callable[[str], None]


class CityNotHeard(OperatorError):
    """Intake did not hear of the city's people: something does not run."""


class DatabasesOfAnotherCity(OperatorError):
    """The people in them are not those of this city; the message says how to begin anew."""


async def load_the_city(found: Deployment, map_file: Path, api_key: str, tell: Tell) -> None:
    """Does nothing when the school has its key already: that is the last thing that is made. Safe to break off.

    The services' workers must run meanwhile: intake hears of the people from matching. Raises CityNotHeard, or
    DatabasesOfAnotherCity when the people that are there are not those of this map.
    """
    network = read_map(map_file, found.city)
    async with found.units("intake", open_intake) as intake, found.units("matching", open_matching) as matching:
        async with intake.begin() as unit:
            is_loaded = await unit.keys.read_by_hash(hash_of(api_key)) is not None
        if not is_loaded:
            tell(f"first start: {found.city.name}, an invented city, with its organisations, services and people …")
            await _take_over(network, matching, tell)
            await _bring_knowledge(found, map_file.with_name(KNOWLEDGE_FILE), tell)
        async with matching.begin() as unit:
            ambassador = await school_ambassador(network, unit.people)
        if ambassador is None:
            begin_anew = "stop Schakel, and begin with empty ones (in containers: make compose-down VOLUMES=1)"
            raise DatabasesOfAnotherCity(f"these databases are not of {found.city.name}: {begin_anew}")
        if not is_loaded:
            await _give_key(intake, ambassador, api_key)


async def read_ambassadors(found: Deployment, map_file: Path) -> list[Person]:
    """The ambassadors of this city's map, as matching knows them."""
    addresses = [
        person.contact.email for person in read_map(map_file, found.city).people if person.role is Role.AMBASSADOR
    ]
    async with found.units("matching", open_matching) as matching, matching.begin() as unit:
        people = [await unit.people.read_by_email(address) for address in addresses]
    return [person for person in people if person is not None]


async def made_for(found: Deployment, ambassador: Person, api_key: str) -> None:
    """A key for the system of this ambassador's school. Raises CityNotHeard."""
    async with found.units("intake", open_intake) as intake:
        await _give_key(intake, ambassador, api_key)


async def map_is_empty(found: Deployment) -> bool:
    """Whether there is no organisation yet."""
    async with found.units("matching", open_matching) as matching, matching.begin() as unit:
        _, total = await unit.organisations.search(OrganisationQuery(per_page=1))
    return total == 0


async def _take_over(network: ImportMap, matching: PostgresUnits[PostgresMatchingUnit], tell: Tell) -> None:
    # As a whole: whoever starts again after a power cut looks whether there is a map.
    async with matching.begin() as unit:
        report = await import_map(network, unit)
    tell(f"{report.organisations} organisations, {report.services} services, {report.people} people")


async def _bring_knowledge(found: Deployment, file: Path, tell: Tell) -> None:
    articles = _articles_in(file, found.city)
    async with found.units("community", open_community) as community, community.begin() as unit:
        new = await bring_in(articles, unit)
    tell(f"{new} articles in the knowledge base")


def _articles_in(file: Path, city: City) -> list[BroughtArticle]:
    """None of a city for which nobody wrote any."""
    return read_articles(file, city) if file.is_file() else []


async def _give_key(intake: PostgresUnits[PostgresIntakeUnit], ambassador: Person, api_key: str) -> None:
    try:
        async with asyncio.timeout(HEARD_WITHIN_SECONDS):
            while not await _key_made(intake, ambassador, api_key):  # noqa: ASYNC110 - another process tells intake
                await asyncio.sleep(PAUSE_SECONDS)
    except TimeoutError:
        msg = "intake did not hear of the city's people within a minute: do the workers of matching and intake run?"
        raise CityNotHeard(msg) from None


async def _key_made(intake: PostgresUnits[PostgresIntakeUnit], ambassador: Person, api_key: str) -> bool:
    """False: intake has not heard of this person yet."""
    command = CreateApiKey(ambassador.organisation_ids[0], ambassador.id, SCHOOL_SYSTEM)
    try:
        async with intake.begin() as unit:
            await create_api_key(command, unit, api_key)
    except UnknownAmbassador:
        return False
    return True
