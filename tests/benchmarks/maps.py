"""Each size of map in an empty database: taking it over, what a worker holds of it, and ranking one need on it."""

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from deploy.embedded.run import RunOptions, prepared
from deploy.install.deployments import Deployment
from deploy.install.secret_store import Secrets
from shared.messaging.bus.kafka_client import Broker
from shared.messaging.bus.topics import ensure_topics
from tests.benchmarks import bench_map, bench_ranking
from tests.parts.cluster import Cluster

Row = tuple[str, str, str]
MAPS = (228, 50_000)
LARGEST_MAP = 1_000_000
# On the largest map the rule looks at tens of thousands of offers for each need.
COMPARED, COMPARED_ON_LARGEST = 1000, 20
DRAINED_WITHIN = 3600.0


async def whole_maps(
    folder: Path, kafka: str, parts: Sequence[str], maps: Sequence[int], say: Callable[[str], None]
) -> list[Row]:
    """The parts `import` and `ranking`; a map is taken over for either."""
    rows: list[Row] = []
    for count in maps if {"import", "ranking"} & set(parts) else ():
        say(f"a map of {count} offers …")
        inside = folder / f"map-{count}"
        secrets = Secrets.load_or_make(inside)
        async with prepared(RunOptions(inside, durable=True), secrets, say) as found:
            matching = found.databases["matching"]
            taken = await bench_map.taken_over(matching.app_url, matching.owner_url, count)
            if "import" in parts:
                rows += _import_rows(count, taken)
                say("its events leave …")
                rows += await _worker_rows(inside, kafka, found, secrets, count)
            if "ranking" in parts:
                say("ranking …")
                rows += await _ranking_rows(found, count)
    return rows


def _import_rows(count: int, taken: bench_map.Taken) -> list[Row]:
    """Beside what COPY alone takes for the offers, in the same run."""
    large = count == MAPS[-1]
    return [
        (f"a map of {count} offers", f"{taken.first:.1f} s", "at most 15 s" if large else ""),
        ("… COPY of the offers alone", f"{taken.copy:.1f} s", ""),
        ("… the same again", f"{taken.again:.1f} s, {taken.events_of_again} events", "at most 5 s" if large else ""),
        ("… memory that it took", f"{taken.megabytes:.0f} MB", ""),
    ]


async def _worker_rows(folder: Path, kafka: str, found: Deployment, secrets: Secrets, count: int) -> list[Row]:
    """A worker of matching that says all of the map; what is resident has the libraries in it that others share."""
    await ensure_topics(Broker(kafka))
    cluster = Cluster(folder, dict(found.app_urls), kafka, secrets=secrets)
    try:
        began = time.monotonic()
        await asyncio.to_thread(cluster.start_worker, "matching")
        worker, peak = psutil.Process(cluster.processes["matching-worker"].pid), 0.0
        async with asyncio.timeout(DRAINED_WITHIN):
            while await _waiting(cluster):
                peak = max(peak, worker.memory_info().rss / 1e6)
                await asyncio.sleep(0.2)
        took, held = time.monotonic() - began, worker.memory_full_info()
        most = "at most 120 MB" if count == MAPS[-1] else ""
        highest = max(peak, held.rss / 1e6)
        what = f"{held.uss / 1e6:.0f} MB of its own; resident at most {highest:.0f} MB in {took:.0f} s"
        return [(f"matching's worker with {count} offers", what, most)]
    finally:
        await asyncio.to_thread(cluster.end)


async def _waiting(cluster: Cluster) -> bool:
    rows = await cluster.rows("matching", "SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL) AS waits")
    return bool(rows[0]["waits"])


async def _ranking_rows(found: Deployment, count: int) -> list[Row]:
    matching = found.databases["matching"]
    await bench_ranking.prepare(matching.owner_url)
    compared = COMPARED_ON_LARGEST if count == LARGEST_MAP else COMPARED
    ranked = await bench_ranking.ranked(matching.app_url, compared)
    most = "p99 at most 20 ms" if count == LARGEST_MAP else "p99 at most 5 ms"
    what = f"p50 {ranked.p50:.1f} ms, p99 {ranked.p99:.1f} ms (one service by its key: {ranked.by_key:.1f} ms)"
    return [
        (f"ranking one need on {count} offers", what, most),
        ("… other than the rule says of every offer", f"{ranked.differences} of {ranked.compared} needs", "0"),
    ]
