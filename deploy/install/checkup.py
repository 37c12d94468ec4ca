"""What `schakel doctor` looks at. Each finding says what is wrong in words, and how to fix it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from alembic.script import ScriptDirectory
from sqlalchemy import text

from deploy.demo.clock import MOVABLE
from deploy.install.blueprints import blueprint
from deploy.install.deployments import Deployment
from deploy.install.errors import explain_postgres
from deploy.install.migrate import folder_of
from deploy.install.provision import ServiceDatabase
from shared.kernel.errors import is_transient
from shared.kernel.settings import PREFIX, CommonSettings, SettingsInvalid, load
from shared.runtime.process import NEEDS
from shared.storage.database import Database
from shared.storage.migrations import PLUMBING_FOLDER, PLUMBING_VERSIONS, SERVICE_VERSIONS

if TYPE_CHECKING:
    from shared.messaging.bus.topics import TopicsReport

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
            WHERE published_at IS NULL) AS age,
           (SELECT coalesce(max(ahead), interval '0') FROM clock_offset) AS ahead
    """
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `fix` is empty when it is well."""

    area: str
    words: str
    fix: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing needs to be done."""
        return not self.fix


Look = Callable[[], Awaitable[list[Finding]]]


async def check_up(found: Deployment, *, embedded: bool) -> AsyncIterator[Finding]:
    """Everything, one finding at a time; nothing is changed. Survives whatever is away."""
    settings: dict[str, CommonSettings] = {}
    for service in found.databases:
        environ = {**found.environ[service], f"{PREFIX}DATABASE_URL": found.databases[service].app_url}
        try:
            settings[service] = load(blueprint(service).settings, environ, required=() if embedded else NEEDS)
        except SettingsInvalid as invalid:
            for problem in invalid.problems:
                yield Finding(f"{service} settings", *_split(problem))
        else:
            yield Finding(f"{service} settings", "complete")
    for service, database in found.databases.items():
        for finding in await _database(service, database, clock_may_move=found.environment in MOVABLE):
            yield finding
    if not embedded:
        for area, look in _outside(settings).items():
            for finding in await _carefully(area, look):
                yield finding
    yield _assets()


def _split(problem: str) -> tuple[str, str]:
    what, _, fix = problem.partition(": ")
    return what, fix or what


async def _database(service: str, place: ServiceDatabase, *, clock_may_move: bool) -> list[Finding]:
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
                if health.ahead and not clock_may_move:
                    findings.append(_clock(service, health.ahead))
    except Exception as error:  # noqa: BLE001 - a check-up names whatever it runs into
        if told := explain_postgres(error):
            return [Finding(area, *told)]
        if not is_transient(error):
            return [Finding(area, type(error).__name__, f"look whether {_shown(place)} is Schakel's database")]
        fix = "start PostgreSQL, or fix the address in SCHAKEL_…_DATABASE_URL"
        return [Finding(area, f"does not answer ({_shown(place)})", fix)]
    finally:
        await database.close()
    return findings


def _roles(area: str, is_super: bool, owns: bool) -> list[Finding]:  # noqa: FBT001 - two facts of one row
    if is_super or owns:
        what = "is a superuser" if is_super else "owns the tables"
        fix = "give the service a role of its own: `schakel provision`, then SCHAKEL_…_DATABASE_URL with that role"
        return [Finding(area, f"answers, but the service's role {what}", fix)]
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
        fix = "see `schakel parked list`; fix the cause, then `schakel parked retry EVENT`"
        findings.append(Finding(f"{service} events", f"{parked} stand aside", fix))
    if age > WAITING_TOO_LONG:
        fix = f"look whether the {service} worker runs and Kafka answers"
        findings.append(Finding(f"{service} outbox", f"the oldest fact waits {age:.0f} s to be published", fix))
    return findings


def _clock(service: str, ahead: timedelta) -> Finding:
    fix = "stop Schakel, and as the owner of this database: DELETE FROM clock_offset"
    return Finding(f"{service} clock", f"{ahead} ahead of the wall, and only a demo's or a test's may be", fix)


def _outside(settings: Mapping[str, CommonSettings]) -> dict[str, Look]:
    """What is asked once, by the first service that names it."""
    first = next(iter(settings.values()), None)
    looks: dict[str, Look] = {}
    if first is not None:
        looks["kafka"] = lambda: _kafka(first.kafka_bootstrap, first.kafka_replication)
        looks["redis"] = lambda: _redis(first.redis_url)
    if "notify" in settings:
        looks["mail"] = lambda: _mail(settings["notify"])
    return looks


async def _carefully(area: str, look: Look) -> list[Finding]:
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            return await look()
    except Exception as error:  # noqa: BLE001 - a check-up names whatever it runs into
        return [Finding(area, f"does not answer ({type(error).__name__})", f"start it, or fix its address ({area})")]


async def _kafka(bootstrap: str, replication: int) -> list[Finding]:
    from shared.messaging.bus.topics import ensure_topics

    return _topics(await ensure_topics(bootstrap, replication_factor=replication, create=False))


def _topics(report: "TopicsReport") -> list[Finding]:
    missing = [wrong.topic for wrong in report.wrong if wrong.is_missing]
    different = [f"{wrong.topic} ({', '.join(wrong.problems)})" for wrong in report.wrong if not wrong.is_missing]
    findings = []
    if missing:
        findings.append(Finding("kafka", f"topics are missing: {', '.join(missing)}", "run `schakel topics`"))
    if different:
        fix = "change them with Kafka's own tools, or set SCHAKEL_KAFKA_REPLICATION to the replicas that are meant"
        findings.append(Finding("kafka", f"topics differ: {'; '.join(different)}", fix))
    return findings or [Finding("kafka", f"answers, and its {len(report.right)} topics are as they must be")]


async def _redis(url: str) -> list[Finding]:
    from redis.asyncio import Redis

    if not url:
        return [Finding("redis", "not used: each process counts rate limits by itself")]
    async with Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as redis:
        await redis.ping()
    return [Finding("redis", "answers")]


async def _mail(settings: CommonSettings) -> list[Finding]:
    import aiosmtplib

    from services.notify.settings import NotifySettings

    if not isinstance(settings, NotifySettings):
        raise TypeError(settings)
    client = aiosmtplib.SMTP(
        hostname=settings.smtp_host, port=settings.smtp_port, start_tls=settings.smtp_starttls, timeout=5
    )
    place = f"{settings.smtp_host}:{settings.smtp_port}"
    async with client:
        if settings.smtp_username:
            try:
                await client.login(settings.smtp_username, settings.smtp_password)
            except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPNotSupported) as refused:
                what = f"{place} answers, but does not let us log in ({type(refused).__name__})"
                return [Finding("mail", what, "fix SCHAKEL_SMTP_USERNAME and SCHAKEL_SMTP_PASSWORD")]
        await client.noop()
    return [Finding("mail", f"{place} answers")]


def _assets() -> Finding:
    from shared.web.assets import STYLESHEETS, assets

    missing = [name for name in STYLESHEETS if name not in assets()]
    if missing:
        return Finding("pages", f"without {', '.join(missing)} they are plain", "run `make assets`")
    return Finding("pages", "style sheets are there")


def _shown(place: ServiceDatabase) -> str:
    from sqlalchemy.engine import make_url

    return make_url(place.app_url).render_as_string(hide_password=True)
