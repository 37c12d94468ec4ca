"""The house: every service has the same rooms with the same names, so who knows one knows all."""

import ast
from pathlib import PurePosixPath

from tests.architecture.tree import FUNCTIONS, Source, SourceTree, is_within

ROOMS = frozenset({
    "__init__", "__main__", "settings", "bootstrap", "commands", "domain", "ports", "handlers", "subscriptions",
    "schedule", "store", "adapters", "web",
})  # fmt: skip
# The only extras. Mail is never sent in a handler: a loop of its own claims what is queued, and its
# letters lie beside it as subject, text and HTML. Mail that comes in has a door of its own.
EXTRA = {"notify": frozenset({"sender", "receiver", "templates"})}
# What a room holds at least; `name` may be a file or, when it grows, a folder.
FURNITURE = {
    "domain": frozenset({"__init__", "errors"}),
    "store": frozenset({"__init__", "tables", "repositories", "migrations"}),
    "adapters": frozenset({"__init__"}),
    "web": frozenset({"__init__", "pages", "templates"}),
}
# What a file must define, so that who knows one service finds it in all.
DEFINES = {
    "subscriptions": frozenset({"SUBSCRIPTIONS"}),
    "schedule": frozenset({"TIMERS", "JOBS"}),
    "bootstrap": frozenset({"build"}),
}
# The rooms of `shared/`; the order in which they may import each other stands in pyproject.toml (import-linter).
SHARED_ROOMS = frozenset(
    {"access", "events", "kernel", "messaging", "privacy", "runtime", "storage", "web", "unit_of_work", "__init__"}
)
SHARED_FILES = frozenset({"__init__.py", "unit_of_work.py", "py.typed"})
OPENING_WORDS = ("owns", "consumes", "publishes")
# Ports may grow into a folder: a service that keeps people, a map and referrals needs much of its store.
MODULES = frozenset({"__init__", "__main__", "settings", "bootstrap", "commands", "subscriptions", "schedule"})


def every_service_has_the_same_rooms(tree: SourceTree) -> list[str]:
    """No room is missing, and none is extra."""
    found = []
    for service in tree.services():
        there = _names_in(tree, f"services/{service}")
        found += [f"services/{service}: the room {name} is missing" for name in sorted(ROOMS - there)]
        extra = there - ROOMS - EXTRA.get(service, frozenset())
        found += [f"services/{service}: {name} is no room of the house" for name in sorted(extra)]
    return found


def every_room_has_its_furniture(tree: SourceTree) -> list[str]:
    """In a room stands at least what belongs there."""
    found = []
    for service in tree.services():
        for room, furniture in FURNITURE.items():
            missing = furniture - _names_in(tree, f"services/{service}/{room}")
            found += [f"services/{service}/{room}: {name} is missing" for name in sorted(missing)]
    return found


def shared_has_few_rooms(tree: SourceTree) -> list[str]:
    """What all services stand on is found by the name of its room: no loose files, no room beside these."""
    there = _names_in(tree, "shared") - {"py.typed"}
    found = [f"shared: {name} is no room of the house" for name in sorted(there - SHARED_ROOMS)]
    return found + [
        f"{path}: stands loose in shared"
        for path in sorted(tree.paths)
        if path.parts[0] == "shared" and len(path.parts) == 2 and path.name not in SHARED_FILES
    ]


def rooms_of_one_page_stay_one_page(tree: SourceTree) -> list[str]:
    """Tables and settings are read at a glance: a file, not a folder."""
    return [
        f"services/{service}/{name}: is a folder, but is read at a glance in one file"
        for service in tree.services()
        for name in sorted(MODULES)
        if any(is_within(path, f"services/{service}/{name}") for path in tree.paths)
    ]


def every_table_has_its_name(tree: SourceTree) -> list[str]:
    """`SUBSCRIPTIONS`, `TIMERS`, `JOBS` and `build` are found in the same place in every service."""
    return [
        source.at(1, f"does not define {name}")
        for source in tree.under("services")
        if source.service and len(source.path.parts) == len(("services", "intake", "bootstrap.py"))
        for name in sorted(DEFINES.get(source.room, frozenset()) - _defined(source))
    ]


def every_package_says_what_it_is(tree: SourceTree) -> list[str]:
    """A service opens with what it owns, consumes and publishes."""
    return [
        source.at(1, "does not say what this service owns, consumes and publishes")
        for source in tree.under("services")
        if source.service and source.path.parts[2:] == ("__init__.py",)
        if not all(word in source.text.lower() for word in OPENING_WORDS)
    ]


def _defined(source: Source) -> set[str]:
    found = set()
    for node in source.syntax.body:
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
        elif isinstance(node, FUNCTIONS):
            found.add(node.name)
    return found


def _names_in(tree: SourceTree, folder: str) -> set[str]:
    """The names of the files and folders in it, without suffix."""
    depth = len(PurePosixPath(folder).parts)
    inside = (path for path in tree.paths if is_within(path, folder))
    return {path.parts[depth].removesuffix(".py") for path in inside}


RULES = (
    every_service_has_the_same_rooms,
    every_room_has_its_furniture,
    shared_has_few_rooms,
    rooms_of_one_page_stay_one_page,
    every_table_has_its_name,
    every_package_says_what_it_is,
)
