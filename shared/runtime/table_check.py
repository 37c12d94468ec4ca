"""A process looks at its tables once: at its start, or as soon as the database answers."""

import asyncio

import structlog

from shared.kernel.errors import Transient
from shared.kernel.waiting import wait_for
from shared.storage.database import Database
from shared.storage.table_versions import folder_of, table_versions

LOOK_SECONDS = 2.0
log = structlog.get_logger(__name__)


class TableCheck:
    """Whether this release may work on the tables of its database."""

    def __init__(self, database: Database, service: str) -> None:
        self._database = database
        self._service = service
        self._has_looked = False

    async def look(self) -> None:
        """Raises TablesNewer. Does nothing while the database is away."""
        try:
            async with self._database.transaction() as connection:
                versions = await table_versions(connection, folder_of(self._service))
        except Transient:
            return
        self._has_looked = True
        versions.refuse_newer()
        if versions.behind:
            log.error("tables_behind", versions=versions.behind, fix="run `schakel migrate`")

    async def run(self, stop: asyncio.Event) -> None:
        """Look until it is known, then stay until the end. Raises TablesNewer."""
        while not (self._has_looked or stop.is_set()):
            await self.look()
            await wait_for(stop, LOOK_SECONDS)
        await stop.wait()
