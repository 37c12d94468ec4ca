"""The bus as a port of few methods, and what travels on it. One conformance suite runs on every implementation."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """One message: CloudEvents binary mode (attributes in `headers`, data in `value`), `key` = subject."""

    topic: str
    key: str
    value: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A record as it came from the bus; `key` and headers may be anything, so check before use."""

    topic: str
    partition: int
    offset: int
    key: str
    value: bytes
    headers: Mapping[str, str]


LARGEST_RECORD = 1_000_000
"""Bytes of key, headers and value: what every bus takes, a little below the usual limit of Apache Kafka."""


def size_of(record: Record) -> int:
    """Bytes of key, headers and value."""
    headers = len("".join(record.headers)) + len("".join(record.headers.values()))
    return len(record.key) + len(record.value) + headers


class BusAway(Exception):
    """The bus did not take or give in time; try the same again later. Nothing is known to be lost."""


class RecordTooLarge(Exception):
    """The bus will never take this record."""

    def __init__(self, record: Record) -> None:
        super().__init__(f"{size_of(record)} bytes for {record.topic}")
        self.record = record


# Gets records of one partition in order; returns when their effect is committed. An exception: none counts as
# processed, and the same records come again after a pause.
Deliver = Callable[[Sequence[Delivered]], Awaitable[None]]


class BusConsumer(Protocol):
    """One member of a consumer group."""

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; finishes the batch in hand, then leaves. Survives a bus that is away."""

    async def lag(self) -> int:
        """How many records of this member's partitions wait (0 when nothing does). Raises BusAway."""


class Bus(Protocol):
    """Publish and subscribe. At least once; in order per key; every await is bounded."""

    async def publish(self, records: Sequence[Record]) -> None:
        """Returns when the bus holds all of them. Raises BusAway (some may have come) or RecordTooLarge (the first)."""

    def subscribe(
        self, topics: Sequence[str], *, group: str, member: str, deliver: Deliver, linger: float = 0.0
    ) -> BusConsumer:
        """A member of `group`, starting at the earliest record where the group has no committed offset.

        `linger`: seconds that records may wait, so that more of them are delivered together; 0: each at once.

        `member` is a stable name, so that a restarted process takes its own partitions back at once.
        """

    async def check(self) -> None:
        """Raises BusAway when the bus cannot be reached."""

    async def close(self) -> None:
        """Close every connection; bounded."""
