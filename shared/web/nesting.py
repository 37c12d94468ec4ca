"""Dotted names of fields (`needs.0.category`): to nested values and back."""

from collections.abc import Mapping
from typing import Any, Final

MAX_LIST: Final = 50
# The name of each place in what was nested.
Places = dict[tuple[int | str, ...], str]


def steps_of(name: str) -> list[int | str]:
    """The parts of a name, those of lists as numbers."""
    return [int(part) if part.isdecimal() else part for part in name.split(".")]


def nested(values: Mapping[str, Any]) -> tuple[dict[str, Any], Places]:
    """Dotted names to nested dicts and lists; and the typed name of each place, so that an error finds its field."""
    tree: dict[str, Any] = {}
    for name, value in values.items():
        branch = tree
        parts = name.split(".")
        for part in parts[:-1]:
            below = branch.setdefault(part, {})
            branch = below if isinstance(below, dict) else {}
        branch[parts[-1]] = value
    places: Places = {}
    return {key: _listed(value, (key,), key, places) for key, value in tree.items()}, places


def _listed(node: Any, path: tuple[int | str, ...], typed: str, places: Places) -> Any:  # noqa: ANN401
    places[path] = typed
    if not isinstance(node, dict):
        return node
    keys = list(node)
    if keys and all(key.isdecimal() for key in keys):
        rows = sorted(keys, key=int)[:MAX_LIST]
        return [_listed(node[key], (*path, at), f"{typed}.{key}", places) for at, key in enumerate(rows)]
    return {key: _listed(value, (*path, key), f"{typed}.{key}", places) for key, value in node.items()}


def name_of(location: tuple[int | str, ...], places: Mapping[tuple[int | str, ...], str]) -> str:
    """The field's name as it stands in the form: the longest known part, then what is missing below it."""
    for length in range(len(location), 0, -1):
        if (name := places.get(location[:length])) is not None:
            return ".".join((name, *(str(step) for step in location[length:])))
    return ".".join(str(step) for step in location)
