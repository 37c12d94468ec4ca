"""`/livez`, `/readyz` and `/metrics`: as routes for a web process, and as the small app that a worker serves."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.web.metrics import metrics_text

Check = Callable[[], Awaitable[object]]
CHECK_WITHIN_SECONDS: Final = 2.0
METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


def health_routes(checks: Mapping[str, Check], registry: CollectorRegistry) -> list[Route]:
    """The three routes for these checks and this registry."""

    async def alive(_: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(_: Request) -> Response:
        return readiness_response(await readiness(checks))

    async def metrics(_: Request) -> Response:
        return Response(metrics_text(registry), media_type=METRICS_TYPE)

    return [Route("/livez", alive), Route("/readyz", ready), Route("/metrics", metrics)]


def health_app(checks: Mapping[str, Check], registry: CollectorRegistry) -> Starlette:
    """What a worker answers; without the pages and what they load."""
    return Starlette(routes=health_routes(checks, registry))


async def readiness(checks: Mapping[str, Check]) -> dict[str, str]:
    """Each check by name: `ok`, or the name of what it ran into."""
    outcomes = await asyncio.gather(*(_outcome(check) for check in checks.values()))
    return dict(zip(checks, outcomes, strict=True))


def readiness_response(outcomes: Mapping[str, str]) -> Response:
    """200 when all is well, else 503."""
    well = all(outcome == "ok" for outcome in outcomes.values())
    body = {"status": "ready" if well else "not-ready", "checks": dict(outcomes)}
    return JSONResponse(body, status_code=200 if well else 503)


async def _outcome(check: Check) -> str:
    try:
        async with asyncio.timeout(CHECK_WITHIN_SECONDS):
            await check()
    except Exception as failure:  # noqa: BLE001 - a check may run into anything; its name is the answer
        return type(failure).__name__
    return "ok"
