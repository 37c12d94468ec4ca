"""What the doctor finds outside an embedded run, and that the clocks it looks at move together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import asyncpg
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from deploy.demo import clock as demo_clock
from deploy.demo.city.demo_city import demo_city
from deploy.embedded.deployment import embedded_environ
from deploy.embedded.throw_away_server import migrated_server
from deploy.install.checkup import check_up
from deploy.install.deployments import Deployment
from deploy.install.finding import Finding
from deploy.install.secret_store import Secrets
from shared.messaging.bus import topics
from shared.messaging.bus.kafka_client import Broker
from shared.messaging.bus.topics import MISSING, TopicsReport, WrongTopic
from shared.messaging.member_name import OneOfItsName
from shared.privacy.audit import About, Action
from shared.storage.database import Database, driver_dsn
from tests.integration.intake.postgres import units_on
from tests.integration.notify.mail_servers import Orders, real_server
from tests.parts.audit import AUDIT_KEY
from tests.parts.keys import ring_file
from tests.unit.intake.builders import everybody_joins, request, submit_request

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]
IN_PRODUCTION = {
    "SCHAKEL_ENVIRONMENT": "production",
    "SCHAKEL_PUBLIC_URL": "https://schakel.example",
    "SCHAKEL_KAFKA_BOOTSTRAP": "kafka.example:9092",
}


# Complete settings: only then the doctor looks at what lies behind them.
COMPLETE = {**IN_PRODUCTION, "SCHAKEL_ENVIRONMENT": "development"}


@asynccontextmanager
async def schakel(**own: str) -> AsyncIterator[Deployment]:
    """Four databases, and the settings of the services that would run on them."""
    async with migrated_server() as databases:
        secrets = Secrets.fresh()
        yield Deployment(
            "a test",
            databases,
            {
                name: {
                    **embedded_environ(secrets, one, demo_city(), Path("unused")),
                    "SCHAKEL_KEY_RING": ring_file(name),
                    **own,
                }
                for name, one in databases.items()
            },
        )


async def wrong(found: Deployment) -> dict[str, list[Finding]]:
    """What is not well, by area; style sheets are built by `make assets`, which is not what is tried here."""
    findings: dict[str, list[Finding]] = {}
    async for finding in check_up(found, embedded=False):
        if not finding.is_well and finding.area != "pages":
            findings.setdefault(finding.area, []).append(finding)
    return findings


def kafka_holds(monkeypatch: pytest.MonkeyPatch, *found: WrongTopic) -> list[int]:
    """Kafka's topics are so; gives the replicas that were asked for."""
    asked: list[int] = []

    async def ensure_topics(_broker: Broker, *, replication_factor: int, create: bool) -> TopicsReport:
        assert not create
        asked.append(replication_factor)
        return TopicsReport(right=("schakel.intake",), wrong=found)

    monkeypatch.setattr(topics, "ensure_topics", ensure_topics)
    return asked


async def test_doctor_tells_a_clock_topics_and_a_password_that_are_wrong_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = kafka_holds(
        monkeypatch,
        WrongTopic("schakel.notify", (MISSING,)),
        WrongTopic("schakel.matching", ("1 replicas, needed 3",)),
    )

    def no(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, _data: object) -> AuthResult:
        return AuthResult(success=False, handled=False)

    async with real_server(Orders(), authenticator=no, auth_require_tls=False) as port:
        login = {
            "SCHAKEL_SMTP_USERNAME": "schakel",
            "SCHAKEL_SMTP_PASSWORD": "verkeerd",
            "SCHAKEL_SMTP_PORT": str(port),
        }
        async with schakel(**IN_PRODUCTION, **login, SCHAKEL_KAFKA_REPLICATION="3") as found:
            await demo_clock.forward({"intake": found.app_urls["intake"]}, timedelta(days=1), environment="test")
            # Production takes no login without encryption, and this server has none.
            environ = {name: {**given, "SCHAKEL_ENVIRONMENT": "development"} for name, given in found.environ.items()}
            findings = await wrong(Deployment("a test", found.databases, environ))

    assert findings.keys() == {"kafka", "mail", "intake clock"}
    assert asked == [3]
    missing, different = findings["kafka"]
    assert ("schakel.notify" in missing.words, missing.fix) == (True, "run `schakel topics`")
    assert "1 replicas, needed 3" in different.words
    assert "Kafka's own tools" in different.fix
    assert "answers" in findings["mail"][0].words
    assert "SCHAKEL_SMTP_PASSWORD" in findings["mail"][0].fix
    assert "1 day" in findings["intake clock"][0].words


