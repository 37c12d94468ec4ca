"""`audit`: whether the audit logs hold, and what they tell of one case or person."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from deploy.cli.databases import chosen
from deploy.cli.screen import ServiceOption, complaints, good, run_async, table
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from deploy.install.audit_log import Told
    from shared.storage.database import Database

app = typer.Typer(help="The audit logs: who read or changed what, and whether nobody bent them.", no_args_is_help=True)
DataOption = Annotated[
    Path | None, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder of an embedded Schakel.")
]
COLUMNS = ("at (UTC)", "service", "who", "as", "for", "by way of", "did", "about", "fields", "why", "outcome")


@app.callback()
def audit() -> None:
    """The audit logs: who read or changed what, and whether nobody bent them."""


@app.command()
@run_async
async def verify(service: ServiceOption = "", *, data: DataOption = None) -> None:
    """Check every line against the service's key and against what was anchored outside its database.

    Names the first bad line and what is wrong: changed, missing, cut off at the end, or a log that was made anew.
    Exit code 1 when one does not hold.
    """
    from deploy.cli.target import deployment
    from deploy.install.audit_log import opened, watch_of

    broken = 0
    async with deployment(data) as found, opened(found, chosen(found.databases, service)) as databases:
        for name, database in databases.items():
            looked = await watch_of(found, name, database).verify()
            # After the look: a line more would hide that the end was cut off.
            await found.record(name, database)
            if looked.broken is None:
                good(f"{name}: {looked.lines} lines hold, and agree with {looked.anchors} anchors")
                continue
            broken += 1
            complaints().print("✗ ", end="", style="red")
            complaints().print(f"{name}: line {looked.broken.position}: {looked.broken.reason}", markup=False)
    if broken:
        raise OperatorError(f"{broken} of the audit logs {'does' if broken == 1 else 'do'} not hold")


@app.command()
@run_async
async def show(
    case: Annotated[str, typer.Argument(help="A kenmerk (K7QF-3XHA) or the id of a case; empty with --person.")] = "",
    *,
    person: Annotated[
        UUID | None, typer.Option(help="A person's id: what they did, and what was done to them.")
    ] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on, UTC.")] = None,
    service: ServiceOption = "",
    data: DataOption = None,
) -> None:
    """Who read or changed what of one case, or what one person did; oldest first. That you looked is a line as well."""
    from deploy.cli.target import deployment
    from deploy.install.audit_log import lines_about, opened
    from shared.privacy.audit import About

    if bool(case) == (person is not None):
        raise OperatorError("name a kenmerk, or a person with --person: one of the two")
    start, about = since.replace(tzinfo=UTC) if since else None, About.PERSON if person else About.CASE
    async with deployment(data) as found, opened(found, chosen(found.databases, service)) as databases:
        subjects = [person] if person else await _cases_of(case, databases)
        told = [line for each in subjects for line in await lines_about(databases, each, start)]
        for subject, (name, database) in product(subjects, databases.items()):
            await found.record(name, database, about, subject)
    if not told:
        good("there are no lines" + (f" since {since:%Y-%m-%d}" if since else ""))
        return
    table("audit log", COLUMNS, [_row(line) for line in told])


@app.command()
@run_async
async def prune(service: ServiceOption = "", *, data: DataOption = None) -> None:
    """Remove the lines that are older than the city keeps them, as the owner of the tables; the rest holds as before.

    For once a month, by the scheduler of the machine. A log that does not hold loses no line.
    """
    from deploy.cli.target import deployment
    from deploy.install.audit_log import opened, remove_old_lines

    async with deployment(data) as found, opened(found, chosen(found.databases, service)) as databases:
        years = found.city.retention.audit_years
        for name, database in databases.items():
            # First: what is removed is never the last line, and who removes it is known.
            await found.record(name, database)
            removed = await remove_old_lines(found, name, years, datetime.now(UTC))
            good(f"{name}: {removed} lines of more than {years} years ago are gone")


async def _cases_of(asked: str, databases: "Mapping[str, Database]") -> list[UUID]:
    """By its kenmerk while somebody knows that; by its id also when it is erased."""
    from deploy.install.trail_reads import Trail

    try:
        return [UUID(asked)]
    except ValueError:
        return sorted((await Trail(databases).find(asked)).subjects)


def _row(told: "Told") -> tuple[object, ...]:
    entry, actor = told.entry, told.entry.actor
    way = f"{actor.via} {actor.via_id}" if actor.via_id else actor.via
    about = f"{entry.about} {entry.about_id}" if entry.about_id else ""
    why = f"{entry.purpose} ({entry.reason})" if entry.reason else entry.purpose
    return (
        f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}", told.service, actor.person_id or "", actor.role or "",
        actor.in_place_of or "", way, entry.action, about, ", ".join(entry.fields), why, entry.outcome,
    )  # fmt: skip
