"""A whole map was taken over a moment ago: who signs in or is asked for help does not wait for it."""

from collections.abc import Mapping
from uuid import uuid4

import asyncpg

from deploy.demo.stories.child import Child
from deploy.demo.stories.people import Person
from deploy.demo.stories.telling import Telling
from deploy.demo.stories.world import World
from shared.events.catalogue import topics_for, wire_name
from shared.events.directory import ServiceListed
from tests.parts.stories import AMINA

# Far more than are consumed while a code and a question go out.
FACTS = 40_000
# The share of them that still waits then: what somebody waits for goes first.
MOST_WAIT = 0.5
_LISTED = """
    INSERT INTO outbox (id, subject, sequence, type, topic, occurred_at, correlation_id, data)
    SELECT id, id, 1, $2, $3, now(), id, json_build_object(
        'subject', id, 'occurredAt', now(), 'organisationId', id, 'name', 'Verzonnen aanbod', 'categories', '[]'::json,
        'districts', '[]'::json, 'languages', '[]'::json, 'active', true)::text
    FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1)) AS service
"""


async def a_code_and_a_question_do_not_wait(world: World, databases: Mapping[str, str]) -> None:
    """So many offers are told; then somebody signs in and a partner is asked, while most still wait."""
    told = await _known(databases["notify"])
    await _list_services(databases["matching"])

    telling = Telling()
    child = Child(world, telling, AMINA, str(uuid4()))
    await child.school_asks()
    mail = await child.partner_is_asked("De partner krijgt de vraag")
    async with Person(world) as partner:
        await partner.sign_in(mail.to)

    assert telling.failures == []
    left = FACTS - (await _known(databases["notify"]) - told)
    assert left >= MOST_WAIT * FACTS, f"the code did not go first: only {left} facts still waited"


async def _list_services(matching: str) -> None:
    connection = await asyncpg.connect(matching.replace("+asyncpg", ""))
    try:
        await connection.execute(_LISTED, FACTS, wire_name(ServiceListed), topics_for(ServiceListed)[0])
    finally:
        await connection.close()


async def _known(notify: str) -> int:
    """Of how many subjects of matching notify has consumed something."""
    connection = await asyncpg.connect(notify.replace("+asyncpg", ""))
    try:
        return int(await connection.fetchval("SELECT count(*) FROM inbox_positions WHERE service = 'matching'"))
    finally:
        await connection.close()
