"""All events as one AsyncAPI 3.0 document, made from the same classes: `docs/asyncapi.json`, for whoever listens in."""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from shared.events import directory
from shared.events.base import Event
from shared.events.catalogue import (
    SERVICE_OF_TOPIC,
    SERVICES,
    all_events,
    events_of,
    is_bulk,
    topics_for,
    wire_name,
)
from shared.events.schema_compatibility import Problem
from shared.events.schema_export import EXPORT, ContractSchema

FILE = Path(__file__).parents[2] / "docs" / "asyncapi.json"
KAFKA_BINDING = "0.5.0"
UUID_TEXT = {"type": "string", "format": "uuid"}
# What every message carries beside its data: CloudEvents 1.0 in Kafka's binary mode.
HEADERS: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0 after the NL GOV profile, Kafka binary mode.",
    "properties": {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": UUID_TEXT | {"description": "A UUIDv7; the same for every delivery of this event."},
        "ce_source": {"type": "string", "format": "uri", "examples": ["urn:nld:gemeente:systeem:schakel-intake"]},
        "ce_type": {"type": "string"},
        "ce_subject": UUID_TEXT | {"description": "The case, organisation, person or message; also the record's key."},
        "ce_time": {"type": "string", "format": "date-time", "description": "When it happened, UTC."},
        "ce_dataschema": {"type": "string", "format": "uri", "description": "The JSON Schema of the data."},
        "ce_sequence": {
            "type": "string",
            "pattern": "^[0-9]{10,18}$",
            "description": "The subject's version within the service that speaks: 1, 2, 3, … without gaps.",
        },
        "ce_correlationid": UUID_TEXT | {"description": "The id of the first event in the chain."},
        "ce_causationid": UUID_TEXT | {"description": "The id of the event that caused this one."},
        "ce_traceparent": {"type": "string", "description": "W3C trace context."},
        "content-type": {"type": "string", "const": "application/json"},
    },
    "required": [
        "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "ce_dataschema", "ce_sequence",
        "ce_correlationid", "content-type",
    ],
}  # fmt: skip


def document() -> dict[str, Any]:
    """The whole document, ready for JSON."""
    payloads, schemas = _schemas()
    return {
        "asyncapi": "3.0.0",
        "id": "urn:schakel:events",
        "info": {
            "title": "Schakel: what the services publish",
            "version": "1.0.0",
            "description": "Facts about cases, referrals, follow-ups and messages. Events carry identities and codes, "
            "never people. At least once, in order per subject.",
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/en/"},
        },
        "defaultContentType": "application/json",
        "channels": {_name(topic): _channel(topic) for topic in SERVICE_OF_TOPIC},
        "operations": {f"{_name(topic)}Publishes": _operation(topic) for topic in SERVICE_OF_TOPIC},
        "components": {
            "messages": {wire_name(event): _message(event, payloads[event]) for event in all_events()},
            "messageTraits": {"cloudEvent": _cloud_event()},
            "schemas": {"CloudEventHeaders": HEADERS, **schemas},
        },
    }


def export(file: Path = FILE) -> list[str]:
    """Write the document when it changed; returns the names of the files that did."""
    text = _text()
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return []
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return [file.name]


def check(file: Path = FILE) -> list[Problem]:
    """Whether the written document is in step with the classes; empty when it is."""
    if file.exists() and file.read_text(encoding="utf-8") == _text():
        return []
    return [Problem(file.name, "", "is not in step with the event classes", EXPORT)]


def _name(topic: str) -> str:
    return topic.rpartition(".")[2]


def _events(topic: str) -> list[str]:
    """The wire names of what may stand there."""
    return [wire_name(event) for event in events_of(SERVICE_OF_TOPIC[topic]) if topic in topics_for(event)]


def _channel(topic: str) -> dict[str, Any]:
    about = directory if is_bulk(topic) else SERVICES[SERVICE_OF_TOPIC[topic]][0]
    return {
        "address": topic,
        "description": about.__doc__,
        "messages": {name: _ref("messages", name) for name in _events(topic)},
    }


def _operation(topic: str) -> dict[str, Any]:
    pace = " in bulk" if is_bulk(topic) else ""
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{_name(topic)}"},
        "summary": f"What {SERVICE_OF_TOPIC[topic]} publishes{pace}; no other service writes to this topic.",
        "messages": [{"$ref": f"#/channels/{_name(topic)}/messages/{name}"} for name in _events(topic)],
    }


def _message(event: type[Event], payload: dict[str, Any]) -> dict[str, Any]:
    name = wire_name(event)
    of_this_type = {
        "ce_type": {"type": "string", "const": name},
        "ce_dataschema": {"type": "string", "const": f"urn:schakel:schema:{name}"},
    }
    return {
        "name": name,
        "title": event.__name__,
        "summary": " ".join((event.__doc__ or "").split()),
        "traits": [_ref("messageTraits", "cloudEvent")],
        "headers": {"allOf": [_ref("schemas", "CloudEventHeaders"), {"type": "object", "properties": of_this_type}]},
        "payload": payload,
    }


def _cloud_event() -> dict[str, Any]:
    return {
        "contentType": "application/json",
        "correlationId": {"location": "$message.header#/ce_correlationid"},
        "bindings": {"kafka": {"key": UUID_TEXT, "bindingVersion": KAFKA_BINDING}},
    }


def _schemas() -> tuple[dict[type[Event], dict[str, Any]], dict[str, Any]]:
    """Where the schema of each event is, and all of them."""
    models = [(event, "validation") for event in all_events()]
    places, found = models_json_schema(
        models,  # type: ignore[arg-type]  # a list of one kind of mode is a list of modes
        ref_template="#/components/schemas/{model}",
        schema_generator=ContractSchema,
    )
    return {event: places[event, "validation"] for event in all_events()}, dict(sorted(found["$defs"].items()))


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _text() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
