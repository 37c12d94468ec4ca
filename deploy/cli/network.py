"""`map import` and `people add`: the network, from files and by hand."""

import asyncio
import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from deploy.cli.screen import good, run_async, shown_progress, table
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from services.matching.commands import ImportMap, Remark
    from services.matching.domain.map_import import ImportLine
    from services.matching.domain.network import Person
    from services.matching.handlers.import_report import ImportReport
    from services.matching.ports import MatchingUnit
    from shared.unit_of_work import Units

WHOSE = "The organisation's id on the map, its own UUID or source:id, or Schakel's; of one from a CSV: its name."
SOURCE = "Whose ids these are, when they are no UUIDs: the same at every import. Without it: the file's name."
DRY_RUN = "Only show what would change."
PLACES = ("file", "line (JSON: item)", "column", "what", "for example")
CHANGE = "Change this person (the id that adding them shows); what is not given stays as it is."
map_app = typer.Typer(help="The social map.", no_args_is_help=True)
people_app = typer.Typer(help="Ambassadors, partners' contacts, coordinators, operators.", no_args_is_help=True)
DataOption = Annotated[
    Path | None, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder of an embedded Schakel.")
]


@map_app.callback()
def social_map() -> None:
    """The social map."""


@people_app.callback()
def people() -> None:
    """Ambassadors, partners' contacts, coordinators, operators."""


@map_app.command("import")
@run_async
async def take_over(
    files: Annotated[list[Path], typer.Argument(help="HSDS JSON or tables, CSV, Excel; several count as one map.")],
    *,
    source: Annotated[str, typer.Option(help=SOURCE)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=DRY_RUN)] = False,
    data: DataOption = None,
) -> None:
    """Take over every good row, and name every bad one with what is wrong. Doing it again changes nothing.

    An offer that stood in an earlier file of the same source, and stands in these no more, is marked for the desk.
    It is never removed: a source is given whole, with all of its files in one command.

    HSDS is one JSON file, or a datapackage: its tables (.csv) in a folder or a zip.
    A CSV or Excel file (.xlsx) has a row for each service, under a heading with organisatie, aanbod,
    categorieen, and of these what is known: wijken, omschrijving, leeftijd_van,
    leeftijd_tot, talen, tolk, gratis, kosten, adres, tijden, inloop, plekken,
    doen_wij, doen_wij_niet, verwacht_van_verwijzer, reactietijd_dagen, actief,
    aanmelden (zelf, via school or allebei), toegankelijkheid,
    soort_organisatie, organisatie_omschrijving, website, samenwerkingsafspraak,
    contactpersoon, email, telefoon, vervanger, vervanger_email,
    vervanger_telefoon. Kinds of help, districts and languages are codes or
    words of the city, with commas between several; yes and no are ja and nee. What
    stands nowhere is not known: "hele stad" in wijken and 0 in leeftijd_van say so.
    Of tijden like "ma-vr 09:00-17:00; za 10:00-12:00" the map knows what is open now.
    An empty cell leaves what is known; clear a field on the offer's own page.
    """
    from deploy.cli.target import deployment
    from services.matching.adapters.map_files import read_files
    from services.matching.bootstrap import NAME, open_units
    from services.matching.handlers.taking_over import take_over_map

    missing = [str(file) for file in files if not file.exists()]
    if missing:
        raise OperatorError(f"there is no file {', '.join(missing)}")
    async with deployment(data) as found, found.units(NAME, open_units) as units:
        rows = await asyncio.to_thread(read_files, files, found.city, source=source)
        # They stay until the end: the collector need not walk through all of them again and again.
        gc.freeze()
        if dry_run:
            await _show_preview(rows, units)
            return
        total = len(rows.organisations) + len(rows.people) + len(rows.services)
        with shown_progress("Taking over", total) as advance:
            report = await take_over_map(rows, units, advance)
    _tell(report)


async def _show_preview(rows: "ImportMap", units: "Units[MatchingUnit]") -> None:
    """By the code of the import itself, rolled back: what the page of the desk shows as well."""
    from services.matching.domain.map_import import Verdict
    from services.matching.handlers.map_preview import preview_map

    lines = [line async for part in preview_map(rows, units) for line in part]
    of = {verdict: [one for one in lines if one.verdict is verdict] for verdict in Verdict}
    good(
        f"would be taken over: {len(of[Verdict.NEW])} new, {len(of[Verdict.CHANGED])} changed; "
        f"{len(of[Verdict.MISSING])} no longer in their file. Nothing was changed"
    )
    changes = [(one.name, each.field, each.old, each.new) for one in of[Verdict.CHANGED] for each in one.changes]
    for title, columns, cells in (
        ("new", ("what", "name"), [(one.kind, one.name) for one in of[Verdict.NEW]]),
        ("changed", ("name", "what", "now", "becomes"), changes),
        ("no longer in their file", ("name",), [(one.name,) for one in of[Verdict.MISSING]]),
        ("in their file again", ("name",), [(one.name,) for one in of[Verdict.BACK]]),
        ("good to know", PLACES[1:], [_place(one) for one in of[Verdict.REMARK]]),
        ("mistakes", PLACES[1:], [_place(one) for one in of[Verdict.REFUSED]]),
    ):
        if cells:
            table(f"{title}: {len(cells)}", columns, cells)


