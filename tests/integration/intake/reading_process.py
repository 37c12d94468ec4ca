"""A process of intake's web that a partner reads a family's page of once: it prints the child's name that left it."""

import asyncio
import sys

from services.intake.domain.dossier import Fact
from shared.storage.database import Database
from tests.integration.intake.postgres import units_on
from tests.unit.intake.app import app_on, person_of
from tests.unit.intake.builders import CONTACT
from tests.unit.intake.helping import FACTS, REFERRAL


async def main(url: str) -> None:
    """Read, and tell what was answered."""
    database = Database(url, application_name="test-intake-web")
    try:
        async with person_of(app_on(units_on(database)), CONTACT) as partner:
            page = await partner.get(f"/aanvragen/gegevens/{REFERRAL}")
        name = FACTS[Fact.FIRST_NAME]
        print(name if name in page.text else page.status_code)  # noqa: T201 - what the test reads
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
