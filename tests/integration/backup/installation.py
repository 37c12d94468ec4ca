"""An embedded Schakel whose server runs, without its webs and workers: what backups are made of and put back into."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from uuid import UUID

import asyncpg

from deploy.embedded.deployment import admin_url, embedded_deployment, embedded_server, key_folder, key_store
from deploy.embedded.throw_away_server import throw_away_folder
from deploy.install.deployments import Deployment
from deploy.install.key_rings import make_key_rings
from deploy.install.key_store import KINDS, KeyStore
from deploy.install.migrate import migrate
from deploy.install.provision import Connection, provision
from deploy.install.secret_store import Secrets
from services.intake.adapters.chance import RandomCodes
from services.intake.adapters.erased_ledger import ErasedLedger
from services.intake.domain.case import Case
from services.intake.domain.dossier import Dossier, Fact
from services.intake.settings import IntakeSettings
from services.intake.store.repositories import PostgresIntakeUnit
from shared.kernel.ids import RandomIds
from shared.kernel.settings import load
from shared.messaging.postgres_unit import PostgresUnits
from shared.privacy.anchors import Anchors
from shared.storage.database import Database, driver_dsn
from tests.parts.city import a_city
from tests.unit.intake.builders import ROOS, request
from tests.unit.intake.conformance import submitted

Units = PostgresUnits[PostgresIntakeUnit]
VAULT = KINDS["vault"]


@dataclass
class Installation:
    """What stands in one folder."""

    folder: Path
    found: Deployment

    @property
    def backups(self) -> Path:
        """Where its backups go."""
        return self.folder / "backups"

    @property
    def store(self) -> KeyStore:
        """Its keys."""
        return key_store(self.folder)

    @property
    def ledger(self) -> ErasedLedger:
        """Who was erased, outside the database."""
        return ErasedLedger(Anchors(self.folder / "anchors" / "intake"))

    @property
    def owner_url(self) -> str:
        """Intake's database, as its owner reaches it."""
        return self.found.databases["intake"].owner_url

    @asynccontextmanager
    async def intake(self) -> AsyncIterator[Units]:
        """Intake's units of work with its vault, as a running process has them."""
        ledger = self.ledger
        sealing = load(IntakeSettings, self.found.environ["intake"], service="intake").sealing
        database, codes = (
            Database(self.found.app_urls["intake"], application_name="intake"),
            RandomCodes(SystemRandom()),
        )
        try:
            yield PostgresUnits(
                database,
                service="intake",
                ids=RandomIds(),
                city=a_city(),
                chain=self.found.chain("intake"),
                make=lambda context: PostgresIntakeUnit(context, sealing, codes, ledger),
            )
        finally:
            await database.close()

    async def add_cases(self, count: int = 1) -> list[Case]:
        """Families that ask for help."""
        async with self.intake() as units:
            return list(await submitted(units, *[request()] * count))

    async def facts_of(self, case_id: UUID) -> Dossier:
        """What the vault tells."""
        async with self.intake() as units, units.begin() as unit:
            return await unit.vault.open(case_id, list(Fact), ROOS, "test", words=False)

    @asynccontextmanager
    async def owner(self, service: str = "intake") -> AsyncIterator[Connection]:
        """Whoever may see every row."""
        connection = await asyncpg.connect(driver_dsn(self.found.databases[service].owner_url))
        try:
            yield connection
        finally:
            await connection.close()

    def start_server(self) -> None:
        """A command that was refused stopped it."""
        secrets = Secrets.load(self.folder)
        self.found = embedded_deployment(self.folder, secrets, embedded_server(self.folder, secrets).start())

    def command(self, *arguments: str, crash_at: str = "") -> subprocess.CompletedProcess[str]:
        """`schakel … --data <folder>`, killed at that point."""
        return subprocess.run(
            [sys.executable, "-m", "deploy.cli", *arguments, "--data", str(self.folder)],
            env={**os.environ, "SCHAKEL_CRASH_AT": crash_at},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@contextmanager
def running_installation() -> Iterator[Installation]:
    """Empty databases at the newest tables."""
    with throw_away_folder() as folder:
        folder.chmod(0o755)
        secrets = Secrets.load_or_make(folder)
        key_store(folder).lay_out()
        make_key_rings(key_folder(folder))
        server = embedded_server(folder, secrets, durable=False)
        try:
            found = embedded_deployment(folder, secrets, server.start())
            asyncio.run(_prepare(found, admin_url(secrets, server.port or 0)))
            yield Installation(folder, found)
        finally:
            server.stop()


async def _prepare(found: Deployment, admin: str) -> None:
    await provision(admin, found.databases.values())
    for service, database in found.databases.items():
        await migrate(service, database.owner_url)
