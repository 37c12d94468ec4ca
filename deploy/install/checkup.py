"""What `schakel doctor` looks at. Each finding says what is wrong in words, and how to fix it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from deploy.demo.clock import MOVABLE
from deploy.install.audit_log import is_kept_too_long, verify
from deploy.install.building import settings_of
from deploy.install.check_database import check_database
from deploy.install.check_digests import check_digests
from deploy.install.deployments import Deployment
from deploy.install.finding import Finding
from deploy.install.provision import ServiceDatabase
from shared.events.catalogue import SERVICES
from shared.kernel.settings import PREFIX, CommonSettings, SettingsInvalid, load
from shared.runtime.process import NEEDS
from shared.runtime.unknown_settings import complaint, unknown_settings
from shared.storage.database import Database
from shared.storage.stored_codes import codes_without_words, tables_of

if TYPE_CHECKING:
    from shared.messaging.bus.topics import TopicsReport

WAIT_SECONDS = 10.0

Look = Callable[[], Awaitable[list[Finding]]]


async def check_up(found: Deployment, *, embedded: bool, names: Iterable[str] = ()) -> AsyncIterator[Finding]:
    """Everything, one finding at a time; nothing is changed. Survives whatever is away.

    `names`: those in the environment, which may hold some that are no settings.
    """
    settings, findings = _settings(found, () if embedded else NEEDS)
    for finding in (*_unknown(names), *findings):
        yield finding
    for service, database in found.databases.items():
        for finding in await _database(service, database, found, settings.get(service)):
            yield finding
    if not embedded:
        for area, look in _outside(settings).items():
            for finding in await _carefully(area, look):
                yield finding
    yield _assets()


async def _database(
    service: str, database: ServiceDatabase, found: Deployment, settings: CommonSettings | None
) -> list[Finding]:
    """The codes only where there are settings that name the city, and tables that are not behind."""
    findings = await check_database(service, database, clock_may_move=found.environment in MOVABLE)
    tables = [finding for finding in findings if finding.area == f"{service} migrations"]
    if settings is None or not tables or not tables[0].is_well:
        return findings
    if service == "notify":
        findings += await _carefully("notify digests", lambda: check_digests(database))
    return [
        *findings,
        *await _carefully(f"{service} codes", _codes(service, settings)),
        *await _carefully(f"{service} audit log", _audit(service, found, settings.city.retention.audit_years)),
    ]


def _unknown(names: Iterable[str]) -> list[Finding]:
    return [Finding("settings", *_split(complaint(name, near))) for name, near in unknown_settings(names).items()]


def _settings(found: Deployment, required: Sequence[str]) -> tuple[dict[str, CommonSettings], list[Finding]]:
    """Those that are complete, and what there is to say about each."""
    complete: dict[str, CommonSettings] = {}
    findings: list[Finding] = []
    for service in found.databases:
        environ = {**found.environ[service], f"{PREFIX}DATABASE_URL": found.databases[service].app_url}
        try:
            complete[service] = load(settings_of(service), environ, required=required)
        except SettingsInvalid as invalid:
            findings += [Finding(f"{service} settings", *_split(problem)) for problem in invalid.problems]
        else:
            findings.append(Finding(f"{service} settings", "complete"))
    return complete, findings


def _split(problem: str) -> tuple[str, str]:
    what, _, fix = problem.partition(": ")
    return what, fix or what


def _outside(settings: Mapping[str, CommonSettings]) -> dict[str, Look]:
    """What is asked once, by the first service that names it."""
    first = next(iter(settings.values()), None)
    looks: dict[str, Look] = {}
    if first is not None:
        looks["kafka"] = lambda: _kafka(first)
        if first.kafka_user:
            looks["kafka rights"] = lambda: _rights(first)
        looks["redis"] = lambda: _redis(first.redis_address)
    if "notify" in settings:
        looks["mail"] = lambda: _mail(settings["notify"])
    return looks


async def _carefully(area: str, look: Look) -> list[Finding]:
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            return await look()
    except Exception as error:  # noqa: BLE001 - a check-up names whatever it runs into
        return [Finding(area, f"does not answer ({type(error).__name__})", f"start it, or fix its address ({area})")]


def _codes(service: str, settings: CommonSettings) -> Look:

    area = f"{service} codes"

    async def look() -> list[Finding]:
        database = Database(settings.database_url, application_name="schakel-doctor", pool_size=1)
        try:
            async with database.transaction() as connection:
                found = await codes_without_words(connection, tables_of(service), settings.city)
        finally:
            await database.close()
        wrong = [Finding(area, one.words, one.fix) for one in found]
        return wrong or [Finding(area, "each that is stored has words in the city's file")]

    return look


def _audit(service: str, found: Deployment, years: int) -> Look:
    """The last day only: that takes a moment, whatever the log holds; and whether old lines are removed."""

    async def look() -> list[Finding]:
        now, area = datetime.now(UTC), f"{service} audit log"
        looked = await verify(found, service, now - timedelta(days=1))
        if looked.broken is not None:
            what = f"line {looked.broken.position}: {looked.broken.reason}"
            return [Finding(area, what, "run `schakel audit verify`")]
        if await is_kept_too_long(found, service, years, now):
            what = f"lines of more than {years} years ago are still there"
            return [Finding(area, what, "run `schakel audit prune`, and let it run once a month")]
        return [Finding(area, f"holds, as far as the last {looked.lines} lines go")]

    return look


async def _kafka(settings: CommonSettings) -> list[Finding]:
    from shared.messaging.bus.kafka_client import Broker
    from shared.messaging.bus.topics import ensure_topics

    broker = Broker.of(settings)
    return _topics(await ensure_topics(broker, replication_factor=settings.kafka_replication, create=False))


async def _rights(settings: CommonSettings) -> list[Finding]:
    from deploy.install.kafka_rights import wrong_rights
    from shared.messaging.bus.kafka_client import Broker

    if wrong := await wrong_rights(Broker.of(settings), SERVICES):
        what = f"these services may do more or less than they must: {', '.join(wrong)}"
        return [
            Finding("kafka", what, "run `schakel topics` with SCHAKEL_<SERVICE>_KAFKA_PASSWORD set for each service")
        ]
    return [Finding("kafka", "every service may do there what it must, and no more")]


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
    answered_at = settings.reply_address or "no address, only on pages"
    return [Finding("mail", f"{place} answers; mail is answered at {answered_at}")]


def _assets() -> Finding:
    from shared.web.assets import STYLESHEETS, assets

    missing = [name for name in STYLESHEETS if name not in assets()]
    if missing:
        return Finding("pages", f"without {', '.join(missing)} they are plain", "run `make assets`")
    return Finding("pages", "style sheets are there")
