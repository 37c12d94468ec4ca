"""Settings: read once from the environment, checked whole, every problem named with how to fix it."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from shared.kernel.broker_settings import BrokerSettings
from shared.kernel.city import City, Desk
from shared.kernel.city.file import CityInvalid, read_city
from shared.kernel.key_ring import KeyRing, KeyRingUnreadable

PREFIX = "SCHAKEL_"
FILE_SUFFIX = "_FILE"
Key = Annotated[str, StringConstraints(min_length=32)]
DRIVER = "postgresql+asyncpg"
ADDRESS = f"{DRIVER}://role:password@host/database"


def postgres_url(text: str) -> str:
    """An address as our driver takes it; plain `postgresql://` is taken too. Raises ValueError without showing it."""
    scheme, mark, place = text.partition("://")
    try:
        url = make_url(f"{DRIVER}{mark}{place}")
    except (ArgumentError, ValueError):
        url = None
    if scheme not in {DRIVER, "postgresql", "postgres"} or url is None or not (url.host or "host" in url.query):
        raise ValueError(f"this is no address of the form {ADDRESS}") from None
    if "sslmode" in url.query:
        raise ValueError("our driver says ssl=… where others say sslmode=…")
    return f"{DRIVER}://{place}"


def city_named(given: object) -> object:
    """The city that this file describes; one that was read already is taken as it is."""
    if not isinstance(given, str | Path):
        return given
    try:
        return read_city(Path(given))
    except CityInvalid as wrong:
        raise ValueError("\n".join([f"see `schakel city check {given}`", *wrong.problems])) from None


def ring_named(given: object) -> object:
    """The keys in this file; a ring that was read already is taken as it is."""
    if not isinstance(given, str | Path):
        return given
    try:
        return KeyRing.of(Path(given))
    except KeyRingUnreadable as wrong:
        raise ValueError(str(wrong)) from None


PostgresUrl = Annotated[str, AfterValidator(postgres_url)]
HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+$")]
MailAddress = Annotated[str, StringConstraints(pattern=r"^[^\s@<>\"]+@[^\s@<>\"]+$", max_length=254)]


class CommonSettings(BrokerSettings):
    """What every service needs. Nothing secret has a default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore", arbitrary_types_allowed=True
    )

    database_url: PostgresUrl = Field(
        repr=False,
        description="this service's database, e.g. postgresql+asyncpg://schakel_<service>:…@postgres/schakel_<service>",
    )
    public_url: HttpUrl = Field(description="how people reach Schakel, e.g. https://schakel.example")
    key_ring: Annotated[KeyRing, NoDecode, BeforeValidator(ring_named)] = Field(
        repr=False,
        exclude=True,
        description="the file with this service's own keys, e.g. /secrets/<service>/key_ring.json: schakel keys rings",
    )
    audit_key: Key = Field(
        repr=False, description="at least 32 characters, for <service> only, in no database: schakel keys secrets"
    )
    city: Annotated[City, NoDecode, BeforeValidator(city_named)] = Field(
        repr=False,
        description="the file that describes your city, e.g. /etc/schakel/city.toml; docs/city.md tells how",
    )
    anchor_folder: Path = Field(
        Path("/anchors"),
        description="a folder outside the database, kept apart from its backups, with a folder of every service's own: "
        "who was erased and how far the audit log went",
    )
    intake_url: HttpUrl = Field("http://intake:8000", description="where the other services reach intake")
    matching_url: HttpUrl = Field("http://matching:8000", description="where the other services reach matching")
    monitoring_url: HttpUrl = Field("http://monitoring:8000", description="where the other services reach monitoring")
    notify_url: HttpUrl = Field("http://notify:8000", description="where the other services reach notify")
    community_url: HttpUrl = Field("http://community:8000", description="where the other services reach community")
    services_ca: str = Field(
        "",
        description="the file with the authority that signed the certificates of the other services, "
        "e.g. /etc/schakel/ca.crt; empty: those that this machine trusts",
    )
    tls_certificate: str = Field(
        "",
        description="the file with this service's certificate and its key, e.g. /etc/schakel/tls.pem; "
        "empty: it answers in the clear, behind a proxy",
    )
    source_urn: str = Field(
        "urn:nld:gemeente:systeem",
        pattern=r"^urn:nld:[a-z0-9:.-]+$",
        description="the source of our events after NL GOV CloudEvents, e.g. urn:nld:oin:00000001234567890000:systeem",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="debug, info, warning or error")
    api_key_per_minute: int = Field(
        600, ge=1, description="how often one API key may ask this service in a minute, e.g. 600"
    )
    api_person_per_minute: int = Field(
        1200, ge=1, description="how often all API keys of one ambassador together may, e.g. 1200"
    )
    host: str = Field("127.0.0.1", description="the address that the web process listens on")
    port: int = Field(8000, ge=0, le=65535, description="the port that the web process listens on")
    trusted_proxies: str = Field(
        "127.0.0.1",
        description="whose X-Forwarded-For is believed, by address, network or name, e.g. 10.0.0.2 or proxy",
    )
    metrics_port: int = Field(9000, ge=0, le=65535, description="where a worker answers /livez, /readyz and /metrics")
    member: str = Field(
        "",
        max_length=80,
        pattern=r"^[A-Za-z0-9._-]*$",
        description="this worker's name in its consumer group, no other worker's, the same after a restart; "
        "empty: <service>-HOSTNAME",
    )

    # Rules over two settings stand on the later field, so that they are named together with all other problems.
    @field_validator("public_url")
    @classmethod
    def _encrypted_in_production(cls, url: str, others: ValidationInfo) -> str:
        if others.data.get("environment") == "production" and not url.startswith("https://"):
            raise ValueError("it must start with https:// in production")
        return url

    @property
    def desk(self) -> Desk:
        """Who answers questions."""
        return self.city.desk


