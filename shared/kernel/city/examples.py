"""An example of what is right for each place in a city's file, taken from the description of its fields."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shared.kernel.city import City, CodeList, WorkingDays
from shared.kernel.city.lines import Path

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def fields_along(path: Path) -> Iterator[tuple[Path, FieldInfo]]:
    """The fields that one comes past on the way to this place, from the outside in, each with its own place."""
    inside: Any = City
    for depth, part in enumerate(path, 1):
        model = model_in(inside)
        if model is not None:
            field = model.model_fields.get(str(part))
            if field is None:
                return
            yield path[:depth], field
            inside = field.annotation
        else:
            inside = _item_of(inside)


def names_at(path: Path) -> list[str]:
    """The keys that may stand at this place; none when they are the city's own codes."""
    inside: Any = City
    for part in path:
        model = model_in(inside)
        if model is None:
            inside = _item_of(inside)
        elif str(part) in model.model_fields:
            inside = model.model_fields[str(part)].annotation
        else:
            return []
    model = model_in(inside)
    return list(model.model_fields) if model is not None else []


def example_at(path: Path, written: Mapping[Path, int], *, missing: bool) -> str:
    """What would be right here. A place that is not written in the file is explained by what stands around it."""
    for place, field in reversed(list(fields_along(path))):
        example = _example_of(field)
        if example is not None and (missing or place in written):
            return _as_toml(place, example)
    return ""


def model_in(kind: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any annotation
    """The model that this annotation is or may be."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    if get_origin(kind) in {CodeList, tuple, Mapping} or _is_mapping(kind):
        return None
    return next((found for part in get_args(kind) if (found := model_in(part)) is not None), None)


def _is_mapping(kind: Any) -> bool:  # noqa: ANN401 - any annotation
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _item_of(kind: Any) -> Any:  # noqa: ANN401 - any annotation
    """What stands under each key or at each place of a list."""
    arguments = get_args(kind)
    if not arguments:
        return None
    if get_origin(kind) is CodeList or get_origin(kind) is tuple:
        return arguments[0]
    return arguments[1] if _is_mapping(kind) else _item_of(arguments[0])


def _example_of(field: FieldInfo) -> Any:  # noqa: ANN401 - any value of TOML
    if field.examples:
        return field.examples[0]
    if field.annotation is WorkingDays:
        return 3
    model = model_in(field.annotation)
    if model is None:
        return None
    needed = {name: _example_of(one) for name, one in model.model_fields.items() if one.is_required()}
    return needed if all(value is not None for value in needed.values()) else None


def _as_toml(place: Path, example: Any) -> str:  # noqa: ANN401 - any value of TOML
    if isinstance(example, dict):
        header = ".".join(map(_key, place))
        return f"[{header}] with {', '.join(f'{_key(name)} = {_value(value)}' for name, value in example.items())}"
    return f"{_key(place[-1])} = {_value(example)}"


def _key(name: object) -> str:
    text = str(name)
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _value(value: Any) -> str:  # noqa: ANN401 - any value of TOML
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
