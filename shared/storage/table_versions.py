"""Whether a database's tables are those of this release, older or newer.

Only files and two one-row tables are read: a process looks at every start, and does without Alembic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

PLUMBING_FOLDER = Path(str(files("shared.storage"))) / "migrations"
PLUMBING_VERSIONS, SERVICE_VERSIONS = "alembic_version_plumbing", "alembic_version"


class TablesNewer(Exception):
    """The tables were made by a release that is newer than this one, which could damage what is in them."""


@dataclass(frozen=True)
class TableVersions:
    """What the database says its tables are, and what this release knows, by the table that holds the version."""

    found: Mapping[str, str | None]
    known: Mapping[str, tuple[str, ...]]

    @property
    def newer(self) -> list[str]:
        """Versions that this release has never heard of."""
        return [
            f"version {version} where this release knows {self.known[table][-1]}"
            for table, version in self.found.items()
            if version is not None and version not in self.known[table]
        ]

    @property
    def behind(self) -> list[str]:
        """Versions that this release would bring further, in words."""
        return [
            f"{version or 'nothing'} instead of {self.known[table][-1]}"
            for table, version in self.found.items()
            if version is None or version in self.known[table][:-1]
        ]

    def refuse_newer(self) -> None:
        """Raises TablesNewer, which says what to do."""
        if self.newer:
            msg = (
                f"these tables are of a newer release ({', '.join(self.newer)}): "
                "install that release, or put back a backup from before it"
            )
            raise TablesNewer(msg)


def folder_of(service: str) -> Path:
    """Where a service keeps its migrations."""
    return Path(str(files(f"services.{service}.store"))) / "migrations"


def known_versions(folder: Path) -> tuple[str, ...]:
    """Those of a folder with `versions/`, oldest first: files are called after their version."""
    return tuple(sorted(file.name.partition("_")[0] for file in (folder / "versions").glob("*_*.py")))


async def table_versions(connection: AsyncConnection, service_folder: Path) -> TableVersions:
    """What this database says."""
    found = {
        table: str(await connection.scalar(text(f"SELECT version_num FROM {table}")) or "") or None  # noqa: S608
        if await connection.scalar(text(f"SELECT to_regclass('{table}') IS NOT NULL"))
        else None
        for table in (PLUMBING_VERSIONS, SERVICE_VERSIONS)
    }
    known = {PLUMBING_VERSIONS: known_versions(PLUMBING_FOLDER), SERVICE_VERSIONS: known_versions(service_folder)}
    return TableVersions(found, known)
