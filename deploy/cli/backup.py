"""`backup` and `restore`: all databases, data and keys in a file each."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.databases import DataOption
from deploy.cli.screen import good, run_async, say, table
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from deploy.backup.restoring import PutBack

MOST_CODES = 50
FolderArgument = Annotated[Path, typer.Argument(help="Where the files of backups stand.")]


def register(app: typer.Typer) -> None:
    """Put these commands in."""
    app.command()(backup)
    app.command()(restore)


@run_async
async def backup(folder: FolderArgument, *, data: DataOption = None) -> None:
    """Write all databases, as they are at one moment, to two files: data, and the keys that open what is sealed.

    Schakel goes on meanwhile. Files of keys that are older than 30 days are removed. Secrets are not in it.
    """
    from deploy.backup.making import KEYS_KEPT, make_backup
    from deploy.cli.target import deployment

    async with deployment(data) as found:
        made = await make_backup(found.databases, folder, datetime.now(UTC), good)
    for file in made.removed:
        good(f"{file.name} is removed: keys are kept {KEYS_KEPT.days} days")
    say("keep the secrets and the folder of anchors too, each apart from these files (docs/operating.md)")


@run_async
async def restore(
    folder: FolderArgument,
    *,
    at: Annotated[
        datetime | None,
        typer.Option(help="Which backup, by the moment in its name; the newest.", formats=["%Y%m%dT%H%M%SZ"]),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="There are no keys: what tells who a family is goes for good.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Put a backup back in place of everything that is there. Schakel must stand still.

    Who was erased since stays erased. What happened after the backup is gone; where Kafka still knows it, it is written
    to a file beside the backup.
    """
    from deploy.backup.chosen import choose
    from deploy.backup.restoring import restore as put_back
    from deploy.cli.target import deployment

    chosen = choose(folder, at.replace(tzinfo=UTC) if at else None, without_keys=without_keys)
    async with deployment(data) as found:
        question = f"put {chosen.data_file.name} back in place of everything in {found.place}?"
        if not yes and not typer.confirm(question):
            raise OperatorError("nothing was changed")
        done = await put_back(found, chosen, good)
    _tell(done, chosen.data.made_at)


def _tell(done: "PutBack", made_at: datetime) -> None:
    good(f"everything is as it was at {made_at:%Y-%m-%d %H:%M:%S} UTC; start Schakel again")
    if done.erased:
        good(f"{done.erased} cases were erased since, and are erased again")
    say("people who left and keys that were revoked since are back: do that again")
    if done.lost is None:
        say("no broker remembers what happened since: ask the schools which requests they sent")
    elif done.told is None:
        good("the broker knows of nothing that happened since")
    else:
        rows = sorted(done.kinds.items())
        table("gone, because it happened since", ("what", "times"), rows)
        codes = done.lost_cases
        more = f" and {len(codes) - MOST_CODES} more" if len(codes) > MOST_CODES else ""
        say(f"{len(codes)} requests came in since and must be asked again: {', '.join(codes[:MOST_CODES])}{more}")
        good(f"all of it stands in {done.told}")
