"""Units of work for commands at the desk: the network and the schools' keys, with a database and nothing else.

No command needs a service's secrets. Intake's unit gets a vault key that was made a moment ago and opens nothing.
"""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import SystemRandom

from deploy.install.deployments import Deployment, NoDeployment
from services.intake.adapters.chance import RandomCodes
from services.intake.store.repositories import PostgresIntakeUnit
from services.matching.store.repositories import PostgresMatchingUnit
from shared.kernel.ids import RandomIds
from shared.kernel.settings import PREFIX
from shared.messaging.postgres_unit import PostgresUnits
from shared.privacy.sealed import KEY_BYTES, Sealing
from shared.storage.database import Database


@asynccontextmanager
async def intake_units(found: Deployment) -> AsyncIterator[PostgresUnits[PostgresIntakeUnit]]:
    """Intake's keys and its read model of the network; never its vault. Raises NoDeployment."""
    sealing, codes = Sealing(secrets.token_bytes(KEY_BYTES)), RandomCodes(SystemRandom())
    async with _database(found, "intake") as database:
        yield PostgresUnits(
            database,
            service="intake",
            ids=RandomIds(),
            city=found.city,
            make=lambda context: PostgresIntakeUnit(context, sealing, codes),
        )


@asynccontextmanager
async def matching_units(found: Deployment) -> AsyncIterator[PostgresUnits[PostgresMatchingUnit]]:
    """Matching's map and people. Raises NoDeployment."""
    async with _database(found, "matching") as database:
        yield PostgresUnits(database, service="matching", ids=RandomIds(), city=found.city, make=PostgresMatchingUnit)


@asynccontextmanager
async def _database(found: Deployment, service: str) -> AsyncIterator[Database]:
    if service not in found.databases:
        msg = f"{service} is not named in {found.place}: set {PREFIX}{service.upper()}_DATABASE_URL"
        raise NoDeployment(msg)
    database = Database(found.databases[service].app_url, application_name="schakel-cli", pool_size=2)
    try:
        yield database
    finally:
        await database.close()