SettingsT = TypeVar("SettingsT", bound=CommonSettings)


class SettingsInvalid(Exception):
    """Every setting that is missing or wrong, one line each, with how to fix it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def with_files(environ: Mapping[str, str]) -> dict[str, str]:
    """`SCHAKEL_X_FILE` names a file with the value of `SCHAKEL_X`, so that secrets need not stand in the environment.

    Raises SettingsInvalid for a file that cannot be read.
    """
    given, unreadable = _read_files(environ)
    if unreadable:
        raise SettingsInvalid(list(unreadable.values()))
    return given


def service_environ(service: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment as this service gets it: what is given for it alone goes before what is given for all."""
    common = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
    own = f"{PREFIX}{service.upper()}_"
    return {
        **common,
        **{PREFIX + name.removeprefix(own): value for name, value in common.items() if name.startswith(own)},
    }


def load(
    kind: type[SettingsT],
    environ: Mapping[str, str] | None = None,
    *,
    service: str = "",
    required: Collection[str] = (),
) -> SettingsT:
    """Read the environment (or the mapping given instead). Raises SettingsInvalid with all problems at once.

    `SCHAKEL_<SERVICE>_X` goes before `SCHAKEL_X`. `required`: fields with a default that this process still needs.
    """
    read, unreadable = _read_files(_concerning(kind, service, os.environ if environ is None else environ))
    own = service_environ(service, read)
    given = {name: own[PREFIX + name.upper()] for name in kind.model_fields if own.get(PREFIX + name.upper(), "") != ""}
    named = service_environ(service, unreadable)
    problems = {name: named[PREFIX + name.upper()] for name in kind.model_fields if PREFIX + name.upper() in named}
    for name in required:
        if name not in given:
            problems.setdefault(name, _problem(kind, service, name, "missing", ""))
    try:
        settings = kind.model_validate(given)
    except ValidationError as error:
        for item in error.errors():
            name = str(item["loc"][0])
            problems.setdefault(name, _problem(kind, service, name, item["type"], item["msg"]))
        raise SettingsInvalid([line for told in problems.values() for line in told.splitlines()]) from None
    if problems:
        raise SettingsInvalid(list(problems.values()))
    return settings


def _read_files(environ: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is given with the files read, and for each setting whose file cannot be read what is wrong with it."""
    given, unreadable = dict(environ), {}
    for name, path in environ.items():
        if name.startswith(PREFIX) and name.endswith(FILE_SUFFIX) and path:
            setting = name.removesuffix(FILE_SUFFIX)
            try:
                given[setting] = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                unreadable[setting] = f"{name} is wrong ({error.strerror}): set it to a file that this process can read"
            except UnicodeDecodeError:
                unreadable[setting] = f"{name} is wrong (no UTF-8 text): set it to a file that holds the value as text"
    return given, unreadable


def _concerning(kind: type[CommonSettings], service: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Only what these settings are read from: a file of another service need not be readable here."""
    starts = (PREFIX, f"{PREFIX}{service.upper()}_")
    names = {start + name.upper() + end for start in starts for name in kind.model_fields for end in ("", FILE_SUFFIX)}
    return {name: value for name, value in environ.items() if name in names}


def _problem(kind: type[CommonSettings], service: str, name: str, sort: str, said: str) -> str:
    wanted = (kind.model_fields[name].description or "see README").replace("<service>", service or "<service>")
    # The value itself may be secret and is never shown.
    what, *more = said.removeprefix("Value error, ").splitlines() if sort != "missing" else [""]
    is_wrong = "is missing" if sort == "missing" else f"is wrong ({what})"
    return "\n".join([f"{PREFIX}{name.upper()} {is_wrong}: set it to {wanted}", *more])
