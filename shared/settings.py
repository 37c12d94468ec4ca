"""Settings: read once from the environment, checked whole, every problem named with its mend."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SCHAKEL_"
FILE_SUFFIX = "_FILE"
Key = Annotated[str, StringConstraints(min_length=32)]
PostgresUrl = Annotated[str, StringConstraints(pattern=r"^postgresql\+asyncpg://")]
HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+$")]
RedisUrl = Annotated[str, StringConstraints(pattern=r"^$|^(redis|rediss|unix)://")]


class CommonSettings(BaseSettings):
    """What every service needs. Nothing secret has a default."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    environment: Literal["production", "demo", "test", "development"] = Field(
        "production", description="production, demo, test or development"
    )
    database_url: PostgresUrl = Field(
        repr=False,
        description="this service's database, e.g. postgresql+asyncpg://schakel_intake:…@postgres/schakel_intake",
    )
    kafka_bootstrap: str = Field("", description="brokers, e.g. kafka:9092; only the embedded run may leave it empty")
    redis_url: RedisUrl = Field("", description="e.g. redis://redis:6379/0; empty: rate limits are kept in memory")
    public_url: HttpUrl = Field(description="how people reach Schakel, e.g. https://schakel.example")
    session_key: Key = Field(
        repr=False, description="at least 32 characters, the same for all services: schakel keys secrets"
    )
    service_key: Key = Field(
        repr=False, description="at least 32 characters, the same for all services: schakel keys secrets"
    )
    intake_url: HttpUrl = Field("http://intake:8000", description="where the other services reach intake")
    matching_url: HttpUrl = Field("http://matching:8000", description="where the other services reach matching")
    monitoring_url: HttpUrl = Field("http://monitoring:8000", description="where the other services reach monitoring")
    notify_url: HttpUrl = Field("http://notify:8000", description="where the other services reach notify")
    source_urn: str = Field(
        "urn:nld:gemeente:systeem",
        pattern=r"^urn:nld:[a-z0-9:.-]+$",
        description="the source of our events after NL GOV CloudEvents, e.g. urn:nld:oin:00000001234567890000:systeem",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="debug, info, warning or error")
    host: str = Field("127.0.0.1", description="the address that the web process listens on")
    port: int = Field(8000, ge=0, le=65535, description="the port that the web process listens on")
    trusted_proxies: str = Field(
        "127.0.0.1", description="whose X-Forwarded-For is believed, e.g. 10.0.0.2; * when only a proxy can reach us"
    )
    metrics_port: int = Field(9000, ge=0, le=65535, description="where a worker answers /livez, /readyz and /metrics")
    member: str = Field(
        "", max_length=80, description="this worker's stable name in its consumer group; empty: <service>-1"
    )

    @model_validator(mode="after")
    def _nothing_half_set(self) -> "CommonSettings":
        if self.environment == "production" and not self.public_url.startswith("https://"):
            msg = f"{PREFIX}PUBLIC_URL must start with https:// in production"
            raise ValueError(msg)
        return self


SettingsT = TypeVar("SettingsT", bound=CommonSettings)


class SettingsInvalid(Exception):
    """Every setting that is missing or wrong, one line each, with how to mend it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def with_files(environ: Mapping[str, str]) -> dict[str, str]:
    """`SCHAKEL_X_FILE` names a file with the value of `SCHAKEL_X`, so that secrets need not stand in the environment.

    Raises SettingsInvalid for a file that cannot be read.
    """
    given, problems = dict(environ), []
    for name, path in environ.items():
        if name.startswith(PREFIX) and name.endswith(FILE_SUFFIX) and path:
            try:
                given[name.removesuffix(FILE_SUFFIX)] = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                problems.append(f"{name} is wrong ({error.strerror}): set it to a file that this process can read")
    if problems:
        raise SettingsInvalid(problems)
    return given


def load(kind: type[SettingsT], environ: Mapping[str, str] | None = None) -> SettingsT:
    """Read the environment (or the mapping given instead). Raises SettingsInvalid with all problems at once."""
    source = with_files(os.environ if environ is None else environ)
    given = {
        name: source[PREFIX + name.upper()] for name in kind.model_fields if source.get(PREFIX + name.upper(), "") != ""
    }
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise SettingsInvalid([_problem(kind, dict(item)) for item in error.errors()]) from None


def _problem(kind: type[CommonSettings], error: dict[str, object]) -> str:
    where = error["loc"]
    if not (isinstance(where, tuple) and where):
        return str(error["msg"]).removeprefix("Value error, ")
    name = str(where[0])
    wanted = kind.model_fields[name].description or "see README"
    # The value itself may be secret and is never shown.
    what = "is missing" if error["type"] == "missing" else f"is wrong ({error['msg']})"
    return f"{PREFIX}{name.upper()} {what}: set it to {wanted}"
