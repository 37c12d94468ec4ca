"""The commands put together, and what becomes of trouble that was to be expected."""

import os
import sys
from typing import Annotated

import typer

from deploy import __version__
from deploy.cli import (
    announce,
    audit,
    backup,
    city,
    clock,
    contracts,
    databases,
    doctor,
    erase,
    key_rotation,
    keys,
    network,
    parked,
    people,
    second_factor,
    topics,
    trace,
    up,
)
from deploy.cli.screen import complaints
from deploy.install.errors import OperatorError, explain_postgres

app = typer.Typer(
    name="schakel",
    help="Schakel: de keten van hulpvraag tot nazorg voor kinderen die in armoede opgroeien.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
for commands in (up, databases, backup, topics, doctor, trace, erase, contracts, people, announce):
    commands.register(app)
app.add_typer(parked.app, name="parked")
app.add_typer(city.city_app, name="city")
app.add_typer(clock.app, name="clock")
app.add_typer(network.map_app, name="map")
app.add_typer(network.people_app, name="people")
network.people_app.command("reset-second-factor")(second_factor.reset_second_factor)
keys.app.command()(key_rotation.rotate)
keys.app.command("bring-back")(key_rotation.bring_back)
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")
app.add_typer(contracts.schemas_app, name="schemas")


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer's callback
    if wanted:
        typer.echo(f"schakel {__version__}")
        raise typer.Exit


@app.callback()
def schakel(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Schakel: de keten van hulpvraag tot nazorg voor kinderen die in armoede opgroeien."""


def main() -> None:
    """The entry point. What a person can fix ends in one line and code 1; what nobody foresaw in a traceback."""
    try:
        if any(name.startswith("SCHAKEL_") and name.endswith("_FILE") for name in os.environ):
            from shared.kernel.settings import with_files

            # Before typer looks: its options read the environment too.
            os.environ.update(with_files(os.environ))
        app()
    except Exception as error:
        lines = _lines_of(error)
        if lines is None:
            raise
        for line in lines:
            complaints().print("✗ ", end="", style="red")
            complaints().print(line, markup=False)
        sys.exit(1)


def _lines_of(error: Exception) -> list[str] | None:
    """What to say about this error; None when nobody foresaw it."""
    from shared.kernel.city.file import CityInvalid
    from shared.kernel.errors import Refusal, is_transient
    from shared.kernel.settings import SettingsInvalid
    from shared.privacy.anchors import AnchorsUnreadable
    from shared.storage.stored_codes import CodesWithoutWords
    from shared.storage.table_versions import TablesNewer

    if isinstance(error, OperatorError | TablesNewer | AnchorsUnreadable):
        return str(error).splitlines()
    if isinstance(error, SettingsInvalid | CityInvalid | CodesWithoutWords):
        return error.problems
    if isinstance(error, Refusal):
        return [error.message]
    if told := explain_postgres(error):
        return [": ".join(told)]
    if is_transient(error):
        return [f"something that is needed does not answer ({type(error).__name__}: {error}); see `schakel doctor`"]
    return None
