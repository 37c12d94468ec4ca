"""The city is data: no code, word, name, time zone or term of a city stands in a program.

What is forbidden is read from the files of the two cities that ship. A literal is allowed only where it is something
else that happens to be written the same: with its reason, and only while it stands there.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, get_args
from zoneinfo import available_timezones

from shared.kernel.city import AnswerTerms, City, FollowUpPlan, ListName, Retention, Terms
from tests.architecture.tree import Source, SourceTree, dotted
from tests.parts.city import VELDERMEER, a_city

# Urgencies are those of the events: only their words are the city's.
CODES_OF_EVERY_CITY: Final = frozenset({"urgencies"})
# What describes a city's file shows examples of what may stand in it.
EXAMPLES: Final = frozenset({"examples", "description"})
TERMS: Final = frozenset(
    name for part in (Terms, AnswerTerms, FollowUpPlan, Retention) for name in part.model_fields if "_" in name
)
# What the desk and the contact persons are called in one city, or among us: pages say what this city calls them.
ROLES: Final = ("regie", "ambassadeur")
LONG: Final = frozenset({"days", "weeks"})
NOTHING_OR_A_DAY: Final = frozenset({"0", "1"})
Found = tuple[int, str]
"""A line, and the literal that stands on it."""


@cache
def cities() -> tuple[City, ...]:
    """Those that ship."""
    return a_city(), a_city(file=VELDERMEER)


@cache
def codes() -> frozenset[str]:
    """Every code of their lists."""
    lists = set(get_args(ListName)) - CODES_OF_EVERY_CITY
    return frozenset(code for city in cities() for of in lists for code in city.codes(of))


@cache
def words() -> frozenset[str]:
    """Every word of their lists, in small letters."""
    entries = [entry for city in cities() for of in get_args(ListName) for entry in city.codes(of).values()]
    return frozenset(said.casefold() for entry in entries for said in (entry.words, entry.in_sentence))


@cache
def zones() -> frozenset[str]:
    """Every time zone that is named after a place."""
    return frozenset(zone for zone in available_timezones() if "/" in zone)


@cache
def names() -> re.Pattern[str]:
    """What the cities, their desks and their contact persons are called, inside any text."""
    found = {
        said
        for city in cities()
        for said in (city.name, city.municipality, city.ambassador, city.desk.name, city.desk.in_sentence)
    }
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in (*sorted(found), *ROLES)), re.IGNORECASE)


def no_code_or_word_of_a_city(source: Source) -> Iterator[Found]:
    """Districts, categories, languages, kinds of organisations and their words; the words of urgencies."""
    for node in _texts(source):
        if node.value in codes() or str(node.value).casefold() in words():
            yield node.lineno, str(node.value)


def no_name_of_a_city(source: Source) -> Iterator[Found]:
    """The city, its municipality, its desk and its contact persons."""
    for node in _texts(source):
        yield from ((node.lineno, name) for name in names().findall(str(node.value)))


def no_time_zone(source: Source) -> Iterator[Found]:
    """`Europe/…` and all others but UTC."""
    return ((node.lineno, str(node.value)) for node in _texts(source) if node.value in zones())


def no_term(source: Source) -> Iterator[Found]:
    """Working days, a time of the day, a number that is named like a term, and a span of more than a day in services.

    What a program may keep, wait or offer by itself is allowed with its reason.
    """
    for node in source.nodes:
        if isinstance(node, ast.Call) and _is_term(node, source):
            yield node.lineno, ast.unparse(node)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((node.lineno, name) for name in _term_names(targets) if _numbers(node.value))


RULES: Final = (no_code_or_word_of_a_city, no_name_of_a_city, no_time_zone, no_term)


def literals(tree: SourceTree) -> Mapping[str, Mapping[str, str]]:
    """What is found: by file, each literal with where it stands."""
    found: dict[str, dict[str, str]] = {}
    for source in tree.under("shared", "services", "deploy"):
        if not source.within("deploy/demo"):
            for rule in RULES:
                for line, literal in rule(source):
                    found.setdefault(str(source.path), {}).setdefault(literal, source.at(line, f"holds {literal!r}"))
    return found


def names_on_pages(files: Mapping[str, str]) -> list[str]:
    """Names of a city in templates of pages and mails, outside their comments."""
    return [
        f"{path}: holds {name!r}"
        for path, text in files.items()
        for name in names().findall(re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL))
    ]


def _texts(source: Source) -> Iterator[ast.Constant]:
    """Every text in it but docstrings, and what a description of the city's file shows as an example."""
    passed_over = {id(node.value) for node in source.nodes if isinstance(node, ast.Expr)}
    if source.within("shared/kernel/city"):
        shown = (word.value for node in source.nodes if isinstance(node, ast.Call) for word in _examples(node))
        passed_over |= {id(inside) for each in shown for inside in ast.walk(each)}
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            yield node


def _examples(call: ast.Call) -> Iterator[ast.keyword]:
    return (word for word in call.keywords if word.arg in EXAMPLES)


def _is_term(call: ast.Call, source: Source) -> bool:
    name = dotted(call.func).rpartition(".")[2]
    if name == "WorkingDays":
        return any(map(_numbers, [*call.args, *(word.value for word in call.keywords)]))
    if name == "time":
        return bool(call.args) and all(map(_numbers, call.args))
    if name == "timedelta" and source.within("services"):
        given = {word.arg: word.value for word in call.keywords} | dict(zip(("days",), call.args, strict=False))
        return any(
            _numbers(given[unit]) and ast.unparse(given[unit]) not in NOTHING_OR_A_DAY for unit in LONG & given.keys()
        )
    return False


def _term_names(targets: Iterable[ast.expr]) -> Iterator[str]:
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name) and any(term in node.id.casefold() for term in TERMS):
                yield node.id


def _numbers(value: ast.expr) -> bool:
    """Whether it is a number, or several of them."""
    if isinstance(value, ast.Tuple | ast.List):
        return bool(value.elts) and all(map(_numbers, value.elts))
    if isinstance(value, ast.Dict):
        return bool(value.values) and all(map(_numbers, value.values))
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)
