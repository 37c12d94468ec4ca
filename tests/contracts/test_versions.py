"""Two versions of one event live side by side: each has its name, its schema and its place in the document."""

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

import pytest

from shared.events import asyncapi, intake
from shared.events.base import Event
from shared.events.catalogue import all_events, classes_by_wire_name, name_of, wire_name
from shared.events.schema_export import check
from shared.messaging.bus.base import Delivered
from shared.messaging.cloudevents import decode, encode
from tests.contracts.invented import invented_envelope
from tests.contracts.samples_on_disk import SOURCE

NAMES = ("nl.schakel.intake.request-acknowledged.v1", "nl.schakel.intake.request-acknowledged.v2")


class RequestAcknowledgedV2(Event):
    """Says who acknowledged under another name, so it is a version of its own."""

    version: ClassVar[int] = 2
    coordinator_id: UUID


class RequestReturned(Event):
    """A second version that has the name of the first one."""

    version: ClassVar[int] = 2


class RequestSeenV3(Event):
    """A name that promises another version."""

    version: ClassVar[int] = 2


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[type[Event], type[Event]]]:
    """Intake says version 2 beside version 1."""
    monkeypatch.setattr(RequestAcknowledgedV2, "__module__", intake.__name__)
    monkeypatch.setattr(intake, "RequestAcknowledgedV2", RequestAcknowledgedV2, raising=False)
    for cached in (wire_name, classes_by_wire_name):
        cached.cache_clear()
    yield intake.RequestAcknowledged, RequestAcknowledgedV2
    for cached in (wire_name, classes_by_wire_name):
        cached.cache_clear()


def is_well_named(event: type[Event]) -> bool:
    """Its name ends with its version, and the first version has none: so no version takes the place of another."""
    return event.__name__ == name_of(event) + (f"V{event.version}" if event.version > 1 else "")


@pytest.mark.parametrize("event", all_events(), ids=lambda event: event.__name__)
def test_event_is_named_after_its_version(event: type[Event]) -> None:
    assert is_well_named(event)


@pytest.mark.parametrize("event", [RequestReturned, RequestSeenV3], ids=lambda event: event.__name__)
def test_event_is_refused_when_its_name_tells_another_version(event: type[Event]) -> None:
    assert not is_well_named(event)


def test_versions_have_wire_names_of_their_own(both: tuple[type[Event], type[Event]]) -> None:
    assert tuple(map(wire_name, both)) == NAMES
    assert [classes_by_wire_name()[name] for name in NAMES] == list(both)
    assert is_well_named(both[1])


def test_each_version_is_decoded_as_itself(both: tuple[type[Event], type[Event]]) -> None:
    for event in both:
        sent = invented_envelope(event)
        record = encode(sent, source_urn=SOURCE)
        got = decode(
            Delivered(
                topic=record.topic,
                partition=0,
                offset=0,
                key=record.key,
                value=record.value,
                headers=dict(record.headers),
            )
        )
        assert (type(got.event), got) == (event, sent)


def test_second_version_breaks_no_frozen_one(both: tuple[type[Event], type[Event]]) -> None:
    assert [(problem.wire_name, problem.what) for problem in check()] == [(NAMES[1], "has no frozen schema yet")]


def test_each_version_has_its_place_in_the_document(both: tuple[type[Event], type[Event]]) -> None:
    components = asyncapi.document()["components"]
    for name, event in zip(NAMES, both, strict=True):
        place = components["messages"][name]["payload"]["$ref"].rpartition("/")[2]
        assert set(components["schemas"][place]["required"]) == {
            field.alias for field in event.model_fields.values() if field.is_required()
        }
