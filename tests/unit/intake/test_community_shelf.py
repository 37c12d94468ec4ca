"""The open list of the knowledge base as intake reads it: held for a while, and done without when community is away."""

from datetime import timedelta

import httpx

from services.intake.adapters.community_shelf import CommunityShelf
from tests.twins.clock import HeldClock
from tests.unit.community.test_knowledge_flow import a_network, published
from tests.unit.community.world import TUESDAY


async def test_what_is_published_is_on_the_shelf_without_an_account() -> None:
    community = await a_network()
    slug = await published(community)
    http = httpx.AsyncClient(transport=httpx.ASGITransport(community.app()))
    shelf = await CommunityShelf(http, "http://community", community.clock).read()
    assert [(one.path, one.categories) for one in shelf.articles] == [(f"/kennisbank/{slug}", ("bike",))]


async def test_what_was_read_is_held_and_who_is_away_is_left_alone() -> None:
    replies = [httpx.Response(503), httpx.Response(200, json={"articles": [{"title": "A", "path": "/kennisbank/a"}]})]
    replies += [httpx.Response(200, text="<html>")]
    asked = 0

    def answer(_: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        if not replies:
            raise httpx.ConnectError("away")
        return replies.pop(0)

    clock = HeldClock(TUESDAY)
    shelf = CommunityShelf(httpx.AsyncClient(transport=httpx.MockTransport(answer)), "http://community", clock)
    for minutes, titles, calls in (
        (0, [], 1), (0, [], 1), (2, ["A"], 2), (9, ["A"], 2), (2, ["A"], 3), (2, ["A"], 4), (0, ["A"], 4),
    ):  # fmt: skip
        clock.forward(timedelta(minutes=minutes))
        assert [one.title for one in (await shelf.read()).articles] == titles
        assert asked == calls
