"""One web app of one service: everything that the apps of all services have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry
from starlette.middleware import Middleware

from shared.access.service_tokens import ServiceTokens
from shared.access.sessions import Sessions
from shared.access.standing import Standing
from shared.access.system_tokens import SystemTokens
from shared.kernel.city import City
from shared.kernel.clock import Clock
from shared.kernel.key_ring import KeyRing
from shared.unit_of_work import Units
from shared.web import health
from shared.web.api_limit import ApiLimit
from shared.web.assets import StaticFiles
from shared.web.auditing import NOTHING, Auditing, FindMeant, Table, by_its_id
from shared.web.errors import Answer, handle_refusals, refuse_with
from shared.web.health import Check
from shared.web.metrics import HttpMetrics, Observe
from shared.web.openapi import About, Api, serve_openapi
from shared.web.pages import Templates
from shared.web.parked import parked_router
from shared.web.rate_limit import RateLimiter
from shared.web.request_guard import Guard, HeadAsGet
from shared.web.security import SecurityHeaders
from shared.web.site import PARKED, service_of_path

API_VERSION = "1.0.0"


class WebSettings(Protocol):
    """What an app needs of its service's settings (`shared.kernel.settings.CommonSettings`)."""

    @property
    def environment(self) -> str: ...
    @property
    def public_url(self) -> str: ...
    @property
    def key_ring(self) -> KeyRing: ...
    @property
    def city(self) -> City: ...
    @property
    def api_key_per_minute(self) -> int: ...
    @property
    def api_person_per_minute(self) -> int: ...


class WebParts(Protocol):
    """What an app needs of the concrete parts (`shared.runtime.service.Parts`)."""

    @property
    def clock(self) -> Clock: ...
    @property
    def limiter(self) -> RateLimiter | None: ...
    @property
    def registry(self) -> CollectorRegistry: ...


@dataclass(frozen=True)
class Web:
    """What routes and dependencies find at `request.app.state.web`."""

    service: str
    public_url: str
    environment: str
    city: City
    clock: Clock
    sessions: Sessions
    standing: Standing | None
    service_tokens: ServiceTokens
    system_tokens: SystemTokens
    limiter: RateLimiter
    api_limit: ApiLimit
    templates: Templates
    registry: CollectorRegistry
    checks: Mapping[str, Check]
    auditing: Auditing


def create_app(  # noqa: PLR0913 - the one place where a service's routes come together
    *,
    service: str,
    settings: WebSettings,
    parts: WebParts,
    templates: Templates,
    pages: APIRouter | None = None,
    apis: Sequence[Api] = (),
    internal: APIRouter | None = None,
    units: Units[Any] | None = None,
    checks: Mapping[str, Check] | None = None,
    registry: CollectorRegistry | None = None,
    table: Table = NOTHING,
    find_meant: FindMeant = by_its_id,
    uploads: Mapping[str, int] | None = None,
) -> FastAPI:
    """The service's app.

    Routers carry their whole paths (`APIRouter(prefix="/v1")`, `APIRouter(prefix="/internal")`, pages `/aanvragen/…`).
    `units`: whoever is signed in is looked up there at every request (without, nobody is); it also serves this
    service's page of parked events (`site.PARKED[service]`), before all other pages.
    `checks`: what `/readyz` asks, by name; each raises when it is not ready.
    `table`: what each route tells the audit log (`web/audited.py`); `find_meant`: of which case that is.
    `uploads`: the paths of pages where a file may be sent, and of how many bytes at most.
    `apis`: each with its own description; `registry` is where `/metrics` reads (else the parts').
    """
    templates.live_in(settings.city)
    auditing = Auditing(units, table, find_meant)
    web = _web(service, settings, parts, templates, auditing, checks or {}, registry or parts.registry)
    refuse = refuse_with(templates)
    app = _bare(web, refuse, uploads or {})
    about = About(web.public_url, settings.city, API_VERSION)
    for api in apis:
        # The description comes first: its address could be taken for an operation's, with a word for an id.
        serve_openapi(app, about, api, also_at_root=service_of_path("/openapi.json") == service)
        _serve(app, api.router)
    parked = parked_router(PARKED[service], units, templates) if units is not None else None
    _serve(app, internal, parked, pages)
    return app


def _serve(app: FastAPI, *routers: APIRouter | None) -> None:
    """Their routes as they are: `include_router` would work each out anew, for each app, to give it what it has."""
    for router in routers:
        if router is not None:
            app.router.routes.extend(router.routes)


def _bare(web: Web, refuse: Answer, uploads: Mapping[str, int]) -> FastAPI:
    """What every app has, whatever it serves."""
    app = FastAPI(
        title=f"Schakel {web.service}",
        version=API_VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Its spans hold addresses, its log the words of exceptions; ours hold neither (`shared.web.tracing`).
        telemetry={"tracing": False, "metrics": False, "logs": False},
        middleware=_middleware(web, refuse, uploads),
    )
    app.state.web = web
    handle_refusals(app, refuse, web.templates)
    app.router.routes.extend(health.health_routes(web.checks, web.registry))
    app.mount("/static", StaticFiles(web.templates.theme, web.city.logo))
    return app


def _web(
    service: str,
    settings: WebSettings,
    parts: WebParts,
    templates: Templates,
    auditing: Auditing,
    checks: Mapping[str, Check],
    registry: CollectorRegistry,
) -> Web:
    limiter = parts.limiter or RateLimiter()
    return Web(
        service=service,
        public_url=settings.public_url,
        environment=str(settings.environment),
        city=settings.city,
        clock=parts.clock,
        sessions=Sessions(settings.key_ring, secure=settings.public_url.startswith("https://")),
        standing=Standing(auditing.units, parts.clock) if auditing.units is not None else None,
        service_tokens=ServiceTokens(settings.key_ring, service, parts.clock),
        system_tokens=SystemTokens(settings.key_ring),
        limiter=limiter,
        api_limit=ApiLimit(limiter, service, settings.api_key_per_minute, settings.api_person_per_minute),
        templates=templates,
        registry=registry,
        checks=dict(checks),
        auditing=auditing,
    )


def _middleware(web: Web, refuse: Answer, uploads: Mapping[str, int]) -> list[Middleware]:
    """From the outside in."""
    return [
        Middleware(HeadAsGet),
        Middleware(SecurityHeaders, https=web.public_url.startswith("https://"), api_version=API_VERSION),
        Middleware(Observe, service=web.service, metrics=HttpMetrics.of(web.registry), refuse=refuse),
        Middleware(Guard, refuse=refuse, public_url=web.public_url, uploads=uploads),
    ]
