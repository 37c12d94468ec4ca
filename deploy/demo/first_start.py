"""The first start of a demo: the invented city's map and people, and an API key for its school."""

import asyncio
from collections.abc import Callable

from deploy.demo.city.reading import SCHOOL_SYSTEM, read_city, school_ambassador
from deploy.install.deployments import Deployment
from deploy.install.errors import OperatorError
from services.intake.bootstrap import open_units as open_intake
from services.intake.commands import CreateApiKey
from services.intake.domain.errors import UnknownAmbassador
from services.intake.handlers.keys import create_api_key, hash_of
from services.intake.store.repositories import PostgresIntakeUnit
from services.matching.bootstrap import open_units as open_matching
from services.matching.domain.network import Person
from services.matching.handlers.network import import_map
from shared.messaging.postgres_unit import PostgresUnits

HEARD_WITHIN_SECONDS = 60.0
PAUSE_SECONDS = 0.1


class CityNotHeard(OperatorError):
    """Intake did not hear of the city's people: something does not run."""


async def load_the_city(found: Deployment, api_key: str, tell: Callable[[str], None]) -> None:
    """Does nothing when the school has its key already: that is the last thing that is made. Safe to break off.

    The services' workers must run meanwhile: intake hears of the people from matching. Raises CityNotHeard.
    """
    async with found.units("intake", open_intake) as intake, found.units("matching", open_matching) as matching:
        async with intake.begin() as unit:
            if await unit.keys.read_by_hash(hash_of(api_key)) is not None:
                return
        tell("first start: an invented city, with its organisations, services and people …")
        city = read_city()
        async with matching.begin() as unit:
            report = await import_map(city, unit)
            ambassador = await school_ambassador(city, unit.people)
        tell(f"{report.organisations} organisations, {report.services} services, {report.people} people")
        try:
            async with asyncio.timeout(HEARD_WITHIN_SECONDS):
                while not await _key_made(intake, ambassador, api_key):  # noqa: ASYNC110 - another process tells intake
                    await asyncio.sleep(PAUSE_SECONDS)
        except TimeoutError:
            msg = "intake did not hear of the city's people within a minute: do the workers of matching and intake run?"
            raise CityNotHeard(msg) from None


async def _key_made(intake: PostgresUnits[PostgresIntakeUnit], ambassador: Person, api_key: str) -> bool:
    """False: intake has not heard of this person yet."""
    command = CreateApiKey(ambassador.organisation_id, ambassador.id, SCHOOL_SYSTEM)
    try:
        async with intake.begin() as unit:
            await create_api_key(command, unit, api_key)
    except UnknownAmbassador:
        return False
    return True
