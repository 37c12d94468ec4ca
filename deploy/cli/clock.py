"""`clock forward`: time goes on in a demo or a test."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.screen import good, run_async
from deploy.install.errors import OperatorError

app = typer.Typer(help="The time by which the clocks run (demo and test only).", no_args_is_help=True)


@app.callback()
def clock() -> None:
    """The time by which the clocks run (demo and test only)."""


@app.command()
@run_async
async def forward(
    by: Annotated[str, typer.Argument(help="How far: 14d, 2w, 36h, 1d12h.")],
    *,
    data: Annotated[
        Path | None, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder of an embedded Schakel.")
    ] = None,
) -> None:
    """Move the clock of all databases forward: what falls due then, happens now. Never back."""
    from deploy.cli.target import deployment
    from deploy.demo.clock import duration
    from deploy.demo.clock import forward as move

    try:
        wanted = duration(by)
    except ValueError as problem:
        raise OperatorError(str(problem)) from None
    async with deployment(data) as found:
        ahead = await move(found.app_urls, wanted, environment=found.environment)
    good(f"the clock is {ahead.days} days and {ahead.seconds // 3600} hours ahead of the wall now")
