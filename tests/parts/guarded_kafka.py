"""The broker of Compose, as its own files start it: nobody is let in without a name, and a name may do little."""

import asyncio
import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shared.messaging.bus.base import BusAway
from shared.messaging.bus.kafka_client import Broker
from shared.messaging.bus.topics import ensure_topics
from tests.parts.containers import Container, started
from tests.parts.kafka import IMAGE, OUTSIDE, READY_WITHIN

FOLDER = Path(__file__).parents[2] / "deploy" / "compose" / "kafka"
ADMIN = "schakel-admin"
PASSWORD = "a-password-of-the-administrator-0123"
ENVIRONMENT = {
    "CLUSTER_ID": "c2NoYWtlbC1jb21wb3NlLQ",
    "KAFKA_HEAP_OPTS": "-Xmx400m",
    "KAFKA_JVM_PERFORMANCE_OPTS": "-server -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
}


@dataclass(frozen=True)
class GuardedKafka:
    """A broker with an administrator."""

    container: Container

    def broker(self, user: str = ADMIN, password: str = PASSWORD) -> Broker:
        """It, as somebody."""
        return Broker(f"127.0.0.1:{self.container.host_port}", user, password)

    def log(self) -> str:
        """All it wrote."""
        return b"".join(self.container.output()).decode()

    async def wait_until_ready(self) -> None:
        """It answers its administrator, and has the topics."""
        until = time.monotonic() + READY_WITHIN
        while True:
            try:
                await ensure_topics(self.broker())
            except BusAway:
                if time.monotonic() > until:
                    raise
            else:
                return


@contextlib.contextmanager
def guarded_kafka(folder: Path) -> Iterator[GuardedKafka]:
    """`folder` holds the secret that it reads."""
    (folder / "admin_password").write_text(PASSWORD)
    os.chmod(folder, 0o755)  # noqa: PTH101, S103 - the broker runs as a user of its own
    container = Container(IMAGE, OUTSIDE, ENVIRONMENT)
    advertised = f"advertised.listeners=SERVICES://127.0.0.1:{container.host_port}"
    container.command = ["bash", "/etc/schakel/kafka/start.sh", "--override", advertised]
    container.files = {str(FOLDER): "/etc/schakel/kafka", str(folder): "/secrets/kafka"}
    with started(container, "Apache Kafka with passwords"):
        kafka = GuardedKafka(container)
        asyncio.run(kafka.wait_until_ready())
        yield kafka
