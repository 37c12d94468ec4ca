"""Small: a file is read in one sitting, a function at one glance."""

import ast

from tests.architecture.tree import FUNCTIONS, Function, SourceTree, functions

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
    """Under 30 lines, not counting its docstring and the functions inside it, which are held to it themselves.

    A migration describes a table in one piece, and is not held to it.
    """
    return [
        source.at(node.lineno, f"{node.name} has {lines} lines")
        for source in tree.sources
        if "migrations" not in source.path.parts
        for node in functions(source)
        if (lines := _lines(node)) >= FUNCTION_LINES
    ]


def _lines(node: Function) -> int:
    inside = [child for child in node.body if isinstance(child, (*FUNCTIONS, ast.ClassDef))]
    docstring = node.body[:1] if ast.get_docstring(node) is not None else []
    return _height(node) - sum(_height(child) + _decorators(child) for child in (*inside, *docstring))


def _height(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _decorators(node: ast.stmt) -> int:
    above: list[ast.expr] = getattr(node, "decorator_list", [])
    return node.lineno - min([node.lineno, *(one.lineno for one in above)])


RULES = (files_are_short, functions_are_short)
