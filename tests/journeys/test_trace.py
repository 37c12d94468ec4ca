"""`schakel trace`: the way of one case through the databases, with an event that stands aside and a mail in it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.cli.app import app
from deploy.embedded.throw_away_server import migrated_server
from services.notify.sender.composing import Composer
from services.notify.sender.loop import Sender
from services.notify.store.repositories import PostgresNotifyUnit
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.events.base import Event
from shared.events.intake import RequestReceived
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.ids import RandomIds
from shared.messaging.batch import Handlers
from shared.messaging.bus.base import Delivered
from shared.messaging.consumer import Consumer
from shared.messaging.outbox_rows import PostgresOutboxRows
from shared.messaging.postgres_unit import PostgresUnit, PostgresUnits
from shared.messaging.relay import Relay
from shared.messaging.subscriptions import by_event
from shared.storage.database import Database
from shared.unit_of_work import Timer, UnitOfWork
from tests.integration.plumbing.traced_process import KeepingBus
from tests.parts.audit import AUDIT_KEY, CHAIN
from tests.parts.city import a_city
from tests.parts.containers import free_port
from tests.twins.mailer import InMemoryAddressBook, InMemoryFollowUpLinks, PlainLetters, RecordingMailer
from tests.unit.notify import builders
from tests.unit.notify.post import TEACHER

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]
REQUEST = "nl.schakel.intake.request-received.v1"


async def fail(_: Event, __: UnitOfWork) -> None:
    raise RuntimeError("Jansje")


async def set_a_timer(event: RequestReceived, unit: UnitOfWork) -> None:
    unit.timers.set(Timer("remind:1", "remind", event.subject, unit.now + timedelta(days=1)))


class Services:
    """The four, as far as this story needs them, on their real databases."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.databases = {name: Database(url, application_name="schakel-test") for name, url in urls.items()}

    def units(self, service: str) -> PostgresUnits[Any]:
        calendar = DutchCalendar()
        make: Any = partial(PostgresNotifyUnit, calendar=calendar) if service == "notify" else PostgresUnit
        return PostgresUnits(
            self.databases[service], service=service, ids=RandomIds(), city=a_city(), chain=CHAIN, make=make
        )

    async def publish(self, event: Event) -> list[Delivered]:
        """Intake says it."""
        async with self.units("intake").begin() as unit:
            unit.outbox.append(event)
        bus = KeepingBus()
        rows = PostgresOutboxRows(self.databases["intake"])
        await Relay(rows, bus, service="intake", source_urn="urn:nld:test:systeem").publish_waiting()
        return [Delivered(each.topic, 0, 0, each.key, each.value, each.headers) for each in bus.records]

    async def consume(self, service: str, handlers: Handlers[Any], records: list[Delivered]) -> None:
        await Consumer(self.units(service), handlers).deliver(records)

    async def send_mail(self) -> None:
        asked = InMemoryAddressBook({builders.AMBASSADOR: TEACHER})
        composer = Composer(asked, InMemoryFollowUpLinks(), PlainLetters())
        await Sender(self.units("notify"), composer, RecordingMailer(), random=Random(1)).send_due()

    async def close(self) -> None:
        for database in self.databases.values():
            await database.close()


@asynccontextmanager
async def a_case() -> AsyncIterator[tuple[Services, dict[str, str], str]]:
    """One that was asked for and mailed about, and stands aside at matching; the environment, and its event's id."""
    async with migrated_server() as databases:
        services = Services({name: database.app_url for name, database in databases.items()})
        records = await services.publish(builders.request_received())
        await services.consume("matching", {RequestReceived: fail}, records)
        await services.consume("monitoring", {RequestReceived: set_a_timer}, records)
        await services.consume("notify", by_event(SUBSCRIPTIONS), records)
        await services.send_mail()
        urls = {f"SCHAKEL_{name.upper()}_DATABASE_URL": database.app_url for name, database in databases.items()}
        yield services, urls, records[0].headers["ce_id"]
        await services.close()


