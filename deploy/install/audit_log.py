"""The audit logs of one Schakel: whether they hold, and what they tell of one case or person."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from deploy.install.deployments import Deployment
from deploy.install.errors import OperatorError
from shared.kernel.settings import PREFIX, CommonSettings
from shared.messaging.audit import PostgresAuditLines, line_of_row
from shared.messaging.audit_anchors import AuditWatch, Verified
from shared.privacy.anchors import Anchors
from shared.privacy.audit import AuditEntry
from shared.storage.database import Database
from shared.storage.tables import audit_lines

MOST_SHOWN: Final = 10_000
REMOVED_WITHIN: Final = timedelta(days=45)
"""Of their time: who removes them once a month is never so late."""
ANCHOR_FOLDER: Final[Path] = CommonSettings.model_fields["anchor_folder"].default


@dataclass(frozen=True, slots=True)
class Told:
    """One line of one service's log."""

    service: str
    entry: AuditEntry


class NotPruned(OperatorError):
    """No line was removed: the log does not hold, or would not hold after it."""

    def __init__(self, service: str, why: str) -> None:
        super().__init__(f"{service}: {why}; nothing was removed")


async def verify(found: Deployment, service: str, since: datetime | None = None) -> Verified:
    """Whether this service's log holds. Raises NoDeployment, AnchorsUnreadable or OSError."""
    async with opened(found, [service]) as databases:
        return await watch_of(found, service, databases[service]).verify(since)


def watch_of(found: Deployment, service: str, database: Database) -> AuditWatch:
    """Its log in this database, with its key and its anchors. Raises NoDeployment."""
    return AuditWatch(PostgresAuditLines(database), found.chain(service), anchors_of(found, service))


def anchors_of(found: Deployment, service: str) -> Anchors:
    """What this service says outside its database."""
    folder = Path(found.environ[service].get(f"{PREFIX}ANCHOR_FOLDER") or ANCHOR_FOLDER)
    return Anchors(folder / service)


async def lines_about(databases: Mapping[str, Database], about: UUID, since: datetime | None) -> list[Told]:
    """What was done with this case, or with and by this person; oldest first, the newest when there are too many."""
    told: list[Told] = []
    for service, database in databases.items():
        query = select(audit_lines).where(
            or_(*(audit_lines.c[name] == about for name in ("about_id", "case_id", "person_id", "in_place_of")))
        )
        if since is not None:
            query = query.where(audit_lines.c.at >= since)
        query = query.order_by(audit_lines.c.position.desc()).limit(MOST_SHOWN)
        async with database.statements() as connection:
            rows = (await connection.execute(query)).mappings().all()
        told += [Told(service, line_of_row(row).entry) for row in rows]
    return sorted(told, key=lambda each: (each.entry.at, each.service))[-MOST_SHOWN:]


async def remove_old_lines(found: Deployment, service: str, years: int, now: datetime) -> int:
    """Delete the lines that are older, as the owner of the table; returns how many. Raises NotPruned.

    That they are gone stands outside the database first. If it is broken off in between, give it again.
    """
    async with opened(found, [service]) as databases:
        lines, watch = PostgresAuditLines(databases[service]), watch_of(found, service, databases[service])
        looked = await watch.verify()
        if looked.broken is not None:
            # They are needed to find out what happened.
            raise NotPruned(service, f"line {looked.broken.position}: {looked.broken.reason}")
        until = await lines.last_before(_years_before(now, years))
        if not until.position:
            return 0
        if not looked.anchors:
            raise NotPruned(service, f"this is not the folder with its anchors: set {PREFIX}ANCHOR_FOLDER")
        watch.prune(until, now)
    owner = Database(found.databases[service].owner_url, application_name="schakel-audit", pool_size=1)
    try:
        return await PostgresAuditLines(owner).remove(until)
    finally:
        await owner.close()


async def is_kept_too_long(found: Deployment, service: str, years: int, now: datetime) -> bool:
    """Whether lines stand there that should have gone: nobody removes them each month."""
    async with opened(found, [service]) as databases:
        late = await PostgresAuditLines(databases[service]).last_before(_years_before(now, years) - REMOVED_WITHIN)
    return late.position > 0


def _years_before(now: datetime, years: int) -> datetime:
    return now.replace(year=now.year - years, day=min(now.day, 28))


@asynccontextmanager
async def opened(found: Deployment, services: Collection[str]) -> AsyncIterator[dict[str, Database]]:
    """The database of each of these services, as the service itself reaches it."""
    async with AsyncExitStack() as stack:
        databases: dict[str, Database] = {}
        for service in services:
            url = found.databases[service].app_url
            databases[service] = Database(url, application_name="schakel-audit", pool_size=1)
            stack.push_async_callback(databases[service].close)
        yield databases
