"""What a service is made of, and the parts that it is made from."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

import httpx
from prometheus_client import CollectorRegistry

from shared.kernel.clock import Clock
from shared.kernel.ids import Ids
from shared.messaging.bus.base import Bus
from shared.storage.database import Database
from shared.unit_of_work import Units

if TYPE_CHECKING:
    from fastapi import FastAPI

    from shared.web.rate_limit import RateLimiter


@dataclass(frozen=True)
class Parts:
    """Concrete things, made by `shared.runtime.process` (a process each) or `deploy.embedded` (one for all)."""

    database: Database
    bus: Bus
    http: httpx.AsyncClient
    ids: Ids
    limiter: "RateLimiter | None"
    clock: Clock
    random: Random
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)


@dataclass(frozen=True)
class SideTask:
    """Something that runs until `stop` is set. When it dies, the process stops."""

    name: str
    run: Callable[[asyncio.Event], Coroutine[Any, Any, None]]


def _nothing() -> None:
    """Most services read nothing before they begin."""


@dataclass(frozen=True)
class Service:
    """One of the services: what makes its web app, what its worker runs and needs, and its units of work."""

    name: str
    web: "Callable[[], FastAPI]"
    worker: tuple[SideTask, ...]
    units: Units[Any]
    checks: Mapping[str, Callable[[], Awaitable[object]]] = field(default_factory=dict)
    warm: Callable[[], object] = _nothing
    """Reads what would hold up whoever asks first. It is called once, in a thread, before anybody is answered."""
