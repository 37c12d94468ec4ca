"""Bring each service's database to the newest tables."""

from importlib.resources import files
from pathlib import Path

from shared.events.catalogue import SERVICES
from shared.storage.migrations import drift, upgrade

ORDER = tuple(SERVICES)


def folder_of(service: str) -> Path:
    """Where a service keeps its migrations."""
    return Path(str(files(f"services.{service}.store"))) / "migrations"


async def migrate(service: str, url: str) -> None:
    """The plumbing's tables, then the service's own. Safe to repeat."""
    await upgrade(url, folder_of(service))


async def check(service: str, url: str) -> None:
    """Raises when the migrated tables differ from those in the code."""
    await drift(url, folder_of(service))
