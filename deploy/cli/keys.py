"""`keys`: the API keys of schools' systems, and fresh secrets for an installation."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from deploy.cli.screen import good, run_async, say, screen, table

app = typer.Typer(help="Schools' API keys, and fresh secrets for an installation.", no_args_is_help=True)
DataOption = Annotated[
    Path | None, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder of an embedded Schakel.")
]


@app.callback()
def keys() -> None:
    """Schools' API keys, and fresh secrets for an installation."""


@app.command()
@run_async
async def create(
    organisation: Annotated[UUID, typer.Option(help="The id of the school, as matching knows it.")],
    ambassador: Annotated[UUID, typer.Option(help="The id of the ambassador in whose name the system asks.")],
    label: Annotated[str, typer.Option(help="Which system it is for, e.g. 'leerlingvolgsysteem De Kade'.")],
    *,
    data: DataOption = None,
) -> None:
    """Make a key for a school's system. It is shown now and never again."""
    from deploy.cli.target import deployment
    from deploy.install.secret_store import new_api_key
    from services.intake.bootstrap import NAME, open_units
    from services.intake.commands import CreateApiKey
    from services.intake.handlers.keys import create_api_key

    secret = new_api_key()
    async with deployment(data) as found, found.units(NAME, open_units) as units, units.begin() as unit:
        command = CreateApiKey(organisation_id=organisation, ambassador_id=ambassador, label=label)
        key = await create_api_key(command, unit, secret)
    good(f"key {key.id} for {label}; keep this, it is shown only now:")
    screen().print(secret, markup=False)


@app.command("list")
@run_async
async def show_all(*, data: DataOption = None) -> None:
    """All keys, also the revoked ones; never the secret itself."""
    from deploy.cli.target import deployment
    from services.intake.bootstrap import NAME, open_units
    from services.intake.handlers.keys import list_api_keys

    async with deployment(data) as found, found.units(NAME, open_units) as units, units.begin() as unit:
        found_keys = await list_api_keys(unit)
    rows = [
        (key.id, key.label, key.organisation_id, key.ambassador_id, f"{key.created_at:%Y-%m-%d}",
         f"{key.revoked_at:%Y-%m-%d}" if key.revoked_at else "")
        for key in found_keys
    ]  # fmt: skip
    if not rows:
        good("no keys yet: `schakel keys create`")
        return
    table("API keys", ("key", "for", "organisation", "ambassador", "made", "revoked"), rows)


@app.command()
@run_async
async def revoke(
    key: Annotated[UUID, typer.Argument(help="The key's id, as `keys list` shows it.")], *, data: DataOption = None
) -> None:
    """From now on this key opens nothing."""
    from deploy.cli.target import deployment
    from services.intake.bootstrap import NAME, open_units
    from services.intake.handlers.keys import revoke_api_key

    async with deployment(data) as found, found.units(NAME, open_units) as units, units.begin() as unit:
        revoked = await revoke_api_key(key, unit)
    good(f"{revoked.label} ({revoked.id}) opens nothing any more")


@app.command()
def secrets() -> None:
    """Print fresh secrets as lines for an env file that all services may share. Nothing is stored."""
    from deploy.install.secret_store import MAKERS, OF_ONE_SERVICE, new_key
    from shared.events.catalogue import SERVICES

    for name, service in OF_ONE_SERVICE.items():
        say(f"SCHAKEL_{service.upper()}_{name.upper()}={MAKERS[name]()}")
    for service in SERVICES:
        say(f"SCHAKEL_{service.upper()}_AUDIT_KEY={new_key()}")


@app.command()
def rings(folder: Annotated[Path, typer.Argument(help="Where the files go, one folder for each service.")]) -> None:
    """Make the files of keys by which services know each other and the sessions; what is there stays."""
    from deploy.install.key_rings import FILE, make_key_rings
    from shared.events.catalogue import SERVICES

    make_key_rings(folder)
    for service in SERVICES:
        say(f"SCHAKEL_{service.upper()}_KEY_RING={folder.absolute() / service / FILE}")
