"""Where a name could have gone in a cluster of real processes: every place, each as text that can be searched."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from confluent_kafka import Consumer, KafkaError, TopicPartition
from redis import Redis

from shared.events.catalogue import SERVICES
from tests.journeys import canary
from tests.parts.cluster import HOST, Cluster

Found = dict[str, set[str]]


def found_in(places: dict[str, str]) -> Found:
    """The words of the canary by place; only where something was found."""
    return {place: words for place, text in places.items() if (words := canary.found_in(text))}


def in_kafka(bootstrap: str) -> dict[str, str]:
    """Every record of every topic there is, the broker's own ones too: key, value and headers."""
    consumer = Consumer({
        "bootstrap.servers": bootstrap, "group.id": "canary", "enable.auto.commit": False, "enable.partition.eof": True,
        "auto.offset.reset": "earliest", "isolation.level": "read_uncommitted", "log_level": 0,
    })  # fmt: skip
    try:
        topics = consumer.list_topics(timeout=20).topics
        places = [TopicPartition(name, number, 0) for name, topic in topics.items() for number in topic.partitions]
        consumer.assign(places)
        return _read_to_the_end(consumer, len(places))
    finally:
        consumer.close()


def _read_to_the_end(consumer: Consumer, partitions: int) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    # One that is written to meanwhile, as the broker's own of offsets, comes to its end more than once.
    ended: set[tuple[str | None, int | None]] = set()
    while len(ended) < partitions:
        record = consumer.poll(30)
        assert record is not None, "Kafka fell silent before the end of every partition"
        problem = record.error()
        if problem is not None:
            assert problem.code() == KafkaError._PARTITION_EOF, problem
            ended.add((record.topic(), record.partition()))
            continue
        parts = (record.key(), record.value(), *(part for header in record.headers() or [] for part in header))
        texts.setdefault(f"kafka {record.topic()}", []).append(" ".join(_as_text(part) for part in parts))
    return {place: "\n".join(lines) for place, lines in texts.items()}


def _as_text(part: Any) -> str:  # noqa: ANN401 - whatever a client gives
    return part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part)


@dataclass
class RedisHeard:
    """Every command that anybody gave to Redis, for what is there now may have been more a moment ago."""

    url: str
    commands: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """As long as the block runs."""
        with Redis.from_url(self.url, socket_timeout=None) as client, client.monitor() as monitor:
            thread = threading.Thread(target=self._listen, args=(monitor,), daemon=True)
            thread.start()
            try:
                yield
            finally:
                with Redis.from_url(self.url) as other:
                    other.echo("the end")
                thread.join(10)

    def _listen(self, monitor: Any) -> None:  # noqa: ANN401 - the library has no name for it
        for heard in monitor.listen():
            command = str(heard["command"])
            if command == "ECHO the end":
                return
            self.commands.append(command)

    def places(self) -> dict[str, str]:
        """The commands, and what is there now: every key and its value."""
        with Redis.from_url(self.url) as client:
            values = [f"{_as_text(key)} {_value(client, key)}" for key in client.scan_iter(count=1000)]
        return {"redis commands": "\n".join(self.commands), "redis keys": "\n".join(values)}


READS = {
    "string": ("GET", ()),
    "hash": ("HGETALL", ()),
    "list": ("LRANGE", (0, -1)),
    "set": ("SMEMBERS", ()),
    "zset": ("ZRANGE", (0, -1, "WITHSCORES")),
    "stream": ("XRANGE", ("-", "+")),
}


def _value(client: Redis, key: Any) -> str:  # noqa: ANN401 - bytes, as the library gives them
    command, rest = READS[_as_text(client.type(key))]
    return str(client.execute_command(command, key, *rest))  # type: ignore[no-untyped-call]  # as the library left it


async def in_metrics(cluster: Cluster) -> dict[str, str]:
    """What each web and each worker tells to whoever measures."""
    texts = {}
    async with httpx.AsyncClient() as client:
        for service in SERVICES:
            for kind, name in (("web", service), ("worker", f"{service}-metrics")):
                reply = await client.get(f"http://{HOST}:{cluster.ports[name]}/metrics")
                assert reply.status_code == httpx.codes.OK
                texts[f"metrics {service} {kind}"] = reply.text
    return texts


async def in_mails(cluster: Cluster) -> dict[str, str]:
    """Every mail: who got it, its words, links and the HTML as it was written."""
    async with httpx.AsyncClient() as client:
        listed = await client.get(f"{cluster.url}/postvak/api/messages")
        numbers = [mail["number"] for mail in listed.json()["messages"]]
        written = [(await client.get(f"{cluster.url}/postvak/{number}/html")).text for number in numbers]
    assert len(numbers) > 3
    return {"mails": listed.text, "mails as written": "\n".join(written)}


async def everywhere(cluster: Cluster, redis: RedisHeard) -> Found:
    """What of the canary is anywhere: topics, databases, Redis, logs, metrics, mails."""
    kafka = await asyncio.to_thread(in_kafka, cluster.kafka)
    texts = kafka | redis.places() | await in_metrics(cluster) | await in_mails(cluster)
    return found_in(texts) | await canary.in_databases(cluster.urls) | canary.in_files(cluster.folder)
