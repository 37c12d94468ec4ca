"""Asking for help on the pages, step by step, as somebody with a browser does."""

import re
from collections.abc import Mapping
from typing import Any, Final

import httpx

NEW: Final = "/aanvragen/nieuw"
STEPS: Final = ("toestemming", "kind", "gezin", "nodig")


async def fills_in(
    client: httpx.AsyncClient, typed: Mapping[str, Any], draft_id: str, *steps: str, go: str = "next"
) -> httpx.Response:
    """The answer to the last of these pages (all of them, if none is named), or to the first that comes back.

    Each page takes its own fields of `typed`, and passes over the others.
    """
    reply = None
    for step in steps or STEPS:
        reply = await client.post(f"{NEW}/{draft_id}/{step}", data={**typed, "go": go})
        if reply.status_code != httpx.codes.SEE_OTHER:
            return reply
    assert reply is not None
    return reply


async def sends(client: httpx.AsyncClient, draft_id: str) -> httpx.Response:
    """The answer to the last button, below the summary as it is now."""
    return await client.post(f"{NEW}/{draft_id}/verstuur", data={"version": await version_of(client, draft_id)})


async def version_of(client: httpx.AsyncClient, draft_id: str) -> str:
    """Which version of the draft the summary shows; empty when it cannot be sent."""
    page = (await client.get(f"{NEW}/{draft_id}/nakijken")).text
    found = re.search(r'name="version" value="(\d+)"', page)
    return found[1] if found else ""


async def asks(client: httpx.AsyncClient, typed: Mapping[str, Any], draft_id: str) -> httpx.Response:
    """Fill in every page and send it; or the first page that comes back with something wrong."""
    reply = await fills_in(client, typed, draft_id)
    return await sends(client, draft_id) if reply.status_code == httpx.codes.SEE_OTHER else reply
