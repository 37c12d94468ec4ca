"""P6, names stay home, in real processes on Apache Kafka, PostgreSQL and Redis: sealed in intake, and nowhere else.

The whole chain is walked, and what can go wrong goes wrong: bad requests with names in the wrong fields, a decline, a
mail that is refused, a record that nobody can read and events that wait behind it.
"""

import asyncio
from collections.abc import Iterator
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from confluent_kafka import Producer
from redis import Redis as RedisClient

from deploy.demo.stories.child import Child
from deploy.demo.stories.page import Page
from deploy.demo.stories.people import DoorClosed, Person
from deploy.demo.stories.world import Mail, World
from shared.events.catalogue import SERVICES
from tests.faults import canary_places
from tests.faults.canary_places import RedisHeard, everywhere
from tests.journeys import canary
from tests.journeys.by_pages import button
from tests.journeys.canary_story import help_is_promised
from tests.parts.cluster import Cluster, running
from tests.parts.cluster_fixture import load_city, prepared
from tests.parts.kafka import Kafka
from tests.parts.postgres import Postgres
from tests.parts.redis import Redis

pytestmark = [pytest.mark.kafka, pytest.mark.postgres, pytest.mark.redis, pytest.mark.timeout(300)]
TOPIC = "schakel.matching"
HEARD_BY = ("intake", "monitoring", "notify")


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, kafka: Kafka, redis_server: Redis
) -> Iterator[Cluster]:
    """With Redis, with logs that tell all they can, and with a mailbox that once says no."""
    cluster = prepared(tmp_path_factory.mktemp("canary"), postgres, kafka)
    cluster.redis, cluster.mailbox = redis_server.url, "tests.faults.refusing_mailbox"
    cluster.environ["SCHAKEL_LOG_LEVEL"] = "debug"
    with running(cluster):
        load_city(cluster)
        yield cluster


async def types_names_where_they_do_not_belong(world: World) -> None:
    """A school's system that mixes up its fields, and a person who types a name into every field there is."""
    mixed_up = canary.request() | {"district": canary.LAST_NAME, canary.FIRST_NAME: canary.MISTAKE}
    mixed_up["needs"] = [{"category": canary.NEED_WORDS, "urgency": canary.MISTAKE, "description": canary.STORY}]
    mixed_up["consent"] = {"givenBy": canary.CONSENT_NAME, "givenOn": canary.MISTAKE, "textVersion": canary.ADDRESS}
    headers = {"Authorization": f"Bearer {world.api_key}", "Idempotency-Key": "mixed-up"}
    # Not through the story's own client: here a name stands in the address itself, as a person may type it.
    async with httpx.AsyncClient(base_url=world.base_url) as client:
        replies = [
            await client.post("/v1/requests", json=mixed_up, headers=headers),
            await client.get(f"/v1/requests/{canary.MISTAKE}", headers=headers),
            await client.get("/v1/requests", headers={"Authorization": f"Bearer {canary.CONTACT_NAME}"}),
            await client.get(
                "/kaart", params={"wijk": canary.LAST_NAME, "q": f"{canary.FIRST_NAME} {canary.NEED_WORDS}"}
            ),
            await client.get(f"/{canary.FIRST_NAME}/{canary.LAST_NAME}"),
        ]
    assert [reply.status_code for reply in replies[:3]] == [400, 400, 401]
    async with Person(world) as somebody:
        await somebody.send((await somebody.open("/inloggen")).form_with("email"), {"email": canary.EMAIL})
        with pytest.raises(DoorClosed, match="400"):
            await somebody.send((await somebody.open("/")).form_with("code"), {"code": canary.MISTAKE})


async def nobody_can_read_the_next_record(cluster: Cluster, case_id: str) -> None:
    """A record of this case that is no event; what is said about the case afterwards waits behind it."""
    query = "SELECT max(sequence) AS last FROM outbox WHERE subject = $1"
    last: int = (await cluster.rows("matching", query, UUID(case_id)))[0]["last"]
    headers = {
        "ce_specversion": "1.0", "ce_id": str(uuid4()), "ce_source": "urn:nld:gemeente:systeem:schakel-matching",
        "ce_type": "nl.schakel.matching.help-started.v1", "ce_subject": case_id, "ce_time": "2026-01-07T09:00:00Z",
        "ce_sequence": f"{last + 1:010d}", "ce_correlationid": str(uuid4()), "content-type": "application/json",
    }  # fmt: skip
    producer = Producer({"bootstrap.servers": cluster.kafka, "partitioner": "murmur2_random", "log_level": 0})
    producer.produce(TOPIC, key=case_id, value=b"\x00{no event", headers=[(k, v.encode()) for k, v in headers.items()])
    assert producer.flush(20) == 0


