"""Schakel as plain processes on Apache Kafka and PostgreSQL: five webs, five workers, a mailbox and a gateway.

Every process can be killed and started again, and a worker can be told at which named point it must die.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from deploy.demo import clock as demo_clock
from deploy.demo.city.demo_city import demo_city
from deploy.demo.stories.world import World
from deploy.embedded.deployment import embedded_environ, key_folder
from deploy.install.key_rings import make_key_rings
from deploy.install.provision import ServiceDatabase
from deploy.install.secret_store import Secrets
from shared.events.catalogue import SERVICES
from shared.kernel.crash_points import VARIABLE
from tests.parts.containers import free_ports

UP_WITHIN = 60.0
DOWN_WITHIN = 30.0
HOST = "127.0.0.1"


@dataclass
class Cluster:
    """All processes of one Schakel; `environ` is added to what each service gets."""

    folder: Path
    urls: dict[str, str]
    kafka: str
    redis: str = ""
    smtp_port: int = 0
    mailbox: str = "deploy.demo.mailbox"
    environ: dict[str, str] = field(default_factory=dict)
    secrets: Secrets = field(default_factory=Secrets.fresh)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [*SERVICES, *(f"{name}-metrics" for name in SERVICES), "gateway", "mailbox", "mailbox-smtp"]
        make_key_rings(key_folder(self.folder))
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))

    @property
    def url(self) -> str:
        """Where people reach it."""
        return f"http://{HOST}:{self.ports['gateway']}"

    @property
    def world(self) -> World:
        """Where stories are played."""
        return World(self.url, f"{self.url}/postvak", self.secrets.school_api_key, self.forward, demo_city().city)

    async def forward(self, by: timedelta) -> None:
        """The clock of the databases."""
        await demo_clock.forward(self.urls, by, environment="test")

    def settings(self, service: str) -> dict[str, str]:
        """The environment of one service's processes."""
        database = ServiceDatabase(service, self.urls[service], self.urls[service])
        given = embedded_environ(
            self.secrets,
            database,
            demo_city(),
            self.folder,
            public_url=self.url,
            smtp_port=self.smtp_port or self.ports["mailbox-smtp"],
        )
        services = {f"SCHAKEL_{name.upper()}_URL": f"http://{HOST}:{self.ports[name]}" for name in SERVICES}
        own = {
            "SCHAKEL_ENVIRONMENT": "test",
            "SCHAKEL_KAFKA_BOOTSTRAP": self.kafka,
            "SCHAKEL_REDIS_URL": self.redis,
            # One key asks here for a whole city.
            "SCHAKEL_API_KEY_PER_MINUTE": "1000000",
            "SCHAKEL_API_PERSON_PER_MINUTE": "1000000",
            "SCHAKEL_PORT": str(self.ports[service]),
            "SCHAKEL_METRICS_PORT": str(self.ports[f"{service}-metrics"]),
        }
        plain = {name: value for name, value in os.environ.items() if not name.startswith("SCHAKEL_")}
        return {**plain, **given, **services, **own, **self.environ}

    def start(self) -> None:
        """Everything; returns when all are ready."""
        targets = {**{name: self.ports[name] for name in SERVICES}, "mailbox": self.ports["mailbox"]}
        named = [f"{name}=http://{HOST}:{port}" for name, port in targets.items()]
        self._spawn("gateway", "tests.parts.gateway", str(self.ports["gateway"]), *named)
        smtp, http = str(self.ports["mailbox-smtp"]), str(self.ports["mailbox"])
        city = str(demo_city().file)
        self._spawn("mailbox", self.mailbox, "--city", city, "--smtp-port", smtp, "--http-port", http)
        for service in SERVICES:
            self.start_web(service)
            self.start_worker(service, wait=False)
        for service in SERVICES:
            self._await(f"http://{HOST}:{self.ports[f'{service}-metrics']}/readyz", f"{service}-worker")

    def start_web(self, service: str) -> None:
        """The web process of a service."""
        self._spawn(f"{service}-web", f"services.{service}", "web", env=self.settings(service))
        self._await(f"http://{HOST}:{self.ports[service]}/readyz", f"{service}-web")

    def start_worker(self, service: str, *, crash_at: str = "", wait: bool = True) -> None:
        """The worker of a service; with `crash_at` it dies at that named point."""
        env = {**self.settings(service), **({VARIABLE: crash_at} if crash_at else {})}
        self._spawn(f"{service}-worker", f"services.{service}", "worker", env=env)
        if wait:
            self._await(f"http://{HOST}:{self.ports[f'{service}-metrics']}/livez", f"{service}-worker")

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> int:
        """End one process; its exit code."""
        process = self.processes[name]
        process.send_signal(how)
        return process.wait(DOWN_WITHIN)

    def wait_for_death(self, name: str, seconds: float = 40.0) -> int:
        """It dies by itself; its exit code (-9 after a crash point)."""
        return self.processes[name].wait(seconds)

    def log(self, name: str) -> str:
        """What a process wrote."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def end(self) -> None:
        """Nothing of it runs any more."""
        for process in self.processes.values():
            if process.poll() is None:
                process.kill()
        for process in self.processes.values():
            process.wait(DOWN_WITHIN)

    async def rows(self, service: str, query: str, *arguments: object) -> list[dict[str, Any]]:
        """What a service's database says."""
        connection = await asyncpg.connect(self.urls[service].replace("+asyncpg", ""))
        try:
            return [dict(row) for row in await connection.fetch(query, *arguments)]
        finally:
            await connection.close()

    async def quiet(self, seconds: float = 40.0) -> None:
        """Returns when no outbox waits, and no message is on its way or soon to be sent again. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            calm = 0
            while calm < 3:
                waiting = 0
                for service in SERVICES:
                    rows = await self.rows(service, "SELECT count(*) AS n FROM outbox WHERE published_at IS NULL")
                    waiting += rows[0]["n"]
                rows = await self.rows(
                    "notify",
                    "SELECT count(*) AS n FROM messages "
                    "WHERE state IN ('queued', 'sending') OR due_at < now() + interval '10 seconds'",
                )
                calm = calm + 1 if waiting + rows[0]["n"] == 0 else 0
                await asyncio.sleep(0.3)

    def _spawn(self, name: str, module: str, *arguments: str, env: dict[str, str] | None = None) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", module, *arguments], stdout=log, stderr=log, env=env
            )

    def _await(self, url: str, name: str) -> None:
        ends = time.monotonic() + UP_WITHIN
        while time.monotonic() < ends:
            assert self.processes[name].poll() is None, f"{name} ended: {self.log(name)[-3000:]}"
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(url, timeout=2).status_code == httpx.codes.OK:
                    return
            time.sleep(0.05)
        raise AssertionError(f"{name} is not up: {self.log(name)[-3000:]}")


@contextlib.contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """Started, and ended with everything that it started."""
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.end()
