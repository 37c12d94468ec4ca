"""Intake on a real database."""

from random import SystemRandom

from deploy.install.migrate import migrate
from services.intake.adapters.chance import RandomCodes
from services.intake.ports import Codes
from services.intake.ports.erasing import Ledger
from services.intake.store.repositories import PostgresIntakeUnit
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.privacy.marks import KeyedMarks
from shared.storage.database import Database
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.parts.keys import ring
from tests.parts.sealing import sealing_with
from tests.twins.intake_erasing import InMemoryLedger

VAULT_KEY = bytes(range(32))


async def migrated(url: str) -> None:
    """Bring this database to intake's newest tables."""
    await migrate("intake", url)


def units_on(
    database: Database, codes: Codes | None = None, ledger: Ledger | None = None
) -> PostgresUnits[PostgresIntakeUnit]:
    """Intake's units of work on this database."""
    sealing, chance = sealing_with(VAULT_KEY), codes or RandomCodes(SystemRandom())
    written = ledger or InMemoryLedger()
    return PostgresUnits(
        database,
        service="intake",
        ids=RandomIds(),
        city=a_city(),
        chain=CHAIN,
        make=lambda context: PostgresIntakeUnit(context, sealing, chance, written, KeyedMarks(ring("intake"))),
    )
