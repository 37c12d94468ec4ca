"""Any event at all: hypothesis strategies made from the types of an event's fields."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st
from pydantic import AwareDatetime, StringConstraints
from pydantic.fields import FieldInfo

from shared.events.base import Envelope, Event, Frozen
from shared.events.catalogue import service_of
from shared.kernel.trace import readable
from shared.messaging.cloudevents import HIGHEST_SEQUENCE

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 31), timezones=st.just(UTC) | OFFSETS)  # noqa: DTZ001 - hypothesis adds the zone
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    UUID: st.uuids(),
    AwareDatetime: MOMENTS,
    date: st.dates(),
    bool: st.booleans(),
    NoneType: st.none(),
}


def events(event: type[Event]) -> st.SearchStrategy[Event]:
    """Any event of this class, optional fields left out or not."""
    return _models(event)


def envelopes(event: type[Event]) -> st.SearchStrategy[Envelope]:
    """Any envelope around any event of this class."""
    # Ids of zeros are none, as W3C says.
    traces = st.from_regex(r"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]", fullmatch=True).filter(readable)
    return st.builds(
        Envelope,
        id=st.uuids(),
        sequence=st.integers(1, HIGHEST_SEQUENCE),
        service=st.just(service_of(event)),
        event=events(event),
        correlation_id=st.uuids(),
        causation_id=st.none() | st.uuids(),
        traceparent=st.none() | traces,
    )


def _models(model: type[Any]) -> st.SearchStrategy[Any]:
    kinds = get_type_hints(model, include_extras=True)
    fields = {name: _values(kinds[name]) for name in model.model_fields}
    optional = [name for name, field in model.model_fields.items() if not field.is_required()]
    required = {name: values for name, values in fields.items() if name not in optional}
    kept = st.fixed_dictionaries(required, optional={name: fields[name] for name in optional})
    return kept.map(model.model_validate)


def _values(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any annotation
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is Annotated:
        return _constrained(kind)
    if get_origin(kind) in (Union, UnionType):
        return st.one_of(*map(_values, get_args(kind)))
    if get_origin(kind) is tuple:
        return st.lists(_values(get_args(kind)[0]), max_size=3).map(tuple)
    if issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    if issubclass(kind, Frozen):
        return _models(kind)
    raise TypeError(f"no values are known for {kind}")


def _constrained(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any annotation
    constraint = get_args(kind)[1]
    if isinstance(constraint, FieldInfo):
        limits = {type(limit).__name__: limit for limit in constraint.metadata}
        return st.integers(limits["Ge"].ge, limits["Le"].le)
    if not isinstance(constraint, StringConstraints):
        raise TypeError(f"no values are known for {kind}")
    if isinstance(constraint.pattern, str):
        return st.from_regex(constraint.pattern.strip("^$"), fullmatch=True)
    letters = st.characters(exclude_categories=["Cs"])
    return st.text(letters, min_size=constraint.min_length or 0, max_size=constraint.max_length)
