"""Apache Kafka for tests: at the address in SCHAKEL_TEST_KAFKA, else in a container that tests may stop and wipe."""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]  # exported, but not by name

from shared.messaging.bus.kafka_client import Broker
from tests.parts.containers import Container, started
from tests.parts.missing import skip_for

IMAGE = "apache/kafka:4.1.0"
OUTSIDE = 9092
READY_WITHIN = 120.0
"""Seconds; a broker needs 3 to 15 on a machine of two cores, and far longer where much else runs."""

# One node that is broker and controller. Two listeners, for a broker is asked for its own address: one for clients
# outside, advertised on the port of this machine, and one for the tools inside the container.
NODE = {
    "CLUSTER_ID": "5L6g3nShT-eMCtK--X86sw",
    "KAFKA_NODE_ID": "1",
    "KAFKA_PROCESS_ROLES": "broker,controller",
    "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
    "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
    "KAFKA_LISTENERS": f"OUTSIDE://:{OUTSIDE},CONTROLLER://:9093,INSIDE://:9094",
    "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT",
    "KAFKA_INTER_BROKER_LISTENER_NAME": "INSIDE",
    "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
    "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS": "3",
    "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
    "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
    "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR": "1",
    "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR": "1",
    "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
    "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
    # As in Compose: on the disk before it is acknowledged.
    "KAFKA_LOG_FLUSH_INTERVAL_MESSAGES": "1",
    # A killed broker may register again when its former self is given up; 9 s is the usual wait for that.
    "KAFKA_BROKER_SESSION_TIMEOUT_MS": "2000",
    "KAFKA_BROKER_HEARTBEAT_INTERVAL_MS": "500",
    "KAFKA_HEAP_OPTS": "-Xmx400m",
    # As in deploy/compose.yaml: for a small machine.
    "KAFKA_JVM_PERFORMANCE_OPTS": "-server -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    "KAFKA_NUM_NETWORK_THREADS": "2",
    "KAFKA_NUM_IO_THREADS": "2",
    "KAFKA_BACKGROUND_THREADS": "2",
}


@dataclass(frozen=True)
class Kafka:
    """A broker; `stop`, `start` and `wipe` skip the test when the broker is somebody else's."""

    bootstrap: str
    container: Container | None = None

    @property
    def broker(self) -> Broker:
        """As the bus wants it: anybody may ask."""
        return Broker(self.bootstrap)

    async def stop(self) -> None:
        """The broker is killed; its log stays."""
        await asyncio.to_thread(self._own.kill)

    async def start(self) -> None:
        """The broker is back on the same port, with its log; returns when it answers."""
        await asyncio.to_thread(self._own.start)
        await asyncio.to_thread(self.wait_until_ready)

    async def wipe(self) -> None:
        """The broker is back on the same port with nothing in it: no topics, no offsets, no groups."""
        await asyncio.to_thread(self._own.remove)
        await asyncio.to_thread(self._own.create)
        await asyncio.to_thread(self.wait_until_ready)

    async def make_topic(self, name: str = "", *, partitions: int = 3, **config: str) -> str:
        """A topic that nobody else uses, unless it is named; returns when every partition has a leader."""
        topic = name or f"test-{uuid4().hex}"
        await asyncio.to_thread(self._make_topic, topic, partitions, config)
        return topic

    def bring_back(self) -> None:
        """Up again after a test that left it stopped."""
        if self.container is not None and not self.container.is_up:
            self.container.bring_back()
            self.wait_until_ready()

    def wait_until_ready(self) -> None:
        self._wait_for(lambda admin: bool(admin.list_topics(timeout=1).brokers))

    def _make_topic(self, topic: str, partitions: int, config: dict[str, str]) -> None:
        made = NewTopic(topic, num_partitions=partitions, replication_factor=1, config=config)
        admin = self._admin()  # kept until the answer is there: its end would end the question too
        admin.create_topics([made], request_timeout=READY_WITHIN)[topic].result(timeout=READY_WITHIN)

        def led(admin: AdminClient) -> bool:
            known = admin.list_topics(topic, timeout=1).topics[topic].partitions
            return len(known) == partitions and all(partition.leader > 0 for partition in known.values())

        self._wait_for(led)

    def _wait_for(self, is_so: Callable[[AdminClient], bool]) -> None:
        admin, until = self._admin(), time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            with contextlib.suppress(KafkaException):
                if is_so(admin):
                    return
            time.sleep(0.1)
        raise TimeoutError(f"Kafka at {self.bootstrap} was not ready within {READY_WITHIN} s")

    def _admin(self) -> AdminClient:
        # Level 0: a broker that is not there yet is no news here.
        return AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 0})

    @property
    def _own(self) -> Container:
        if self.container is None:
            skip_for("a part of our own", "SCHAKEL_TEST_KAFKA names a broker that tests may not stop")
        return self.container


@contextlib.contextmanager
def kafka_for_tests() -> Iterator[Kafka]:
    given = os.environ.get("SCHAKEL_TEST_KAFKA")
    if given:
        yield Kafka(given)
        return
    container = Container(IMAGE, OUTSIDE, NODE)
    advertised = f"OUTSIDE://127.0.0.1:{container.host_port},INSIDE://localhost:9094"
    container.environment = NODE | {"KAFKA_ADVERTISED_LISTENERS": advertised}
    with started(container, "Apache Kafka"):
        kafka = Kafka(f"127.0.0.1:{container.host_port}", container)
        kafka.wait_until_ready()
        yield kafka
