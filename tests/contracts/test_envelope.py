"""Every event survives its journey: written and read again it is the same, and other libraries read it too."""

import json
from functools import cache
from typing import Any

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.formats.json import JSONFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shared.events.base import Event
from shared.events.catalogue import all_events, classes_by_wire_name
from shared.events.schema_export import schema_of
from shared.messaging.bus.base import Delivered, Record
from shared.messaging.cloudevents import decode, encode
from tests.contracts.any_event import envelopes
from tests.contracts.invented import invented_envelope
from tests.contracts.samples_on_disk import SOURCE, Sample, samples

EXAMPLES_PER_EVENT = 12
each_event = pytest.mark.parametrize("event", all_events(), ids=lambda event: event.__name__)
each_sample = pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.wire_name)
few = settings(max_examples=EXAMPLES_PER_EVENT, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def delivered(record: Record) -> Delivered:
    """The record as a consumer gets it."""
    return Delivered(record.topic, 0, 0, record.key, record.value, record.headers)


@cache
def validator_of(event: type[Event]) -> Draft202012Validator:
    """Holds data against the schema of this class."""
    return Draft202012Validator(schema_of(event))


@each_event
@few
@given(data=st.data())
def test_event_is_the_same_and_fits_its_schema_when_it_is_written_and_read(
    event: type[Event], data: st.DataObject
) -> None:
    envelope = data.draw(envelopes(event))
    record = encode(envelope, source_urn=SOURCE)
    assert decode(delivered(record)) == envelope
    assert encode(decode(delivered(record)), source_urn=SOURCE) == record
    validator_of(event).validate(json.loads(record.value))


@each_event
def test_unknown_field_of_a_newer_writer_is_ignored(event: type[Event]) -> None:
    envelope = invented_envelope(event)
    record = encode(envelope, source_urn=SOURCE)
    newer = json.dumps(json.loads(record.value) | {"fieldOfTomorrow": {"deep": [1]}}).encode()
    assert decode(Delivered(record.topic, 0, 0, record.key, newer, record.headers)) == envelope


@each_sample
def test_another_library_reads_the_sample_as_a_cloud_event(sample: Sample) -> None:
    message = KafkaMessage(
        headers={name: value.encode() for name, value in sample.headers.items()},
        key=sample.key.encode(),
        value=json.dumps(sample.data).encode(),
    )
    event: Any = from_binary(message, JSONFormat())
    assert event.get_specversion() == "1.0"
    assert event.get_type() == sample.wire_name
    assert event.get_subject() == sample.data["subject"]
    assert event.get_extension("partitionkey") == sample.data["subject"]
    assert event.get_time() == classes_by_wire_name()[sample.wire_name].model_validate(sample.data).occurred_at
    assert event.get_data() == sample.data
    assert event.get_extension("sequence") == "0000000003"
