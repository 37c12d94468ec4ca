"""P6, names stay home: unmistakable words through the whole chain, failures included, stay sealed in intake."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

import deploy.embedded.run
from deploy.demo.stories.child import ASKED
from deploy.demo.stories.people import Person
from deploy.demo.stories.world import Client, World
from deploy.embedded.data_folder import in_use
from deploy.embedded.kept_mailbox import KeptMailbox
from deploy.embedded.run import Running, RunOptions, run_embedded
from services.monitoring import bootstrap, subscriptions
from shared.events.catalogue import wire_name
from shared.events.matching import HelpStarted
from shared.kernel.logs import set_up
from shared.messaging.subscriptions import on
from tests.journeys import canary
from tests.journeys.canary_story import help_is_promised
from tests.parts.containers import free_port
from tests.parts.log_lines import logs_as_before

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]


class OnceRefusingMailbox(KeptMailbox):
    """Says no to the first mail about a partner's yes; the sender's server would say so with 5xx."""

    refused = 0

    def take(self, content: bytes, readers: list[str]) -> None:
        """Take all but one."""
        if b"Goed nieuws" in content and not self.refused:
            type(self).refused += 1
            raise ValueError("this mail is not taken")
        super().take(content, readers)


@asynccontextmanager
async def schakel_in_this_process(folder: Path) -> AsyncIterator[Running]:
    """As `schakel up`, with its log in a file."""
    stop, up = asyncio.Event(), asyncio.Event()
    running: list[Running] = []

    async def is_up(what: Running) -> None:
        running.append(what)
        up.set()

    with logs_as_before(), in_use(folder) as note, (folder / "schakel.log").open("a", buffering=1) as log:
        set_up("embedded", "debug", log)
        options = RunOptions(folder, free_port(), durable=False)
        serving = asyncio.create_task(run_embedded(options, note, stop, lambda _: None, is_up))
        waiting = asyncio.create_task(up.wait())
        await asyncio.wait([serving, waiting], timeout=120, return_when=asyncio.FIRST_COMPLETED)
        try:
            if serving.done():
                serving.result()
            yield running[0]
        finally:
            stop.set()
            await serving


def world_of(running: Running, client: Client) -> World:
    """Where a story is played, through doors that remember what was said."""
    return World(running.url, running.mailbox_url, running.api_key, running.forward, running.demo.city, client)


async def send_half_a_request(world: World) -> None:
    """The line of a school broke off within a name."""
    async with world.client() as client:
        broken = await client.post(
            f"{world.base_url}/v1/requests",
            content=f'{{"child": {{"firstName": "{canary.MISTAKE}',
            headers={"Authorization": f"Bearer {world.api_key}", "Content-Type": "application/json"},
        )
    assert broken.status_code == 400


async def parked(running: Running) -> list[str]:
    """The types that stand aside in monitoring."""
    connection = await asyncpg.connect(running.found.app_urls["monitoring"].replace("+asyncpg", ""))
    rows = await connection.fetch("SELECT type FROM parked_events")
    await connection.close()
    return [row["type"] for row in rows]


async def wait_until_parked(running: Running) -> None:
    """The poisoned event stands aside."""
    async with asyncio.timeout(30):
        while not await parked(running):  # noqa: ASYNC110 - a database does not tell
            await asyncio.sleep(0.1)


def what_the_log_calls_parked(folder: Path) -> set[tuple[str, str]]:
    """The services and types of events."""
    lines = [line for line in (folder / "schakel.log").read_text().splitlines() if '"event_parked"' in line]
    return {(line["service"], line["event_type"]) for line in map(json.loads, lines)}


OTHERS = [line for line in subscriptions.SUBSCRIPTIONS if line.event is not HelpStarted]


async def what_is_shown(running: Running, world: World) -> dict[str, str]:
    """All mails, as read and as the mailbox has them, and the metrics."""
    async with httpx.AsyncClient() as client:
        metrics = await client.get(f"{running.url}/metrics")
        messages = await client.get(f"{running.mailbox_url}/api/messages")
    return {"mails": str(await world.mails()), "mailbox": messages.text, "metrics": metrics.text}


async def test_what_identifies_a_family_is_found_nowhere_outside_intake_and_there_only_sealed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def poisoned(event: HelpStarted, unit: object) -> None:
        raise RuntimeError(f"no good: {event}")

    monkeypatch.setattr(bootstrap, "SUBSCRIPTIONS", (*OTHERS, on(HelpStarted, poisoned)))
    monkeypatch.setattr(deploy.embedded.run, "KeptMailbox", OnceRefusingMailbox)
    listening = canary.Listening()
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        folder = Path(made) / "schakel"
        async with schakel_in_this_process(folder) as running:
            world = world_of(running, listening.client)
            child, mail = await help_is_promised(world)
            await child.help_comes(mail)
            await wait_until_parked(running)
            async with Person(world) as ambassador:
                await ambassador.sign_in(child.ambassador)
                own_page = await ambassador.open(child.case["links"]["page"])

            assert canary.FIRST_NAME in own_page.text, "sealed, not lost: its own ambassador reads it"
            assert OnceRefusingMailbox.refused == 1
            shown = await what_is_shown(running, world)
            assert ASKED in shown["mails"]
            assert "schakel_" in shown["metrics"]
            assert {where: canary.found_in(text) for where, text in shown.items()} == {where: set() for where in shown}
            assert len(listening.addresses) > 20
            assert canary.found_in("\n".join(listening.addresses)) == set()
            assert await canary.in_databases(running.found.app_urls) == {}
        assert what_the_log_calls_parked(folder) == {("monitoring", wire_name(HelpStarted))}
        assert canary.in_files(folder) == {}


async def test_search_finds_a_word_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "leak").write_text(f"… {canary.ADDRESS} …")

    assert canary.in_files(tmp_path) == {"leak": {"Kooiverzonnenpad"}}
    assert canary.found_in(f"\\x{canary.LAST_NAME.encode().hex()}") == {canary.LAST_NAME}
