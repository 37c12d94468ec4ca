"""`parked`: events that stand aside, because a service could not apply them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.databases import chosen
from deploy.cli.parked_retry import retry_failed
from deploy.cli.screen import ServiceOption, good, run_async, say, table
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from deploy.install.deployments import Deployment
    from shared.messaging.parked import PostgresParking
    from shared.storage.database import Database
    from shared.unit_of_work import Parked, ParkedState

app = typer.Typer(help="Events that stand aside, each with its reason.", no_args_is_help=True)
DataOption = Annotated[
    Path | None, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder of an embedded Schakel.")
]
# Classes of SQLSTATE: who asks is not let in, and there is no such database.
UNREACHABLE = ("28", "3D")
EventArgument = Annotated[str, typer.Argument(help="The event's id, as `parked list` shows it.")]


@app.callback()
def parked() -> None:
    """Events that stand aside, each with its reason."""


@app.command("list")
@run_async
async def show_all(
    service: ServiceOption = "",
    *,
    most: Annotated[int, typer.Option(min=1, max=100_000, help="How many of each service.")] = 500,
    data: DataOption = None,
) -> None:
    """What stands aside at each service, oldest first; where there is more, it says so."""
    rows: list[tuple[object, ...]] = []
    longer: list[str] = []
    async with databases(service, data) as opened, _parkings(opened) as parkings:
        for name, parking in parkings.items():
            found = await parking.all(most + 1)
            longer += [name] if len(found) > most else []
            rows += [
                (name, item.event_id, item.type, item.subject, item.sequence, item.state, item.attempts, item.reason)
                for item in found[:most]
            ]
    if not rows:
        good("nothing stands aside")
        return
    columns = ("at", "event", "type", "subject", "version", "state", "tries", "reason")
    table("Parked events", columns, rows)
    if longer:
        say(f"And more at {', '.join(longer)}: these are the oldest {most}. See further with a larger --most.")
    say("Fix the cause, then `schakel parked retry EVENT` (or --all); or give one up with `schakel parked skip EVENT`.")


@app.command()
@run_async
async def show(event: EventArgument, service: ServiceOption = "", *, data: DataOption = None) -> None:
    """One of them, whole, at each service that holds it: reason, headers and data (codes and ids; never a person)."""
    async with databases(service, data) as opened, _parkings(opened) as parkings:
        for name, found in (await _holders(event, parkings)).items():
            _show(name, found)


@app.command()
@run_async
async def retry(
    event: Annotated[str, typer.Argument(help="The event's id, as `parked list` shows it.")] = "",
    service: ServiceOption = "",
    *,
    every: Annotated[bool, typer.Option("--all", help="All that failed, at every service.")] = False,
    of_type: Annotated[
        str, typer.Option("--type", help="All of this type that failed, as `parked list` shows it.")
    ] = "",
    data: DataOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Let one event, or all that failed, be applied again, and after each what waits behind it.

    After a gap a single event is applied though the one before it never came; --all, --type and --service leave those.
    """
    if event and (every or of_type):
        raise OperatorError("name one event, or say --all or --type: not both")
    if not (event or every or of_type or service):
        raise OperatorError("say which: an event's id, --all, --type or --service; see `schakel parked list`")
    async with databases(service, data) as opened:
        if event:
            await _retry_one(event, opened)
        else:
            await retry_failed(opened, of_type, ask=not yes)


async def _retry_one(event: str, opened: "Mapping[str, Database]") -> None:
    from shared.unit_of_work import ParkedState

    async with _parkings(opened) as parkings:
        for name, item in (await _holders(event, parkings)).items():
            await parkings[name].mark(event, ParkedState.RETRY)
            good(f"{name}: {event}: {outcome(item.state, ParkedState.RETRY)}")


@app.command()
@run_async
async def skip(
    event: EventArgument,
    service: ServiceOption = "",
    *,
    data: DataOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Pass over it for good, at one service; what waits behind it goes on."""
    from shared.unit_of_work import ParkedState

    if not yes:
        typer.confirm(f"Pass over {event}? Its effect will never come.", abort=True)
    async with databases(service, data) as opened, _parkings(opened) as parkings:
        holders = await _holders(event, parkings)
        # What one service can do without, another may need.
        if len(holders) > 1:
            raise OperatorError(f"{event} is parked at {', '.join(holders)}: say at which with --service")
        for name, item in holders.items():
            await parkings[name].mark(event, ParkedState.SKIP)
            good(f"{name}: {event}: {outcome(item.state, ParkedState.SKIP)}")


async def _holders(event: str, parkings: "Mapping[str, PostgresParking]") -> "dict[str, Parked]":
    """The services at which it is parked: one event may be, at several. Raises OperatorError when it is at none."""
    found = {name: item for name, parking in parkings.items() if (item := await parking.get(event))}
    if not found:
        raise OperatorError(f"nothing is parked as {event}; see `schakel parked list`")
    return found


def outcome(state: "ParkedState", wish: "ParkedState") -> str:
    """What comes of this wish for an event in this state."""
    from shared.unit_of_work import ParkedState

    if state is ParkedState.BEHIND:
        return "it waits for an earlier one of its subject; retry or skip that one"
    if wish is ParkedState.SKIP:
        return "it will be passed over within seconds"
    if state is ParkedState.GAP:
        return "the event before it never came; it will be applied all the same within seconds"
    return "it will be tried again within seconds"


def _show(service: str, item: "Parked") -> None:
    table(
        f"{item.type} at {service}",
        ("what", "value"),
        [
            ("event", item.event_id),
            ("subject", item.subject),
            ("version", item.sequence),
            ("said by", item.service),
            ("state", item.state),
            ("reason", item.reason),
            ("tries", item.attempts),
            ("parked at", item.parked_at.isoformat()),
            *sorted(item.headers.items()),
            ("data", item.value.decode(errors="replace")),
        ],
    )


@asynccontextmanager
async def databases(service: str, data: Path | None) -> "AsyncIterator[dict[str, Database]]":
    """That of each service that was asked for."""
    from contextlib import AsyncExitStack

    from deploy.cli.target import deployment
    from shared.storage.database import Database

    async with deployment(data) as found, AsyncExitStack() as stack:
        opened: dict[str, Database] = {}
        for name, database in chosen(found.databases, service).items():
            opened[name] = Database(database.app_url, application_name="schakel-cli")
            stack.push_async_callback(opened[name].close)
            await _recorded(found, name, opened[name])
        yield opened


async def _recorded(found: "Deployment", service: str, database: "Database") -> None:
    """Whoever looks or changes is in the audit log first; what cannot be reached cannot be read either."""
    from shared.kernel.errors import is_transient

    try:
        await found.record(service, database)
    except Exception as error:
        if not (is_transient(error) or str(getattr(error, "sqlstate", "")).startswith(UNREACHABLE)):
            raise


@asynccontextmanager
async def _parkings(opened: "Mapping[str, Database]") -> "AsyncIterator[dict[str, PostgresParking]]":
    """The parking of each, in a transaction each."""
    from contextlib import AsyncExitStack

    from shared.messaging.parked import PostgresParking

    async with AsyncExitStack() as stack:
        yield {
            name: PostgresParking(await stack.enter_async_context(database.transaction()))
            for name, database in opened.items()
        }
