"""What a pydantic model says about one of its fields: the label and an example, for error messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import orjson
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from shared.kernel.city import City
from shared.web.city_codes import CityValue


@dataclass(frozen=True, slots=True)
class Described:
    """A field's Dutch label (its `title`), its first example, and whether it is a choice out of a few.

    `is_tick`: the one choice is to tick a box.
    """

    label: str = ""
    example: str | None = None
    is_choice: bool = False
    is_tick: bool = False


def describe(model: Any, path: Sequence[int | str]) -> Described:  # noqa: ANN401 - any annotation may stand here
    """Follow `path` (names or aliases, and indexes of lists) into a model; empty when it leads nowhere."""
    info = _field_at(model, path)
    return _described(info) if info else Described()


def example_at(model: Any, path: Sequence[int | str], city: City) -> str | None:  # noqa: ANN401 - as above
    """What a machine may send at this place: objects and lists as JSON. Of an unknown place: all around it."""
    if not path:
        return _written(_sample(model, city))
    info = _field_at(model, path)
    return _written(_sample_of(info, city)) if info else example_at(model, path[:-1], city)


def read_one(model: Any, path: Sequence[int | str], value: Any, context: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
    """What this value becomes in the field at `path`; None when it is empty or wrong, or there is no such field."""
    info = _field_at(model, path)
    if info is None or value in ("", [], None):
        return None
    whole: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    try:
        return TypeAdapter(whole).validate_python(value, context=dict(context))
    except ValidationError:
        return None


def place_in(model: Any, name: str, order: Sequence[str] = ()) -> tuple[int, ...]:  # noqa: ANN401 - as above
    """Where on the page the field with this dotted name stands: by `order`, and else as in the model."""
    steps, place, current = name.split("."), list[int](), model
    named = (at for at, part in enumerate(order) if f"{name}.".startswith(f"{part}."))
    place.append(next(named, len(order)))
    for step in steps:
        current = _inside(current)
        if step.isdecimal():
            place.append(int(step))
            continue
        fields: Mapping[str, FieldInfo] = current.model_fields if is_model(current) else {}
        names = [info.alias or own for own, info in fields.items()]
        at = names.index(step) if step in names else len(names)
        place.append(at)
        current = list(fields.values())[at].annotation if at < len(names) else None
    return tuple(place)


def is_model(annotation: Any) -> bool:  # noqa: ANN401 - as above
    """Whether this is a model with fields."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def parts_of(model: type[BaseModel]) -> set[str]:
    """Required fields that are models: sections of the page."""
    return {
        info.alias or name
        for name, info in model.model_fields.items()
        if info.is_required() and isinstance(info.annotation, type) and is_model(info.annotation)
    }


def groups_of(model: type[BaseModel]) -> set[str]:
    """Required fields that are lists of models: groups of fields on the page."""
    return {
        info.alias or name
        for name, info in model.model_fields.items()
        if info.is_required()
        and get_origin(info.annotation) in (list, tuple)
        and is_model(get_args(info.annotation)[0])
    }


def _field_at(model: Any, path: Sequence[int | str]) -> FieldInfo | None:  # noqa: ANN401 - as above
    current, info = model, None
    for step in path:
        current = _inside(current)
        if isinstance(step, int):
            continue
        info = _field_of(current, step)
        if info is None:
            return None
        current = info.annotation
    return info


def _described(info: FieldInfo) -> Described:
    return Described(
        label=info.title or "",
        example=_written(info.examples[0]) if info.examples else None,
        is_choice=_is_choice(info.annotation) or any(_is_choice(each) for each in info.metadata),
        is_tick=get_args(info.annotation) == (True,),
    )


def _sample_of(info: FieldInfo, city: City) -> Any:  # noqa: ANN401 - as above
    for said in info.metadata:
        if isinstance(said, CityValue):
            return said.example_in(city)
    return info.examples[0] if info.examples else _sample(info.annotation, city)


def _sample(annotation: Any, city: City) -> Any:  # noqa: ANN401 - as above
    """An object with what it must have, made of its fields' own examples; a list of one such; None for other types."""
    inside = _inside(annotation)
    if not is_model(inside):
        return None
    fields: Mapping[str, FieldInfo] = inside.model_fields
    samples = {info.alias or name: _sample_of(info, city) for name, info in fields.items() if info.is_required()}
    made = {name: sample for name, sample in samples.items() if sample is not None}
    return [made] if get_origin(annotation) in (list, tuple) else made


def _written(example: Any) -> str | None:  # noqa: ANN401 - as above
    """As people type it: text as it is, the rest as JSON."""
    if example is None or isinstance(example, str):
        return example
    return orjson.dumps(example, default=str).decode()


def _is_choice(annotation: Any) -> bool:  # noqa: ANN401 - as above
    if get_origin(annotation) is Literal or annotation is bool:
        return True
    if isinstance(annotation, type):
        return issubclass(annotation, Enum)
    if isinstance(annotation, CityValue):
        return True
    return any(_is_choice(argument) for argument in get_args(annotation))


def _field_of(annotation: Any, name: str) -> FieldInfo | None:  # noqa: ANN401 - as above
    if not is_model(annotation):
        return None
    fields: Mapping[str, FieldInfo] = annotation.model_fields
    if name in fields:
        return fields[name]
    return next((info for info in fields.values() if name in (info.alias, info.validation_alias)), None)


def _inside(annotation: Any) -> Any:  # noqa: ANN401 - as above
    """The model in `Model | None`, `tuple[Model, ...]`, `Annotated[list[Model], …]`."""
    while get_origin(annotation) is not None:
        candidates = [argument for argument in get_args(annotation) if argument not in (NoneType, Ellipsis)]
        if not candidates:
            return annotation
        annotation = candidates[0]
    return annotation
