"""`people reset-second-factor`: for a coordinator or operator whose telephone and recovery codes are lost."""

from typing import Annotated

import typer

from deploy.cli.network import DataOption
from deploy.cli.screen import good, run_async
from deploy.install.errors import OperatorError


@run_async
async def reset_second_factor(
    email: Annotated[str, typer.Argument(help="The address with which the person signs in.")],
    *,
    data: DataOption = None,
) -> None:
    """Let somebody set up the second step of signing in anew; their sessions end. Make sure that it is really them."""
    from deploy.cli.target import deployment
    from services.matching.bootstrap import NAME, open_units
    from services.matching.domain.errors import PersonUnknown
    from services.matching.handlers.second_factor import reset_second_factor as reset

    async with deployment(data) as found, found.units(NAME, open_units) as units, units.begin() as unit:
        try:
            person = await reset(email, unit)
        except PersonUnknown:
            raise OperatorError(f"nobody signs in with {email!r}") from None
    good(f"{person.id} sets up the second step at the next sign-in; every session of theirs is over")
