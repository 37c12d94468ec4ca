"""Bring each service's database to the newest tables."""

from shared.storage.migrations import drift, upgrade
from shared.storage.table_versions import folder_of


async def migrate(service: str, url: str) -> None:
    """The plumbing's tables, then the service's own. Safe to repeat. Raises TablesNewer."""
    await upgrade(url, folder_of(service))


async def check(service: str, url: str) -> None:
    """Raises when the migrated tables differ from those in the code."""
    await drift(url, folder_of(service))
