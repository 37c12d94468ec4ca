"""What `schakel doctor` asks notify: whether the mail that waits to leave together still leaves."""

from datetime import timedelta
from typing import Final

from sqlalchemy import text

from deploy.install.finding import Finding
from deploy.install.provision import ServiceDatabase
from services.notify.domain.heartbeat import DIGESTS, SILENT_AFTER
from shared.storage.database import DATABASE_NOW, Database

AREA: Final = "notify digests"
_SILENT = text(f"SELECT {DATABASE_NOW} - beat_at FROM heartbeats WHERE job = :job")  # noqa: S608 - a constant


async def check_digests(place: ServiceDatabase) -> list[Finding]:
    """Nothing is changed."""
    database = Database(place.app_url, application_name="schakel-doctor", pool_size=1)
    try:
        async with database.transaction() as connection:
            silent: timedelta | None = await connection.scalar(_SILENT, {"job": DIGESTS})
    finally:
        await database.close()
    if silent is not None and silent < SILENT_AFTER:
        return [Finding(AREA, "leave on time")]
    since = "ever" if silent is None else f"for {silent.total_seconds() / 3600:.0f} hours"
    fix = "check that the notify worker runs, and its log for `release held mail`"
    return [Finding(AREA, f"nobody saw them leave {since}", fix)]
