"""`kill -9` at every named point of relay, consumer, timers and mail sender, in real processes on Apache Kafka (P7).

Afterwards nothing is lost and nothing has happened twice; a second copy of a mail only where the sender could not know.
"""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from deploy.demo.stories.people import SchoolSystem
from tests.parts.cluster import Cluster
from tests.parts.stories import DAAN

pytestmark = [pytest.mark.crash, pytest.mark.kafka, pytest.mark.timeout(180)]
KILLED = -9


async def asks_for_help(cluster: Cluster) -> str:
    """A school asks, and makes the inventory; returns the kenmerk. However many asked before, a partner has room."""
    await cluster.rows("matching", "UPDATE services SET capacity = NULL")
    school = SchoolSystem(cluster.world)
    case = await school.ask(DAAN.request(cluster.world), key=f"crash-{uuid4()}")
    await school.tell(case["links"]["inventory"], DAAN.inventory(cluster.world))
    return str(case["caseCode"])


async def death_of(cluster: Cluster, worker: str) -> int:
    """Its exit code."""
    return await asyncio.to_thread(cluster.wait_for_death, worker)


async def mails_about(cluster: Cluster, code: str) -> Counter[tuple[str, str]]:
    """How many copies of each message about this case the mailbox has; a partner reads the number of its referral."""
    referrals = await cluster.rows("matching", "SELECT number FROM referrals WHERE case_code = $1", code)
    names = {code, *(row["number"] for row in referrals)}
    async with httpx.AsyncClient() as client:
        found = (await client.get(f"{cluster.url}/postvak/api/messages")).json()["messages"]
    return Counter(
        (mail["subject"], mail["messageId"]) for mail in found if any(name in mail["subject"] for name in names)
    )


async def nothing_stands_aside(cluster: Cluster) -> None:
    for service in cluster.urls:
        assert await cluster.rows(service, "SELECT type, reason FROM parked_events") == []


async def exactly_one_partner(cluster: Cluster, code: str) -> None:
    """The need is with one partner, who was asked once (P1, P2)."""
    rows = await cluster.rows(
        "matching", "SELECT state, count(*) AS n FROM referrals WHERE case_code = $1 GROUP BY state", code
    )
    assert [(row["state"], row["n"]) for row in rows] == [("activated", 1)]


POINTS = [
    ("intake", "relay.before-publish"),
    ("intake", "relay.after-publish"),
    ("matching", "relay.after-mark"),
    ("matching", "consumer.before-commit"),
    ("matching", "consumer.after-commit"),
    ("monitoring", "consumer.before-commit"),
    ("notify", "consumer.after-commit"),
    ("notify", "notify.before-claim-commit"),
    ("notify", "notify.after-claim"),
    ("notify", "notify.before-send"),
    ("notify", "notify.after-send"),
    ("notify", "notify.before-outcome-commit"),
]
# From the claim on the sender's attempt may have reached the server: one more copy is allowed, and it is the same mail.
MAY_COME_TWICE = {"notify.after-send", "notify.before-outcome-commit"}


@pytest.mark.parametrize(("service", "point"), POINTS)
async def test_chain_loses_nothing_and_does_nothing_twice_when_a_worker_dies(
    cluster: Cluster, service: str, point: str
) -> None:
    worker = f"{service}-worker"
    # A second copy that the test before left to be sent would kill the worker before anything was asked.
    await cluster.quiet()
    cluster.stop(worker)
    cluster.start_worker(service, crash_at=point)
    try:
        code = await asks_for_help(cluster)
        assert await death_of(cluster, worker) == KILLED
    finally:
        cluster.start_worker(service)

    mail = await cluster.world.mail(words="kun je helpen?", code=code, patience=90)
    await cluster.quiet(90)

    assert mail.link_to("antwoord")
    await exactly_one_partner(cluster, code)
    await nothing_stands_aside(cluster)
    copies = await mails_about(cluster, code)
    assert len(copies) == len({subject for subject, _ in copies}), f"a message came under two ids: {copies}"
    assert set(copies.values()) <= ({1, 2} if point in MAY_COME_TWICE else {1})


@pytest.mark.parametrize("point", ["timers.before-commit", "timers.after-commit"])
async def test_clock_rings_once_when_the_worker_dies_in_the_middle(cluster: Cluster, point: str) -> None:
    code = await asks_for_help(cluster)
    await cluster.world.mail(words="kun je helpen?", code=code)
    cluster.stop("monitoring-worker")
    cluster.start_worker("monitoring", crash_at=point)

    # A week has two working days, also when Easter is in it.
    await cluster.forward(timedelta(days=7))
    assert await death_of(cluster, "monitoring-worker") == KILLED
    cluster.start_worker("monitoring")
    await cluster.world.mail(words="Herinnering", code=code, patience=90)
    await cluster.quiet(90)

    copies = await mails_about(cluster, code)
    reminders = [count for (subject, _), count in copies.items() if subject.startswith("Herinnering")]
    assert reminders == [1]
