"""A process looks at its tables once: at its start, or as soon as the database answers."""

import asyncio
from contextlib import suppress

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kernel.city import City
from shared.kernel.errors import Transient
from shared.kernel.waiting import wait_for
from shared.storage.database import Database
from shared.storage.stored_codes import CodesWithoutWords, CodeWithoutWords, codes_without_words, tables_of
from shared.storage.table_versions import folder_of, table_versions

LOOK_SECONDS = 2.0
# A process that may well be healthy does not wait longer for tables that are locked, or a server that is busy.
START_WITHIN_SECONDS = 5.0
log = structlog.get_logger(__name__)


class TableCheck:
    """Whether this release may work on the tables of its database, and this city has words for the codes in them."""

    def __init__(self, database: Database, service: str, city: City) -> None:
        self._database, self._service, self._city = database, service, city
        self._has_looked = False

    async def look_at_start(self) -> None:
        """Look, and leave it to `run` when the answer takes long. Raises TablesNewer or CodesWithoutWords."""
        with suppress(TimeoutError):
            async with asyncio.timeout(START_WITHIN_SECONDS):
                await self.look()
        if not self._has_looked:
            log.warning("tables_not_looked_at_yet")

    async def look(self) -> None:
        """Raises TablesNewer or CodesWithoutWords. Does nothing while the database is away."""
        try:
            async with self._database.transaction() as connection:
                versions = await table_versions(connection, folder_of(self._service))
                versions.refuse_newer()
                # Tables that are behind may lack a column.
                found = await self._codes(connection) if not versions.behind else []
        except Transient:
            return
        self._has_looked = True
        if found:
            raise CodesWithoutWords(self._service, found)
        if versions.behind:
            log.error("tables_behind", versions=versions.behind, fix="run `schakel migrate`")

    async def _codes(self, connection: AsyncConnection) -> list[CodeWithoutWords]:
        return await codes_without_words(connection, tables_of(self._service), self._city)

    async def run(self, stop: asyncio.Event) -> None:
        """Look until it is known, then stay until the end. Raises TablesNewer or CodesWithoutWords."""
        while not (self._has_looked or stop.is_set()):
            await self.look()
            await wait_for(stop, LOOK_SECONDS)
        await stop.wait()
