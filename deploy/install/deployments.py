"""The Schakel that the environment describes: its services, their databases and settings.

In the environment every setting may be given for all services (`SCHAKEL_PUBLIC_URL`) or for one of them
(`SCHAKEL_INTAKE_DATABASE_URL`), which then counts for that one. `SCHAKEL_<SERVICE>_OWNER_URL` is the same database as
its owner reaches it; only migrations need it. In a container of one service, `SCHAKEL_SERVICE` says which one
`SCHAKEL_DATABASE_URL` belongs to.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random, SystemRandom
from typing import TypeVar
from uuid import UUID

from deploy.install.errors import OperatorError
from deploy.install.provision import ServiceDatabase
from shared.events.catalogue import SERVICES
from shared.kernel.city import City
from shared.kernel.city.file import read_city
from shared.kernel.ids import Ids, RandomIds
from shared.kernel.settings import DRIVER, PREFIX, SettingsInvalid, postgres_url, service_environ, with_files
from shared.kernel.trace import child_of
from shared.messaging.audit import PostgresAudit
from shared.messaging.postgres_unit import PostgresUnit, PostgresUnits
from shared.privacy.audit import ITSELF, About, Action, Actor
from shared.privacy.audit_chain import AuditChain
from shared.storage.database import NOW, Database

UnitT = TypeVar("UnitT", bound=PostgresUnit)
OpenUnits = Callable[[City, Database, Ids, Random, AuditChain], PostgresUnits[UnitT]]


class NoDeployment(OperatorError):
    """There is nothing to be about; the message says how to fix it."""


@dataclass(frozen=True)
class Deployment:
    """The databases and the settings of the services that can be reached from here."""

    place: str
    databases: Mapping[str, ServiceDatabase]
    environ: Mapping[str, Mapping[str, str]]
    actor: Actor = ITSELF
    command: str = ""

    @property
    def environment(self) -> str:
        """`production` unless something else is said; one service in production is enough to be careful."""
        said = {given.get(f"{PREFIX}ENVIRONMENT", "production") for given in self.environ.values()}
        return said.pop() if len(said) == 1 else "production"

    @property
    def city(self) -> City:
        """The city that it is for. Raises NoDeployment or CityInvalid."""
        named = next((given[f"{PREFIX}CITY"] for given in self.environ.values() if given.get(f"{PREFIX}CITY")), None)
        if named is None:
            msg = f"{PREFIX}CITY is not set: set it to the file that describes your city (docs/city.md)"
            raise NoDeployment(msg)
        return read_city(Path(named))

    @property
    def app_urls(self) -> dict[str, str]:
        """The databases as the services reach them."""
        return {service: database.app_url for service, database in self.databases.items()}

    def _tell(self, unit: PostgresUnit) -> None:
        """Who works at the command line, and by which command: also what only looks is a line."""
        unit.audit.by(self.actor)
        if self.command:
            unit.audit.at_least(Action.ADMINISTER, About.NOBODY, None, self.command)

    async def record(
        self, service: str, database: Database, about: About = About.NOBODY, about_id: UUID | None = None
    ) -> None:
        """The line of a command that works on the tables themselves."""
        async with database.transaction() as connection:
            ((now,),) = await NOW.rows(connection)
            audit = PostgresAudit(connection, self.chain(service), RandomIds(), now, lambda: child_of(None))
            audit.by(self.actor)
            audit.record(Action.ADMINISTER, about, about_id, self.command or "command line")
            await audit.flush()

    def chain(self, service: str) -> AuditChain:
        """What chains the audit log of this service. Raises NoDeployment."""
        name = f"{PREFIX}AUDIT_KEY"
        if not (key := self.environ[service].get(name)):
            own = f"{PREFIX}{service.upper()}_AUDIT_KEY"
            msg = f"{own} is not set: set it to the service's own, for what commands do stands in its audit log"
            raise NoDeployment(msg)
        return AuditChain(key)

    @asynccontextmanager
    async def units(self, service: str, open_units: OpenUnits[UnitT]) -> AsyncIterator[PostgresUnits[UnitT]]:
        """A service's units of work for a command, by its `bootstrap.open_units`; the audit log's is the one secret.

        Raises NoDeployment or CityInvalid.
        """
        if service not in self.databases:
            msg = f"{service} is not named in {self.place}: set {PREFIX}{service.upper()}_DATABASE_URL"
            raise NoDeployment(msg)
        database = Database(self.databases[service].app_url, application_name="schakel-cli", pool_size=2)
        try:
            units = open_units(self.city, database, RandomIds(), SystemRandom(), self.chain(service))
            units.begin_as(self._tell)
            yield units
        finally:
            await database.close()


def from_environ(environ: Mapping[str, str]) -> Deployment | None:
    """The services whose database is named in the environment (or in a file that it names); None when none is.

    Raises NoDeployment or SettingsInvalid.
    """
    environ = with_files(environ)
    alone = environ.get(f"{PREFIX}SERVICE", "")
    given = {service: service_environ(service, environ) for service in SERVICES}
    databases: dict[str, ServiceDatabase] = {}
    problems: list[str] = []
    for service, settings in given.items():
        shared_url = f"{PREFIX}{service.upper()}_DATABASE_URL" not in environ
        url, owner = (_address(service, name, settings, problems) for name in ("DATABASE_URL", "OWNER_URL"))
        owner = owner or url
        if (url or owner) and not (shared_url and url and alone != service):
            databases[service] = ServiceDatabase(service, owner, url or owner)
    if problems:
        raise SettingsInvalid(list(dict.fromkeys(problems)))
    if not databases:
        if f"{PREFIX}DATABASE_URL" in environ:
            msg = (
                f"{PREFIX}DATABASE_URL is set, but not whose it is: set {PREFIX}SERVICE to one of {', '.join(SERVICES)}"
            )
            raise NoDeployment(msg)
        return None
    return Deployment("the environment", databases, {service: given[service] for service in databases})


def _address(service: str, name: str, settings: Mapping[str, str], problems: list[str]) -> str:
    """The address of a database as our driver takes it; what is wrong with it is added to the problems."""
    given = settings.get(PREFIX + name, "")
    own = f"{PREFIX}{service.upper()}_{name}"
    try:
        return postgres_url(given) if given else ""
    except ValueError as wrong:
        example = f"{DRIVER}://schakel_{service}:…@postgres/schakel_{service}"
        problems.append(f"{own if own in settings else PREFIX + name} is wrong ({wrong}): set it to e.g. {example}")
        return ""
