"""What an event looks like on the wire, and that nothing which comes from the wire can do more than be refused."""

import contextlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events.base import Envelope
from shared.events.catalogue import topic_of, wire_name
from shared.events.intake import CaseReopened
from shared.messaging.bus.base import Delivered, Record
from shared.messaging.cloudevents import Undecodable, UndecodableReason, decode, encode, to_record
from shared.messaging.outbox_rows import OutboxRow

CASE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
EVENT_ID = UUID("01890a5d-ac96-774b-bcce-b302099a8058")
FIRST = UUID("01890a5d-ac96-774b-bcce-b302099a8059")
PERSON = UUID("01890a5d-ac96-774b-bcce-b302099a8060")
SOURCE_URN = "urn:nld:schiewijk:systeem"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
AMSTERDAM_SUMMER = timezone(timedelta(hours=2))


def an_envelope() -> Envelope:
    at = datetime(2026, 6, 1, 11, 30, tzinfo=AMSTERDAM_SUMMER)
    event = CaseReopened(subject=CASE, occurred_at=at, reopened_by=PERSON)
    return Envelope(
        id=EVENT_ID,
        sequence=17,
        service="intake",
        event=event,
        correlation_id=FIRST,
        causation_id=FIRST,
        traceparent=TRACE,
    )


def delivered(record: Record) -> Delivered:
    return Delivered(record.topic, 0, 0, record.key, record.value, record.headers)


def a_delivered(**headers: str) -> Delivered:
    whole = delivered(encode(an_envelope(), source_urn=SOURCE_URN))
    return replace(whole, headers={**whole.headers, **headers})


def why(record: Delivered) -> UndecodableReason:
    with pytest.raises(Undecodable) as refused:
        decode(record)
    return refused.value.reason


def test_event_has_every_attribute_of_the_profile_on_the_wire() -> None:
    record = encode(an_envelope(), source_urn=SOURCE_URN)
    assert record.topic == "schakel.intake"
    assert record.key == str(CASE)
    assert record.headers == {
        "ce_specversion": "1.0",
        "ce_id": str(EVENT_ID),
        "ce_source": "urn:nld:schiewijk:systeem:schakel-intake",
        "ce_type": "nl.schakel.intake.case-reopened.v1",
        "ce_subject": str(CASE),
        "ce_time": "2026-06-01T09:30:00Z",
        "ce_dataschema": "urn:schakel:schema:nl.schakel.intake.case-reopened.v1",
        "ce_sequence": "0000000017",
        "ce_correlationid": str(FIRST),
        "ce_causationid": str(FIRST),
        "ce_traceparent": TRACE,
        "content-type": "application/json",
    }


def test_value_is_camel_case_json_with_subject_and_time() -> None:
    data = json.loads(encode(an_envelope(), source_urn=SOURCE_URN).value)
    assert data["subject"] == str(CASE)
    assert data["occurredAt"].startswith("2026-06-01T11:30:00")
    assert data["reopenedBy"] == str(PERSON)


def test_event_comes_back_as_it_was_said() -> None:
    assert decode(delivered(encode(an_envelope(), source_urn=SOURCE_URN))) == an_envelope()


def test_event_without_cause_or_trace_comes_back_without_them() -> None:
    first = replace(an_envelope(), causation_id=None, traceparent=None)
    assert decode(delivered(encode(first, source_urn=SOURCE_URN))) == first


def test_row_of_the_outbox_gives_the_same_record_as_the_event() -> None:
    said = an_envelope()
    row = OutboxRow(
        position=7,
        id=said.id,
        subject=said.subject,
        sequence=said.sequence,
        type=wire_name(type(said.event)),
        topic=topic_of("intake"),
        occurred_at=said.event.occurred_at,
        correlation_id=said.correlation_id,
        causation_id=said.causation_id,
        traceparent=said.traceparent,
        data=said.event.model_dump_json(by_alias=True),
    )
    assert to_record(row, service="intake", source_urn=SOURCE_URN) == encode(an_envelope(), source_urn=SOURCE_URN)


def test_sequences_sort_as_text_in_the_order_of_their_numbers() -> None:
    texts = [
        encode(replace(an_envelope(), sequence=number), source_urn=SOURCE_URN).headers["ce_sequence"]
        for number in (1, 2, 9, 10, 99, 100, 1_000_000)
    ]
    assert sorted(texts) == texts


@pytest.mark.parametrize("value", [b"", b"\xff\xfe", b'{"subject":', b"\x00", b"[" * 100_000])
def test_decoding_refuses_what_is_not_json(value: bytes) -> None:
    assert why(replace(a_delivered(), value=value)) is UndecodableReason.NOT_JSON


@pytest.mark.parametrize("value", [b"[]", b"null", b"{}", b'{"subject": 1}', b"1" * 10_000])
def test_decoding_refuses_json_that_does_not_fit(value: bytes) -> None:
    assert why(replace(a_delivered(), value=value)) in {UndecodableReason.DOES_NOT_FIT, UndecodableReason.NOT_JSON}


