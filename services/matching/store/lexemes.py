"""Questions to an index of lexemes, in the language of `tsquery`."""

from collections.abc import Iterable


def one(lexeme: str) -> str:
    """It has this lexeme, whatever signs are in it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def any_of(queries: Iterable[str]) -> str:
    """One of these is true; empty queries are none."""
    found = [query for query in queries if query]
    return f"({' | '.join(found)})" if found else ""


def both(*queries: str) -> str:
    """All of these are true; with an empty query nothing is."""
    return f"({' & '.join(queries)})" if all(queries) else ""


def all_of(lexemes: Iterable[str]) -> str:
    """It has all of these lexemes."""
    return both(*map(one, sorted(lexemes)))
