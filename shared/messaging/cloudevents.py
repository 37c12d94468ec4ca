"""An event on the wire: CloudEvents 1.0 after the NL GOV profile, Kafka binary mode.

The attributes stand in the headers (`ce_…`), the event itself is the value: JSON in camelCase, with `subject` and
`occurredAt` in it. The key is the subject. `sequence` is padded, because CloudEvents compares it as text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from functools import cache
from uuid import UUID

from pydantic import ValidationError

from shared.events.base import Envelope, Event
from shared.events.catalogue import (
    SERVICE_OF_TOPIC,
    all_events,
    classes_by_wire_name,
    service_of,
    topics_for,
    wire_name,
)
from shared.kernel.trace import readable
from shared.messaging.bus.base import Delivered, Record
from shared.messaging.outbox_rows import OutboxRow

SPEC_VERSION = "1.0"
CONTENT_TYPE = "application/json"
SEQUENCE_DIGITS = 10
# What the tables that count (inbox, parked events) can hold.
HIGHEST_SEQUENCE = 2**31 - 1

_WIRE_NAME = re.compile(r"nl\.schakel\.(?P<service>[a-z]{1,40})\.[a-z0-9-]{1,80}\.v[1-9][0-9]{0,8}")
_SEQUENCE = re.compile(rf"[0-9]{{1,{SEQUENCE_DIGITS}}}")


class UndecodableReason(StrEnum):
    """Why a record cannot be read as an event."""

    NOT_JSON = "not-json"
    UNKNOWN_TYPE = "unknown-type"
    FUTURE_VERSION = "future-version"
    BAD_HEADERS = "bad-headers"
    OTHER_SERVICE = "other-service"
    DOES_NOT_FIT = "does-not-fit"


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the headers say, whether or not this release knows the type; `service` is the second part of the type."""

    id: UUID
    type: str
    service: str
    subject: UUID
    sequence: int
    correlation_id: UUID
    causation_id: UUID | None
    traceparent: str | None