def test_decoding_refuses_data_about_another_subject_than_its_headers() -> None:
    other = an_envelope().event.model_copy(update={"subject": PERSON})
    assert (
        why(replace(a_delivered(), value=other.model_dump_json(by_alias=True).encode()))
        is UndecodableReason.DOES_NOT_FIT
    )


@pytest.mark.parametrize(
    ("wire", "reason"),
    [
        ("nl.schakel.intake.case-reopened.v2", UndecodableReason.FUTURE_VERSION),
        ("nl.schakel.intake.case-reopened.v0", UndecodableReason.UNKNOWN_TYPE),
        ("nl.schakel.intake.case-reopened.v99999999999999999999", UndecodableReason.UNKNOWN_TYPE),
        ("nl.schakel.intake.something-else.v1", UndecodableReason.UNKNOWN_TYPE),
        ("com.example.thing", UndecodableReason.UNKNOWN_TYPE),
    ],
)
def test_decoding_tells_a_future_version_from_an_unknown_type(wire: str, reason: UndecodableReason) -> None:
    assert why(a_delivered(ce_type=wire)) is reason


def test_future_version_still_says_where_it_belongs() -> None:
    with pytest.raises(Undecodable) as refused:
        decode(a_delivered(ce_type="nl.schakel.intake.case-reopened.v2"))
    attributes = refused.value.attributes
    assert attributes is not None
    assert (attributes.id, attributes.service, attributes.subject, attributes.sequence) == (
        EVENT_ID,
        "intake",
        CASE,
        17,
    )


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("ce_specversion", "0.3"),
        ("ce_id", "17"),
        ("ce_id", "{" + str(EVENT_ID) + "}"),
        ("ce_source", ""),
        ("ce_type", ""),
        ("ce_subject", str(PERSON)),
        ("ce_subject", "child"),
        ("ce_sequence", "0"),
        ("ce_sequence", "-1"),
        ("ce_sequence", "9" * 5000),
        ("ce_sequence", "2147483648"),
        ("ce_sequence", "١٢"),  # digits to Python's int(), but not to us
        ("ce_correlationid", ""),
        ("ce_causationid", "none"),
        ("content-type", "text/plain"),
    ],
)
def test_decoding_refuses_bad_headers(header: str, value: str) -> None:
    assert why(a_delivered(**{header: value})) is UndecodableReason.BAD_HEADERS


def test_decoding_refuses_a_key_that_is_not_the_subject() -> None:
    assert why(replace(a_delivered(), key="")) is UndecodableReason.BAD_HEADERS


@pytest.mark.parametrize(
    "forged",
    [
        replace(a_delivered(), topic="schakel.notify"),
        a_delivered(ce_source=f"{SOURCE_URN}:schakel-notify"),
        a_delivered(ce_source=SOURCE_URN),
        a_delivered(ce_type="nl.schakel.notify.message-refused.v1"),
        replace(a_delivered(ce_type="nl.schakel.intake.something-else.v1"), topic="schakel.notify"),
    ],
    ids=["topic", "source", "source of nobody", "type", "unknown type"],
)
def test_event_is_a_services_word_only_when_topic_source_and_type_name_that_service(forged: Delivered) -> None:
    with pytest.raises(Undecodable) as refused:
        decode(forged)
    assert refused.value.reason is UndecodableReason.OTHER_SERVICE
    # What it says of itself is not believed: it marks no event as received, and takes no place in an order.
    assert refused.value.attributes is None


def test_unreadable_trace_is_dropped_and_the_event_read() -> None:
    assert decode(a_delivered(ce_traceparent="00-not-a-trace")).traceparent is None


def test_refusal_does_not_repeat_what_stood_in_the_event() -> None:
    value = json.dumps({"subject": "Sanne Janssen", "occurredAt": "Kerkstraat 1", "reopenedBy": "06-12345678"})
    with pytest.raises(Undecodable) as refused:
        decode(replace(a_delivered(), value=value.encode()))
    assert "Sanne" not in str(refused.value)
    assert "Kerkstraat" not in str(refused.value)
    assert "reopenedBy: " in refused.value.detail


HEADERS = sorted(encode(an_envelope(), source_urn=SOURCE_URN).headers)
WHATEVER = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes(timezones=st.just(UTC)).map(str),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["subject", "occurredAt", "reopenedBy"]) | st.text(), inner, max_size=4)
    ),
    max_leaves=8,
).map(lambda value: json.dumps(value).encode())


@given(
    key=st.text() | st.just(str(CASE)),
    value=st.binary() | WHATEVER,
    wrong=st.dictionaries(st.sampled_from(HEADERS) | st.text(), st.text(), max_size=4),
    missing=st.sets(st.sampled_from(HEADERS), max_size=2),
)
def test_decoding_gives_an_event_or_a_refusal_whatever_comes(
    key: str, value: bytes, wrong: dict[str, str], missing: set[str]
) -> None:
    headers = {name: text for name, text in a_delivered(**wrong).headers.items() if name not in missing}
    record = Delivered("schakel.intake", 0, 0, key, value, headers)
    with contextlib.suppress(Undecodable):
        assert str(decode(record).subject) == key
