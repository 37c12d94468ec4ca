"""What is measured and logged of each request: its route's template, never its address. Addresses carry link tokens."""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from weakref import WeakKeyDictionary

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, Metric, generate_latest
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kernel.spans import NO_SPANS, Spans
from shared.web.problem import Problem
from shared.web.tracing import AnsweredRequest

log: Final = structlog.get_logger(__name__)
UNMATCHED: Final = "(none)"
STATIC: Final = "/static"
NOT_LOGGED: Final = frozenset({"/livez", "/readyz", "/metrics"})
KNOWN_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


_KNOWN: WeakKeyDictionary[CollectorRegistry, "HttpMetrics"] = WeakKeyDictionary()


class HttpMetrics:
    """Requests and their durations by route; in the service's own registry: all services fit in one process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("service", "method", "route", "status")
        self._requests = Counter("schakel_http_requests", "Requests answered.", labels, registry=registry)
        self._seconds = Histogram(
            "schakel_http_request_seconds", "Time to the end of the reply.", ("service", "route"), registry=registry
        )

    @classmethod
    def of(cls, registry: CollectorRegistry) -> "HttpMetrics":
        """Those of this registry; the same ones when asked again (a registry takes a name once)."""
        if (known := _KNOWN.get(registry)) is None:
            known = _KNOWN[registry] = cls(registry)
        return known

    def answered(self, service: str, method: str, route: str, status: int, seconds: float) -> None:
        """Count one."""
        self._requests.labels(service, method, route, str(status)).inc()
        self._seconds.labels(service, route).observe(seconds)


class Observe:
    """Counts, times and logs every request; turns what went wrong into a 500 without showing or logging values."""

    def __init__(
        self, app: ASGIApp, *, service: str, metrics: HttpMetrics, refuse: Callable[[Request, Problem], Response]
    ) -> None:
        self._app = app
        self._service = service
        self._metrics = metrics
        self._refuse = refuse
        self._spans = Spans(service)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, watching."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with AnsweredRequest(scope, NO_SPANS if _is_not_logged(scope) else self._spans) as request:
            await self._answer(request, scope, receive, send)

    async def _answer(self, request: AnsweredRequest, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = time.perf_counter(), 0

        async def watching(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, watching)
        except Exception as failure:  # noqa: BLE001 - the last that can answer
            _log_failure(self._service, scope, failure)
            if not status:
                desk = scope["app"].state.web.city.desk.in_sentence
                await self._refuse(Request(scope), _broken(desk))(scope, receive, watching)
        finally:
            self._report(request, scope, status, time.perf_counter() - started)

    def _report(self, request: AnsweredRequest, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in KNOWN_METHODS else "OTHER"
        route = route_template(scope)
        self._metrics.answered(self._service, method, route, status, seconds)
        request.answered(method=method, route=route, status=status)
        if not _is_not_logged(scope):
            log.info(
                "request", service=self._service, method=method, route=route, status=status, seconds=round(seconds, 4)
            )


def _is_not_logged(scope: Scope) -> bool:
    return scope["path"] in NOT_LOGGED or route_template(scope) == STATIC


def route_template(scope: Scope) -> str:
    """`/antwoord/{token}`, as the route was written; never what stood in its place."""
    if scope["path"].startswith("/static/"):
        return STATIC
    route = scope.get("route")
    return str(getattr(route, "path_format", None) or getattr(route, "path", None) or UNMATCHED)


def _broken(desk: str) -> Problem:
    return Problem(
        500,
        "Er ging iets mis bij ons",
        f"Het ligt niet aan jou. Probeer het straks nog eens. Blijft het misgaan? Bel {desk}.",
        code="internal-error",
    )


def _log_failure(service: str, scope: Scope, failure: Exception) -> None:
    """Which kind of failure and where in the code. Its message may hold what somebody typed, so it stays out."""
    frames = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(failure.__traceback__)[-8:]
    ]
    log.error(
        "request_failed", service=service, route=route_template(scope), error=type(failure).__name__, places=frames
    )


class _Merged(Collector):
    def __init__(self, registries: Iterable[CollectorRegistry]) -> None:
        self._registries = tuple(registries)

    def collect(self) -> Iterator[Metric]:
        """Families of the same name become one."""
        families: dict[str, Metric] = {}
        for registry in self._registries:
            for family in registry.collect():
                known = families.setdefault(
                    family.name, Metric(family.name, family.documentation, family.type, family.unit)
                )
                known.samples.extend(family.samples)
        yield from families.values()


def metrics_text(*registries: CollectorRegistry) -> bytes:
    """What Prometheus reads, for one service or for several in one process."""
    merged: Any = CollectorRegistry(auto_describe=False)
    merged.register(_Merged(registries))
    return generate_latest(merged)
