"""`parked retry --all`: everything that failed is tried again, once its cause is fixed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from deploy.cli.screen import good, say, screen
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from shared.storage.database import Database

AT_ONCE = 500
"""Events asked for in one transaction: the retry begins with the first while the others are still being marked."""


async def retry_failed(opened: "Mapping[str, Database]", of_type: str, *, ask: bool) -> None:
    """Of all these services, after asking. Raises OperatorError when nothing failed."""
    failed = await _failed(opened, of_type)
    if not failed:
        what = f"nothing of type {of_type} failed" if of_type else "nothing failed"
        raise OperatorError(f"{what}; see `schakel parked list`")
    if ask:
        each = ", ".join(f"{name} {len(ids)}" for name, ids in failed.items())
        typer.confirm(f"Try {sum(map(len, failed.values()))} events again ({each})?", abort=True)
    for name, ids in failed.items():
        marked = await _mark(name, opened[name], ids)
        good(f"{name}: {marked} will be tried again within seconds")
    if waiting := await _waiting(opened):
        say(f"{waiting} more wait for an earlier event of their subject; see `schakel parked list` for any that stay.")


async def _failed(opened: "Mapping[str, Database]", of_type: str) -> dict[str, list[str]]:
    from shared.messaging.parked import PostgresParking

    found = {}
    for name, database in opened.items():
        async with database.transaction() as connection:
            if ids := await PostgresParking(connection).failed(of_type):
                found[name] = ids
    return found


async def _mark(name: str, database: "Database", ids: list[str]) -> int:
    from rich.progress import Progress

    from shared.messaging.parked import PostgresParking

    marked = 0
    # On a terminal only, and only while it lasts: `good` says how it ended.
    with Progress(console=screen(), transient=True, disable=not screen().is_terminal) as progress:
        task = progress.add_task(name, total=len(ids))
        for start in range(0, len(ids), AT_ONCE):
            chunk = ids[start : start + AT_ONCE]
            async with database.transaction() as connection:
                marked += await PostgresParking(connection).retry_failed(chunk)
            progress.advance(task, len(chunk))
    return marked


async def _waiting(opened: "Mapping[str, Database]") -> int:
    from shared.messaging.parked import PostgresParking

    waiting = 0
    for database in opened.values():
        async with database.transaction() as connection:
            waiting += await PostgresParking(connection).waiting()
    return waiting