def _place(line: "ImportLine") -> tuple[object, ...]:
    return line.line, line.column, line.problem, line.example


def _tell(report: "ImportReport") -> None:
    if not report.nothing_taken_over:
        missing = f"; {report.missing} are no longer in their file, and marked for the desk" if report.missing else ""
        good(
            f"taken over: {report.organisations} organisations, {report.services} services, {report.people} people; "
            f"{report.unchanged} were known already{missing}"
        )
    _show("good to know", report.remarks)
    _show(f"mistakes: {len(report.refused)}; a row with a mistake is not taken over", report.refused)
    if report.nothing_taken_over:
        fix = "fix what stands above, and import again" if report.refused else "there are no rows to take over"
        raise OperatorError(f"nothing was taken over: {fix}")


def _show(title: str, rows: Sequence["Remark"]) -> None:
    """All of them: what is not named here, nobody finds."""
    if rows:
        cells = [(row.file, row.line, row.column, row.problem, row.example) for row in rows]
        table(title, PLACES, cells)


@people_app.command()
@run_async
async def add(
    organisation: Annotated[str, typer.Option(help=WHOSE)] = "",
    role: Annotated[
        str | None,
        typer.Option(help="ambassador, partner, coordinator, operator, member, or trusted-person (needs --phone)."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="As others will read it.")] = None,
    email: Annotated[str | None, typer.Option(help="Where mail goes, and what the person signs in with.")] = None,
    phone: Annotated[str | None, typer.Option(help="For other professionals.")] = None,
    *,
    known: Annotated[UUID | None, typer.Option("--id", help=CHANGE)] = None,
    data: DataOption = None,
) -> None:
    """Let a person join, or change the entry of the person with this e-mail address; with --id the address too."""
    from deploy.cli.target import deployment
    from services.matching.bootstrap import NAME, open_units
    from services.matching.domain.people_errors import PhoneMissing

    asked = _checked(role, name, email, phone)
    if known and organisation:
        raise OperatorError("nobody moves to another organisation: add them there, with an address of their own")
    if not known:
        _needs_all(organisation, role, name, email)
    async with deployment(data) as found, found.units(NAME, open_units) as units, units.begin() as unit:
        try:
            person = await (_change(known, asked, unit) if known else _join(organisation, asked, unit))
        except PhoneMissing as missing_phone:
            raise OperatorError(f"--phone: {missing_phone} ({missing_phone.example})") from None
    roles = "; ".join(f"{one.role} of organisation {one.organisation_id}" for one in person.memberships)
    good(f"{person.id} ({roles})")


def _checked(role: str | None, name: str | None, email: str | None, phone: str | None) -> dict[str, Any]:
    """What was given, held against the same rules as a file or a page; None stays None. Raises OperatorError."""
    from services.matching.adapters.checking import RowCheck
    from shared.events.base import Role

    if role is not None and role not in list(Role):
        raise OperatorError(f"{role!r} is no role; choose from {', '.join(Role)}")
    check = RowCheck(1)
    asked: dict[str, Any] = {
        "role": None if role is None else Role(role),
        "name": None if name is None else check.filled("name", check.person("name", name), "Sam Verzonnen"),
        "email": None if email is None else check.filled("email", check.email("email", email), "naam@school.example"),
        "phone": None if phone is None else check.phone("phone", phone),
    }
    if not check.is_good:
        raise OperatorError("\n".join(f"--{row.column}: {row.problem} ({row.example})" for row in check.refused))
    return asked


def _needs_all(organisation: str, role: str | None, name: str | None, email: str | None) -> None:
    needed = {"--organisation": organisation or None, "--role": role, "--name": name, "--email": email}
    missing = [option for option, value in needed.items() if value is None]
    if missing:
        raise OperatorError(f"give {', '.join(missing)} as well; or --id, to change somebody who is known")


async def _change(person_id: UUID, asked: dict[str, Any], unit: "MatchingUnit") -> "Person":
    from services.matching.commands import ChangePerson
    from services.matching.handlers.network import change_person

    return await change_person(ChangePerson(person_id, **asked), unit)


async def _join(organisation: str, asked: dict[str, Any], unit: "MatchingUnit") -> "Person":
    from services.matching.commands import AddPerson
    from services.matching.handlers.network import add_person, identity

    organisation_id = identity("organisation", organisation)
    if await unit.organisations.read(organisation_id) is None:
        raise OperatorError(f"{organisation!r} is not on the map: import it first with `schakel map import`")
    return await add_person(AddPerson(organisation_id, **asked | {"phone": asked["phone"] or ""}), unit)
