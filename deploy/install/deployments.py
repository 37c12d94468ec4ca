"""Which Schakel a command is about: the services that the environment describes, or an embedded one in a folder.

In the environment every setting may be given for all services (`SCHAKEL_SESSION_KEY`) or for one of them
(`SCHAKEL_INTAKE_DATABASE_URL`), which then counts for that one. `SCHAKEL_<SERVICE>_OWNER_URL` is the same database as
its owner reaches it; only migrations need it. In a container of one service, `SCHAKEL_SERVICE` says which one
`SCHAKEL_DATABASE_URL` belongs to.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.postgres_server import HOST, SUPERUSER, PostgresServer
from deploy.embedded.running import FolderInUse, RunningNote, in_use
from deploy.install.provision import ServiceDatabase, service_database
from deploy.install.secret_store import Secrets
from deploy.install.trouble import Trouble
from shared.events.catalogue import SERVICES
from shared.kernel.settings import DRIVER, PREFIX, SettingsInvalid, postgres_url, service_environ, with_files

FOLDER = Path(".schakel")
DEFAULT_URL = "http://localhost:8080"
ENVIRONMENT = "demo"
MAIL_FROM = "schakel@schiewijk.example"
DESK_NAME, DESK_PHONE, DESK_EMAIL = "Schakelpunt Schiewijk", "010 000 00 00", "regie@schiewijk.example"

PATIENCE_SECONDS, PAUSE_SECONDS = 30.0, 0.1


class NoDeployment(Trouble):
    """There is nothing to be about; the message says how to mend it."""


@dataclass(frozen=True)
class Deployment:
    """The databases and the settings of the services that can be reached from here."""

    place: str
    databases: Mapping[str, ServiceDatabase]
    environ: Mapping[str, Mapping[str, str]]

    @property
    def environment(self) -> str:
        """`production` unless something else is said; one service in production is enough to be careful."""
        said = {given.get(f"{PREFIX}ENVIRONMENT", "production") for given in self.environ.values()}
        return said.pop() if len(said) == 1 else "production"

    @property
    def app_urls(self) -> dict[str, str]:
        """The databases as the services reach them."""
        return {service: database.app_url for service, database in self.databases.items()}


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


def embedded_databases(secrets: Secrets, port: int) -> dict[str, ServiceDatabase]:
    """The four databases of an embedded server."""
    return {
        service: service_database(
            service,
            host=HOST,
            port=port,
            owner_password=secrets.owner_passwords[service],
            app_password=secrets.app_passwords[service],
        )
        for service in SERVICES
    }


def embedded_environ(
    secrets: Secrets, database: ServiceDatabase, *, public_url: str = DEFAULT_URL, smtp_port: int = 1025
) -> dict[str, str]:
    """What a service's container would find in its environment, for one that runs in this process."""
    given = {
        "ENVIRONMENT": ENVIRONMENT,
        "DATABASE_URL": database.app_url,
        "PUBLIC_URL": public_url,
        "SESSION_KEY": secrets.session_key,
        "SERVICE_KEY": secrets.service_key,
        "VAULT_KEY": secrets.vault_key,
        "CODE_KEY": secrets.code_key,
        "SMTP_HOST": HOST,
        "SMTP_PORT": str(smtp_port),
        "SMTP_STARTTLS": "false",
        "MAIL_FROM": MAIL_FROM,
        "DESK_NAME": DESK_NAME,
        "DESK_PHONE": DESK_PHONE,
        "DESK_EMAIL": DESK_EMAIL,
    }
    return {PREFIX + name: value for name, value in given.items()}


def embedded_server(folder: Path, secrets: Secrets, *, durable: bool = True) -> PostgresServer:
    """The server whose data are in this folder."""
    # Absolute, for its programs run in a folder of their own.
    return PostgresServer(folder.absolute() / "postgres", secrets.superuser_password, durable)


def admin_url(secrets: Secrets, port: int) -> str:
    """Where the embedded server's superuser comes in."""
    return f"postgresql://{SUPERUSER}:{secrets.superuser_password}@{HOST}:{port}/postgres"


def embedded_deployment(folder: Path, secrets: Secrets, port: int) -> Deployment:
    """The one in this folder, whose server answers on this port."""
    databases = embedded_databases(secrets, port)
    environ = {name: embedded_environ(secrets, database) for name, database in databases.items()}
    return Deployment(f"the embedded Schakel in {folder}", databases, environ)


@asynccontextmanager
async def deployment(data: Path | None = None) -> AsyncIterator[Deployment]:
    """The one that is meant: `data` when it is given, else the environment's, else the one in `.schakel/`.

    An embedded server that does not run is started for the time being. Raises NoDeployment or as `in_use` does.
    """
    found = None if data else from_environ(os.environ)
    if found is not None:
        yield found
        return
    folder = data or FOLDER
    try:
        secrets = Secrets.load(folder)
    except (FileNotFoundError, NotADirectoryError):
        msg = (
            f"there is no Schakel in {folder}, and the environment names no database: start one with `schakel up`, "
            f"or set {PREFIX}INTAKE_DATABASE_URL and so on"
        )
        raise NoDeployment(msg) from None
    async with _answering(folder, embedded_server(folder, secrets)) as port:
        yield embedded_deployment(folder, secrets, port)


@asynccontextmanager
async def _answering(folder: Path, server: PostgresServer) -> AsyncIterator[int]:
    """The port of the folder's server: the one that Schakel runs, else one that is started for the time being.

    The folder is held as long as the server is ours to stop, so that nobody begins to use it meanwhile.
    """
    with ExitStack() as held:
        # One that ran already, though nobody holds the folder, is not ours to stop.
        if port := await _hold(folder, server, held) or server.port:
            yield port
            return
        async with server.running() as port:
            yield port


async def _hold(folder: Path, server: PostgresServer, held: ExitStack) -> int | None:
    """None: the folder is ours now; else the port at which Schakel serves it. Another command's end is awaited."""
    ends = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        try:
            held.enter_context(in_use(folder))
        except FolderInUse:
            # A note stands there only while Schakel itself runs, and not a command.
            if RunningNote(folder).read() and (port := server.port):
                return port
            if asyncio.get_running_loop().time() > ends:
                raise
        else:
            return None
        await asyncio.sleep(PAUSE_SECONDS)
