"""The knowledge base through its pages, as people use it."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import httpx

from shared.events.base import Role
from tests.parts.people import member
from tests.unit.community.world import Community, an_id

PAGE: Final = "/kennisbank"
COLLEAGUE: Final = an_id("colleague")
TEXT: Final = {
    "title": "Een fiets voor een kind regelen", "body": "Vraag het fietsenfonds.", "kind": "steps",
    "categories": "bike",
}  # fmt: skip


async def a_network() -> Community:
    """A partner who writes, and an organisation."""
    community = Community()
    async with community.units.begin() as unit:
        await unit.members.save(member(an_id(Role.PARTNER), an_id("desk"), Role.PARTNER))
        await unit.organisations.save(an_id("desk"), "Buurthuis De Boei", active=True)
    return community


async def sent(
    community: Community,
    path: str,
    data: Mapping[str, str] | None = None,
    role: Role | None = Role.PARTNER,
    whose: UUID | None = None,
) -> httpx.Response:
    """What somebody gets for this form."""
    async with community.visitor(role, whose) as browser:
        return await browser.post(path, data=dict(data or {}))


async def shown(community: Community, path: str, role: Role | None = None) -> httpx.Response:
    """The page, as somebody with this role sees it."""
    async with community.visitor(role) as browser:
        return await browser.get(path)


async def proposed(community: Community, **more: str) -> str:
    """The path of a text that was handed in."""
    reply = await sent(community, f"{PAGE}/nieuw", TEXT | more)
    assert reply.status_code == 303, reply.text
    path: str = reply.headers["location"]
    assert (await sent(community, f"{path}/indienen")).status_code == 303
    return path


async def published(community: Community, **more: str) -> str:
    """The path of an article that the desk approved."""
    path = await proposed(community, **more)
    reply = await sent(community, f"{path}/goedkeuren", {"version": "1"}, Role.COORDINATOR)
    assert reply.status_code == 303, reply.text
    location: str = reply.headers["location"]
    return location


async def id_of(community: Community, path: str) -> UUID:
    """Whose page this is."""
    async with community.units.begin() as unit:
        found = await unit.articles.find(path.rpartition("/")[2])
    assert found is not None
    return found
