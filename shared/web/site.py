"""The one site: which path belongs to which service, the menu, and the four apps as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from shared.access.sessions import Session
from shared.events.base import Role

# First path segment -> service. "" is the front page. The proxy's configuration is made from this table.
PATHS: Mapping[str, str] = {
    "": "matching",
    "inloggen": "matching",
    "uitloggen": "matching",
    "kaart": "matching",
    "antwoord": "matching",
    "netwerk": "matching",
    "hsds": "matching",
    "aanvragen": "intake",
    "gezin": "intake",
    "v1": "intake",
    "openapi.json": "intake",
    "bord": "monitoring",
    "vervolg": "monitoring",
    "berichten": "notify",
    "static": "matching",
}
# Where each service shows the events that stand aside.
PARKED: Mapping[str, str] = {
    "intake": "/aanvragen/geparkeerd",
    "matching": "/netwerk/geparkeerd",
    "monitoring": "/bord/geparkeerd",
    "notify": "/berichten/geparkeerd",
}
# Under these, replies are for machines: problem+json instead of an error page.
MACHINE_SEGMENTS = frozenset({"v1", "hsds", "internal", "openapi.json", "livez", "readyz", "metrics"})


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu; `roles` empty: for everyone."""

    label: str
    path: str
    roles: frozenset[Role] = frozenset()


def menu_for(session: Session | None, path: str) -> Sequence[tuple[MenuItem, bool]]:
    """The menu for this person, and for each entry whether it is where they are."""
    raise NotImplementedError


def service_of_path(path: str) -> str | None:
    """Which service serves this path; None: nobody (also for `/internal`, which is never public)."""
    return PATHS.get(path.lstrip("/").split("/", 1)[0])


class Site:
    """The four apps as one ASGI app, for the embedded run. `/livez`, `/readyz` and `/metrics` speak for all of them."""

    def __init__(self, apps: Mapping[str, FastAPI]) -> None:
        self._apps = dict(apps)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request to the app that owns its path."""
        raise NotImplementedError
