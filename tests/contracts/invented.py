"""One invented value for every field of every event: the same each time, so that a golden sample is made once."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID, uuid5

from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from shared.events.base import Envelope, Event, Frozen, Need
from shared.events.catalogue import service_of, wire_name

INVENTED = UUID("5c4a4e1e-0000-7000-8000-5c4a4e15c4a4")
OCCURRED_AT = datetime(2026, 9, 1, 7, 30, 0, 123456, tzinfo=UTC)
# Codes and names, by the field that holds them.
TEXTS = {
    "case_code": "K7RM-4TXA",
    "case_codes": "K7RM-4TXA",
    "signal_code": "K7RM-4TXA",
    "category": "bike",
    "categories": "bike",
    "district": "nieuwland",
    "districts": "nieuwland",
    "family_language": "ar",
    "languages": "nl",
    "kind": "foundation",
    "left_out": "Yl2oZ3hUqkqk0t5y3wq0u1r2s4v6x8z9A-B_C7D5E3F",
    "partner_kind": "fund",
    "partner_kinds": "fund",
    "worries": "money",
    "name": "Fietsbank Schiewijk",
    "template": "partner-activated",
}


def invented_id(*words: str) -> UUID:
    """The same identity for the same words: a UUID that looks like a UUIDv7."""
    number = uuid5(INVENTED, " ".join(words)).int
    return UUID(int=(number & ~(0xF << 76) & ~(0x3 << 62)) | 0x7 << 76 | 0b10 << 62)


def invented_event(event: type[Event]) -> Event:
    """An event of this class with every field filled in, optional ones too."""
    return event.model_validate(_fields(event))


def invented_envelope(event: type[Event]) -> Envelope:
    """That event on its way: the third of its subject, caused by another."""
    name = wire_name(event)
    return Envelope(
        id=invented_id("event", name),
        sequence=3,
        service=service_of(event),
        event=invented_event(event),
        correlation_id=invented_id("correlation"),
        causation_id=invented_id("causation"),
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    )


def _fields(model: type[Frozen]) -> dict[str, Any]:
    return {name: _value(name, field.annotation, field) for name, field in model.model_fields.items()}


def _value(name: str, kind: Any, field: FieldInfo) -> Any:  # noqa: ANN401 - any field's value
    if name == "needs" and get_args(kind)[:1] == (Need,):
        return _two_needs()
    if get_origin(kind) is tuple:
        return (_value(name, get_args(kind)[0], field),)
    if get_origin(kind) in (Union, UnionType):
        return _value(name, next(part for part in get_args(kind) if part is not type(None)), field)
    if get_args(kind):
        kind = get_args(kind)[0]
    return _plain_value(name, kind)


def _plain_value(name: str, kind: type) -> Any:  # noqa: ANN401, PLR0911 - one line per kind of value
    if issubclass(kind, Frozen):
        return kind.model_validate(_fields(kind))
    if issubclass(kind, StrEnum):
        return next(iter(kind))
    if kind is UUID:
        return invented_id(name)
    if kind is AwareDatetime:
        return OCCURRED_AT if name == "occurred_at" else OCCURRED_AT + timedelta(days=1)
    if kind is date:
        return (OCCURRED_AT + timedelta(days=2)).date()
    if kind is bool:
        return True
    return TEXTS[name] if kind is str else 2


def _two_needs() -> tuple[Need, Need]:
    first = Need.model_validate(_fields(Need) | {"need_id": invented_id("need", "1"), "depends_on": ()})
    depending = {"need_id": invented_id("need", "2"), "category": "sport", "depends_on": (first.need_id,)}
    return first, Need.model_validate(_fields(Need) | depending)
