"""Schakel in containers, brought up with `make compose-up` under a project name and ports of its own."""

import json
import os
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from deploy.demo.city import DEFAULT
from deploy.demo.city.demo_city import DemoCity, demo_city
from deploy.demo.stories.world import World
from shared.events.catalogue import SERVICES
from tests.parts.containers import free_ports

ROOT = Path(__file__).parents[2]
SETTINGS = "deploy/env/demo.env"
AUTHORITY = "/data/caddy/pki/authorities/local/root.crt"


class CommandFailed(Exception):
    """A command ended otherwise than it should; the message is what it said."""


@dataclass
class Composed:
    """One project of Compose; every command is one that an operator has."""

    folder: Path
    city: str = DEFAULT
    tls: bool = False
    name: str = field(default_factory=lambda: f"schakel-test-{os.getpid()}")
    ports: list[int] = field(default_factory=lambda: free_ports(2))

    @property
    def demo(self) -> DemoCity:
        """The city that it lives in."""
        return demo_city(self.city)

    @property
    def url(self) -> str:
        """Where people reach it."""
        return f"https://localhost:{self.ports[0]}"

    def up(self) -> float:
        """`make compose-up`; how many seconds it took."""
        began = time.monotonic()
        self._run(["make", "compose-up", f"ENV_FILE={SETTINGS}", f"CITY={self.city}", *self._tls])
        return time.monotonic() - began

    def down(self, *, volumes: bool = False) -> None:
        """`make compose-down`."""
        self._run(["make", "compose-down", f"ENV_FILE={SETTINGS}", *(["VOLUMES=1"] if volumes else []), *self._tls])

    def compose(self, *arguments: str) -> str:
        """What a command of Compose says. Raises CommandFailed."""
        files = ["deploy/compose.yaml", *(["deploy/compose.tls.yaml"] if self.tls else [])]
        named = [part for file in files for part in ("--file", file)]
        return self._run(["docker", "compose", "--env-file", SETTINGS, *named, *arguments])

    def operator(self, *arguments: str) -> str:
        """What a command of the operator's container says. Raises CommandFailed."""
        return self.compose("run", "--rm", "-T", "cli", *arguments)

    def stranger(self, script: Path, argument: str, *volumes: str) -> str:
        """What a script says in a container that Compose knows nothing of, on the inner network."""
        mounts = [f"--volume={self.name}_{volume}" for volume in volumes]
        command = ["docker", "run", "--rm", "--interactive", "--user=root", f"--network={self.name}_inside", *mounts]
        return self._run([*command, "schakel:local", "python", "-", argument], given=script.read_text(encoding="utf-8"))

    def looked_at(self, *services: str) -> list[dict[str, Any]]:
        """`docker inspect` of these containers, or of all."""
        ids = self.compose("ps", "--all", "--quiet", *services).split()
        found: list[dict[str, Any]] = json.loads(self._run(["docker", "inspect", *ids]))
        return found

    def rows(self, service: str, query: str) -> list[str]:
        """What PostgreSQL itself says about a service's database."""
        command = ("psql", "--username=postgres", f"--dbname=schakel_{service}", "--tuples-only", "--no-align")
        return self.compose("exec", "-T", "postgres", *command, f"--command={query}").split()

    def parked(self) -> list[str]:
        """The types of the events that stand aside, anywhere."""
        return [one for service in SERVICES for one in self.rows(service, "SELECT type FROM parked_events")]

    def client(self) -> httpx.AsyncClient:
        """A browser or a system that trusts the proxy's own authority, and nobody else."""
        file = self.folder / "authority.crt"
        if not file.exists():
            file.write_text(self.compose("exec", "-T", "proxy", "cat", AUTHORITY))
        return httpx.AsyncClient(verify=ssl.create_default_context(cafile=str(file)), timeout=30)

    def world(self) -> World:
        """Where stories are played."""
        key = self.operator("cat", "/secrets/demo/api_key").strip()
        return World(self.url, f"{self.url}/postvak", key, self._forward, self.demo.city, self.client)

    @property
    def _tls(self) -> list[str]:
        return ["TLS=1"] if self.tls else []

    async def _forward(self, by: timedelta) -> None:
        self.operator("schakel", "clock", "forward", f"{by.days}d{by.seconds}s")

    def _run(self, command: list[str], *, given: str = "") -> str:
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKEL_", "COMPOSE_"))}
        https, http = self.ports
        own = {
            "COMPOSE_PROJECT_NAME": self.name,
            "SCHAKEL_PUBLIC_URL": self.url,
            "SCHAKEL_CITY": f"./demo/city/{self.city}/city.toml",
            "SCHAKEL_CITY_LOGO": f"./demo/city/{self.city}/logo.svg",
            "SCHAKEL_MAIL_FROM": self.demo.sender,
            "SCHAKEL_HTTPS_PORT": str(https),
            "SCHAKEL_HTTP_PORT": str(http),
        }
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environ | own,
            input=given,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if done.returncode:
            raise CommandFailed(f"{' '.join(command)} ended with {done.returncode}: {done.stdout}{done.stderr}"[-6000:])
        return done.stdout


@contextmanager
def brought_up(folder: Path, city: str = DEFAULT, *, tls: bool = False) -> Iterator[Composed]:
    """Up, and down with all that it made, whatever happens."""
    composed = Composed(folder, city, tls)
    try:
        print(f"\nfrom `make compose-up` to healthy: {composed.up():.0f} s")  # noqa: T201 - a figure to be read
        yield composed
    finally:
        composed.down(volumes=True)
