"""Every event and version has one golden sample, and each decodes for ever."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from shared.events.catalogue import classes_by_wire_name, topics_for, wire_name
from shared.events.schema_export import FOLDER as SCHEMAS
from shared.messaging.cloudevents import Undecodable, decode, encode
from tests.contracts.invented import invented_envelope
from tests.contracts.samples_on_disk import SOURCE, Sample, samples, write_missing

ALL = samples()
each_sample = pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.wire_name)


def test_every_event_class_has_a_sample() -> None:
    missing = classes_by_wire_name().keys() - {sample.wire_name for sample in ALL}
    assert not missing, "run `python -m tests.contracts.samples_on_disk` and commit what it writes"


@each_sample
def test_sample_decodes_for_ever(sample: Sample) -> None:
    envelope = decode(sample.delivered())
    assert wire_name(type(envelope.event)) == sample.wire_name
    assert sample.topic in topics_for(type(envelope.event))


@each_sample
def test_sample_is_equal_when_it_is_written_again(sample: Sample) -> None:
    envelope = decode(sample.delivered())
    assert envelope.event.model_dump(mode="json", by_alias=True, exclude_unset=True) == sample.data
    again = encode(envelope, source_urn=SOURCE)
    assert (again.topic, again.key, again.headers) == (sample.topic, sample.key, sample.headers)


@each_sample
def test_sample_fits_the_frozen_schema_that_its_header_names(sample: Sample) -> None:
    schema = json.loads((SCHEMAS / f"{sample.wire_name}.json").read_text(encoding="utf-8"))
    assert schema["$id"] == sample.headers["ce_dataschema"]
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(sample.data)


@each_sample
def test_sample_is_refused_when_a_required_field_is_gone(sample: Sample) -> None:
    data = {name: value for name, value in sample.data.items() if name != "occurredAt"}
    with pytest.raises(Undecodable, match="occurredAt: missing"):
        decode(Sample(sample.wire_name, sample.topic, sample.key, sample.headers, data).delivered())


def test_a_written_sample_is_left_alone_when_the_class_gains_a_field(tmp_path: Path) -> None:
    file = tmp_path / f"{ALL[0].wire_name}.json"
    file.write_text("{}")
    written = write_missing(tmp_path)
    assert file.read_text() == "{}"
    assert set(written) == classes_by_wire_name().keys() - {ALL[0].wire_name}


def test_an_invented_event_is_the_same_each_time() -> None:
    for event in classes_by_wire_name().values():
        assert invented_envelope(event) == invented_envelope(event)
