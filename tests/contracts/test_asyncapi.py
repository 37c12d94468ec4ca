"""The AsyncAPI document is in step with the classes, valid by AsyncAPI's own schema, and true of every sample."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.exceptions import PointerToNowhere
from referencing.jsonschema import DRAFT7

from shared.events import asyncapi
from shared.events.catalogue import SERVICE_OF_TOPIC, classes_by_wire_name
from tests.contracts.asyncapi_specs import asyncapi_schema
from tests.contracts.samples_on_disk import Sample, samples

DOCUMENT_URI = "urn:schakel:asyncapi"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The document as others get it."""
    loaded: dict[str, Any] = json.loads(json.dumps(asyncapi.document()))
    return loaded


@pytest.fixture(scope="module")
def official() -> Draft7Validator:
    """AsyncAPI 3.0 itself."""
    return Draft7Validator(asyncapi_schema("3.0.0"))


def registry_of(document: dict[str, Any]) -> Registry[Any]:
    """Resolves references inside the document."""
    registry: Registry[Any] = Registry().with_resource(DOCUMENT_URI, DRAFT7.create_resource(document))
    return registry


def references(node: object) -> Iterator[str]:
    """Every `$ref` in it."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_the_written_document_is_in_step_with_the_events() -> None:
    assert [str(problem) for problem in asyncapi.check()] == []


def test_the_document_is_valid_asyncapi(document: dict[str, Any], official: Draft7Validator) -> None:
    assert [f"{error.json_path}: {error.message}" for error in official.iter_errors(document)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("operations", "intakePublishes", "action"), "publish"),
        (("channels", "intake", "address"), 7),
        (("info",), {"title": "no version"}),
        (("components", "schemas", "Need", "type"), "thing"),
    ],
)
def test_a_document_is_refused_when_it_is_no_asyncapi(
    document: dict[str, Any], official: Draft7Validator, path: tuple[str, ...], value: object
) -> None:
    bad = json.loads(json.dumps(document))
    place = bad
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not official.is_valid(bad)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    resolver = registry_of(document).resolver(DOCUMENT_URI)
    found = set(references(document))
    assert len(found) > len(classes_by_wire_name())
    for reference in found:
        resolver.lookup(reference)
    with pytest.raises(PointerToNowhere):
        resolver.lookup("#/components/schemas/NeverSaid")


def test_every_topic_and_every_event_is_in_it(document: dict[str, Any]) -> None:
    assert {channel["address"] for channel in document["channels"].values()} == set(SERVICE_OF_TOPIC)
    said = [name for channel in document["channels"].values() for name in channel["messages"]]
    assert sorted(set(said)) == sorted(classes_by_wire_name())


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.wire_name)
def test_every_sample_is_a_message_of_the_document(document: dict[str, Any], sample: Sample) -> None:
    message = f"{DOCUMENT_URI}#/components/messages/{sample.wire_name}"
    for part, value in (("headers", sample.headers), ("payload", sample.data)):
        Draft7Validator({"$ref": f"{message}/{part}"}, registry=registry_of(document)).validate(value)
    of_another_type = sample.headers | {"ce_type": "nl.schakel.intake.never-said.v1"}
    headers = Draft7Validator({"$ref": f"{message}/headers"}, registry=registry_of(document))
    assert not headers.is_valid(of_another_type)


def test_check_asks_for_an_export_when_the_document_is_old(tmp_path: Path) -> None:
    file = tmp_path / "asyncapi.json"
    assert [problem.what for problem in asyncapi.check(file)] == ["is not in step with the event classes"]
    assert asyncapi.export(file) == ["asyncapi.json"]
    assert asyncapi.export(file) == []
    assert asyncapi.check(file) == []
