"""Imports point inward, services know nothing of each other, and only bootstrap knows the concrete things."""

import sys
from collections.abc import Iterator

from tests.architecture.tree import SourceTree, imports, is_in

OURS = ("shared", "services", "deploy", "tests")
# Which of its own service's rooms a room may import, beside itself. Imports point inward.
INWARD: dict[str, frozenset[str]] = {
    "domain": frozenset(),
    "commands": frozenset({"domain"}),
    "ports": frozenset({"domain", "commands"}),
    "handlers": frozenset({"domain", "commands", "ports"}),
    "subscriptions": frozenset({"domain", "commands", "ports", "handlers"}),
    "schedule": frozenset({"domain", "commands", "ports", "handlers"}),
    "settings": frozenset({"domain"}),
    "store": frozenset({"domain", "commands", "ports"}),
    "adapters": frozenset({"domain", "commands", "ports", "settings"}),
    "web": frozenset({"domain", "commands", "ports", "handlers", "settings"}),
    "sender": frozenset({"domain", "commands", "ports", "handlers"}),
    "bootstrap": frozenset({
        "domain", "commands", "ports", "handlers", "subscriptions", "schedule", "sender", "settings", "store",
        "adapters", "web",
    }),
    "__main__": frozenset({"bootstrap", "settings"}),
    "__init__": frozenset(),
}  # fmt: skip
# Rooms that decide: they work through ports, and see neither drivers nor frameworks nor the plumbing itself.
DECIDING = frozenset({"domain", "commands", "ports", "handlers", "subscriptions", "schedule"})
PORTS_OF_SHARED = (
    "shared.access.links", "shared.access.members", "shared.access.people_book", "shared.access.replies",
    "shared.access.sessions", "shared.events", "shared.kernel.city", "shared.kernel.clock",
    "shared.kernel.dutch_calendar", "shared.kernel.dutch_words",
    "shared.kernel.searched_words", "shared.kernel.errors", "shared.kernel.ids",
    "shared.kernel.translatable", "shared.kernel.working_time",
    "shared.messaging.old_replies", "shared.messaging.schedule", "shared.messaging.subscriptions", "shared.privacy",
    "shared.unit_of_work",
)  # fmt: skip
VALUES = ("pydantic", "typing_extensions")
TALKS_TO_THE_WORLD = frozenset({
    "asyncio", "ctypes", "ftplib", "http", "io", "multiprocessing", "os", "pathlib", "random", "secrets", "select",
    "shutil", "signal", "smtplib", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib",
})  # fmt: skip


def services_never_import_each_other(tree: SourceTree) -> list[str]:
    """They share nothing but events and the plumbing."""
    return [
        source.at(line, f"{source.service} imports {name}")
        for source in tree.under("services")
        for name, line in imports(source)
        if is_in(name, "services") and name.split(".")[1:2] != [source.service]
    ]


def shared_never_imports_services(tree: SourceTree) -> list[str]:
    """Nor how they are run; and services do not know how they are run either."""
    shared = _importing(tree, "shared", ("services", "deploy", "tests"))
    services = _importing(tree, "services", ("deploy", "tests"))
    deploy = _importing(tree, "deploy", ("tests",))
    return [*shared, *services, *deploy]


def events_stand_alone(tree: SourceTree) -> list[str]:
    """The contracts are a small pure package: no plumbing in them."""
    return [
        source.at(line, f"the contracts import {name}")
        for source in tree.under("shared/events")
        for name, line in imports(source)
        if not is_in(name, "shared.events", *VALUES) and not _is_standard(name)
    ]


def domain_imports_events_and_the_standard_library(tree: SourceTree) -> list[str]:
    """Beside itself; and of the standard library nothing that talks to the world."""
    allowed = (
        "shared.events", "shared.kernel.city", "shared.kernel.dutch_calendar", "shared.kernel.dutch_words",
        "shared.kernel.searched_words",
        "shared.kernel.errors", "shared.kernel.translatable", "shared.kernel.working_time",
    )  # fmt: skip
    return [
        source.at(line, f"the domain imports {name}")
        for source in tree.under("services")
        if source.room == "domain"
        for name, line in imports(source)
        if (not is_in(name, f"services.{source.service}.domain", *allowed) and not _is_pure(name))
        # The values of the city are pure; reading its file is not.
        or is_in(name, "shared.kernel.city.file")
    ]


def imports_point_inward(tree: SourceTree) -> list[str]:
    """A room imports only the rooms that lie further in; web, store and adapters do not know each other."""
    found = []
    for source in tree.under("services"):
        for name, line in imports(source):
            parts = name.split(".")
            if source.room and parts[:2] == ["services", source.service] and len(parts) > 2:
                allowed = INWARD.get(source.room, frozenset()) | {source.room}
                if parts[2] not in allowed:
                    found.append(source.at(line, f"{source.room} imports {name}"))
    return found


def deciding_rooms_work_through_ports(tree: SourceTree) -> list[str]:
    """No driver, no framework, no plumbing where things are decided: only values, contracts and ports."""
    return [
        source.at(line, f"{source.room} imports {name}")
        for source in tree.under("services")
        if source.room in DECIDING
        for name, line in imports(source)
        if not is_in(name, f"services.{source.service}", *PORTS_OF_SHARED, *VALUES) and not _is_pure(name)
    ]


def _importing(tree: SourceTree, folder: str, forbidden: tuple[str, ...]) -> Iterator[str]:
    for source in tree.under(folder):
        for name, line in imports(source):
            if is_in(name, *forbidden):
                yield source.at(line, f"{folder} imports {name}")


def _is_standard(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names


def _is_pure(name: str) -> bool:
    return _is_standard(name) and name.partition(".")[0] not in TALKS_TO_THE_WORLD


RULES = (
    services_never_import_each_other,
    shared_never_imports_services,
    events_stand_alone,
    domain_imports_events_and_the_standard_library,
    imports_point_inward,
    deciding_rooms_work_through_ports,
)