async def trace(urls: Mapping[str, str], *arguments: str) -> tuple[int, str, str]:
    """`schakel trace …`: its exit code, what it told, and what went wrong."""
    done = await asyncio.to_thread(
        CliRunner().invoke, app, ["trace", *arguments], env={"SCHAKEL_AUDIT_KEY": AUDIT_KEY, **urls}
    )
    return done.exit_code, done.stdout, done.stderr + str(done.exception)


def seen(output: str) -> set[tuple[str, str, str]]:
    return {(step["service"], step["what"], step["type"]) for step in map(json.loads, output.splitlines())}


async def test_way_of_a_case_is_told_by_its_kenmerk_its_id_and_its_event() -> None:
    async with a_case() as (_, urls, event):
        code, output, wrong = await trace(urls, "KTRN-47WX")
        ways = [await trace(urls, asked, "--json") for asked in ("ktrn47wx", str(builders.CASE), event)]

    assert code == 0, wrong
    for words in ("The way of KTRN-47WX", "failed: RuntimeError in fail", "on the bus after", "due 20", "accepted"):
        assert words in output
    for secret in ("Jansje", TEACHER.address, TEACHER.name):
        assert secret not in output + str(ways)
    for _, told, _ in ways:
        assert seen(told) == {
            ("intake", "published", REQUEST),
            ("matching", "parked", REQUEST),
            ("monitoring", "timer set", "remind"),
            ("monitoring", "applied", REQUEST),
            ("notify", "applied", REQUEST),
            ("notify", "mail", "request-received"),
            ("notify", "waits", "nl.schakel.notify.message-accepted.v1"),
        }
        steps = [json.loads(line) for line in told.splitlines()]
        assert all(step["seconds_since_cause"] >= 0 for step in steps if step["cause"])
        assert {step["cause"] for step in steps} == {None, event}


@pytest.mark.parametrize(
    ("asked", "said"),
    [("AAAA-9999", "check it for typing errors"), ("00000000-0000-0000-0000-00000000dead", "--data"), ("Jan", "UUID")],
)
async def test_what_nobody_knows_is_refused_with_what_to_check(asked: str, said: str) -> None:
    async with migrated_server() as databases:
        urls = {"SCHAKEL_NOTIFY_DATABASE_URL": databases["notify"].app_url}
        code, output, wrong = await trace(urls, asked)
    assert (code, output) == (1, "")
    assert said in wrong


async def test_database_that_does_not_answer_is_named_and_the_rest_is_told() -> None:
    async with a_case() as (_, urls, _):
        dead = {"SCHAKEL_MATCHING_DATABASE_URL": f"postgresql://schakel:secret@127.0.0.1:{free_port()}/schakel"}
        code, output, wrong = await trace(urls | dead, "KTRN-47WX", "--json")
        unknown = await trace(urls | dead, "AAAA-9999")

    assert code == 1
    assert "matching could not be asked: its database does not answer" in unknown[2]
    assert "matching is missing here: its database does not answer" in wrong
    assert "secret" not in wrong
    assert ("notify", "mail", "request-received") in seen(output)
    assert not any(service == "matching" for service, _, _ in seen(output))


async def test_following_tells_what_is_new_until_it_is_broken_off(tmp_path: Path) -> None:
    async with a_case() as (services, urls, _):
        command = [sys.executable, "-m", "deploy.cli", "trace", "KTRN-47WX", "--follow", "--json"]
        root = str(Path(__file__).parents[2])
        following = await asyncio.create_subprocess_exec(
            *command,
            cwd=tmp_path,
            env={**os.environ, "SCHAKEL_AUDIT_KEY": AUDIT_KEY, **urls, "PYTHONPATH": root},
            stdout=subprocess.PIPE,
        )
        assert following.stdout is not None
        first = [json.loads(await following.stdout.readline()) for _ in range(7)]
        await services.publish(builders.case_closed())
        new = json.loads(await asyncio.wait_for(following.stdout.readline(), 20))
        following.send_signal(signal.SIGINT)
        rest = await following.stdout.read()

        assert await following.wait() == 0
    assert {step["what"] for step in first} == {"published", "parked", "timer set", "applied", "mail", "waits"}
    assert (new["service"], new["type"]) == ("intake", "nl.schakel.intake.case-closed.v1")
    assert len(rest.splitlines()) <= 1, "at most that it is on the bus by now"
