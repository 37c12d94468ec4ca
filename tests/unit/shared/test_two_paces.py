"""A service may have a topic for what comes in bulk: what goes there, and who is believed on it."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from uuid import UUID

import pytest

from shared.events.catalogue import TOPICS, all_events, is_bulk, topics_for
from shared.events.directory import OrganisationListed, PersonListed, ServiceListed
from shared.events.matching import PartnerActivated, SignInRequested
from shared.messaging.bus.base import Delivered
from shared.messaging.cloudevents import Undecodable, UndecodableReason, decode, to_record
from shared.messaging.outbox import BufferedOutbox
from shared.messaging.outbox_rows import OutboxRow
from tests.twins.ids import SeededIds

NOW, PERSON = datetime(2026, 3, 2, 9, 0, tzinfo=UTC), UUID(int=7)
PROMPT, BULK = TOPICS["matching"]


def appended(*, in_bulk: bool) -> str:
    """The topic to which the outbox sends word of a person."""
    outbox = BufferedOutbox(SeededIds(Random(1)))
    outbox.append(PersonListed(subject=PERSON, occurred_at=NOW, memberships=()), in_bulk=in_bulk)
    return outbox.pending[0].topic


def test_facts_of_the_map_go_in_bulk_and_what_somebody_waits_for_does_not() -> None:
    assert topics_for(OrganisationListed) == topics_for(ServiceListed) == (BULK,)
    assert topics_for(SignInRequested) == topics_for(PartnerActivated) == (PROMPT,)
    assert [topic for topics in TOPICS.values() for topic in topics if is_bulk(topic)] == [BULK]


def test_only_what_a_file_says_of_somebody_may_take_its_time() -> None:
    assert (appended(in_bulk=True), appended(in_bulk=False)) == (BULK, PROMPT)
    assert [event for event in all_events() if len(topics_for(event)) > 1] == [PersonListed]


@pytest.mark.parametrize("topic", [PROMPT, BULK])
def test_service_is_believed_on_each_of_its_topics_and_no_other_service_is(topic: str) -> None:
    event = PersonListed(subject=PERSON, occurred_at=NOW, memberships=())
    row = OutboxRow(
        1, PERSON, PERSON, 1, "nl.schakel.matching.person-listed.v1", topic, NOW, PERSON, None, None,
        event.model_dump_json(by_alias=True),
    )  # fmt: skip
    record = to_record(row, service="matching", source_urn="urn:nld:test:systeem")
    whole = Delivered(record.topic, 0, 0, record.key, record.value, record.headers)

    assert decode(whole).event == event
    with pytest.raises(Undecodable) as refused:
        decode(replace(whole, headers={**whole.headers, "ce_source": "urn:nld:test:systeem:schakel-notify"}))
    assert refused.value.reason is UndecodableReason.OTHER_SERVICE
