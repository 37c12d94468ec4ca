"""`/livez`, `/readyz` and `/metrics`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from shared.web.observing import metrics_text

Check = Callable[[], Awaitable[None]]
CHECK_WITHIN_SECONDS: Final = 2.0
METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

router = APIRouter(include_in_schema=False)


@router.get("/livez")
async def alive() -> Response:
    """The process answers."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """Whether it can do its work, and what it waits for."""
    return readiness_response(await readiness(request.app.state.web.checks))


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """For Prometheus."""
    return Response(metrics_text(request.app.state.web.registry), media_type=METRICS_TYPE)


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
