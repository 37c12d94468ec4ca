"""`make bench`: measures, and prints one table with the machine it ran on; `ARGS="chain memory"` only these parts."""

import argparse
import asyncio
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import uvloop

from deploy.embedded.run import RunOptions, prepared
from deploy.install.deployments import Deployment
from deploy.install.secret_store import Secrets
from shared.kernel.logs import set_up
from shared.messaging.bus.kafka_client import Broker
from shared.messaging.bus.topics import ensure_topics
from tests.benchmarks import bench_board, bench_chain, bench_intake, bench_plumbing, bench_search
from tests.benchmarks.maps import LARGEST_MAP, MAPS, Row, whole_maps
from tests.parts.cluster import Cluster, running
from tests.parts.cluster_fixture import load_city
from tests.parts.kafka import kafka_for_tests

PARTS = ("chain", "intake", "memory", "plumbing", "board", "search", "import", "ranking")
OF_PROCESSES = {"chain", "intake", "memory"}
ON_KAFKA = OF_PROCESSES | {"plumbing", "import"}


def say(line: str) -> None:
    """Progress goes to standard error, the table to standard output."""
    sys.stderr.write(f"{line}\n")


async def measure(folder: Path, kafka: str, parts: Sequence[str], maps: Sequence[int]) -> list[Row]:
    """These parts, one after the other."""
    rows: list[Row] = []
    secrets = Secrets.load_or_make(folder)
    async with prepared(RunOptions(folder, durable=True), secrets, say) as found:
        if kafka:
            await ensure_topics(Broker(kafka))
        if OF_PROCESSES & set(parts):
            rows += await with_all_processes(folder, kafka, found, secrets, parts)
        if "board" in parts:
            rows += await board(found.databases["monitoring"].app_url)
        for size in maps if "search" in parts else ():
            rows += await search(found.databases["matching"].owner_url, size)
        if "plumbing" in parts:
            rows += await plumbing(found.databases["intake"].app_url, found.databases["matching"].app_url, kafka)
    return rows + await whole_maps(folder, kafka, parts, maps, say)


async def with_all_processes(
    folder: Path, kafka: str, found: Deployment, secrets: Secrets, parts: Sequence[str]
) -> list[Row]:
    """What needs four webs and four workers."""
    rows: list[Row] = []
    async with bench_chain.mail_server() as (smtp_port, arrivals):
        cluster = Cluster(folder, dict(found.app_urls), kafka, smtp_port=smtp_port, secrets=secrets)
        with ready(cluster):
            await asyncio.to_thread(load_city, cluster)
            if "chain" in parts:
                rows += await chain(cluster, arrivals)
            if "intake" in parts:
                rows += await intake(cluster, found.databases["notify"].owner_url)
            if "memory" in parts:
                rows += memory(cluster)
    return rows


@contextmanager
def ready(cluster: Cluster) -> Iterator[None]:
    """All processes of Schakel."""
    say("starting four webs and four workers …")
    with running(cluster):
        yield


async def chain(cluster: Cluster, arrivals: bench_chain.Arrivals) -> list[Row]:
    """From the 201 to the mail, once everything is warm."""
    rows: list[Row] = []
    say("warming up …")
    await bench_chain.request_to_mail(cluster, arrivals, per_second=50, seconds=20)
    for pace, seconds in ((50, 20), (300, 10)):
        say(f"201 to mail, {pace} a second …")
        hops = await bench_chain.request_to_mail(cluster, arrivals, per_second=pace, seconds=seconds)
        what = f"p50 {hops.p50:.0f} ms, p99 {hops.p99:.0f} ms ({hops.count - hops.missing} of {hops.count} mails)"
        rows.append((f"201 to mail accepted, {pace}/s on Kafka", what, "p50 at most 60 ms" if pace == 50 else ""))
    return rows