async def parked(cluster: Cluster, service: str) -> list[str]:
    """The types that stand aside at a service."""
    return [row["type"] for row in await cluster.rows(service, "SELECT type FROM parked_events")]


async def wait_until_parked(cluster: Cluster, service: str, at_least: int) -> None:
    """So many stand aside."""
    async with asyncio.timeout(60):
        while len(await parked(cluster, service)) < at_least:  # noqa: ASYNC110 - a database does not tell
            await asyncio.sleep(0.2)


async def help_comes_unheard(world: World, mail: Mail) -> None:
    """The partner alone tells all of it: no mail asks anybody else while events wait."""
    async with Person(world) as partner:
        for choice, answers in (("cold", {"cold_reason": "only-goods"}), ("start", {}), ("deliver", {})):
            page = await partner.open(mail.link_to("antwoord"))
            await partner.send(button(page, choice), {**answers, "when": "today", "choice": choice})


async def goes_wrong_after_the_yes(cluster: Cluster, child: Child, mail: Mail) -> None:
    """A refused mail; a record that no listener can read; then help comes, and its events wait behind that record."""
    async with asyncio.timeout(60):
        while not await cluster.rows("notify", "SELECT 1 FROM messages WHERE state = 'refused'"):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    await cluster.quiet(60)
    await nobody_can_read_the_next_record(cluster, child.case["id"])
    await help_comes_unheard(cluster.world, mail)
    for service in HEARD_BY:
        await wait_until_parked(cluster, service, 4)


async def own_page(world: World, child: Child) -> Page:
    """What its own ambassador reads."""
    async with Person(world) as ambassador:
        await ambassador.sign_in(child.ambassador)
        return await ambassador.open(child.case["links"]["page"])


async def test_names_are_found_nowhere_outside_intake_whatever_goes_wrong(cluster: Cluster) -> None:
    listening, redis = canary.Listening(), RedisHeard(cluster.redis)
    world = World(
        cluster.url,
        f"{cluster.url}/postvak",
        cluster.secrets.school_api_key,
        cluster.forward,
        cluster.world.city,
        listening.client,
    )
    with redis.listening():
        await types_names_where_they_do_not_belong(world)
        child, mail = await help_is_promised(world)
        await goes_wrong_after_the_yes(cluster, child, mail)
        page = await own_page(world, child)
        found = await everywhere(cluster, redis)

    assert canary.FIRST_NAME in page.text, "sealed, not lost: its own ambassador reads it"
    assert len(redis.commands) > 10, "Redis was used"
    assert all("relay_leads" in cluster.log(f"{service}-worker") for service in SERVICES), "the logs were searched"
    assert len(listening.addresses) > 20
    assert canary.found_in("\n".join(listening.addresses)) == set()
    assert found == {}


async def test_search_finds_a_name_in_each_place_when_it_is_put_there(cluster: Cluster, kafka: Kafka) -> None:
    topic = await kafka.make_topic("canary-planted", partitions=1)
    producer = Producer({"bootstrap.servers": kafka.bootstrap, "log_level": 0})
    producer.produce(topic, key="k", value=b"{}", headers={"who": canary.FIRST_NAME.encode()})
    producer.flush(20)
    connection = await asyncpg.connect(cluster.urls["notify"].replace("+asyncpg", ""))
    await connection.execute(f"CREATE TABLE planted AS SELECT '{canary.ADDRESS}'::bytea AS words")
    (cluster.folder / "planted.log").write_text(canary.STORY)
    redis = RedisHeard(cluster.redis)
    try:
        with redis.listening(), RedisClient.from_url(cluster.redis) as client:
            client.hset("planted", "who", canary.LAST_NAME)
            client.hdel("planted", "who")
            client.set("planted", canary.CONTACT_NAME)
            found = await everywhere(cluster, redis)
    finally:
        await take_away(cluster, connection)

    assert found == {
        "kafka canary-planted": {canary.FIRST_NAME},
        "notify.planted": {"Kooiverzonnenpad"},
        "planted.log": {"eekhoornbrug"},
        "redis commands": {canary.LAST_NAME, canary.CONTACT_NAME},
        "redis keys": {canary.CONTACT_NAME},
    }
    assert canary_places.found_in({"metrics": f'x{{path="/{canary.MISTAKE}"}} 1'}) == {"metrics": {canary.MISTAKE}}


async def take_away(cluster: Cluster, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """What was put there."""
    with RedisClient.from_url(cluster.redis) as client:
        client.delete("planted")
    await connection.execute("DROP TABLE planted")
    await connection.close()
    (cluster.folder / "planted.log").unlink()
