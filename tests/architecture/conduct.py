"""Conduct: time and chance come from outside, one place commits, nothing happens at import, nothing is swallowed."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import FUNCTIONS, Source, SourceTree, calls, dotted

CHANCE = re.compile(
    r"(^|\.)(now|utcnow|today|uuid1|uuid4|uuid6|uuid7|urandom|token_bytes|token_hex|token_urlsafe|getrandbits)$"
    r"|^(random|secrets)\.|^time\.(time|monotonic|time_ns)$"
)
# `clock.now()` and `unit.now` are ports; a clock that is handed in is what the rule asks for.
PORT = re.compile(r"(^|\.)_?clock\.now$")
FREE_ROOMS = frozenset({"adapters", "bootstrap", "__main__"})
HOST_TIME = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today)$")
INPUT_OUTPUT = re.compile(
    r"(^|\.)(open|read_text|read_bytes|write_text|write_bytes|mkdir|unlink|iterdir|glob|rglob|create_engine|getenv"
    r"|create_async_engine|connect|urlopen|Popen|check_output|system|getaddrinfo|AIOKafkaProducer|AIOKafkaConsumer)$"
    r"|^(subprocess|requests|socket|smtplib)\.|^httpx\.(get|post|put|patch|delete|request|stream|Client|AsyncClient)$|^asyncio\.(run|get_event_loop)$|^os\.environ\.get$|Settings$"
)
INSTANTS = frozenset({"at", "now", "occurred_at"})
CATCH_ALL = frozenset({"Exception", "BaseException"})


def deciding_code_asks_nobody_what_time_it_is(tree: SourceTree) -> list[str]:
    """Time, ids and chance are arguments (rule 5): else no simulation can replay it, and no demo clock move it."""
    return [
        source.at(call.lineno, f"calls {name}()")
        for source in tree.under("services")
        if source.room not in FREE_ROOMS
        for name, call in calls(source)
        if CHANCE.search(name) and not PORT.search(name)
    ]


def the_hosts_clock_is_read_in_one_place(tree: SourceTree) -> list[str]:
    """`shared/kernel/clock.py`: everything else takes a clock, or the database's time."""
    return [
        source.at(call.lineno, f"calls {name}()")
        for source in tree.under("shared")
        if not source.within("shared/kernel/clock.py")
        for name, call in calls(source)
        if HOST_TIME.search(name)
    ]


def today_is_the_day_in_the_city(tree: SourceTree) -> list[str]:
    """`now.date()` is yesterday from midnight to two in Amsterdam: `day_of(now)` is the day that people mean."""
    return [
        source.at(node.lineno, "takes the day of an instant in UTC")
        for source in tree.under("shared", "services", "tests")
        for node in source.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date"
        if INSTANTS & _names(node.func.value) and "astimezone" not in _names(node.func.value)
    ]


def only_the_unit_of_work_commits(tree: SourceTree) -> list[str]:
    """State and fact in one transaction, committed at the edge (rule 2). What the bus commits are offsets."""
    return [
        source.at(call.lineno, f"calls {name}()")
        for source in tree.under("shared", "services", "deploy")
        if not source.within("shared/storage/database.py", "shared/messaging/bus", "shared/storage/migrations")
        for name, call in calls(source)
        if name.endswith(".commit")
    ]


def nothing_happens_at_import(tree: SourceTree) -> list[str]:
    """Concrete things are built in bootstrap (rule 6): importing a module opens, reads and connects nothing."""
    return [
        source.at(node.lineno, f"{words} at import")
        for source in tree.under("shared", "services", "deploy")
        if source.path.name != "__main__.py" and "migrations" not in source.path.parts
        for node, words in _input_output(source)
    ]


def no_exception_is_swallowed(tree: SourceTree) -> list[str]:
    """No event is passed over in silence (rule 4)."""
    found = []
    for source in tree.under("shared", "services", "deploy"):
        for node in source.nodes:
            if isinstance(node, ast.ExceptHandler) and _catches_all(node.type) and all(map(_is_nothing, node.body)):
                found.append(source.at(node.lineno, "swallows every exception"))
            if isinstance(node, ast.Call) and _suppresses_all(node):
                found.append(source.at(node.lineno, "suppresses every exception"))
    return found


def nobody_prints(tree: SourceTree) -> list[str]:
    """What runs writes logs; only the command line talks to a person."""
    return [
        source.at(call.lineno, f"calls {name}()")
        for source in tree.under("shared", "services")
        for name, call in calls(source)
        if name in {"print", "pprint", "pprint.pprint", "sys.stdout.write"}
    ]


def _names(node: ast.AST) -> set[str]:
    found = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return found | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def _input_output(source: Source) -> Iterator[tuple[ast.expr, str]]:
    for node in _run_at_import(source.syntax):
        if isinstance(node, ast.Call) and INPUT_OUTPUT.search(dotted(node.func)):
            yield node, f"calls {dotted(node.func)}()"
        if isinstance(node, ast.Subscript) and dotted(node.value) == "os.environ":
            yield node, "reads the environment"


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is loaded: not the inside of functions, but their defaults and decorators."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "__main__" in ast.unparse(child.test):
            continue
        if isinstance(child, (*FUNCTIONS, ast.Lambda)):
            outside = [*child.args.defaults, *(value for value in child.args.kw_defaults if value)]
            for part in outside + list(getattr(child, "decorator_list", [])):
                yield part
                yield from _run_at_import(part)
            continue
        yield child
        yield from _run_at_import(child)


def _catches_all(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(map(_catches_all, caught.elts))
    return caught is None or dotted(caught) in CATCH_ALL


def _suppresses_all(call: ast.Call) -> bool:
    return dotted(call.func) in {"suppress", "contextlib.suppress"} and any(map(_catches_all, call.args))


def _is_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Return):
        return node.value is None or isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Pass | ast.Continue | ast.Break) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


RULES = (
    deciding_code_asks_nobody_what_time_it_is,
    the_hosts_clock_is_read_in_one_place,
    today_is_the_day_in_the_city,
    only_the_unit_of_work_commits,
    nothing_happens_at_import,
    no_exception_is_swallowed,
    nobody_prints,
)
