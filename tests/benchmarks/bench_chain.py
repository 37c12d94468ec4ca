"""From the 201 to the moment that the mail server takes the mail: intake, Kafka, notify, matching, SMTP."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import psutil
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.benchmarks.bench_intake import body_of
from tests.benchmarks.load import percentile, post, steady
from tests.parts.cluster import Cluster

CODE = re.compile(
    rb"^Subject:.*?([ACDEFGHJKMNPQRTUVWXY34679]{4}-[ACDEFGHJKMNPQRTUVWXY34679]{4})", re.MULTILINE | re.DOTALL
)
LAST_MAIL_WITHIN = 60.0


@dataclass
class Arrivals:
    """When the mail about each case came; the kenmerk stands in the subject."""

    at: dict[str, float] = field(default_factory=dict)

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        head = bytes(envelope.original_content or b"").partition(b"\r\n\r\n")[0]
        if found := CODE.search(head):
            self.at.setdefault(found[1].decode(), time.perf_counter())
        return "250 OK"


@asynccontextmanager
async def mail_server() -> AsyncIterator[tuple[int, Arrivals]]:
    """Takes every mail and notes when; also gives its port."""
    arrivals, loop = Arrivals(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(arrivals, enable_SMTPUTF8=True, loop=loop), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], arrivals
    finally:
        server.close()


@dataclass(frozen=True)
class Hops:
    """Milliseconds from 201 to mail; `missing` mails did not come in time."""

    p50: float
    p99: float
    missing: int
    count: int


async def request_to_mail(cluster: Cluster, arrivals: Arrivals, *, per_second: float, seconds: float) -> Hops:
    """Ask at this pace, and wait for the mails."""
    body, key, port = body_of(cluster), f"Bearer {cluster.secrets.school_api_key}", cluster.ports["intake"]
    answered: dict[str, float] = {}

    def request(_: int) -> bytes:
        return post(port, "/v1/requests", body, Authorization=key, Idempotency_Key=str(uuid4()))

    def note(reply: bytes) -> None:
        answered[json.loads(reply)["caseCode"]] = time.perf_counter()

    await steady(port, request, per_second=per_second, seconds=seconds, answered=note)
    ends = time.monotonic() + LAST_MAIL_WITHIN
    while time.monotonic() < ends and not answered.keys() <= arrivals.at.keys():  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.1)
    took = [(arrivals.at[code] - at) * 1000 for code, at in answered.items() if code in arrivals.at]
    return Hops(percentile(took, 0.5), percentile(took, 0.99), len(answered) - len(took), len(answered))


def memory(cluster: Cluster) -> dict[str, float]:
    """What each process holds for itself after the load, in MB (USS: memory that only this process has)."""
    return {
        name: psutil.Process(process.pid).memory_full_info().uss / 1e6
        for name, process in cluster.processes.items()
        if name.endswith(("-web", "-worker"))
    }
