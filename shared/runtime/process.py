"""A service as a plain process: `python -m services.<name> web | worker`, configured by environment only."""

import asyncio
import contextlib
import os
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from random import SystemRandom
from typing import TYPE_CHECKING, NoReturn, TypeVar

import httpx
import uvicorn
import uvloop

from shared.kernel.clock import SystemClock
from shared.kernel.ids import RandomIds
from shared.kernel.logs import set_up
from shared.kernel.settings import PREFIX, CommonSettings, SettingsInvalid, load
from shared.messaging.bus.kafka_client import Broker
from shared.messaging.bus.kafka_producer import KafkaBus
from shared.runtime.http_protocol import TimedHead
from shared.runtime.lifecycle import end_hard_unless_closed, run_all, stop_on_signals
from shared.runtime.listening import CannotListen, listen
from shared.runtime.service import Parts, Service, SideTask
from shared.runtime.table_check import TableCheck
from shared.runtime.telemetry import set_up_tracing
from shared.runtime.trusted_proxies import TrustedProxies
from shared.runtime.unknown_settings import complaint, unknown_settings
from shared.storage.database import Database
from shared.storage.stored_codes import CodesWithoutWords
from shared.storage.table_versions import TablesNewer
from shared.web.health import health_app

if TYPE_CHECKING:
    from shared.web.rate_limit import RateLimiter

SettingsT = TypeVar("SettingsT", bound=CommonSettings)
Build = Callable[[SettingsT, Parts], Service]
WRONG_SETTINGS = 78  # EX_CONFIG of sysexits.h
WRONG_USE = 64
NEEDS = ("kafka_bootstrap",)
"""What may be left out where all services run in one process, and nowhere else."""


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the process has one way to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(app: object, listening: socket.socket, *, trusted_proxies: str = "", certificate: str = "") -> SideTask:
    """Serve an ASGI app until the stop event; requests in hand get 10 s. Trusted proxies tell the client's address."""
    host, port = listening.getsockname()[:2]

    async def run(stop: asyncio.Event) -> None:
        server = _Server(
            uvicorn.Config(
                TrustedProxies(app, trusted_proxies) if trusted_proxies else app,  # type: ignore[arg-type] # uvicorn's own ASGI type differs from Starlette's
                http=TimedHead,
                ws="none",
                access_log=False,
                log_config=None,
                timeout_graceful_shutdown=10,
                proxy_headers=False,
                server_header=False,
                ssl_certfile=certificate or None,
                date_header=False,
            )
        )
        serving = asyncio.create_task(server.serve([listening]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        stopping.cancel()
        await serving

    return SideTask(f"http on {host}:{port}", run)


@asynccontextmanager
async def open_parts(name: str, settings: CommonSettings, *, limits: bool) -> AsyncIterator[Parts]:
    """The real parts by these settings, closed at the end; only a web process `limits` how often one may ask."""
    database = Database(settings.database_url, application_name=f"schakel-{name}")
    bus = KafkaBus(Broker.of(settings), client_id=f"schakel-{name}")
    limiter = _limiter(name, settings) if limits else None
    async with httpx.AsyncClient(timeout=httpx.Timeout(5.0), verify=_trusted(settings)) as http:
        try:
            yield Parts(database, bus, http, RandomIds(), limiter, SystemClock(), SystemRandom())
        finally:
            await bus.close()
            if limiter is not None:
                await limiter.close()
            await database.close()


async def run(kind: str, name: str, settings: SettingsT, build: Build[SettingsT]) -> None:
    """Run the web process or the worker until a signal."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    async with open_parts(name, settings, limits=kind == "web") as parts:
        tables = TableCheck(parts.database, name, settings.city)
        await tables.look_at_start()
        service = build(settings, parts)
        await asyncio.to_thread(service.warm)
        if kind == "web":
            tasks: tuple[SideTask, ...] = (_web(service, settings),)
        else:
            health = health_app(service.checks, parts.registry)
            tasks = (*service.worker, _serve(settings, health, settings.metrics_port))
        try:
            await run_all((*tasks, SideTask("tables", tables.run)), stop)
        finally:
            end_hard_unless_closed()


def _web(service: Service, settings: CommonSettings) -> SideTask:
    return _serve(settings, service.web(), settings.port, trusted_proxies=settings.trusted_proxies)


def _serve(settings: CommonSettings, app: object, port: int, *, trusted_proxies: str = "") -> SideTask:
    listening = listen(settings.host, port)
    return serve(app, listening, trusted_proxies=trusted_proxies, certificate=settings.tls_certificate)


def _trusted(settings: CommonSettings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.services_ca or None)


def _limiter(name: str, settings: CommonSettings) -> "RateLimiter":
    # Imported here: a worker does without Redis.
    from shared.web.rate_limit import RateLimiter

    return RateLimiter(settings.redis_address, service=name)


def main(name: str, kind_of_settings: type[SettingsT], build: Build[SettingsT]) -> None:
    """The entry of `python -m services.<name>`.

    Says which names in the environment are no settings. Exits 64 for a wrong command, and 78 with every wrong setting
    named, with tables of a newer release, with codes in them for which the city's file has no words, or with a port
    that is taken.
    """
    if sys.argv[1:] not in (["web"], ["worker"]):
        sys.stderr.write(f"usage: python -m services.{name} web | worker\n")
        sys.exit(WRONG_USE)
    for unknown, nearest in unknown_settings(os.environ).items():
        sys.stderr.write(f"{complaint(unknown, nearest)}\n")
    try:
        settings = load(kind_of_settings, service=name, required=NEEDS)
        set_up(f"{name}-{sys.argv[1]}", settings.log_level)
        set_up_tracing(name)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(run(sys.argv[1], name, settings, build))
    except (SettingsInvalid, CodesWithoutWords) as error:
        _leave(WRONG_SETTINGS, *error.problems)
    except TablesNewer as error:
        _leave(WRONG_SETTINGS, str(error))
    except CannotListen as error:
        port = "PORT" if sys.argv[1] == "web" else "METRICS_PORT"
        _leave(
            WRONG_SETTINGS, f"{error}: set {PREFIX}HOST and {PREFIX}{port} to an address of this machine that is free"
        )


def _leave(code: int, *lines: str) -> NoReturn:
    """What an operator can fix is said without a traceback."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.exit(code)
