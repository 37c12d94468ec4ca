"""All five services in one process: embedded PostgreSQL, a bus in this process, a mailbox of its own, one port.

The services are built by the same `bootstrap.build` as in their own containers, from settings in the same shape, and
reach each other with the same client and the same tokens. Only loopback is listened on.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import SystemRandom
from typing import Any

import httpx
import structlog
from fastapi import FastAPI

from deploy.demo import clock as demo_clock
from deploy.demo.city.demo_city import DemoCity
from deploy.demo.first_start import load_the_city, map_is_empty
from deploy.demo.mailbox import mailbox_app, receive_mail
from deploy.embedded.data_folder import RunningNote, listen_near
from deploy.embedded.deployment import (
    ENVIRONMENT,
    admin_url,
    embedded_databases,
    embedded_deployment,
    embedded_environ,
    embedded_server,
    key_folder,
    key_store,
)
from deploy.embedded.in_process import InProcessTransport, OneSite
from deploy.embedded.kept_city import choose_city
from deploy.embedded.kept_mailbox import KeptMailbox
from deploy.embedded.postgres_server import HOST
from deploy.embedded.site import Site
from deploy.install.building import build_service
from deploy.install.deployments import Deployment
from deploy.install.key_rings import make_key_rings
from deploy.install.migrate import migrate
from deploy.install.provision import provision
from deploy.install.secret_store import Secrets
from shared.kernel.city import City
from shared.kernel.clock import SystemClock
from shared.kernel.ids import RandomIds
from shared.messaging.bus.local import LocalBus
from shared.runtime.lifecycle import run_all
from shared.runtime.process import serve
from shared.runtime.service import Parts, Service, SideTask
from shared.runtime.table_check import TableCheck
from shared.runtime.telemetry import set_up_tracing
from shared.storage.database import Database
from shared.web.rate_limit import RateLimiter

POSTVAK = "/postvak"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class RunOptions:
    """Where and how it runs. `durable`: a commit outlives a power cut. `city`: None for that of the folder."""

    folder: Path
    port: int = 8080
    durable: bool = True
    city: str | None = None


@dataclass(frozen=True)
class Running:
    """A Schakel that is being served: where, with which key a school's system asks, and how its clock is moved."""

    url: str
    mailbox_url: str
    api_key: str
    demo: DemoCity
    found: Deployment
    map_is_empty: bool = False

    async def forward(self, by: timedelta) -> None:
        """As `schakel clock forward`."""
        await demo_clock.forward(self.found.app_urls, by, environment=ENVIRONMENT)


Then = Callable[[Running], Awaitable[None]]


async def run_embedded(options: RunOptions, note: RunningNote, stop: asyncio.Event, tell: Tell, then: Then) -> None:
    """Serve until `stop` is set. `then` runs once the city is there; what it raises ends the run."""
    demo = choose_city(options.folder, options.city)
    secrets = Secrets.load_or_make(options.folder, opening=[options.folder / "postgres" / "data"])
    mailbox = KeptMailbox(folder=options.folder / "mail")
    async with AsyncExitStack() as stack:
        found = await stack.enter_async_context(prepared(options, secrets, tell))
        smtp_port = await stack.enter_async_context(receive_mail(mailbox, host=HOST))
        listening = stack.enter_context(listen_near(options.port))
        port = listening.getsockname()[1]
        if port != options.port:
            tell(f"port {options.port} is taken: serving on {port}")
        url = f"http://localhost:{port}"
        running = Running(url, f"{url}{POSTVAK}", secrets.school_api_key, demo, found)
        given = {
            name: embedded_environ(secrets, reached, demo, options.folder, public_url=url, smtp_port=smtp_port)
            for name, reached in found.databases.items()
        }
        services, apps = await _services(found, given, demo.city, stack)
        note.write(url, smtp_port)
        tell(f"serving {url} (mailbox: {running.mailbox_url})")

        async def begin() -> None:
            if demo.has_map:
                await load_the_city(found, demo.map_file, secrets.school_api_key, tell)
            await then(replace(running, map_is_empty=await map_is_empty(found)))

        tasks = [_named(service.name, task) for service in services.values() for task in service.worker]
        front = OneSite(Site(apps), mailbox_app(mailbox, found.city.zone))
        await run_all([serve(front, listening), SideTask("first start", _once(begin)), *tasks], stop)


@asynccontextmanager
async def prepared(options: RunOptions, secrets: Secrets, tell: Tell) -> AsyncIterator[Deployment]:
    """The server of this folder, with the databases at the newest tables; stopped at the end."""
    make_key_rings(key_folder(options.folder))
    server = embedded_server(options.folder, secrets, durable=options.durable)
    tell("starting PostgreSQL …")
    async with server.running() as port:
        databases = embedded_databases(secrets, port)
        tell(f"{len(databases)} databases, each with its own roles and tables …")
        await provision(admin_url(secrets, port), databases.values())
        for service, database in databases.items():
            await migrate(service, database.owner_url)
        key_store(options.folder).lay_out()
        yield embedded_deployment(options.folder, secrets, port)


async def _services(
    found: Deployment, given: Mapping[str, Mapping[str, str]], city: City, stack: AsyncExitStack
) -> tuple[dict[str, Service], dict[str, FastAPI]]:
    transport = InProcessTransport()
    http = await stack.enter_async_context(httpx.AsyncClient(transport=transport))
    bus, limiter = LocalBus(), RateLimiter()
    stack.push_async_callback(bus.close)
    services: dict[str, Service] = {}
    set_up_tracing(*found.databases)
    for name, reached in found.databases.items():
        database = Database(reached.app_url, application_name=f"schakel-{name}")
        stack.push_async_callback(database.close)
        await TableCheck(database, name, city).look()
        parts = Parts(database, bus, http, RandomIds(), limiter, SystemClock(), SystemRandom())
        services[name] = build_service(name, given[name], parts)
        await asyncio.to_thread(services[name].warm)
    apps = {name: service.web() for name, service in services.items()}
    transport.join(apps)
    return services, apps


def _named(service: str, task: SideTask) -> SideTask:
    async def run(stop: asyncio.Event) -> None:
        # Each task has a context of its own, so that its lines say whose they are.
        structlog.contextvars.bind_contextvars(service=service)
        await task.run(stop)

    return SideTask(f"{service}: {task.name}", run)


def _once(work: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
    """Do it, then stay until the end; broken off when the end comes first."""

    async def run(stop: asyncio.Event) -> None:
        working, stopping = asyncio.create_task(work()), asyncio.create_task(stop.wait())
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
            await stopping
        else:
            working.cancel()
            await asyncio.wait([working])

    return run
