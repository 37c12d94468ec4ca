"""What a person at the terminal sees."""

import asyncio
import functools
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDE = 400
"""Columns of text for a file or another program."""
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


def lines(texts: Iterable[str]) -> None:
    """Each on a line of its own; nothing in it is read as markup."""
    to = screen()
    for text in texts:
        to.print(text, markup=False)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; nothing in it is read as markup."""
    _show(_made(title, columns, rows))


def table_or_lines(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table where the terminal is wide enough for it; else a line for each row, which is folded as a whole."""
    shown, to = _made(title, columns, rows), screen()
    if to.is_terminal and to.measure(shown, options=to.options.update(width=WIDE)).maximum > to.width:
        lines([title, *map(as_line, rows)])
    else:
        _show(shown)


def as_line(row: Sequence[str]) -> str:
    """What stands in the row of a table, without the table."""
    return "  ".join(cell for cell in row if cell)


def _made(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    shown = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        # An id that is cut off is of no use to anybody.
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(str(cell)) for cell in row))
    return shown


def _show(shown: Table) -> None:
    to = screen()
    if not to.is_terminal:
        to.width = WIDE
    to.print(shown)


def run_async(command: Callable[Given, Coroutine[Any, Any, Result]]) -> Callable[Given, Result]:
    """Lets a command be written as a coroutine."""

    @functools.wraps(command)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        return asyncio.run(command(*args, **kwargs))

    return run