async def intake(cluster: Cluster, plain_url: str) -> list[Row]:
    """Requests per second, and the two ratios. The workers rest meanwhile, the plain way has none either."""
    for name in list(cluster.urls):
        cluster.stop(f"{name}-worker")
    say("intake …")
    rates = await bench_intake.compare(cluster, plain_url)
    for name in list(cluster.urls):
        cluster.start_worker(name)
    faster, slower = rates.ours / rates.plain, rates.ours / rates.nothing
    return [
        ("intake, POST /v1/requests", f"{rates.ours:.0f} requests/s", ""),
        ("… against one SQLModel transaction each", f"{faster:.1f}x (that does {rates.plain:.0f}/s)", "at least 3x"),
        ("… against the route without a database", f"{slower:.2f}x (that does {rates.nothing:.0f}/s)", ""),
    ]


async def board(monitoring_url: str) -> list[Row]:
    """The middle and the longest of all pages that were asked for."""
    say("the board …")
    times = await bench_board.times_of_pages(monitoring_url)
    slowest, (middle, _) = max(times.items(), key=lambda item: item[1][0])
    first = times["/bord"][0]
    return [
        (f"the board, {bench_board.CASES} open cases", f"{first:.0f} ms", "at most 100 ms"),
        ("… its slowest page", f"{middle:.0f} ms ({slowest})", "at most 100 ms"),
    ]


async def search(matching_url: str, size: int) -> list[Row]:
    """Many different questions to a map of this size."""
    say(f"search, {size} services …")
    times = await bench_search.times_of_searches(matching_url, size)
    measured = (times["search"], times["plain"], times["open"])
    (middle, last), (plain, _), (opened, late) = map(bench_search.middle_and_last, measured)
    wanted = "p50 at most 20 ms, p99 at most 60 ms" if size < LARGEST_MAP else "p50 at most 250 ms"
    what = f"p50 {middle:.1f} ms, p99 {last:.1f} ms (one service by its key: {plain:.1f} ms)"
    return [
        (f"search of the map, {size} services", what, wanted),
        ("… all that is open at some moment", f"p50 {opened:.1f} ms, p99 {late:.1f} ms", ""),
    ]


async def plumbing(intake_url: str, matching_url: str, kafka: str) -> list[Row]:
    """Relay and consumer."""
    say("relay …")
    relay = await bench_plumbing.relay_rows_per_second(intake_url, kafka)
    say("consumer …")
    consumer = await bench_plumbing.events_per_second(matching_url, kafka)
    return [
        ("relay on Kafka", f"{relay:.0f} rows/s", "at least 20000"),
        ("consumer with inbox and outbox", f"{consumer:.0f} events/s", "at least 5000"),
    ]


def memory(cluster: Cluster) -> list[Row]:
    """The largest web and the largest worker."""
    held = bench_chain.memory(cluster)
    rows = []
    for kind, most in (("web", 110), ("worker", 90)):
        name, size = max((item for item in held.items() if item[0].endswith(kind)), key=lambda item: item[1])
        rows.append((f"memory of the largest {kind} ({name})", f"{size:.0f} MB", f"at most {most} MB"))
    return rows


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure speed and memory.")
    asked.add_argument("parts", nargs="*", choices=PARTS, default=list(PARTS), metavar="|".join(PARTS))
    asked.add_argument("--million", action="store_true", help="a million offers as well: an hour, and gigabytes")
    given = asked.parse_args()
    parts, maps = given.parts, (*MAPS, *((LARGEST_MAP,) if given.million else ()))
    # As Schakel's own processes log: unless told so, structlog writes a line for each event.
    set_up("bench", "info")
    with ExitStack() as stack:
        kafka = stack.enter_context(kafka_for_tests()).bootstrap if ON_KAFKA & set(parts) else ""
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="schakel-bench-"))
        Path(folder).chmod(0o755)
        # The loop that Schakel's own processes run on.
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            rows = runner.run(measure(Path(folder), kafka, parts, maps))
    cpu = platform.processor() or platform.machine()
    memory_gib = psutil.virtual_memory().total / 2**30
    print(f"{os.cpu_count()} cores ({cpu}), {memory_gib:.0f} GiB, Python {platform.python_version()}\n")  # noqa: T201
    print("| what | measured | wanted |\n|---|---|---|")  # noqa: T201
    for row in rows:
        print(f"| {' | '.join(row)} |")  # noqa: T201


if __name__ == "__main__":
    main()
