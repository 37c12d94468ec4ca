"""PostgreSQL for tests: at the address in SCHAKEL_TEST_POSTGRES_URL, else a throw-away one from the embedded wheel."""

import asyncio
import contextlib
import inspect
import os
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import asyncpg
from sqlalchemy.engine import URL, make_url

from shared.storage.database import driver_dsn
from tests.parts.embedded_postgres import EmbeddedPostgres
from tests.parts.missing import skip_for

Migrate = Callable[[str], Awaitable[None] | None]
"""Brings the database at a URL to its newest shape."""


@dataclass
class Postgres:
    """A server. Databases are cloned from templates, so that a migration runs once for a whole run of tests."""

    server: URL
    embedded: EmbeddedPostgres | None = None
    _templates: dict[str, str] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    def url(self, database: str) -> str:
        """As SQLAlchemy and the services take it: `postgresql+asyncpg://…`."""
        url = self.server.set(drivername="postgresql+asyncpg", database=database)
        return url.render_as_string(hide_password=False)

    async def make_database(self, template: str = "", migrate: Migrate | None = None) -> str:
        """A fresh database; returns its URL. With `migrate` it is a clone of the template of that name."""
        source = await self._template(template, migrate) if migrate else ""
        name = self._name("clone")
        await self.run(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{source}"' if source else ""))
        return self.url(name)

    async def drop_database(self, url: str) -> None:
        """The database is gone, whoever is still connected to it."""
        name = make_url(url).database
        await self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._made.discard(str(name))

    async def drop_all(self) -> None:
        for name in list(self._made):
            await self.drop_database(self.url(name))

    async def stop(self) -> None:
        """The server is gone at once, as by a power cut; its data stay."""
        await asyncio.to_thread(self._own.stop)

    async def start(self) -> None:
        """The server is back on the same port."""
        await asyncio.to_thread(self._own.start)

    def bring_back(self) -> None:
        """Up again after a test that left it stopped."""
        if self.embedded is not None and not self.embedded.is_up:
            self.embedded.start()

    async def run(self, statement: str) -> None:
        """One statement as the superuser, outside any database of a test."""
        url = self.server.set(database=self.server.database or "postgres")
        connection = await asyncpg.connect(driver_dsn(url))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def _template(self, template: str, migrate: Migrate) -> str:
        if template not in self._templates:
            name = self._name(f"template_{template}")
            await self.run(f'CREATE DATABASE "{name}"')
            # In a thread, for a migration may want an event loop of its own.
            working = await asyncio.to_thread(migrate, self.url(name))
            if inspect.isawaitable(working):
                await working
            self._templates[template] = name
        return self._templates[template]

    def _name(self, purpose: str) -> str:
        name = f"schakel_test_{purpose}_{uuid4().hex[:12]}"
        self._made.add(name)
        return name

    @property
    def _own(self) -> EmbeddedPostgres:
        if self.embedded is None:
            skip_for("a part of our own", "SCHAKEL_TEST_POSTGRES_URL names a server that tests may not stop")
        return self.embedded


@contextlib.contextmanager
def postgres_for_tests() -> Iterator[Postgres]:
    given = os.environ.get("SCHAKEL_TEST_POSTGRES_URL")
    if given:
        postgres = Postgres(make_url(given))
        yield postgres
        asyncio.run(postgres.drop_all())
        return
    with EmbeddedPostgres.throw_away() as embedded:
        yield Postgres(URL.create("postgresql", "postgres", None, "127.0.0.1", embedded.port, "postgres"), embedded)
