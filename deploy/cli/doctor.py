"""`doctor`: what is wrong, and how to fix it."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.screen import run_async, say, screen
from deploy.install.errors import OperatorError


def register(app: typer.Typer) -> None:
    """Put this command in."""
    app.command()(doctor)


@run_async
async def doctor(
    *,
    data: Annotated[
        Path | None, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder of an embedded Schakel.")
    ] = None,
) -> None:
    """Look at settings, databases, migrations, broker, topics, mail, Redis and pages. Changes nothing.

    Exit code 1 when anything is wrong.
    """
    import os

    from deploy.cli.target import deployment
    from deploy.install.checkup import check_up
    from deploy.install.deployments import from_environ

    wrong = 0
    embedded = data is not None or from_environ(os.environ) is None
    async with deployment(data) as found:
        say(f"[bold]{found.place}[/bold]")
        async for finding in check_up(found, embedded=embedded, names=os.environ):
            screen().print("✓" if finding.is_well else "✗", style="green" if finding.is_well else "red", end=" ")
            screen().print(f"{finding.area}: {finding.words}", markup=False)
            if not finding.is_well:
                wrong += 1
                screen().print(f"  → {finding.fix}", markup=False)
    if wrong:
        raise OperatorError(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong")
