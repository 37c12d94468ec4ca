"""`trace`: the way of one case or event through all services."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.parked import databases
from deploy.cli.screen import complaints, fits, run_async, say, screen, table
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from deploy.install.trail import Step, Target
    from deploy.install.trail_reads import Trail

LOOK_SECONDS = 2.0
COLUMNS = ("#", "at (UTC)", "service", "what", "type", "id", "cause", "after", "state")
PREFIX = "nl.schakel."
INDENT = " " * 5


def register(app: typer.Typer) -> None:
    """Put this command in."""
    app.command()(trace)


@run_async
async def trace(
    what: Annotated[
        str,
        typer.Argument(
            help="A kenmerk of a case (K7QF-3XHA) or a referral (K7Q-F3X-HA4), or the id of an event or a case."
        ),
    ],
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Keep telling what is new, until Ctrl-C.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines: a line of JSON for each step.")] = False,
    data: Annotated[
        Path | None, typer.Option("--data", envvar="SCHAKEL_DATA", help="The folder of an embedded Schakel.")
    ] = None,
) -> None:
    """Follow one case or event: what was published, applied, parked, mailed, and which timers run. Changes nothing.

    Ids, types, times and states only. Published events are kept for 30 days. Exit code 1 when a database did not
    answer; what the others know is told all the same.
    """
    from deploy.install.trail_reads import Trail

    async with databases("", data) as opened:
        trail = Trail(opened)
        target = await trail.find(what)
        telling = Telling(what, as_json=as_json)
        telling.tell(await trail.steps(target), is_whole=not trail.away)
        if follow:
            await _follow(trail, target, telling)
        elif trail.away:
            raise OperatorError("\n".join(_away(trail)))


async def _follow(trail: "Trail", target: "Target", telling: "Telling") -> None:
    from shared.kernel.waiting import wait_for
    from shared.runtime.lifecycle import stop_on_signals

    stop = asyncio.Event()
    stop_on_signals(stop)
    away: list[str] = []
    while not stop.is_set():
        # Said once, and not at every look.
        for line in set(_away(trail)) - set(away):
            complaints().print(f"✗ {line}", markup=False)
        away = _away(trail)
        await wait_for(stop, LOOK_SECONDS)
        telling.tell(await trail.steps(target))


def _away(trail: "Trail") -> list[str]:
    return [f"{service} is missing here: its database {why}" for service, why in trail.away.items()]


class Telling:
    """Tells each step once: the first ones as a table, what is new line by line; or all of them as JSON.

    On a terminal that is too narrow for the table, all of them as lines.
    """

    def __init__(self, what: str, *, as_json: bool) -> None:
        self._what, self._as_json = what, as_json
        self._begun, self._narrow, self._day = False, False, ""
        self._told: set[tuple[str, ...]] = set()
        self._numbers: dict[str, int] = {}

    def tell(self, found: "Iterable[Step]", *, is_whole: bool = True) -> None:
        """What was not told before. `is_whole`: every database was asked."""
        from deploy.install.trail import What

        new = [step for step in found if step.key not in self._told]
        first, self._begun = not self._begun, True
        self._told |= {step.key for step in new}
        if self._as_json:
            for step in new:
                screen().print(as_json_line(step), markup=False)
            return
        for step in new:
            if step.what in {What.PUBLISHED, What.WAITS}:
                self._numbers.setdefault(step.id, len(self._numbers) + 1)
        if new:
            self._show(new, is_first=first)
        elif first and is_whole:
            say("Nothing of it is kept any more: published events stay for 30 days.")

    def _show(self, new: "Sequence[Step]", *, is_first: bool) -> None:
        rows = [self._row(step) for step in new]
        title = f"The way of {self._what}"
        if is_first:
            self._narrow = not fits(COLUMNS, rows)
        if is_first and not self._narrow:
            table(title, COLUMNS, rows)
            return
        lines = [title] if is_first else []
        for step, row in zip(new, rows, strict=True):
            lines += self._lines(step, row) if self._narrow else ["  ".join(filter(None, row))]
        for line in lines:
            screen().print(line, markup=False)

    def _row(self, step: "Step") -> tuple[str, ...]:
        """Causes are told by their number, where they stand in the table."""
        from deploy.install.trail import What, in_words

        number = str(self._numbers[step.id]) if step.what in {What.PUBLISHED, What.WAITS} else ""
        cause = f"#{self._numbers[step.cause]}" if step.cause in self._numbers else (step.cause or "")
        after = in_words(step.since_cause) if step.since_cause is not None else ""
        at = f"{step.at:%Y-%m-%d %H:%M:%S}.{step.at.microsecond // 1000:03d}"
        shown = step.type.removeprefix(PREFIX)
        return (number, at, step.service, step.what.value, shown, step.id, cause, after, step.state)

    def _lines(self, step: "Step", row: tuple[str, ...]) -> Iterator[str]:
        """One step: when, who and what; its id, cause and state below it, each whole."""
        number, at, service, what, kind, id_, cause, after, state = row
        day, time = at.split(" ")
        if day != self._day:
            self._day = day
            yield f"{day} (UTC)"
        begin = f"{'#' + number if number else '':4} {time} {service:10} {what:9}"
        since = f"{cause}, {after} later" if after else cause
        if step.id == step.cause and step.id in self._numbers:
            yield f"{begin} {since}"
            since = ""
        else:
            yield f"{begin} {kind}"
            yield f"{INDENT}{id_}"
            since = since and f"from {since}"
        if since or state:
            yield INDENT + "; ".join(filter(None, (since, state)))


def as_json_line(step: "Step") -> str:
    """One step for a machine."""
    since = step.since_cause.total_seconds() if step.since_cause is not None else None
    told = {"at": step.at.isoformat(), "service": step.service, "what": step.what.value, "type": step.type}
    return json.dumps(told | {"id": step.id, "cause": step.cause, "seconds_since_cause": since, "state": step.state})
