"""Small: a file is read in one sitting, a function at one glance."""

import ast

from tests.architecture.tree import Function, SourceTree, functions

FILE_LINES = 250
FUNCTION_LINES = 30


def files_are_short(tree: SourceTree) -> list[str]:
    """Under 250 lines."""
    return [
        f"{source.path}: {lines} lines"
        for source in tree.sources
        if (lines := len(source.text.splitlines())) >= FILE_LINES
    ]


def functions_are_short(tree: SourceTree) -> list[str]:
    """Under 30 lines, its docstring and its decorators not counted. A migration describes a table in one piece."""
    return [
        source.at(node.lineno, f"{node.name} has {lines} lines")
        for source in tree.sources
        if "migrations" not in source.path.parts
        for node in functions(source)
        if (lines := _lines(node)) >= FUNCTION_LINES
    ]


def _lines(node: Function) -> int:
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        whole -= (first.end_lineno or first.lineno) - first.lineno + 1
    return whole


RULES = (files_are_short, functions_are_short)
