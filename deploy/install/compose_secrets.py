"""The secrets of a Compose run: made at the first start, one folder (a volume) for each who needs some of them.

`python -m deploy.install.compose_secrets /secrets` makes what is missing and changes nothing that is there.
`… /secrets --put notify/smtp_password` stores what is read from standard input: a secret that others make.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from deploy.install.errors import OperatorError
from deploy.install.key_rings import make_key_rings
from deploy.install.key_store import KeyStore
from deploy.install.provision import service_database
from deploy.install.secret_store import Secrets, write_file
from shared.kernel.broker_settings import redis_keys_of

HOST, PORT = "postgres", 5432
READABLE_BY_ITS_CONTAINER = 0o444
SUPERUSER_PASSWORD = "postgres/superuser_password"  # noqa: S105 - a file's name
REDIS_USERS: Final = "redis/users.acl"
"""Of all services together, so that it changes with a new one."""
COUNTING: Final = (
    "+ping +select +evalsha +eval +script|load +script|exists "
    "+lpush +lrange +lindex +ltrim +llen +expire +client|setinfo +client|setname"
)
"""The commands of a rate limit."""
FROM_OUTSIDE = {
    "notify/smtp_password": ("notify-web", "notify-worker"),
    "matching/oidc_client_secret": ("matching-web", "matching-worker"),
}
"""Who reads it; empty until somebody puts it there: not every mail server asks for a password."""


def files_of(secrets: Secrets) -> dict[str, str]:
    """Every file, by its path under the folder of secrets."""
    files = {
        SUPERUSER_PASSWORD: secrets.superuser_password,
        "admin/admin_url": f"postgresql://postgres:{secrets.superuser_password}@{HOST}:{PORT}/postgres",
        "demo/api_key": secrets.school_api_key,
        "kafka/admin_password": secrets.kafka_admin_password,
        "admin/kafka_password": secrets.kafka_admin_password,
        REDIS_USERS: "".join(redis_users(secrets.redis_passwords)),
        **dict.fromkeys(FROM_OUTSIDE, ""),
    }
    for service, app_password in secrets.app_passwords.items():
        owner_password = secrets.owner_passwords[service]
        database = service_database(
            service, host=HOST, port=PORT, owner_password=owner_password, app_password=app_password
        )
        files[f"admin/{service}_owner_url"] = database.owner_url
        files[f"admin/{service}_database_url"] = database.app_url
        files[f"admin/{service}_audit_key"] = secrets.audit_keys[service]
        files[f"{service}/database_url"] = database.app_url
        files[f"admin/{service}_kafka_password"] = secrets.kafka_passwords[service]
        files[f"{service}/kafka_password"] = secrets.kafka_passwords[service]
        files[f"{service}/redis_url"] = redis_url(service, secrets.redis_passwords[service])
        files |= {f"{service}/{name}": key for name, key in secrets.keys_of(service).items()}
    return files


def redis_url(service: str, password: str) -> str:
    """How a service reaches Redis."""
    return f"redis://schakel-{service}:{password}@redis:6379/0"


def redis_users(passwords: Mapping[str, str]) -> Iterator[str]:
    """The list of Redis: nobody without a name, and each service may count with its own keys and do nothing else."""
    yield "user default off\n"
    for service, password in passwords.items():
        shown = hashlib.sha256(password.encode()).hexdigest()
        yield f"user schakel-{service} on #{shown} resetchannels ~{redis_keys_of(service)}:* -@all {COUNTING}\n"


def make_what_is_missing(folder: Path) -> None:
    """Make what was never made; the whole set stays in the volume of the administration jobs. Raises OperatorError."""
    opening = [folder / SUPERUSER_PASSWORD]
    for name, value in files_of(Secrets.load_or_make(folder / "admin", opening=opening)).items():
        file = folder / name
        if not file.exists() or (name == REDIS_USERS and file.read_text() != value):
            write(file, value)
    make_key_rings(folder, mode=READABLE_BY_ITS_CONTAINER)
    key_store(folder).lay_out()


def key_store(folder: Path) -> KeyStore:
    """Where the keys stand that can be replaced."""
    return KeyStore(folder / "admin", folder, READABLE_BY_ITS_CONTAINER)


def write(file: Path, value: str) -> None:
    """All of it or nothing, readable by the one container that has this folder."""
    write_file(file, value, READABLE_BY_ITS_CONTAINER)


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy.install.compose_secrets", description="The secrets of Compose."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--put", choices=list(FROM_OUTSIDE), help="store what is read from standard input")
    given = parser.parse_args()
    if given.put:
        write(given.folder / given.put, sys.stdin.read().strip())
        sys.stdout.write(f"{given.put} is stored; start {' and '.join(FROM_OUTSIDE[given.put])} again\n")
        return
    try:
        make_what_is_missing(given.folder)
    except OperatorError as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(1)
    sys.stdout.write("the secrets are there\n")


if __name__ == "__main__":
    main()
