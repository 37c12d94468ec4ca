"""What we ask of aiokafka's clients, and how one is thrown away that does not end by itself."""

import asyncio
import hashlib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.client import AIOKafkaClient

from shared.kernel.broker_settings import BrokerSettings
from shared.kernel.waiting import cut, within

METADATA_AGE_MS = 5_000
"""A topic that was created, or created again, is seen this soon, also by a member that has no partition yet."""

FETCH_WAIT_MS = 100
"""How long the broker holds a fetch open while there is nothing; what arrives is returned at once."""

ENOUGH_BYTES = 65_536
"""A member that lingers waits no longer once it has this much."""


SYSTEM = "system"
"""Instead of a file: the authorities that this machine trusts."""


@dataclass(frozen=True, slots=True)
class Broker:
    """Where Kafka is, and who we are there. Without an authority (`ca`) all is in the clear."""

    bootstrap: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""
    mechanism: str = "SCRAM-SHA-512"

    @classmethod
    def of(cls, settings: BrokerSettings) -> Self:
        """The one that these settings name."""
        return cls(
            settings.kafka_bootstrap,
            settings.kafka_user,
            settings.kafka_password,
            settings.kafka_ca,
            settings.kafka_mechanism,
        )

    def options(self) -> dict[str, Any]:
        """What aiokafka's clients want to be told. Raises OSError for an authority that cannot be read."""
        encrypted = ssl.create_default_context(cafile=None if self.ca == SYSTEM else self.ca) if self.ca else None
        return {
            "bootstrap_servers": self.bootstrap,
            "security_protocol": ("SASL_" if self.user else "") + ("SSL" if encrypted else "PLAINTEXT"),
            "ssl_context": encrypted,
            "sasl_mechanism": self.mechanism,
            "sasl_plain_username": self.user or None,
            "sasl_plain_password": self.password or None,
        }


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. `session` is how long a dead member keeps its partitions; the broker allows 6 to 1800."""

    request: float = 5.0
    publish: float = 15.0
    commit: float = 5.0
    join: float = 60.0
    session: float = 10.0
    drain: float = 10.0
    end: float = 3.0
    idle: float = 30.0


def make_producer(broker: Broker, client_id: str, limits: Limits, largest_batch: int) -> AIOKafkaProducer:
    """Idempotence stays off: aiokafka's idempotent producer waits forever while the broker is away."""
    return AIOKafkaProducer(
        **broker.options(),
        client_id=client_id,
        acks="all",
        enable_idempotence=False,
        request_timeout_ms=round(limits.request * 1000),
        metadata_max_age_ms=METADATA_AGE_MS,
        max_batch_size=largest_batch,
    )


def instance_of(member: str, topics: Sequence[str]) -> str:
    """By what the broker knows a member again: with other topics it is another one.

    Kafka gives whom it knows the partitions of before and asks nothing: of a topic that is new none, and aiokafka
    stumbles over those of a topic that is gone. What another one had comes free at the end of its session.
    """
    return f"{member}-{hashlib.sha256(' '.join(sorted(topics)).encode()).hexdigest()[:8]}"


def make_consumer(  # what a member is, and how it is bounded
    broker: Broker, client_id: str, group: str, instance: str, limits: Limits, *, linger: float
) -> AIOKafkaConsumer:
    """A static member: restarted within its session, it has its own partitions back at once."""
    return AIOKafkaConsumer(
        **broker.options(),
        client_id=client_id,
        group_id=group,
        group_instance_id=instance,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        # Joining is answered when all members have joined, so a request may take longer than that.
        request_timeout_ms=round((limits.request * 2 + limits.drain) * 1000),
        metadata_max_age_ms=METADATA_AGE_MS,
        session_timeout_ms=round(limits.session * 1000),
        heartbeat_interval_ms=round(limits.session * 300),
        # A member is given this long to finish its batches when the group rebalances.
        rebalance_timeout_ms=round((limits.request + limits.drain) * 1000),
        # The loop always asks for more, however long a delivery takes; aiokafka's heartbeat is a task of its own.
        max_poll_interval_ms=3_600_000,
        # A partition that waited for its reader is asked for again when the fetch under way returns.
        fetch_max_wait_ms=round(linger * 1000) or FETCH_WAIT_MS,
        fetch_min_bytes=ENOUGH_BYTES if linger else 1,
        # Each partition may hold so much in memory. A larger record comes all the same, alone (KIP-74).
        max_partition_fetch_bytes=131_072,
    )


async def end(client: AIOKafkaConsumer | AIOKafkaProducer, seconds: float) -> None:
    """Stop it; what has not ended within the limit is cut off, so that nothing of it speaks to the broker any more."""
    try:
        await within(seconds, client.stop())
    except Exception:  # noqa: BLE001  # it is thrown away, whatever it says; the next lines make sure of it
        await cut(_tasks_of(client))
        client._closed = True  # noqa: SLF001  # so that it does not complain of having been left open
    for connection in _network_of(client)._conns.values():  # noqa: SLF001  # aiokafka has no way to hang up at once
        connection.close()


def _network_of(client: AIOKafkaConsumer | AIOKafkaProducer) -> AIOKafkaClient:
    return client._client if isinstance(client, AIOKafkaConsumer) else client.client  # noqa: SLF001  # as above


def _tasks_of(client: AIOKafkaConsumer | AIOKafkaProducer) -> set[asyncio.Task[Any]]:
    """The background tasks of aiokafka 0.14; one that it does not have (any more) is passed over."""
    places = (
        (getattr(client, "_coordinator", None), ("_coordination_task", "_heartbeat_task", "_commit_refresh_task")),
        (getattr(client, "_fetcher", None), ("_fetch_task",)),
        (getattr(client, "_sender", None), ("_sender_task",)),
        (_network_of(client), ("_sync_task",)),
    )
    found = [getattr(owner, name, None) for owner, names in places for name in names]
    found += list(getattr(getattr(client, "_fetcher", None), "_pending_tasks", ()))
    return {task for task in found if isinstance(task, asyncio.Task) and not task.done()}
