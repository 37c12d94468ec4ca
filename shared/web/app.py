"""One web app of one service: everything at the door that is the same everywhere."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry

from shared.access.service_tokens import ServiceTokens
from shared.access.sessions import Sessions
from shared.clock import Clock
from shared.unit_of_work import Units
from shared.web.pages import Templates
from shared.web.rate_limit import RateLimiter

Check = Callable[[], Awaitable[None]]


class WebSettings(Protocol):
    """What the doors need of a service's settings (`shared.settings.CommonSettings`)."""

    @property
    def environment(self) -> str: ...
    @property
    def public_url(self) -> str: ...
    @property
    def session_key(self) -> str: ...
    @property
    def service_key(self) -> str: ...


class WebParts(Protocol):
    """What the doors need of the concrete parts (`shared.service.Parts`)."""

    @property
    def clock(self) -> Clock: ...
    @property
    def limiter(self) -> RateLimiter | None: ...


@dataclass(frozen=True)
class Web:
    """What routes and dependencies find at `request.app.state.web`."""

    service: str
    public_url: str
    environment: str
    clock: Clock
    sessions: Sessions
    service_tokens: ServiceTokens
    limiter: RateLimiter
    templates: Templates
    registry: CollectorRegistry
    checks: Mapping[str, Check]


def create_app(  # noqa: PLR0913 - the one place where a service's doors come together
    *,
    service: str,
    settings: WebSettings,
    parts: WebParts,
    templates: Templates,
    pages: APIRouter | None = None,
    api: APIRouter | None = None,
    internal: APIRouter | None = None,
    units: Units[Any] | None = None,
    checks: Mapping[str, Check] | None = None,
    api_base: str = "/v1",
    registry: CollectorRegistry | None = None,
) -> FastAPI:
    """The service's app.

    Routers carry their whole paths (`APIRouter(prefix="/v1")`, `APIRouter(prefix="/internal")`, pages `/aanvragen/…`).
    `units`: also serves this service's page of parked events (`site.PARKED[service]`), before all other pages.
    `checks`: what `/readyz` asks, by name; each raises when it is not ready.
    `api_base` + `/openapi.json` describes `api`; `registry` is where `/metrics` reads.
    """
    raise NotImplementedError
