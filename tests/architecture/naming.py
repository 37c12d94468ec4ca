"""Names: facts in the past tense, handlers by what they achieve, modules by what they hold."""

import ast
import re

from tests.architecture.tree import SourceTree, calls, classes, functions

SAYS_NOTHING = frozenset(
    {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "base_service"}
)
# A fact: something was done, or a state was reached that has no verb of its own.
PAST_TENSE = re.compile(
    r"(ed|Found|Given|Held|Hidden|Shown|HoldSet|RuledOut|Outgrown|Withdrawn|Due|Overdue|Unknown|OutOfSight|BackInSight"
    r"|ConfirmedDeletion|PassedOn|TurnedIntoRequest|OfferedToKnowledgeBase)$"
)
PASSED_ON = re.compile(r"(^|_)handlers?$|^(on|handle|process)_")
DOES_NOTHING_BY_NAME = re.compile(r"(Manager|Helper|Helpers|Utils|Util)$")
LOGS = re.compile(r"(^|\.)_?(log|logger)\.(debug|info|warning|error|exception|critical)$", re.IGNORECASE)
LOG_EVENT = re.compile(r"[a-z]+(_[a-z]+)*")
# Shapes that other events build on; they are never said (`shared.events.catalogue.ABSTRACT`).
SHAPE = re.compile(r"Fact$|^Event$")


def modules_are_named_by_what_they_hold(tree: SourceTree) -> list[str]:
    """No utils, helpers, manager, common, base_service."""
    return [
        f"{path}: {part} says nothing about what is in it"
        for path in sorted(tree.paths)
        if path.suffix == ".py"
        for part in path.with_suffix("").parts
        if part in SAYS_NOTHING or part.endswith(("_utils", "_helpers", "_manager"))
    ]


def classes_are_named_by_what_they_are(tree: SourceTree) -> list[str]:
    """No Manager, Helper or Utils."""
    return [
        source.at(node.lineno, f"{node.name} says nothing about what it is")
        for source in tree.sources
        for node in classes(source)
        if DOES_NOTHING_BY_NAME.search(node.name)
    ]


def events_are_facts_in_the_past_tense(tree: SourceTree) -> list[str]:
    """`RequestReceived`, never `ReceiveRequest`; and without the suffix Event."""
    found = []
    for source in tree.under("shared/events"):
        for node in classes(source):
            if not _is_event(node) or SHAPE.search(node.name):
                continue
            if node.name.endswith("Event"):
                found.append(source.at(node.lineno, f"{node.name} has the suffix Event"))
            elif not PAST_TENSE.search(node.name):
                found.append(source.at(node.lineno, f"{node.name} is no fact in the past tense"))
    return found


def handlers_are_named_by_what_they_achieve(tree: SourceTree) -> list[str]:
    """So that a table reads `NeedsAssessed: propose_partners`."""
    return [
        source.at(node.lineno, f"{node.name} does not say what it achieves")
        for source in tree.under("services")
        if source.room in {"handlers", "subscriptions", "schedule"}
        for node in functions(source)
        if PASSED_ON.search(node.name)
    ]


def topics_are_named_in_the_catalogue_only(tree: SourceTree) -> list[str]:
    """One place with topic names: `shared.events.catalogue.topic_of`."""
    topic = re.compile(r"schakel\.(intake|matching|directory|monitoring|notify)")
    return [
        source.at(node.lineno, f"names a topic: {node.value!r}")
        for source in tree.under("shared", "services", "deploy")
        if not source.within("shared/events/catalogue.py")
        for node in source.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if topic.fullmatch(node.value) or node.value == "schakel."
    ]


def log_lines_are_named_alike(tree: SourceTree) -> list[str]:
    """`log.warning("relay_waits", error=…)`: a short phrase in snake_case, so that one search finds all of a kind."""
    return [
        source.at(call.lineno, f"writes a line that is not called like_this by {name}()")
        for source in tree.under("shared", "services", "deploy")
        for name, call in calls(source)
        if LOGS.search(name) and not (name.startswith("log.") and _says_what_happened(call))
    ]


def _says_what_happened(call: ast.Call) -> bool:
    said = call.args[0] if len(call.args) == 1 else None
    return isinstance(said, ast.Constant) and isinstance(said.value, str) and bool(LOG_EVENT.fullmatch(said.value))


def _is_event(node: ast.ClassDef) -> bool:
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    return any(base == "Event" or base.endswith("Fact") for base in bases)


RULES = (
    modules_are_named_by_what_they_hold,
    classes_are_named_by_what_they_are,
    events_are_facts_in_the_past_tense,
    handlers_are_named_by_what_they_achieve,
    topics_are_named_in_the_catalogue_only,
    log_lines_are_named_alike,
)
