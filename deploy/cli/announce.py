"""`announce`: the directory said again as it is now."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from deploy.cli.screen import good, run_async, shown_progress

if TYPE_CHECKING:
    from shared.storage.database import Database

PAUSE_SECONDS: Final = 0.1
PUBLISHED_WITHIN: Final = 10.0
"""Seconds; where no worker runs, what is said waits in the outbox."""


def register(app: typer.Typer) -> None:
    """Put this command in."""
    app.command()(announce)


@run_async
async def announce(
    *,
    data: Annotated[
        Path | None, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder of an embedded Schakel.")
    ] = None,
) -> None:
    """Say again which organisations, offers and people there are, for a service that is new or was restored.

    Nothing changes for whoever knows them already, and nobody gets mail of it. It goes in small parts,
    so that others need not wait.
    """
    from deploy.cli.target import deployment
    from services.matching.bootstrap import NAME, open_units
    from services.matching.handlers.announcing import announce as say_again
    from services.matching.handlers.announcing import count_directory

    async with deployment(data) as found, found.units(NAME, open_units) as units:
        told = 0
        with shown_progress("Announcing", await count_directory(units)) as advance:
            async for count in say_again(units):
                told += count
                advance(count)
                await _published(units.database)
    good(f"said again: {told} organisations, offers and people")


async def _published(database: "Database") -> None:
    """What was said before has left: nothing that somebody waits for stands behind more than one part."""
    from shared.events.catalogue import topic_of
    from shared.kernel.waiting import TookTooLong, within
    from shared.messaging.outbox_rows import PostgresOutboxRows

    rows = PostgresOutboxRows(database, topic_of("matching"))

    async def nothing_waits() -> None:
        while await rows.waiting(1):  # noqa: ASYNC110 - another process publishes it
            await asyncio.sleep(PAUSE_SECONDS)

    try:
        await within(PUBLISHED_WITHIN, nothing_waits())
    except TookTooLong:
        return
