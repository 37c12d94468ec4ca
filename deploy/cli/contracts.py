"""`schemas export`: the frozen contracts of the events, for who develops Schakel."""

from typing import Annotated

import typer

from deploy.cli.screen import good
from deploy.install.errors import OperatorError

schemas_app = typer.Typer(help="The contracts of the events (for who develops Schakel).", no_args_is_help=True)


def register(_app: typer.Typer) -> None:
    """Nothing at the top: these commands stand under `schemas`."""


@schemas_app.callback()
def schemas() -> None:
    """The contracts of the events (for who develops Schakel)."""


@schemas_app.command()
def export(
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say what is not in step.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Freeze anew, also what breaks. Before a release only.")
    ] = False,
) -> None:
    """Write from the code what is kept of it: JSON Schemas and AsyncAPI of the events, mails, settings, the API."""
    from deploy.install import api_document, setting_names
    from services.notify.domain.mails import MAILS
    from shared.events import asyncapi, mail_export, schema_export

    mails = MAILS.values()
    if check:
        problems = [*schema_export.check(), *asyncapi.check(), *mail_export.check(mails), *setting_names.check()]
        problems += api_document.check()
        if problems:
            raise OperatorError("\n".join(str(problem) for problem in problems))
        good("schemas, events, mails, settings and the API are in step")
        return
    try:
        changed = [*schema_export.export(force=force), *asyncapi.export()]
        changed += [*mail_export.export(mails), *setting_names.export(), *api_document.export()]
    except schema_export.IncompatibleChange as broken:
        raise OperatorError(str(broken)) from None
    for name in changed:
        good(f"{name}: written")
    if not changed:
        good("everything was in step already")
