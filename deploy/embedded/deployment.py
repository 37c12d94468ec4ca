"""The Schakel in a folder: its server, databases and settings."""

from pathlib import Path

from deploy.demo.city.demo_city import DemoCity
from deploy.embedded.kept_city import city_of
from deploy.embedded.postgres_server import HOST, SUPERUSER, PostgresServer
from deploy.install.deployments import Deployment
from deploy.install.key_rings import FILE as KEY_RING
from deploy.install.key_store import KINDS, KeyStore
from deploy.install.provision import ServiceDatabase, service_database
from deploy.install.secret_store import Secrets
from shared.events.catalogue import SERVICES
from shared.kernel.settings import FILE_SUFFIX, PREFIX

DEFAULT_URL = "http://localhost:8080"
ENVIRONMENT = "demo"


def embedded_databases(secrets: Secrets, port: int) -> dict[str, ServiceDatabase]:
    """The databases of all services of an embedded server."""
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


def key_folder(folder: Path) -> Path:
    """Where the services' rings of keys are."""
    return folder / "keys"


def embedded_environ(
    secrets: Secrets,
    database: ServiceDatabase,
    demo: DemoCity,
    folder: Path,
    *,
    public_url: str = DEFAULT_URL,
    smtp_port: int = 1025,
) -> dict[str, str]:
    """What a service's container would find in its environment, for one of the Schakel in this folder."""
    given = {
        "ENVIRONMENT": ENVIRONMENT,
        "DATABASE_URL": database.app_url,
        "PUBLIC_URL": public_url,
        **{name.upper(): key for name, key in secrets.keys_of(database.service).items()},
        **_key_files(folder, database.service),
        "KEY_RING": str(key_folder(folder) / database.service / KEY_RING),
        "SMTP_HOST": HOST,
        "SMTP_PORT": str(smtp_port),
        "SMTP_STARTTLS": "false",
        "MAIL_FROM": demo.sender,
        "CITY": str(demo.file),
        "ANCHOR_FOLDER": str(folder.absolute() / "anchors"),
    }
    return {PREFIX + name: value for name, value in given.items()}


def key_store(folder: Path) -> KeyStore:
    """Where the keys of this folder stand that can be replaced."""
    return KeyStore(folder.absolute(), folder.absolute() / "keys")


def _key_files(folder: Path, service: str) -> dict[str, str]:
    """Those that are there: they are laid out at a start."""
    files = {kind.secret: key_store(folder).file(kind) for kind in KINDS.values() if kind.service == service}
    return {f"{secret.upper()}{FILE_SUFFIX}": str(file) for secret, file in files.items() if file.exists()}


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
    demo = city_of(folder)
    environ = {name: embedded_environ(secrets, database, demo, folder) for name, database in databases.items()}
    return Deployment(f"the embedded Schakel in {folder}", databases, environ)
