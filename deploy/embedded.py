"""All four services in one process: embedded PostgreSQL, a bus in this process, a mailbox of its own, one port.

The services are built by the same `bootstrap.build` as in their own containers, from settings in the same shape, and
reach each other with the same client and the same tokens. Only loopback is listened on.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import SystemRandom

import httpx
from fastapi import FastAPI

from deploy import demo_clock
from deploy.assembly import build_service
from deploy.deployments import ENVIRONMENT, admin_url, embedded_databases, embedded_environ, embedded_server
from deploy.first_start import load_the_city
from deploy.in_process import InProcessTransport
from deploy.mailbox import Mailbox
from deploy.migrate import migrate
from deploy.postgres_server import HOST, free_port
from deploy.provision import ServiceDatabase, provision
from deploy.running import RunningNote, next_free_port
from deploy.secret_store import Secrets
from shared.bus.local import LocalBus
from shared.clock import SystemClock
from shared.database import Database
from shared.ids import RandomIds
from shared.lifecycle import run_all
from shared.process import serve
from shared.service import Parts, Service, SideTask
from shared.web.rate_limit import RateLimiter

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Place:
    """Where and how it runs. `durable`: what was committed outlives a power cut."""

    folder: Path
    port: int = 8080
    durable: bool = True


@dataclass(frozen=True)
class Running:
    """A Schakel that is being served: where, with which key a school's system asks, and how its clock is moved."""

    url: str
    mailbox_url: str
    api_key: str
    databases: Mapping[str, str]

    async def forward(self, by: timedelta) -> None:
        """As `schakel clock forward`."""
        await demo_clock.forward(self.databases, by, environment=ENVIRONMENT)


Then = Callable[[Running], Awaitable[None]]


async def run_embedded(place: Place, note: RunningNote, stop: asyncio.Event, tell: Tell, then: Then) -> None:
    """Serve until `stop` is set. `then` runs once the city is there; it may set `stop` itself."""
    secrets = Secrets.load_or_make(place.folder)
    async with databases_of(place, secrets, tell) as databases, AsyncExitStack() as stack:
        port = next_free_port(place.port)
        if port != place.port:
            tell(f"port {place.port} is taken; using {port}")
        mailbox, smtp_port = Mailbox(), free_port()
        running = Running(
            url := f"http://localhost:{port}",
            f"{url}/postvak",
            secrets.school_api_key,
            {service: database.app_url for service, database in databases.items()},
        )
        services = await _services(secrets, databases, running.url, smtp_port, stack)
        note.write(running.url, smtp_port)
        tell(f"serving {running.url} (mailbox: {running.mailbox_url})")
        tasks = [task for service in services.values() for task in _named(service)]
        tasks.append(SideTask("mail sink", mailbox.smtp_task(HOST, smtp_port)))
        tasks.append(serve(_front(services, mailbox), HOST, port))
        tasks.append(SideTask("first start", _once(services, secrets, tell, lambda: then(running))))
        await run_all(tasks, stop)


@asynccontextmanager
async def databases_of(place: Place, secrets: Secrets, tell: Tell) -> AsyncIterator[Mapping[str, ServiceDatabase]]:
    """The server of this folder, with four databases at the newest tables; stopped at the end."""
    server = embedded_server(place.folder, secrets, durable=place.durable)
    tell("starting PostgreSQL …")
    port = await asyncio.to_thread(server.start)
    try:
        databases = embedded_databases(secrets, port)
        tell("four databases, each with its own roles and tables …")
        await provision(admin_url(secrets, port), databases.values())
        for service, database in databases.items():
            await migrate(service, database.owner_url)
        yield databases
    finally:
        await asyncio.to_thread(server.stop)


async def _services(
    secrets: Secrets, databases: Mapping[str, ServiceDatabase], url: str, smtp_port: int, stack: AsyncExitStack
) -> dict[str, Service]:
    transport = InProcessTransport()
    http = await stack.enter_async_context(httpx.AsyncClient(transport=transport))
    bus, limiter = LocalBus(), RateLimiter()
    stack.push_async_callback(bus.close)
    services: dict[str, Service] = {}
    for name, place in databases.items():
        database = Database(place.app_url, application_name=f"schakel-{name}")
        stack.push_async_callback(database.close)
        parts = Parts(database, bus, http, RandomIds(), limiter, SystemClock(), SystemRandom())
        environ = embedded_environ(secrets, place, public_url=url, smtp_port=smtp_port)
        services[name] = build_service(name, environ, parts)
    transport.join({name: service.app for name, service in services.items()})
    return services


def _named(service: Service) -> list[SideTask]:
    return [SideTask(f"{service.name}: {task.name}", task.run) for task in service.worker]


def _front(services: Mapping[str, Service], mailbox: Mailbox) -> FastAPI:
    raise NotImplementedError


def _once(
    services: Mapping[str, Service], secrets: Secrets, tell: Tell, then: Callable[[], Awaitable[None]]
) -> Callable[[asyncio.Event], Awaitable[None]]:
    async def run(stop: asyncio.Event) -> None:
        working = asyncio.ensure_future(_start(services, secrets, tell, then))
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            working.cancel()
            await asyncio.wait([working])
        elif not working.cancelled():
            working.result()
        await stopping

    return run


async def _start(
    services: Mapping[str, Service], secrets: Secrets, tell: Tell, then: Callable[[], Awaitable[None]]
) -> None:
    await load_the_city(services, secrets, tell)
    await then()
