"""Use: what is there is used. An event has a publisher, a state a way in, a function a caller.

Names are compared, not meanings, so these rules find less than there is, and nothing that is not so.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tests.architecture.tree import (
    ROOT,
    Function,
    Source,
    SourceTree,
    calls,
    classes,
    dotted,
    functions,
    imports,
    is_in,
)

PRODUCT = ("shared", "services", "deploy")
EVENTS = "shared/events"
# What only looks at a state: it compares it, keeps it in a set, or tells its words.
_LOOKS = (ast.Compare, ast.MatchValue, ast.Set, ast.Dict)
_TEXTS = frozenset({".html", ".txt", ".toml", ".yaml"})
_WORD = re.compile(r"\w+")
# Decorators that register nothing: the function waits for somebody to call it as any other does.
_PLAIN = frozenset({"property", "cached_property", "classmethod", "staticmethod", "override", "abstractmethod"})


def every_event_has_a_publisher(tree: SourceTree) -> list[str]:
    """An event that nothing makes is a promise that nobody keeps: its handlers never run."""
    made = {name.rpartition(".")[2] for source in tree.under("services") for name, _ in calls(source)}
    return [
        f"{node.name} ({source.path}): nothing publishes it"
        for source in tree.under(EVENTS)
        for node in classes(source)
        if _is_event(node, source) and node.name not in made
    ]


def every_state_has_a_way_in(tree: SourceTree) -> list[str]:
    """A state that nothing enters has words, rules and tests that say nothing."""
    sources = list(tree.under("shared", "services"))
    entered = {(source.service, *state) for source in sources for state in _entered(source)}
    found = []
    for source in sources:
        for node in classes(source):
            if node.name.endswith(("State", "Phase", "Progress")) and "Enum" in ast.unparse(node):
                found += [
                    f"{node.name}.{member} ({source.path}): nothing enters it"
                    for member in _members(node)
                    if (source.service, node.name, member) not in entered
                ]
    return found


def every_function_has_a_caller(tree: SourceTree) -> list[str]:
    """In the product itself: a test is no caller, or what nobody needs stays because it is tested."""
    sources = [source for source in tree.under(*PRODUCT) if "migrations" not in source.path.parts]
    named = sum((_named(source) for source in sources), Counter[str]()) + _named_in_texts(tree)
    return [
        f"{function.name} ({source.path}): nothing calls it"
        for source in sources
        for function in _without_what_libraries_call(source)
        if _waits_for_a_caller(function) and named[function.name] <= _names_itself(function)
    ]


def _is_event(node: ast.ClassDef, source: Source) -> bool:
    """The facts, and not the classes that several facts have in common."""
    bases = {dotted(base) for base in node.bases}
    parents = {dotted(base) for other in classes(source) for base in other.bases}
    return node.name not in parents and any(base == "Event" or base.endswith("Fact") for base in bases)


def _members(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            yield line.targets[0].id


def _entered(source: Source) -> Iterator[tuple[str, str]]:
    parents = {child: node for node in source.nodes for child in ast.iter_child_nodes(node)}
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and not _only_looks(node, parents):
            yield node.value.id, node.attr


def _only_looks(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    above = parents[node]
    while isinstance(above, ast.Tuple | ast.List | ast.Attribute | ast.BinOp):
        if isinstance(above, ast.Tuple) and not all(isinstance(each, ast.Attribute) for each in above.elts):
            return False
        node, above = above, parents[above]
    if isinstance(above, ast.Dict):
        return node in above.keys
    if isinstance(above, ast.Assign | ast.AnnAssign):
        return isinstance(node, ast.Tuple | ast.List)
    is_set = isinstance(above, ast.Call) and dotted(above.func) in {"set", "frozenset"}
    return is_set or isinstance(above, _LOOKS)


def _named(source: Source) -> Counter[str]:
    found = Counter[str]()
    for node in source.nodes:
        if isinstance(node, ast.Name):
            found[node.id] += 1
        elif isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif isinstance(node, ast.keyword) and node.arg:
            found[node.arg] += 1
    return found


@cache
def _named_in_texts(tree: SourceTree) -> Counter[str]:
    """Templates call what Python does not, and pyproject.toml names the command line."""
    texts = (path for path in tree.paths if path.suffix in _TEXTS and path.parts[0] in {*PRODUCT, "pyproject.toml"})
    files = (ROOT / path for path in texts if (ROOT / path).is_file())
    return Counter(word for file in files for word in _WORD.findall(file.read_text(encoding="utf-8")))


def _without_what_libraries_call(source: Source) -> Iterator[Function]:
    """A method of a class with a base that is not ours is called by that base."""
    theirs = {name.rpartition(".")[2] for name, _ in imports(source) if not is_in(name, *PRODUCT)} - {"Protocol"}
    inside = {
        method
        for node in classes(source)
        if any(theirs & {*dotted(base).split(".")} for base in node.bases)
        for method in node.body
    }
    return (function for function in functions(source) if function not in inside)


def _waits_for_a_caller(function: Function) -> bool:
    if function.name.startswith("__"):
        return False
    return all(dotted(each) in _PLAIN or dotted(each).endswith("contextmanager") for each in function.decorator_list)


def _names_itself(function: Function) -> int:
    """How often its own body names it."""
    inside = (node for node in ast.walk(function) if isinstance(node, ast.Name | ast.Attribute))
    return sum((node.id if isinstance(node, ast.Name) else node.attr) == function.name for node in inside)
