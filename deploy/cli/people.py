"""`people list`, `people leave` and `people absent`: who is in the network, who leaves it, and whom a file misses."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from deploy.cli.network import SOURCE, DataOption, people_app
from deploy.cli.screen import good, run_async, table
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from services.matching.domain.leaving import Hanging
    from services.matching.domain.network import Person
    from services.matching.ports import MatchingUnit

MOST_LISTED = 10_000
WHO = "The person's id, as `schakel people list --codes` shows it."


@run_async
async def listing(
    *,
    text: Annotated[str, typer.Option(help="A part of a name, of theirs or of their organisation.")] = "",
    left: Annotated[bool, typer.Option("--left", help="Those who left, instead of those who are there.")] = False,
    codes: Annotated[bool, typer.Option("--codes", help="Show ids as well.")] = False,
    data: DataOption = None,
) -> None:
    """Show who is in the network."""
    from deploy.cli.target import deployment
    from services.matching.bootstrap import NAME, open_units
    from services.matching.ports.people import PeopleQuery, Standing

    standing = Standing.LEFT if left else Standing.THERE
    async with deployment(data) as found, found.units(NAME, open_units) as units, units.begin() as unit:
        today = unit.city.day_of(unit.now)
        query = PeopleQuery(today, text=text, standing=standing, per_page=MOST_LISTED)
        people, total = await unit.people.list_page(query)
        rows = await _rows(people, unit, codes=codes)
    headings = ("name", "roles", "address", "leaves on")
    table(f"{total} people", (*headings, "id") if codes else headings, rows)


@run_async
async def leave(
    person: Annotated[UUID, typer.Argument(help=WHO)],
    *,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="On this day; without it: now.")] = None,
    stay: Annotated[bool, typer.Option("--stay", help="Forget the day: they stay.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Who left comes back, as what they were.")] = False,
    data: DataOption = None,
) -> None:
    """Let a person leave: sessions, links and codes are over at once.

    Not while families, questions or offers hang on them: those are handed over
    first, on the person's page under Netwerk, Mensen.
    """
    from deploy.cli.target import deployment
    from services.matching.bootstrap import NAME, open_units
    from services.matching.domain.people_errors import StillHanging
    from services.matching.handlers.leaving import come_back, leave_now, leave_on

    async with deployment(data) as found, found.units(NAME, open_units) as units, units.begin() as unit:
        try:
            if back:
                await come_back(person, unit)
            elif stay or on is not None:
                await leave_on(person, on.date() if on and not stay else None, unit)
            else:
                await leave_now(person, unit)
        except StillHanging as still:
            raise OperatorError(f"first hand over {_told(still.hanging)}") from None
    good("they are back" if back else "they stay" if stay else f"they leave on {on:%Y-%m-%d}" if on else "they left")


@run_async
async def absent(
    files: Annotated[list[Path], typer.Argument(help="As for `schakel map import`.")],
    *,
    source: Annotated[str, typer.Option(help=SOURCE)] = "",
    data: DataOption = None,
) -> None:
    """Show who is in Schakel and not in these files, of the organisations that they name. Changes nothing."""
    from deploy.cli.target import deployment
    from services.matching.adapters.map_files import read_files
    from services.matching.bootstrap import NAME, open_units
    from services.matching.handlers.absence_report import list_absent

    missing = [str(file) for file in files if not file.exists()]
    if missing:
        raise OperatorError(f"there is no file {', '.join(missing)}")
    async with deployment(data) as found, found.units(NAME, open_units) as units, units.begin() as unit:
        people = await list_absent(read_files(files, unit.city, source=source), unit)
        rows = await _rows(people, unit, codes=True)
    table(f"{len(rows)} people are not in these files", ("name", "roles", "address", "leaves on", "id"), rows)
    good("nothing was changed")


def register(_app: typer.Typer) -> None:
    """Beside `people add`."""
    people_app.command("list")(listing)
    people_app.command()(leave)
    people_app.command()(absent)


async def _rows(people: list["Person"], unit: "MatchingUnit", *, codes: bool) -> list[tuple[object, ...]]:
    names = await unit.organisations.read_names({each for one in people for each in one.organisation_ids})
    rows: list[tuple[object, ...]] = []
    for one in people:
        roles = "; ".join(
            f"{here.role}, {names.get(here.organisation_id, here.organisation_id)}" for here in one.memberships
        )
        row = (one.name, roles, one.email, one.leaves_on or "")
        rows.append((*row, one.id) if codes else row)
    return rows


def _told(hanging: "Hanging") -> str:
    cases, questions, services = len(hanging.cases), len(hanging.questions), len(hanging.services)
    return f"{cases} families, {questions} questions and {services} offers, on the person's page under Netwerk, Mensen"
