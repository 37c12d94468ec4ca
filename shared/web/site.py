"""The one site: which path belongs to which service, the menu, and the four apps as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from shared.access.sessions import Session
from shared.events.base import Role
from shared.web.health import METRICS_TYPE, readiness, readiness_response
from shared.web.observing import metrics_text

# First path segment -> service. "" is the front page. The proxy's configuration is made from this table.
PATHS: Final[Mapping[str, str]] = {
    "": "matching",
    "inloggen": "matching",
    "uitloggen": "matching",
    "kaart": "matching",
    "antwoord": "matching",
    "netwerk": "matching",
    "hsds": "matching",
    "static": "matching",
    "aanvragen": "intake",
    "gezin": "intake",
    "v1": "intake",
    "openapi.json": "intake",
    "bord": "monitoring",
    "vervolg": "monitoring",
    "berichten": "notify",
}
# Where each service shows the events that stand aside.
PARKED: Final[Mapping[str, str]] = {
    "intake": "/aanvragen/geparkeerd",
    "matching": "/netwerk/geparkeerd",
    "monitoring": "/bord/geparkeerd",
    "notify": "/berichten/geparkeerd",
}
# Under these, replies are for machines: problem+json instead of an error page.
MACHINE_SEGMENTS: Final = frozenset({"v1", "hsds", "internal", "openapi.json", "livez", "readyz", "metrics"})


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu; `roles` empty: for everyone; `signed_out`: only when nobody is signed in."""

    label: str
    path: str
    roles: frozenset[Role] = frozenset()
    signed_out: bool = False

    def is_for(self, session: Session | None) -> bool:
        """Whether this person sees it."""
        if session is None:
            return not self.roles
        return not self.signed_out and (not self.roles or session.role in self.roles)


_DESK = frozenset({Role.COORDINATOR, Role.OPERATOR})
MENU: Final = (
    MenuItem("Hulp vragen", "/aanvragen/nieuw", frozenset({Role.AMBASSADOR})),
    MenuItem("Mijn aanvragen", "/aanvragen", frozenset({Role.AMBASSADOR})),
    MenuItem("Bord", "/bord", frozenset({Role.COORDINATOR})),
    MenuItem("Aanvragen", "/aanvragen", frozenset({Role.COORDINATOR})),
    MenuItem("Doorverwijzingen", "/netwerk", frozenset({Role.AMBASSADOR, Role.PARTNER, Role.COORDINATOR})),
    MenuItem("Berichten", "/berichten", _DESK),
    MenuItem("Sociale kaart", "/kaart"),
    MenuItem("Inloggen", "/inloggen", signed_out=True),
)


def menu_for(session: Session | None, path: str) -> Sequence[tuple[MenuItem, bool]]:
    """The menu for this person, and for each entry whether it is where they are (the longest path that fits)."""
    entries = [entry for entry in MENU if entry.is_for(session)]
    fitting = [entry.path for entry in entries if path == entry.path or path.startswith(entry.path + "/")]
    here = max(fitting, key=len, default=None)
    return [(entry, entry.path == here) for entry in entries]


def service_of_path(path: str) -> str | None:
    """Which service serves this path; None: nobody (also for `/internal`, which is never public)."""
    return PATHS.get(first_segment(path))


def first_segment(path: str) -> str:
    """`aanvragen` of `/aanvragen/nieuw`."""
    return path.lstrip("/").split("/", 1)[0]


def is_for_machines(path: str) -> bool:
    """Whether a reply on this path is read by a program."""
    return first_segment(path) in MACHINE_SEGMENTS


class Site:
    """Passes each request to the app that owns its path. `/livez`, `/readyz` and `/metrics` speak for all of them.

    `/internal` is not served: services reach each other's apps directly. In Compose the proxy does
    this, from the same table.
    """

    def __init__(self, apps: Mapping[str, FastAPI]) -> None:
        self._apps = dict(apps)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            own = await self._own_reply(Request(scope))
            await (own or self._app_for(scope))(scope, receive, send)

    def _app_for(self, scope: Scope) -> FastAPI:
        """The owner; what belongs to nobody gets the front app's page that says so."""
        if first := service_of_path(scope["path"]):
            return self._apps[first]
        scope["path"], scope["raw_path"] = "/niet-gevonden", b"/niet-gevonden"
        return self._apps[PATHS[""]]

    async def _own_reply(self, request: Request) -> Response | None:
        match request.url.path:
            case "/livez":
                return JSONResponse({"status": "alive"})
            case "/readyz":
                outcomes = {
                    f"{name}.{check}": outcome
                    for name, app in self._apps.items()
                    for check, outcome in (await readiness(app.state.web.checks)).items()
                }
                return readiness_response(outcomes)
            case "/metrics":
                registries = [app.state.web.registry for app in self._apps.values()]
                return Response(metrics_text(*registries), media_type=METRICS_TYPE)
        return None


async def _lifespan(receive: Receive, send: Send) -> None:
    """The apps have no lifespan of their own: what they need is built before and closed after them."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