class Idle:
    """A consumer to which nothing comes."""

    async def run(self, stop: asyncio.Event) -> None:
        await stop.wait()

    async def lag(self) -> int:
        return 0


async def test_doctor_names_workers_that_have_one_name() -> None:
    stop = asyncio.Event()
    async with schakel() as found, asyncio.TaskGroup() as workers:
        try:
            for service, member in (("intake", "a"), ("intake", "a"), ("intake", "b"), ("notify", "a")):
                worker = OneOfItsName(Idle(), found.app_urls[service], member=member, random=Random(1))
                workers.create_task(worker.run(stop))
            async with asyncio.timeout(60):
                while not (findings := await wrong(found)).get("intake workers"):  # noqa: ASYNC110 - the server tells no event
                    await asyncio.sleep(0.2)
        finally:
            stop.set()

    (finding,) = findings["intake workers"]
    assert finding.words == "2 are called a, and only one of them consumes"
    assert "SCHAKEL_MEMBER" in finding.fix
    assert "notify workers" not in findings


async def as_owner(found: Deployment, service: str, statement: str) -> None:
    connection = await asyncpg.connect(driver_dsn(found.databases[service].owner_url))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def test_doctor_tells_when_mail_that_leaves_together_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    kafka_holds(monkeypatch)
    async with schakel(**COMPLETE) as found:
        assert "notify digests" not in await wrong(found)
        for bend, said in (
            ("UPDATE heartbeats SET beat_at = now() - interval '27 hours' WHERE job = 'digests'", "for 27 hours"),
            ("DELETE FROM heartbeats", "ever"),
        ):
            await as_owner(found, "notify", bend)
            (finding,) = (await wrong(found))["notify digests"]
            assert finding.words == f"nobody saw them leave {said}"
            assert "notify worker" in finding.fix


async def test_doctor_counts_what_is_not_erased_within_the_hour() -> None:
    waiting = "INSERT INTO unconfirmed_erasures VALUES (gen_random_uuid(), now() - interval '%s', '{notify}')"
    async with schakel() as found:
        await as_owner(found, "intake", waiting % "50 minutes")
        database = Database(found.app_urls["intake"], application_name="test")
        async with units_on(database).begin() as unit:
            await everybody_joins(unit)
            await submit_request(request(), unit)
        await database.close()
        await as_owner(found, "intake", "UPDATE cases SET state = 'erasing'")
        assert "intake erasing" not in await wrong(found)

        await as_owner(found, "intake", "UPDATE cases SET changed_at = now() - interval '70 minutes'")
        await as_owner(found, "intake", waiting % "70 minutes")

        (finding,) = (await wrong(found))["intake erasing"]
    assert finding.words == "2 cases are not erased everywhere within the hour"
    assert "schakel erase --status" in finding.fix


async def test_doctor_finds_an_audit_log_that_was_bent_or_is_never_pruned(monkeypatch: pytest.MonkeyPatch) -> None:
    kafka_holds(monkeypatch)
    async with schakel(**COMPLETE, SCHAKEL_AUDIT_KEY=AUDIT_KEY) as found:
        await a_line(found)
        assert "intake audit log" not in await wrong(found)
        await as_owner(found, "intake", "INSERT INTO clock_offset (ahead) VALUES (interval '-6 years')")
        await as_owner(found, "intake", "DELETE FROM audit_lines")
        await a_line(found)
        await as_owner(found, "intake", "DELETE FROM clock_offset")
        await a_line(found)
        (finding,) = (await wrong(found))["intake audit log"]
        assert finding.words == "lines of more than 5 years ago are still there"

        await as_owner(found, "intake", "UPDATE audit_lines SET purpose = 'another'")

        (finding,) = (await wrong(found))["intake audit log"]
    assert finding.words.startswith("line 1: it was changed after it was written")
    assert finding.fix == "run `schakel audit verify`"


async def a_line(found: Deployment) -> None:
    database = Database(found.app_urls["intake"], application_name="test")
    async with units_on(database).begin() as unit:
        unit.audit.record(Action.READ, About.NOBODY, None, "open-list")
    await database.close()


async def test_clocks_that_came_apart_are_one_again_at_the_next_move() -> None:
    async with schakel() as found:
        await demo_clock.forward({"intake": found.app_urls["intake"]}, timedelta(days=1), environment="test")

        ahead = await demo_clock.forward(found.app_urls, timedelta(hours=1), environment="test")

        clocks = set()
        for url in found.app_urls.values():
            connection = await asyncpg.connect(url.replace("+asyncpg", ""))
            clocks.add(await connection.fetchval("SELECT ahead FROM clock_offset"))
            await connection.close()
    assert clocks == {ahead} == {timedelta(days=1, hours=1)}