class Undecodable(Exception):
    """No event can be read from this record. `detail` names headers and fields, never their values.

    `attributes` is there when the headers could be read: then the place in the subject's history is known.
    """

    def __init__(self, reason: UndecodableReason, detail: str, attributes: Attributes | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.attributes = attributes


def to_record(row: OutboxRow, *, service: str, source_urn: str) -> Record:
    """The record for a row of the outbox of `service`, without looking into its data: the relay's hot path."""
    subject = str(row.subject)
    headers = {
        "ce_specversion": SPEC_VERSION,
        "ce_id": str(row.id),
        "ce_source": f"{source_urn}:schakel-{service}",
        "ce_type": row.type,
        "ce_subject": subject,
        "ce_time": row.occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "ce_dataschema": data_schema(row.type),
        "ce_sequence": f"{row.sequence:0{SEQUENCE_DIGITS}d}",
        "ce_correlationid": str(row.correlation_id),
        "content-type": CONTENT_TYPE,
    }
    if row.causation_id is not None:
        headers["ce_causationid"] = str(row.causation_id)
    if row.traceparent is not None:
        headers["ce_traceparent"] = row.traceparent
    return Record(topic=row.topic, key=subject, value=row.data.encode(), headers=headers)


def encode(envelope: Envelope, *, source_urn: str) -> Record:
    """The record for an event; `source_urn` names whose system this is: `urn:nld:<oin or name>:systeem`."""
    event = envelope.event
    row = OutboxRow(
        position=0,
        id=envelope.id,
        subject=event.subject,
        sequence=envelope.sequence,
        type=wire_name(type(event)),
        topic=topics_for(type(event))[0],
        occurred_at=event.occurred_at,
        correlation_id=envelope.correlation_id,
        causation_id=envelope.causation_id,
        traceparent=envelope.traceparent,
        data=event.model_dump_json(by_alias=True),
    )
    return to_record(row, service=envelope.service, source_urn=source_urn)


def data_schema(wire: str) -> str:
    """The name of the JSON Schema of this event and version (`shared/events/schemas/<wire name>.json`)."""
    return f"urn:schakel:schema:{wire}"


def decode(delivered: Delivered) -> Envelope:
    """The event in this record. Raises Undecodable, and nothing else, whatever the bytes are."""
    attributes = read_attributes(delivered)
    if attributes.service:
        _check_origin(delivered, attributes.service)
    event_class = classes_by_wire_name().get(attributes.type)
    if event_class is None:
        raise _unknown(attributes)
    event = _read_event(event_class, delivered.value, attributes)
    return Envelope(
        id=attributes.id,
        sequence=attributes.sequence,
        service=service_of(event_class),
        event=event,
        correlation_id=attributes.correlation_id,
        causation_id=attributes.causation_id,
        traceparent=attributes.traceparent,
    )


def read_attributes(delivered: Delivered) -> Attributes:
    """What the headers say. Raises Undecodable (bad headers, or a type that is no name of an event)."""
    headers = delivered.headers
    if headers.get("ce_specversion") != SPEC_VERSION:
        raise Undecodable(UndecodableReason.BAD_HEADERS, f"ce_specversion is not {SPEC_VERSION}")
    if headers.get("content-type", "").partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise Undecodable(UndecodableReason.BAD_HEADERS, f"content-type is not {CONTENT_TYPE}")
    if not headers.get("ce_source") or not headers.get("ce_type"):
        raise Undecodable(UndecodableReason.BAD_HEADERS, "ce_source or ce_type is missing")
    subject = _uuid(headers, "ce_subject")
    if delivered.key != str(subject):
        raise Undecodable(UndecodableReason.BAD_HEADERS, "the key is not the subject")
    wire = headers["ce_type"]
    name = _WIRE_NAME.fullmatch(wire)
    return Attributes(
        id=_uuid(headers, "ce_id"),
        type=wire,
        service=name["service"] if name else "",
        subject=subject,
        sequence=_sequence(headers),
        correlation_id=_uuid(headers, "ce_correlationid"),
        causation_id=_uuid(headers, "ce_causationid") if "ce_causationid" in headers else None,
        # A trace that cannot be read is started anew, as W3C says; it is no reason to refuse the event.
        traceparent=readable(headers.get("ce_traceparent")),
    )


def _check_origin(delivered: Delivered, service: str) -> None:
    """An event is a service's word only on a topic of that service, from that service. What else it says is not
    believed: it has no attributes.
    """
    from_service = delivered.headers["ce_source"].endswith(f":schakel-{service}")
    if SERVICE_OF_TOPIC.get(delivered.topic) != service or not from_service:
        detail = "topic, ce_source and ce_type do not name one service"
        raise Undecodable(UndecodableReason.OTHER_SERVICE, detail)


def _uuid(headers: Mapping[str, str], name: str) -> UUID:
    text = headers.get(name, "")
    try:
        value = UUID(text)
    except ValueError:
        value = None
    if value is None or str(value) != text:
        raise Undecodable(UndecodableReason.BAD_HEADERS, f"{name} is not a UUID")
    return value


def _sequence(headers: Mapping[str, str]) -> int:
    text = headers.get("ce_sequence", "")
    if not _SEQUENCE.fullmatch(text) or not 1 <= int(text) <= HIGHEST_SEQUENCE:
        raise Undecodable(UndecodableReason.BAD_HEADERS, f"ce_sequence is not a number from 1 to {HIGHEST_SEQUENCE}")
    return int(text)


@cache
def _newest_versions() -> dict[str, int]:
    """The highest version that this release knows, by wire name without version."""
    newest: dict[str, int] = {}
    for event in all_events():
        name = _without_version(wire_name(event))
        newest[name] = max(event.version, newest.get(name, 0))
    return newest


def _without_version(wire: str) -> str:
    return wire.rpartition(".v")[0]


def _unknown(attributes: Attributes) -> Undecodable:
    newest = _newest_versions().get(_without_version(attributes.type))
    if newest is None or not attributes.service:
        return Undecodable(UndecodableReason.UNKNOWN_TYPE, "no event of this release has this type", attributes)
    if int(attributes.type.rpartition(".v")[2]) < newest:
        return Undecodable(UndecodableReason.UNKNOWN_TYPE, "this version is not read any more", attributes)
    return Undecodable(UndecodableReason.FUTURE_VERSION, f"this release reads up to version {newest}", attributes)


def _read_event(event_class: type[Event], value: bytes, attributes: Attributes) -> Event:
    try:
        event = event_class.model_validate_json(value)
    except ValidationError as problem:
        errors = problem.errors(include_input=False, include_url=False, include_context=False)
        if errors[0]["type"] == "json_invalid":
            raise Undecodable(UndecodableReason.NOT_JSON, "the value is not JSON", attributes) from None
        detail = "; ".join(f"{'.'.join(map(str, error['loc'])) or 'value'}: {error['type']}" for error in errors[:5])
        raise Undecodable(UndecodableReason.DOES_NOT_FIT, detail, attributes) from None
    if event.subject != attributes.subject:
        raise Undecodable(UndecodableReason.DOES_NOT_FIT, "subject: not the one in the headers", attributes)
    return event
