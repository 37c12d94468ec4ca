"""The containers as they are delivered: one command brings them up, they do as told, and they survive what happens."""

import asyncio
import signal
from collections import Counter
from typing import Any

import httpx
import pytest

from deploy import __version__
from deploy.demo.stories.child import Child
from deploy.demo.stories.world import NUMBER, World
from shared.events.catalogue import SERVICES
from tests.compose.children import PATIENCE_SECONDS, asks, child_of, is_helped
from tests.compose.composed import Composed
from tests.parts.stories import AMINA, DAAN

pytestmark = [pytest.mark.compose, pytest.mark.timeout(900)]

JOBS = {"secrets", "migrate", "topics", "city"}
STAY = {"kafka", "postgres", "redis", "proxy", "mailbox"} | {f"{s}-{k}" for s in SERVICES for k in ("web", "worker")}
WITHOUT_KAFKA_SECONDS = 30
STOPPED_JAVA = 143
"""How a Java program ends after SIGTERM, also when all went well."""
MAILS_OF_A_YES = 4


async def copies(world: World) -> Counter[str]:
    """How many copies of each message there are, by Message-ID."""
    async with world.client() as client:
        reply = await client.get(f"{world.mailbox_url}/api/messages")
    return Counter(mail["messageId"] for mail in reply.json()["messages"])


async def about(world: World, child: Child) -> list[str]:
    """The subjects of the mails about this child alone; the desk's list of the day is about more."""
    about = [mail.subject for mail in await world.mails(code=child.code)]
    return [subject for subject in about if child.code in subject or NUMBER.search(subject)]


