"""`erase`: everything about a case is destroyed, and who still has to confirm that it was."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.screen import good, run_async, table
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from services.intake.domain.case import Case
    from services.intake.ports import IntakeUnit

MOST_SHOWN = 1_000
REASONS = {"family": "family-asked", "error": "filed-in-error"}


def register(app: typer.Typer) -> None:
    """Put this command in."""
    app.command()(erase)


@run_async
async def erase(
    kenmerk: Annotated[str, typer.Argument(help="Of the case: K7QF-3XHA.")] = "",
    *,
    reason: Annotated[
        str, typer.Option(help="`family`: the family asked for it; `error`: it should not have been filed.")
    ] = "family",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Show what is not erased everywhere yet.")] = False,
    data: Annotated[
        Path | None, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder of an embedded Schakel.")
    ] = None,
) -> None:
    """Erase a case, in every service and for good. Only its id and the day stay, and who read it in the log.

    Intake's worker does it right after; a Schakel that is down does it when it starts. Nobody gets a mail about it:
    withdraw the case first when partners must stop. With `--status` nothing is erased; exit code 1 when a service
    should have confirmed by now.
    """
    from deploy.cli.target import deployment
    from services.intake.bootstrap import NAME, open_units

    async with deployment(data) as found, found.units(NAME, open_units) as units:
        if status:
            async with units.begin() as unit:
                await _show(unit)
            return
        async with units.begin() as unit:
            case = await _named(kenmerk, unit)
        if not yes:
            typer.confirm(f"Erase {case.code} of {case.received_at:%Y-%m-%d}? This cannot be undone.", abort=True)
        async with units.begin() as unit:
            await _begin(case, reason, unit)
    good(f"{case.code} ({case.id}) is being erased; `schakel erase --status` shows who still has to confirm")


async def _named(kenmerk: str, unit: "IntakeUnit") -> "Case":
    from services.intake.domain.listing import CaseSearch

    if not kenmerk:
        raise OperatorError("which case? `schakel erase KENMERK`, or `schakel erase --status`")
    found = await unit.cases.find(CaseSearch(number=kenmerk.strip().upper()), None, 2)
    exact = [case for case in found if case.code == kenmerk.strip().upper()]
    if not exact:
        raise OperatorError(f"there is no case {kenmerk}, or it is erased already")
    return exact[0]


async def _begin(case: "Case", reason: str, unit: "IntakeUnit") -> None:
    from services.intake.domain.erasure import ErasureReason
    from services.intake.handlers.erasing import erase_for_operator

    if reason not in REASONS:
        raise OperatorError(f"--reason is one of {', '.join(REASONS)}")
    await erase_for_operator(case.id, ErasureReason(REASONS[reason]), unit)


async def _show(unit: "IntakeUnit") -> None:
    from services.intake.domain.erasure import CONFIRMED_WITHIN

    busy = await unit.cases.list_erasing(MOST_SHOWN)
    waiting = await unit.unconfirmed.list_since(unit.now, MOST_SHOWN)
    rows = [(str(case_id), "intake", "") for case_id in busy]
    rows += [(str(one.case_id), ", ".join(one.waits_for), f"{one.since:%Y-%m-%d %H:%M}") for one in waiting]
    if not rows:
        good("everything that was to be erased is erased, in every service")
        return
    table(f"{len(rows)} are not erased everywhere yet", ("case", "waits for", "since (UTC)"), rows)
    late = [one for one in waiting if one.since < unit.now - CONFIRMED_WITHIN]
    if late:
        raise OperatorError(f"{len(late)} should be by now: see that those services run, and `schakel parked list`")
