"""What may change in a version that is out: a new optional field, and words of explanation. All else is a new version.

Both ways count. A reader of today must read what was written years ago, and a reader that is not yet renewed
must read what is written today; so a loosened limit or a new enum value breaks a contract as surely as a removed field.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

Schema = Mapping[str, Any]

WORDS = frozenset({"$schema", "$id", "$defs", "title", "description", "examples"})
LIMITS_FROM_BELOW = ("minimum", "exclusiveMinimum", "minLength", "minItems")
LIMITS_FROM_ABOVE = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
OBJECT_KEYWORDS = frozenset({"type", "properties", "required"})
NEW_VERSION = "take it back, or leave this version as it is and make a new one (`version: ClassVar[int] = {next}`)"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a frozen schema: where (a path of fields), what, and how to fix it."""

    wire_name: str
    path: str
    what: str
    fix: str

    @override
    def __str__(self) -> str:
        """In one line."""
        where = f"{self.wire_name} {self.path}".rstrip()
        return f"{where}: {self.what}; {self.fix}"


def incompatibilities(wire_name: str, frozen: Schema, current: Schema) -> list[Problem]:
    """Every way in which `current` breaks the promise of `frozen`; empty when it may replace it."""
    found = _of_value("", _plain(frozen, frozen), _plain(current, current))
    fix = NEW_VERSION.format(next=int(wire_name.rpartition(".v")[2]) + 1)
    return [Problem(wire_name, path, what, fix) for path, what in found]


def _plain(node: Any, root: Schema) -> Any:  # noqa: ANN401 - any piece of JSON
    """The schema with its references written out and its words left out; only what decides stays."""
    if isinstance(node, list):
        return [_plain(item, root) for item in node]
    if not isinstance(node, Mapping):
        return node
    if "$ref" in node:
        target = root["$defs"][node["$ref"].rpartition("/")[2]]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    plain = {key: _plain(value, root) for key, value in node.items() if key not in WORDS and key != "properties"}
    if "properties" in node:
        # The names of fields are not keywords: a field may well be called "title".
        plain["properties"] = {name: _plain(value, root) for name, value in node["properties"].items()}
    return plain


def _of_value(path: str, old: Schema, new: Schema) -> Iterator[tuple[str, str]]:
    if "properties" in old and "properties" in new:
        yield from _of_object(path, old, new)
        old, new = _without(old, OBJECT_KEYWORDS), _without(new, OBJECT_KEYWORDS)
    elif old.get("type") != new.get("type") or _shape(old) != _shape(new):
        yield path, f"was retyped from {_type(old)} to {_type(new)}"
        return
    if "items" in old:
        yield from _of_value(f"{path}[]", old["items"], new["items"])
    for before, after in zip(old.get("anyOf", ()), new.get("anyOf", ()), strict=True):
        yield from _of_value(path, before, after)
    yield from _of_enum(path, old, new)
    yield from _of_limits(path, _without(old, {"items", "anyOf", "enum"}), _without(new, {"items", "anyOf", "enum"}))


def _of_object(path: str, old: Schema, new: Schema) -> Iterator[tuple[str, str]]:
    must_before, must_now = set(old.get("required", ())), set(new.get("required", ()))
    for name, value in old["properties"].items():
        field = f"{path}.{name}".removeprefix(".")
        if name not in new["properties"]:
            yield field, "the field was removed"
            continue
        if name in must_now - must_before:
            yield field, "was made required; what was written without it could no longer be read"
        if name in must_before - must_now:
            yield field, "was made optional; a reader that is not renewed cannot do without it"
        yield from _of_value(field, value, new["properties"][name])
    for name in new["properties"]:
        if name not in old["properties"] and name in must_now:
            yield f"{path}.{name}".removeprefix("."), "is a new required field; only an optional one may be added"


def _of_enum(path: str, old: Schema, new: Schema) -> Iterator[tuple[str, str]]:
    before, now = old.get("enum", []), new.get("enum", [])
    for value in before:
        if value not in now:
            yield path, f"the enum value {value!r} was removed"
    for value in now:
        if value not in before:
            yield path, f"the enum value {value!r} was added; a reader that is not renewed does not know it"


def _of_limits(path: str, old: Schema, new: Schema) -> Iterator[tuple[str, str]]:
    for key in sorted(old.keys() | new.keys()):
        before, now = old.get(key), new.get(key)
        if key == "default" and not (key in old and key in new):
            continue  # told already: the field was made required, or optional
        if before != now:
            verb = "the default changed" if key == "default" else f"the limit {key} was {_direction(key, before, now)}"
            yield path, f"{verb} from {before!r} to {now!r}"


def _direction(key: str, before: Any, now: Any) -> str:  # noqa: ANN401 - any JSON value
    if before is None:
        return "tightened"
    if now is None:
        return "loosened"
    if key in LIMITS_FROM_BELOW:
        return "tightened" if now > before else "loosened"
    if key in LIMITS_FROM_ABOVE:
        return "tightened" if now < before else "loosened"
    return "changed"


def _shape(schema: Schema) -> tuple[object, ...]:
    """What makes a value of another kind, beside its type."""
    kinds = tuple((*_shape(branch), branch.get("type")) for branch in schema.get("anyOf", ()))
    return "properties" in schema, "items" in schema, "enum" in schema, schema.get("format"), schema.get("const"), kinds


def _type(schema: Schema) -> str:
    if "anyOf" in schema:
        return " or ".join(_type(branch) for branch in schema["anyOf"])
    kind = "enum" if "enum" in schema else schema.get("type", "anything")
    return f"{kind} ({schema['format']})" if "format" in schema else str(kind)


def _without(schema: Schema, keys: frozenset[str] | set[str]) -> Schema:
    return {key: value for key, value in schema.items() if key not in keys}
