"""What a container on the inner network tries that is somebody else's now. Read by Python from standard input there.

Prints for each attempt what came of it: `refused: …` with what was said, or `got: …`.
"""

import asyncio
import json
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from redis.asyncio import Redis

from shared.messaging.bus.base import Delivered, Record
from shared.messaging.bus.kafka_client import Broker, Limits
from shared.messaging.bus.kafka_producer import KafkaBus
from shared.messaging.bus.topics import ensure_topics

SECRETS = Path("/secrets/notify")
INTERNAL = {
    "intake-web": "/internal/follow-up-words",
    "matching-web": "/internal/deliveries",
    "monitoring-web": "/internal/follow-up-links",
}
LIMITS = Limits(request=5.0, publish=10.0, join=10.0, drain=1.0, end=2.0)
PATIENCE_SECONDS = 12.0
Attempt = Callable[[], Awaitable[object]]


def secret(name: str) -> str:
    """One of notify's; empty where there are none."""
    return (SECRETS / name).read_text() if (SECRETS / name).exists() else ""


def broker() -> Broker:
    """As notify, or as nobody."""
    password = secret("kafka_password")
    return Broker("kafka:9092", "schakel-notify" if password else "", password)


def write(topic: str, record: dict[str, Any] | None = None) -> Attempt:
    async def attempt() -> object:
        given = record or {"key": "x", "headers": {}, "data": {}}
        bus = KafkaBus(broker(), client_id="stranger", limits=LIMITS)
        try:
            await bus.publish([Record(topic, given["key"], json.dumps(given["data"]).encode(), given["headers"])])
        finally:
            await bus.close()
        return "written"

    return attempt


def read(topic: str, group: str) -> Attempt:
    async def attempt() -> object:
        bus, stop, found = KafkaBus(broker(), client_id="stranger", limits=LIMITS), asyncio.Event(), list[str]()

        async def deliver(records: Sequence[Delivered]) -> None:
            found.extend(one.key for one in records)

        running = asyncio.create_task(
            bus.subscribe([topic], group=group, member="stranger-1", deliver=deliver).run(stop)
        )
        await asyncio.wait({running}, timeout=PATIENCE_SECONDS)
        stop.set()
        await running
        await bus.close()
        if not found:
            raise PermissionError("nothing came")
        return found

    return attempt


async def make_topic() -> object:
    report = await ensure_topics(broker(), topics=["stranger"])
    if report.wrong:
        raise PermissionError(report.wrong[0].problems)
    return "made"


def redis(*command: str) -> Attempt:
    async def attempt() -> object:
        async with Redis.from_url(secret("redis_url") or "redis://redis:6379/0") as client:
            return await client.execute_command(*command)  # type: ignore[no-untyped-call]

    return attempt


def database(name: str) -> Attempt:
    async def attempt() -> object:
        address = secret("database_url").replace("+asyncpg", "")
        url = f"{address.rpartition('/')[0] or 'postgresql://postgres:postgres@postgres:5432'}/{name}"
        connection = await asyncpg.connect(url, timeout=10)
        return await connection.fetchval("SELECT current_user")

    return attempt


def internal(host: str, path: str, token: str) -> Attempt:
    async def attempt() -> object:
        async with httpx.AsyncClient(timeout=10) as client:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            reply = await client.post(f"http://{host}:8000{path}", json={}, headers=headers)
        if reply.status_code in {401, 403}:
            raise PermissionError(reply.status_code)
        return reply.status_code

    return attempt


def port(host: str, number: int) -> Attempt:
    async def attempt() -> object:
        with socket.create_connection((host, number), timeout=5):
            return "open"

    return attempt


def attempts(forged: dict[str, Any]) -> dict[str, Attempt]:
    found: dict[str, Attempt] = {
        "write intake's topic": write("schakel.intake"),
        "write matching's topic": write("schakel.matching", {**forged, "headers": {}}),
        "read in the group of another": read("schakel.intake", "schakel-monitoring"),
        "read a topic that is not for notify": read("schakel.notify", "schakel-notify-stranger"),
        "make a topic": make_topic,
        "the controller of Kafka": port("kafka", 9093),
        "the administration of the proxy": port("proxy", 2019),
        "all keys of Redis": redis("KEYS", "*"),
        "a key of matching in Redis": redis("LPUSH", "schakel-limit:matching:x", "1"),
        "empty Redis": redis("FLUSHALL"),
        "the settings of Redis": redis("CONFIG", "GET", "*"),
        **{
            f"database {name}": database(name)
            for name in ("schakel_intake", "schakel_matching", "postgres", "template1")
        },
    }
    for host, path in INTERNAL.items():
        found[f"{host} without a token"] = internal(host, path, "")
        found[f"{host} with a wrong token"] = internal(host, path, "eyJhbGciOiJIUzI1NiJ9.e30.c2VjcmV0")
    if secret("kafka_password"):
        found["say in notify's topic that a case is erased"] = write("schakel.notify", forged)
    return found


async def outcome(attempt: Attempt) -> str:
    try:
        return f"got: {await attempt()}"
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is no
        return f"refused: {type(problem).__name__} {problem}"


async def main() -> None:
    forged = json.loads(sys.argv[1])
    print(json.dumps({name: await outcome(attempt) for name, attempt in attempts(forged).items()}))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
