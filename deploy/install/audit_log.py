"""The audit logs of one Schakel: whether they hold, and what they tell of one case or person."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from deploy.install.deployments import Deployment
from shared.kernel.settings import PREFIX, CommonSettings
from shared.messaging.audit import PostgresAuditLines, line_of_row
from shared.messaging.audit_anchors import AuditWatch, Verified
from shared.privacy.anchors import Anchors
from shared.privacy.audit import AuditEntry
from shared.storage.database import Database
from shared.storage.tables import audit_lines

MOST_SHOWN: Final = 10_000
ANCHOR_FOLDER: Final[Path] = CommonSettings.model_fields["anchor_folder"].default


@dataclass(frozen=True, slots=True)
class Told:
    """One line of one service's log."""

    service: str
    entry: AuditEntry


async def verify(found: Deployment, service: str, since: datetime | None = None) -> Verified:
    """Whether this service's log holds. Raises NoDeployment, AnchorsUnreadable or OSError."""
    async with _opened(found, service) as database:
        return await watch_of(found, service, database).verify(since)


def watch_of(found: Deployment, service: str, database: Database) -> AuditWatch:
    """Its log in this database, with its key and its anchors. Raises NoDeployment."""
    folder = Path(found.environ[service].get(f"{PREFIX}ANCHOR_FOLDER") or ANCHOR_FOLDER)
    return AuditWatch(PostgresAuditLines(database), found.chain(service), Anchors(folder / service))


async def lines_about(found: Deployment, services: Collection[str], about: UUID, since: datetime | None) -> list[Told]:
    """What was done with this case, or with and by this person; oldest first, the newest when there are too many."""
    told: list[Told] = []
    for service in services:
        query = select(audit_lines).where(
            or_(audit_lines.c.about_id == about, audit_lines.c.person_id == about, audit_lines.c.in_place_of == about)
        )
        if since is not None:
            query = query.where(audit_lines.c.at >= since)
        query = query.order_by(audit_lines.c.position.desc()).limit(MOST_SHOWN)
        async with _opened(found, service) as database, database.statements() as connection:
            rows = (await connection.execute(query)).mappings().all()
        told += [Told(service, line_of_row(row).entry) for row in rows]
    return sorted(told, key=lambda each: (each.entry.at, each.service))[-MOST_SHOWN:]


@asynccontextmanager
async def _opened(found: Deployment, service: str) -> AsyncIterator[Database]:
    database = Database(found.databases[service].app_url, application_name="schakel-audit", pool_size=1)
    try:
        yield database
    finally:
        await database.close()
