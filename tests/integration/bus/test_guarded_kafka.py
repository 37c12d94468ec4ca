"""The broker of Compose: each service writes its own topic alone, reads what it subscribes to, and nobody else does."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import pytest

from deploy.install.kafka_rights import (
    LITERAL,
    READ,
    TOPIC,
    WRITE,
    Right,
    ensure_rights,
    rights_of,
    user_of,
    wrong_rights,
)
from shared.events.catalogue import SERVICE_OF_TOPIC, SERVICES
from shared.messaging.bus.base import BusAway, Delivered, Record
from shared.messaging.bus.kafka_client import Broker, Limits
from shared.messaging.bus.kafka_producer import KafkaBus
from shared.messaging.bus.topics import ensure_topics
from tests.parts.guarded_kafka import GuardedKafka, guarded_kafka

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]

LIMITS = Limits(request=5.0, publish=10.0, commit=5.0, join=10.0, session=6.0, drain=2.0, end=2.0, idle=3.0)
PASSWORDS = {service: f"{service}-has-a-password-of-its-own-012" for service in SERVICES}
ARRIVES_WITHIN = 60.0
REFUSED_WITHIN = 15.0


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedKafka]:
    with guarded_kafka(tmp_path_factory.mktemp("kafka-secrets")) as kafka:
        asyncio.run(ensure_rights(kafka.broker(), PASSWORDS))
        yield kafka


def as_service(kafka: GuardedKafka, service: str) -> Broker:
    return kafka.broker(user_of(service), PASSWORDS[service])


def record(topic: str, value: bytes = b"{}") -> Record:
    return Record(topic, "a-key", value, {"ce_id": "1"})


async def publish(broker: Broker, topic: str, value: bytes = b"{}") -> None:
    bus = KafkaBus(broker, client_id="test", limits=LIMITS)
    try:
        await bus.publish([record(topic, value)])
    finally:
        await bus.close()


async def read(broker: Broker, topic: str, group: str, *, seconds: float) -> list[bytes]:
    """The first values that come within so many seconds."""
    bus, stop, found = KafkaBus(broker, client_id="test", limits=LIMITS), asyncio.Event(), list[bytes]()

    async def deliver(records: "list[Delivered]") -> None:
        found.extend(one.value for one in records)
        stop.set()

    running = asyncio.create_task(
        bus.subscribe([topic], group=group, member=f"{group}-1", deliver=deliver).run(stop)  # type: ignore[arg-type]
    )
    await asyncio.wait({running}, timeout=seconds)
    stop.set()
    await running
    await bus.close()
    return found


@pytest.mark.parametrize("topic", SERVICE_OF_TOPIC)
async def test_service_writes_its_own_topics_and_who_subscribes_reads_them(guarded: GuardedKafka, topic: str) -> None:
    service = SERVICE_OF_TOPIC[topic]
    value = f"of {service}".encode()
    await publish(as_service(guarded, service), topic, value)

    readers = [other for other in SERVICES if any(r.name == topic and r.operation == READ for r in rights_of(other))]
    assert readers
    for reader in readers:
        assert value in await read(
            as_service(guarded, reader), topic, f"{user_of(reader)}-{uuid4()}", seconds=ARRIVES_WITHIN
        )


@pytest.mark.parametrize("topic", ["schakel.intake", "schakel.directory"])
async def test_service_cannot_write_the_topic_of_another_and_the_broker_says_so(
    guarded: GuardedKafka, topic: str
) -> None:
    with pytest.raises(BusAway, match="TopicAuthorizationFailedError"):
        await publish(as_service(guarded, "notify"), topic)

    assert "User:schakel-notify is Denied" in guarded.log()


async def test_service_reads_no_topic_it_does_not_subscribe_to_nor_in_the_group_of_another(
    guarded: GuardedKafka,
) -> None:
    await publish(as_service(guarded, "notify"), "schakel.notify")
    await publish(as_service(guarded, "intake"), "schakel.intake")

    # Everybody hears all others by now; what nobody subscribes to is their own.
    notify = as_service(guarded, "notify")
    assert await read(notify, "schakel.notify", "schakel-notify", seconds=REFUSED_WITHIN) == []
    assert await read(notify, "schakel.intake", "schakel-intake", seconds=REFUSED_WITHIN) == []


@pytest.mark.parametrize(
    ("user", "password"),
    [("", ""), ("schakel-intake", "a-password-that-is-not-intakes-01"), ("somebody", PASSWORDS["intake"])],
)
async def test_who_has_no_name_or_the_wrong_password_is_not_let_in(
    guarded: GuardedKafka, user: str, password: str
) -> None:
    with pytest.raises(BusAway):
        await publish(guarded.broker(user, password), "schakel.intake")


async def test_service_makes_no_topics_and_gives_no_rights(guarded: GuardedKafka) -> None:
    report = await ensure_topics(as_service(guarded, "intake"), topics=["schakel.intake.copy"])
    assert [wrong.topic for wrong in report.wrong] == ["schakel.intake.copy"]
    with pytest.raises(BusAway):
        await ensure_rights(as_service(guarded, "intake"), {"notify": PASSWORDS["intake"]})


async def test_right_too_many_is_named_and_taken_back(guarded: GuardedKafka, monkeypatch: pytest.MonkeyPatch) -> None:
    too_many = Right(TOPIC, "schakel.intake", LITERAL, "schakel-notify", WRITE)
    with monkeypatch.context() as wider:
        wider.setattr("deploy.install.kafka_rights.rights_of", lambda service: rights_of(service) | {too_many})
        await ensure_rights(guarded.broker(), {"notify": PASSWORDS["notify"]})
    assert await wrong_rights(guarded.broker(), SERVICES) == ["notify"]

    await ensure_rights(guarded.broker(), PASSWORDS)

    assert await wrong_rights(guarded.broker(), SERVICES) == []
    with pytest.raises(BusAway):
        await publish(as_service(guarded, "notify"), "schakel.intake")


async def test_new_password_counts_and_the_old_one_no_more(guarded: GuardedKafka) -> None:
    await ensure_rights(guarded.broker(), {"notify": "another-password-of-notify-012345"})
    try:
        await publish(guarded.broker("schakel-notify", "another-password-of-notify-012345"), "schakel.notify")
        with pytest.raises(BusAway):
            await publish(as_service(guarded, "notify"), "schakel.notify")
    finally:
        await ensure_rights(guarded.broker(), PASSWORDS)
