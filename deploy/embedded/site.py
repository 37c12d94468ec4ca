"""The apps of all services as one site, in one process."""

from collections.abc import Mapping

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from shared.web.health import METRICS_TYPE, readiness, readiness_response
from shared.web.metrics import metrics_text
from shared.web.site import PATHS, service_of_path


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
