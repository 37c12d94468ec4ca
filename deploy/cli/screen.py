"""What a person at the terminal sees."""

import asyncio
import contextlib
import functools
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextvars import ContextVar
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

WIDE = 400
"""Columns of text for a file or another program."""
COMMAND: ContextVar[str] = ContextVar("command", default="")
"""Which command runs, by the names of its module and function: its code in the audit logs."""
Given = ParamSpec("Given")
Result = TypeVar("Result")

ServiceOption = Annotated[
    str, typer.Option("--service", "-s", help="One service only, e.g. intake; empty: all of them.")
]


def screen() -> Console:
    """Where results go."""
    return Console(highlight=False, soft_wrap=True)


def complaints() -> Console:
    """Where what went wrong goes."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """One line; `text` may hold rich's markup."""
    screen().print(text)


def good(text: str) -> None:
    """Something that is as it must be."""
    screen().print("✓ ", end="", style="green")
    screen().print(text, markup=False)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; nothing in it is read as markup."""
    to = screen()
    if not to.is_terminal:
        to.width = WIDE
    to.print(_table(title, columns, rows))


def fits(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bool:
    """Whether this table stands on the screen with every cell on one line."""
    to = screen()
    wanted = Measurement.get(to, to.options.update(width=WIDE), _table("", columns, rows)).maximum
    return not to.is_terminal or wanted <= to.width


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    shown = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        # An id that is cut off is of no use to anybody.
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(str(cell)) for cell in row))
    return shown


@contextlib.contextmanager
def shown_progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar while something takes long, on a terminal only; it is told how much is done each time."""
    from rich.progress import Progress

    with Progress(console=screen(), transient=True, disable=not screen().is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.advance(task, done)


def run_async(command: Callable[Given, Coroutine[Any, Any, Result]]) -> Callable[Given, Result]:
    """Lets a command be written as a coroutine."""

    @functools.wraps(command)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        module, name = command.__module__.rpartition(".")[2], command.__name__.replace("_", "-")
        COMMAND.set(name if name == module else f"{module} {name}")
        return asyncio.run(command(*args, **kwargs))

    return run
