"""What `schakel doctor` asks a service's database: role, tables, work that waits, clock, and workers of one name."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from deploy.install.errors import explain_postgres
from deploy.install.finding import Finding
from deploy.install.provision import ServiceDatabase
from shared.kernel.errors import is_transient
from shared.messaging.member_name import SESSION
from shared.storage.database import DATABASE_NOW, Database
from shared.storage.table_versions import TableVersions, folder_of, table_versions

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
# What should be erased everywhere by now.
_ERASING = text(
    f"""
    SELECT (SELECT count(*) FROM unconfirmed_erasures WHERE since < {DATABASE_NOW} - interval '1 hour')
         + (SELECT count(*) FROM cases WHERE state = 'erasing' AND changed_at < {DATABASE_NOW} - interval '1 hour')
    """  # noqa: S608 - a constant
)
# Of each name the worker that consumes, and those that wait until it is gone.
_MEMBERS = text(
    f"""
    SELECT substr(application_name, {len(SESSION) + 1}) AS name, count(*) AS workers
    FROM pg_stat_activity
    WHERE datname = current_database() AND starts_with(application_name, '{SESSION}')
    GROUP BY name HAVING count(*) > 1 ORDER BY name
    """  # noqa: S608 - a constant
)
WAITING_TOO_LONG = 60


async def check_database(service: str, place: ServiceDatabase, *, clock_may_move: bool) -> list[Finding]:
    """Nothing is changed. Whatever it runs into is a finding."""
    area = f"{service} database"
    database = Database(place.app_url, application_name="schakel-doctor", pool_size=1)
    try:
        async with database.transaction() as connection:
            role = (await connection.execute(_ROLE)).one()
            versions = await table_versions(connection, folder_of(service))
            findings = [*_roles(area, role.is_super, role.owns), _migrations(service, versions)]
            if findings[-1].is_well:
                health = (await connection.execute(_HEALTH)).one()
                findings += _work(service, health.parked, float(health.age))
                if service == "intake":
                    findings += _erasing((await connection.execute(_ERASING)).scalar_one())
                if health.ahead and not clock_may_move:
                    findings.append(_clock(service, health.ahead))
            findings += _members(service, (await connection.execute(_MEMBERS)).all())
    except Exception as error:  # noqa: BLE001 - a check-up names whatever it runs into
        if told := explain_postgres(error):
            return [Finding(area, *told)]
        if not is_transient(error):
            return [Finding(area, type(error).__name__, f"check that {_shown(place)} is Schakel's database")]
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


def _migrations(service: str, versions: TableVersions) -> Finding:
    area = f"{service} migrations"
    if versions.newer:
        fix = "install that release, or put back a backup from before it"
        return Finding(area, f"these tables are of a newer release ({', '.join(versions.newer)})", fix)
    if versions.behind:
        return Finding(area, ", ".join(versions.behind), "run `schakel migrate`")
    return Finding(area, "the newest tables")


def _work(service: str, parked: int, age: float) -> list[Finding]:
    findings = []
    if parked:
        fix = "see `schakel parked list`; fix the cause, then `schakel parked retry --all`"
        findings.append(Finding(f"{service} events", f"{parked} stand aside", fix))
    if age > WAITING_TOO_LONG:
        fix = f"check that the {service} worker runs and Kafka answers"
        findings.append(Finding(f"{service} outbox", f"the oldest event has waited {age:.0f} s to be published", fix))
    return findings


def _erasing(late: int) -> list[Finding]:
    fix = "see `schakel erase --status`: the services that it names must run, and `schakel parked list` must be empty"
    return [Finding("intake erasing", f"{late} cases are not erased everywhere within the hour", fix)] if late else []


def _members(service: str, shared: Sequence[Any]) -> list[Finding]:
    fix = "give each worker a SCHAKEL_MEMBER of its own, or leave it out: then each is called after its host"
    return [
        Finding(f"{service} workers", f"{row.workers} are called {row.name}, and only one of them consumes", fix)
        for row in shared
    ]


def _clock(service: str, ahead: timedelta) -> Finding:
    fix = "stop Schakel, and as the owner of this database: DELETE FROM clock_offset"
    return Finding(f"{service} clock", f"{ahead} ahead of the wall, and only a demo's or a test's may be", fix)


def _shown(place: ServiceDatabase) -> str:
    from sqlalchemy.engine import make_url

    return make_url(place.app_url).render_as_string(hide_password=True)
