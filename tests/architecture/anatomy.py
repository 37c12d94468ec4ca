"""One anatomy: the same thing stands in the same place under the same name in every service."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import FUNCTIONS, Function, Source, SourceTree, calls, classes, dotted, functions

WEB_APP = ["settings", "parts", "units"]
OPEN_UNITS = ["city", "database", "ids", "random", "chain"]
BUILD = ["settings", "parts"]
ERROR_OR_REDIRECT = re.compile(r"[345]\d\d")
VERBS_OF_OLD = re.compile(r"^(look|look_at|_?some|many|one|all)$")


def every_app_is_made_alike(tree: SourceTree) -> list[str]:
    """`web/app.py` has `web_app(settings, parts, units, …)`: after these, the ports that its pages ask besides."""
    return list(_signatures(tree, ("web", "app.py"), "web_app", WEB_APP, exactly=False))


def every_service_opens_its_units_alike(tree: SourceTree) -> list[str]:
    """`bootstrap.py` has `open_units(city, database, ids, random, chain, …)`, for processes and commands."""
    return list(_signatures(tree, ("bootstrap.py",), "open_units", OPEN_UNITS, exactly=False))


def every_service_is_found_by_its_name(tree: SourceTree) -> list[str]:
    """`bootstrap.py` has `build(settings, parts)`, and `settings.py` the class `<Service>Settings` that it takes."""
    found = list(_signatures(tree, ("bootstrap.py",), "build", BUILD, exactly=True))
    for service in tree.services():
        wanted, source = f"{service.capitalize()}Settings", _file(tree, service, "settings.py")
        if source is None or wanted not in _names(source):
            found.append(f"services/{service}/settings.py: does not define {wanted}")
    return found


def routes_find_their_things_in_one_place(tree: SourceTree) -> list[str]:
    """`app.state.dependencies`, of the class `Dependencies`; and a unit of work as the dependency `Unit`."""
    found = []
    for service in tree.services():
        source = _file(tree, service, "web", "dependencies.py")
        there = _names(source) if source else set()
        found += [
            f"services/{service}/web/dependencies.py: does not define {name}"
            for name in ("Dependencies", "TheDependencies", "Unit")
            if name not in there
        ]
    return found + [
        source.at(node.lineno, f"{dotted(node)} is not where routes look")
        for source in _of(tree, "web")
        for node in source.nodes
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if dotted(node).endswith(f"app.state.{node.attr}") and node.attr != "dependencies"
    ]


def internal_routes_stand_in_internal(tree: SourceTree) -> list[str]:
    """What only services may ask is in `web/internal.py`, and nowhere else."""
    return [
        source.at(call.lineno, "a router under /internal outside web/internal.py")
        for source in _of(tree, "web")
        if source.path.name != "internal.py"
        for name, call in calls(source)
        if name.endswith("APIRouter")
        if any(isinstance(word.value, ast.Constant) and word.value.value == "/internal" for word in call.keywords)
    ]


def pages_are_a_module_each(tree: SourceTree) -> list[str]:
    """`web/pages/<page>.py` with its `router`."""
    found = []
    for service in tree.services():
        pages = [
            source for source in _of(tree, "web") if source.service == service and source.path.parts[3:4] == ("pages",)
        ]
        found += [
            source.at(1, "does not define router")
            for source in pages
            if not _is_package(source) and "router" not in _names(source)
        ]
        if not pages:
            found.append(f"services/{service}/web/pages: is no folder of pages")
    return found


def handlers_are_not_passed_on(tree: SourceTree) -> list[str]:
    """`handlers/` is a package without re-exports: a name is imported from the module that holds it."""
    found = []
    for service in tree.services():
        package = _file(tree, service, "handlers", "__init__.py")
        if package is None:
            found.append(f"services/{service}/handlers: is no package")
        elif any(isinstance(node, ast.Import | ast.ImportFrom) for node in package.nodes):
            found.append(package.at(1, "passes names on"))
    return found


def statuses_have_names(tree: SourceTree) -> list[str]:
    """`HTTPStatus.SEE_OTHER`, not 303."""
    return [
        source.at(line, f"{status} has a name in HTTPStatus")
        for source in _of(tree, "web")
        for status, line in _status_codes(source)
    ]


def units_are_typed(tree: SourceTree) -> list[str]:
    """`Units[IntakeUnit]`: with `Any` mypy checks no handler that is called with one."""
    return [
        source.at(node.lineno, f"{ast.unparse(node)} checks nothing")
        for source in _of(tree)
        for node in source.nodes
        if isinstance(node, ast.Subscript) and dotted(node.value) in {"Units", "PostgresUnits"}
        if isinstance(node.slice, ast.Name) and node.slice.id == "Any"
    ]


def repositories_use_one_set_of_verbs(tree: SourceTree) -> list[str]:
    """`get` locks what it reads, `read` does not; never `look`, `some` or `many`."""
    return [
        source.at(node.lineno, f"{owner.name}.{node.name}: `get` locks, `read` does not; say which")
        for source in _of(tree, "ports", "store")
        for owner in classes(source)
        for node in owner.body
        if isinstance(node, FUNCTIONS) and VERBS_OF_OLD.match(node.name)
    ]


def every_package_says_what_it_is(tree: SourceTree) -> list[str]:
    """A service opens with what it owns, consumes and publishes."""
    found = []
    for service in tree.services():
        package = _file(tree, service, "__init__.py")
        text = (ast.get_docstring(package.syntax) or "").lower() if package else ""
        missing = [word for word in ("owns", "consumes", "publishes") if word not in text]
        found += [f"services/{service}/__init__.py: does not say what it {word}" for word in missing]
    return found


def _of(tree: SourceTree, *rooms: str) -> Iterator[Source]:
    """The files of the services, in these rooms; without rooms, in all."""
    return (source for source in tree.under("services") if source.service and (not rooms or source.room in rooms))


def _file(tree: SourceTree, service: str, *place: str) -> Source | None:
    wanted = ("services", service, *place)
    return next((source for source in tree.under("services") if source.path.parts == wanted), None)


def _is_package(source: Source) -> bool:
    return source.path.name == "__init__.py"


def _names(source: Source) -> set[str]:
    assigned = (node for node in source.syntax.body if isinstance(node, ast.Assign | ast.AnnAssign))
    targets = (
        target for node in assigned for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    )
    defined = {node.name for node in source.syntax.body if isinstance(node, (*FUNCTIONS, ast.ClassDef))}
    return defined | {target.id for target in targets if isinstance(target, ast.Name)}


def _signatures(
    tree: SourceTree, place: tuple[str, ...], name: str, wanted: list[str], *, exactly: bool
) -> Iterator[str]:
    for service in tree.services():
        source = _file(tree, service, *place)
        made = next((node for node in functions(source) if node.name == name), None) if source else None
        if source is None or made is None:
            yield f"services/{service}/{'/'.join(place)}: does not define {name}"
        elif (given := _arguments(made))[: len(wanted)] != wanted or (exactly and given != wanted):
            yield source.at(made.lineno, f"{name}({', '.join(given)}) takes not {', '.join(wanted)}")


def _arguments(function: Function) -> list[str]:
    arguments = function.args
    return [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _status_codes(source: Source) -> Iterator[tuple[int, int]]:
    """Numbers that are a status, with their line: `status_code=303`, `SEE_OTHER = 303`, `… else 400`."""
    for node in source.nodes:
        if isinstance(node, ast.Constant) and type(node.value) is int and ERROR_OR_REDIRECT.fullmatch(str(node.value)):
            yield node.value, node.lineno


RULES = (
    every_app_is_made_alike,
    every_service_opens_its_units_alike,
    every_service_is_found_by_its_name,
    routes_find_their_things_in_one_place,
    internal_routes_stand_in_internal,
    pages_are_a_module_each,
    handlers_are_not_passed_on,
    statuses_have_names,
    units_are_typed,
    repositories_use_one_set_of_verbs,
    every_package_says_what_it_is,
)