async def came_once(world: World, child: Child) -> None:
    """The ambassador's receipt, the question, the yes to the ambassador and to its partner; nothing came twice."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(await about(world, child)) < MAILS_OF_A_YES:  # noqa: ASYNC110 - a mailbox does not tell
            await asyncio.sleep(0.5)
    await asyncio.sleep(3)
    subjects = await about(world, child)
    assert len(subjects) == len(set(subjects)) == MAILS_OF_A_YES, subjects
    assert set((await copies(world)).values()) == {1}


async def is_back(composed: Composed) -> None:
    """The API answers again."""
    async with composed.client() as client, asyncio.timeout(PATIENCE_SECONDS):
        url = f"{composed.url}/v1/requests"
        while (await client.get(url)).status_code != httpx.codes.UNAUTHORIZED:  # noqa: ASYNC110 - no other sign
            await asyncio.sleep(0.5)


def state_of(composed: Composed) -> dict[str, str]:
    """How each container is."""
    found = {}
    for one in composed.looked_at():
        state: dict[str, Any] = one["State"]
        health = state["Health"]["Status"] if "Health" in state else f"ended with {state['ExitCode']}"
        found[one["Config"]["Labels"]["com.docker.compose.service"]] = health
    return found


def test_one_command_brings_up_everything_healthy(composed: Composed) -> None:
    assert state_of(composed) == dict.fromkeys(STAY, "healthy") | dict.fromkeys(JOBS, "ended with 0")
    assert "✗" not in composed.operator("schakel", "doctor")
    assert composed.operator("schakel", "--version") == f"schakel {__version__}\n"


def test_no_secret_can_be_seen_from_outside_the_containers(composed: Composed) -> None:
    files = "/secrets/*/*_key /secrets/admin/*url /secrets/*/*_password /secrets/*/redis_url"
    of_rings = """grep -ohE '"(k|d)": "[^"]+"' /secrets/*/key_ring.json | cut -d'"' -f4"""
    secrets = composed.operator("sh", "-c", f"for f in {files}; do cat $f; echo; done; {of_rings}")
    words = {part for line in secrets.split() for part in line.replace("@", " ").replace(":", " ").split()}
    long_ones = {word for word in words if len(word) >= 32}

    # Four of one service, five of audit logs, twelve of rings: two that sign for all, nine of pairs, one of marks.
    assert len(long_ones) == 43, "21 keys, and the passwords of eleven roles, six names on Kafka and five on Redis"
    shown = str(composed.looked_at())
    assert not [word for word in long_ones if word in shown]


async def test_story_is_told_over_tls_and_only_the_sites_own_paths_are_served(composed: Composed) -> None:
    world = composed.world()
    amina = child_of(world, AMINA)
    await asks(amina)
    await is_helped(amina)
    await came_once(world, amina)

    async with world.client() as client:
        for path in (
            "internal/deliveries",
            "internal%2fdeliveries",
            "metrics",
            "readyz",
            "hsds/../internal/deliveries",
        ):
            assert (await client.get(f"{world.base_url}/{path}")).status_code == httpx.codes.NOT_FOUND
    async with httpx.AsyncClient() as stranger:
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await stranger.get(world.base_url)
    assert composed.parked() == []


async def test_page_of_a_service_that_is_away_says_so_and_the_others_go_on(composed: Composed) -> None:
    composed.compose("stop", "intake-web")
    try:
        async with composed.client() as client:
            page = await client.get(f"{composed.url}/aanvragen")
            machine = await client.get(f"{composed.url}/v1/requests")
            other = await client.get(f"{composed.url}/kaart")
    finally:
        composed.compose("start", "intake-web")

    assert (page.status_code, machine.status_code, other.status_code) == (503, 503, 200)
    assert "even niet bereikbaar" in page.text
    assert machine.headers["content-type"] == "application/problem+json"
    assert (machine.json()["status"], machine.headers["retry-after"]) == (503, "5")
    await is_back(composed)


def signalled(composed: Composed, worker: str, how: signal.Signals) -> None:
    """Every process in this container gets the signal, from inside: `docker kill` would count as an operator's wish."""
    composed.compose("exec", "-T", worker, "python", "-c", f"import os; os.kill(-1, {how.value})")


async def test_worker_that_is_killed_between_a_request_and_its_mail_comes_back_by_itself(composed: Composed) -> None:
    world = composed.world()
    daan = child_of(world, DAAN)
    # It stands still first: else the mail might have gone before it can be killed.
    signalled(composed, "matching-worker", signal.SIGSTOP)

    await asks(daan)
    assert [mail for mail in await world.mails(code=daan.code) if "kun je helpen" in mail.subject] == []
    signalled(composed, "matching-worker", signal.SIGKILL)

    await is_helped(daan)

    await came_once(world, daan)
    assert composed.looked_at("matching-worker")[0]["RestartCount"] == 1
    assert composed.parked() == []


async def test_request_without_kafka_is_answered_and_every_mail_comes_once_afterwards(composed: Composed) -> None:
    world = composed.world()
    amina = child_of(world, AMINA)
    composed.compose("stop", "kafka")
    try:
        await asks(amina)
        await asyncio.sleep(WITHOUT_KAFKA_SECONDS)
        assert await world.mails(code=amina.code) == []
    finally:
        composed.compose("start", "kafka")

    await is_helped(amina)

    await came_once(world, amina)
    assert composed.parked() == []
    assert [one["RestartCount"] for one in composed.looked_at("intake-worker", "notify-worker")] == [0, 0]


async def test_what_was_there_is_there_after_down_and_up(composed: Composed) -> None:
    before = composed.world()
    requests = composed.rows("intake", "SELECT count(*) FROM cases")
    composed.compose("stop")
    ends = {one["Name"]: one["State"]["ExitCode"] for one in composed.looked_at()}
    assert set(ends.values()) <= {0, STOPPED_JAVA}, ends
    composed.down()
    print(f"\nup again: {composed.up():.0f} s")  # noqa: T201 - a figure to be read

    world = composed.world()
    daan = child_of(world, DAAN)
    await asks(daan)
    await is_helped(daan)

    assert world.api_key == before.api_key
    assert composed.rows("intake", "SELECT count(*) FROM cases") == [str(int(requests[0]) + 1)]
    assert set((await copies(world)).values()) == {1}
    assert composed.parked() == []
