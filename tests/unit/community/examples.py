"""Examples for the table, as the desk makes them through its pages."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import httpx

from shared.events.base import Role
from tests.unit.community.world import Community, an_id

PAGE: Final = "/bijeenkomsten/voorbeelden"
COLLEAGUE: Final = an_id("colleague")
FIRST: Final = {"version": "1"}
STORY: Final = "Noa is vaak moe. Haar moeder werkt 's nachts, en er is geen geld voor zwemles."
FORM: Final = {
    "category": "bike", "ageBand": "8-11", "called": "Noa", "body": STORY, "choice": "keep",
}  # fmt: skip


async def sent(
    community: Community, path: str, data: Mapping[str, str] | None = None, whose: UUID | None = None
) -> httpx.Response:
    """What somebody of the desk gets for this form."""
    async with community.visitor(Role.COORDINATOR, whose) as desk:
        return await desk.post(path, data=dict(data or {}))


async def made(community: Community, **more: str) -> str:
    """The path of a new example."""
    reply = await sent(community, f"{PAGE}/nieuw", FORM | more)
    assert reply.status_code == 303, reply.text
    return reply.headers["location"]


async def approved(community: Community, **more: str) -> str:
    """The path of an example that a colleague approved."""
    path = await made(community, **more)
    assert (await sent(community, f"{path}/goedkeuren", FIRST, COLLEAGUE)).status_code == 303
    return path


async def on_the_table(community: Community, gathering_id: UUID) -> str:
    """The path of an example that lies there."""
    path = await approved(community)
    reply = await sent(community, f"{path}/bijeenkomst", {"gathering": str(gathering_id)})
    assert reply.status_code == 303
    return path


async def shown(community: Community, path: str, role: Role = Role.COORDINATOR) -> httpx.Response:
    """The page, as somebody with this role sees it."""
    async with community.visitor(role) as browser:
        return await browser.get(path)
