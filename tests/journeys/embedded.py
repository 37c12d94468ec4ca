"""An embedded Schakel as a person starts it: `schakel up` in a process of its own, which can be killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import asyncpg
import httpx

from deploy.demo import clock as demo_clock
from deploy.demo.city.demo_city import DemoCity
from deploy.demo.stories.world import World
from deploy.embedded.data_folder import RunningNote
from deploy.embedded.deployment import embedded_deployment, embedded_server
from deploy.embedded.kept_city import city_of
from deploy.install.deployments import Deployment
from deploy.install.secret_store import Secrets
from tests.parts.containers import free_port

# The first start reads a whole city in; a busy machine takes its time.
UP_WITHIN = 180.0
"""Seconds; the promise is 15 on a machine that does nothing else."""
DOWN_WITHIN = 30.0
COMMAND = (sys.executable, "-m", "deploy.cli")


@dataclass
class EmbeddedSchakel:
    """What runs (or ran) on one folder."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    city: str = ""
    says_where: bool = True
    """Otherwise `--data` is left out, and every command is given in the folder above."""

    @property
    def url(self) -> str:
        """Where it said that it is."""
        return RunningNote(self.folder).read().get("url", "")

    @property
    def log(self) -> str:
        """Everything that was logged."""
        return (self.folder / "schakel.log").read_text(encoding="utf-8")

    def start(self, **variables: str) -> None:
        """Returns when the site is ready and the city is there."""
        self.begin(**variables)
        self.wait_until(self.is_ready)

    def begin(self, **variables: str) -> None:
        """Returns at once."""
        output = (self.folder.parent / f"{self.folder.name}.output").open("a", encoding="utf-8")
        with output:
            self.process = subprocess.Popen(
                [*COMMAND, "up", *self._where, "--port", str(self.port), *(["--city", self.city] if self.city else [])],
                cwd=None if self.says_where else self.folder.parent,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                env={**os.environ, **variables},
            )

    def wait_until(self, comes: Callable[[], bool]) -> None:
        """It comes while the process lives, and in time."""
        assert self.process is not None
        ends = time.monotonic() + UP_WITHIN
        while not comes():
            assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.output}"
            assert time.monotonic() < ends, f"it is not up: {self.output}"
            time.sleep(0.05)

    @property
    def output(self) -> str:
        """What the terminal showed."""
        return (self.folder.parent / f"{self.folder.name}.output").read_text(encoding="utf-8")

    def kill(self) -> None:
        """As by a power cut of this one process."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(DOWN_WITHIN)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to leave; its exit code."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(DOWN_WITHIN)

    def clear_away(self) -> None:
        """Nothing of it runs any more."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
        if (self.folder / "secrets.json").exists():
            embedded_server(self.folder, self.secrets).stop()

    @property
    def secrets(self) -> Secrets:
        return Secrets.load(self.folder)

    @property
    def deployment(self) -> Deployment:
        """Its databases."""
        port = embedded_server(self.folder, self.secrets).port
        assert port is not None
        return embedded_deployment(self.folder, self.secrets, port)

    @property
    def demo(self) -> DemoCity:
        """The city that it lives in."""
        return city_of(self.folder)

    @property
    def world(self) -> World:
        """Where stories are played."""
        return World(self.url, f"{self.url}/postvak", self.secrets.school_api_key, self.forward, self.demo.city)

    async def forward(self, by: timedelta) -> None:
        """The clock of its databases."""
        await demo_clock.forward(self.deployment.app_urls, by, environment="test")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`schakel … --data <folder>`."""
        return subprocess.run(
            [*COMMAND, *arguments, *self._where],
            cwd=None if self.says_where else self.folder.parent,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    async def mails_that_came_twice(self) -> list[str]:
        """Subjects of mails of which the mailbox has more than one copy."""
        async with httpx.AsyncClient() as client:
            reply = await client.get(f"{self.url}/postvak/api/messages")
        seen = Counter((mail["messageId"], mail["subject"]) for mail in reply.json()["messages"])
        return [subject for (_, subject), copies in seen.items() if copies > 1]

    async def parked(self) -> list[str]:
        """The types of the events that stand aside, anywhere."""
        found: list[str] = []
        for url in self.deployment.app_urls.values():
            connection = await asyncpg.connect(url.replace("+asyncpg", ""))
            found += [row["type"] for row in await connection.fetch("SELECT type FROM parked_events")]
            await connection.close()
        return found

    @property
    def _where(self) -> tuple[str, ...]:
        return ("--data", str(self.folder)) if self.says_where else ()

    def is_ready(self) -> bool:
        """The site is, and the city is there."""
        said = self.output.rpartition("starting PostgreSQL")[2]
        if not self.url or "stop: Ctrl-C" not in said:
            return False
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == httpx.codes.OK
        return False


@contextlib.contextmanager
def embedded_schakel(
    folder: Path,
    port: int | None = None,
    *,
    city: str = "",
    says_where: bool = True,
    environ: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[EmbeddedSchakel]:
    """Started with this in its environment, and cleared away at the end."""
    # PostgreSQL has a user of its own when we are root, and must be able to pass.
    folder.parent.chmod(0o755)
    schakel = EmbeddedSchakel(folder, port or free_port(), city=city, says_where=says_where)
    try:
        schakel.start(**environ)
        yield schakel
    finally:
        schakel.clear_away()
