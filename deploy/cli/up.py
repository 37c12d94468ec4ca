"""`up` and `demo`: all of Schakel in one process."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.screen import run_async, say
from deploy.demo.city import DEFAULT
from deploy.install.errors import OperatorError

MOST_CASES = 10_000
PortOption = Annotated[int, typer.Option(min=1, max=65535, help="Where to serve; the next free one when it is taken.")]

CityOption = Annotated[
    str | None,
    typer.Option(help="An invented city that ships with Schakel, or a city.toml of your own.", show_default=DEFAULT),
]


def register(app: typer.Typer) -> None:
    """Put these commands in."""
    app.command()(demo)
    app.command()(up)


@run_async
async def up(
    port: PortOption = 8080,
    *,
    city: CityOption = None,
    data: Annotated[
        Path, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder that everything is kept in.")
    ] = Path(".schakel"),
) -> None:
    """Run all five services in one process and keep serving; the data stay. Ctrl-C stops it.

    A folder stays with the city that was chosen at its first start.
    """
    stop = _starting()
    from deploy.embedded.terminal import serve_kept

    await serve_kept(data, port, stop, city=city)


@run_async
async def demo(
    port: PortOption = 8080,
    *,
    city: CityOption = None,
    leave: Annotated[
        bool, typer.Option("--exit", help="Leave after the summary; exit code 1 if a step failed.")
    ] = False,
    cases: Annotated[
        int, typer.Option(min=0, max=MOST_CASES, help="Instead: this many invented cases, as on a morning of a city.")
    ] = 0,
) -> None:
    """Play three invented children's stories through the public doors, then keep serving until Ctrl-C."""
    stop = _starting()
    if cases:
        from deploy.embedded.terminal import serve_morning

        await serve_morning(port, stop, cases, leave=leave, city=city)
        return
    from deploy.embedded.terminal import serve_demo

    if not await serve_demo(port, stop, leave=leave, city=city):
        say("")
        raise OperatorError("at least one step of a story failed; see above")


def _starting() -> asyncio.Event:
    """What a signal sets. Before the long import, so that Ctrl-C during it counts as one later does."""
    from shared.runtime.lifecycle import stop_on_signals

    stop = asyncio.Event()
    stop_on_signals(stop)
    say("[dim]starting Schakel …[/dim]")
    return stop
