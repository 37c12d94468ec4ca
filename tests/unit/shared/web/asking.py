"""Asking the gallery: an httpx client on the app itself, as a browser or as a machine."""

from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from shared.access.sessions import Session
from shared.events.base import Role
from tests.parts.keys import sessions_of_matching
from tests.unit.shared.web_gallery.gallery import NOW, ORIGIN

OWN_PAGE = {"Origin": ORIGIN}
GOOD = {
    "child": {"firstName": "Amina", "birthDate": "2017-12-31"},
    "district": "noord",
    "needs": [{"category": "bike", "urgency": "soon"}],
    "consent": True,
}


def asking(app: Any) -> httpx.AsyncClient:  # noqa: ANN401 - a FastAPI app or the whole site
    """A client that keeps no cookies between calls."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ORIGIN)


def signed_in_as(role: Role) -> dict[str, str]:
    """The cookie header of somebody with this role."""
    session = Session(UUID(int=1), role, UUID(int=2))
    sessions = sessions_of_matching(secure=True)
    return {"Cookie": f"{sessions.cookie}={sessions.issue(session, NOW)}"}


async def get(app: FastAPI, path: str, **headers: str) -> httpx.Response:
    """One GET."""
    async with asking(app) as client:
        return await client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


async def post_json(app: FastAPI, path: str, content: bytes, **headers: str) -> httpx.Response:
    """One POST of these bytes as JSON."""
    named = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    async with asking(app) as client:
        return await client.post(path, content=content, headers=named)
