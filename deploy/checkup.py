"""What `schakel doctor` looks at. Each finding says what is wrong in words, and how to mend it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass

from alembic.script import ScriptDirectory
from sqlalchemy import text

from deploy.assembly import blueprint
from deploy.deployments import Deployment
from deploy.migrate import folder_of
from deploy.provision import ServiceDatabase
from shared.database import Database
from shared.errors import is_transient
from shared.migrations import PLUMBING_FOLDER, PLUMBING_VERSIONS, SERVICE_VERSIONS
from shared.settings import PREFIX, CommonSettings, SettingsInvalid, load

WAIT_SECONDS = 10.0
WAITING_TOO_LONG = 60

_ROLE = text(
    """
    SELECT rolsuper AS is_super,
           EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user) AS owns
    FROM pg_roles WHERE rolname = current_user
    """
)
_HEALTH = text(
    """
    SELECT (SELECT count(*) FROM parked_events) AS parked,
           (SELECT coalesce(extract(epoch FROM now() - min(appended_at)), 0) FROM outbox
            WHERE published_at IS NULL) AS age
    """
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `mend` is empty when it is well."""

    area: str
    words: str
    mend: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing needs to be done."""
        return not self.mend


async def check_up(found: Deployment, *, embedded: bool) -> AsyncIterator[Finding]:
    """Everything, one finding at a time; nothing is changed. Survives whatever is away."""
    settings: dict[str, CommonSettings] = {}
    for service in found.databases:
        environ = {**found.environ[service], f"{PREFIX}DATABASE_URL": found.databases[service].app_url}
        try:
            settings[service] = load(blueprint(service).settings, environ)
        except SettingsInvalid as invalid:
            for problem in invalid.problems:
                yield Finding(f"{service} settings", *_split(problem))
        else:
            yield Finding(f"{service} settings", "complete")
    for service, database in found.databases.items():
        for finding in await _database(service, database):
            yield finding
    if not embedded:
        for area, look in _outside(settings).items():
            yield await _carefully(area, look)
    yield _assets()


def _split(problem: str) -> tuple[str, str]:
    what, _, mend = problem.partition(": ")
    return what, mend or what


async def _database(service: str, place: ServiceDatabase) -> list[Finding]:
    area = f"{service} database"
    database = Database(place.app_url, application_name="schakel-doctor", pool_size=1)
    try:
        async with database.transaction() as connection:
            role = (await connection.execute(_ROLE)).one()
            versions = {
                table: await connection.scalar(text(f"SELECT to_regclass('{table}') IS NOT NULL"))
                and await connection.scalar(text(f"SELECT version_num FROM {table}"))  # noqa: S608
                for table in (PLUMBING_VERSIONS, SERVICE_VERSIONS)
            }
            findings = [*_roles(area, role.is_super, role.owns), _migrations(service, versions)]
            if findings[-1].is_well:
                health = (await connection.execute(_HEALTH)).one()
                findings += _work(service, health.parked, float(health.age))
    except Exception as error:  # noqa: BLE001 - a check-up names whatever it runs into
        if not is_transient(error):
            return [Finding(area, type(error).__name__, f"look whether {_shown(place)} is Schakel's database")]
        mend = "start PostgreSQL, or mend the address, the role or the password in SCHAKEL_…_DATABASE_URL"
        return [Finding(area, f"does not answer ({_shown(place)})", mend)]
    finally:
        await database.close()
    return findings


def _roles(area: str, is_super: bool, owns: bool) -> list[Finding]:  # noqa: FBT001 - two facts of one row
    if is_super or owns:
        what = "is a superuser" if is_super else "owns the tables"
        mend = "give the service a role of its own: `schakel provision`, then SCHAKEL_…_DATABASE_URL with that role"
        return [Finding(area, f"answers, but the service's role {what}", mend)]
    return [Finding(area, "answers; the service's role only reads and writes rows")]


def _migrations(service: str, versions: Mapping[str, object]) -> Finding:
    wanted = {
        PLUMBING_VERSIONS: ScriptDirectory(str(PLUMBING_FOLDER)).get_current_head(),
        SERVICE_VERSIONS: ScriptDirectory(str(folder_of(service))).get_current_head(),
    }
    behind = [
        f"{versions[table] or 'nothing'} instead of {head}" for table, head in wanted.items() if versions[table] != head
    ]
    if behind:
        return Finding(f"{service} migrations", ", ".join(behind), "run `schakel migrate`")
    return Finding(f"{service} migrations", "the newest tables")


def _work(service: str, parked: int, age: float) -> list[Finding]:
    findings = []
    if parked:
        mend = "see `schakel parked list`; mend the cause, then `schakel parked retry EVENT`"
        findings.append(Finding(f"{service} events", f"{parked} stand aside", mend))
    if age > WAITING_TOO_LONG:
        mend = f"look whether the {service} worker runs and Kafka answers"
        findings.append(Finding(f"{service} outbox", f"the oldest fact waits {age:.0f} s to be published", mend))
    return findings


def _outside(settings: Mapping[str, CommonSettings]) -> dict[str, Callable[[], Awaitable[Finding]]]:
    """What is asked once, by the first service that names it."""
    first = next(iter(settings.values()), None)
    looks: dict[str, Callable[[], Awaitable[Finding]]] = {}
    if first is not None:
        looks["kafka"] = lambda: _kafka(first.kafka_bootstrap)
        looks["redis"] = lambda: _redis(first.redis_url)
    if "notify" in settings:
        looks["mail"] = lambda: _mail(settings["notify"])
    return looks


async def _carefully(area: str, look: Callable[[], Awaitable[Finding]]) -> Finding:
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            return await look()
    except Exception as error:  # noqa: BLE001 - a check-up names whatever it runs into
        return Finding(area, f"does not answer ({type(error).__name__})", f"start it, or mend its address ({area})")


async def _kafka(bootstrap: str) -> Finding:
    from shared.bus.topics import ensure_topics

    if not bootstrap:
        return Finding("kafka", "no broker is named", "set SCHAKEL_KAFKA_BOOTSTRAP, e.g. kafka:9092")
    report = await ensure_topics(bootstrap, create=False)
    if not report.is_well:
        return Finding(
            "kafka", f"topics are missing or differ: {', '.join(t.topic for t in report.wrong)}", "run `schakel topics`"
        )
    return Finding("kafka", f"answers, and its {len(report.right)} topics are as they must be")


async def _redis(url: str) -> Finding:
    from redis.asyncio import Redis

    if not url:
        return Finding("redis", "not used: each process counts rate limits by itself")
    async with Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as redis:
        await redis.ping()
    return Finding("redis", "answers")


async def _mail(settings: CommonSettings) -> Finding:
    import aiosmtplib

    from services.notify.settings import NotifySettings

    if not isinstance(settings, NotifySettings):
        raise TypeError(settings)
    client = aiosmtplib.SMTP(
        hostname=settings.smtp_host, port=settings.smtp_port, start_tls=settings.smtp_starttls, timeout=5
    )
    async with client:
        if settings.smtp_username:
            await client.login(settings.smtp_username, settings.smtp_password)
        await client.noop()
    return Finding("mail", f"{settings.smtp_host}:{settings.smtp_port} answers")


def _assets() -> Finding:
    from shared.web.assets import STYLESHEETS, assets

    missing = [name for name in STYLESHEETS if name not in assets()]
    if missing:
        return Finding("pages", f"without {', '.join(missing)} they are plain", "run `make assets`")
    return Finding("pages", "style sheets are there")


def _shown(place: ServiceDatabase) -> str:
    from sqlalchemy.engine import make_url

    return make_url(place.app_url).render_as_string(hide_password=True)
