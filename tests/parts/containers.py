"""Containers that tests may stop, start again and throw away, always on the same port of this machine."""

import contextlib
import functools
import gc
import os
import socket
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import docker
import psutil
from docker.errors import APIError, DockerException
from testcontainers.core.config import testcontainers_config
from testcontainers.core.container import DockerContainer

from tests.parts.missing import skip_for

OWNER = "nl.schakel.test.pid"
"""The label with the process id of the run that made the container."""

# The reaper's image is one more to fetch; what a killed run leaves behind is removed by the next run instead.
testcontainers_config.ryuk_disabled = True


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on; all are held until the last is picked, so that no two are one."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def free_port() -> int:
    """One of them."""
    return free_ports(1)[0]


@dataclass
class Container:
    """One container, with its single port bound to a fixed port of this machine."""

    image: str
    port: int
    environment: Mapping[str, str]
    host_port: int = field(default_factory=free_port)
    command: list[str] = field(default_factory=list)
    files: Mapping[str, str] = field(default_factory=dict)
    is_up: bool = field(default=False, init=False)
    _running: DockerContainer | None = field(default=None, init=False)

    def create(self) -> None:
        container = DockerContainer(self.image).with_bind_ports(self.port, self.host_port)
        for here, there in self.files.items():
            container = container.with_volume_mapping(here, there, "ro")
        if self.command:
            container = container.with_command(self.command)
        self._running = container.with_envs(**self.environment).with_kwargs(labels={OWNER: str(os.getpid())}).start()
        self.is_up = True

    def output(self) -> tuple[bytes, bytes]:
        """What it wrote until now, on its two streams."""
        return self._container.get_logs()

    def kill(self) -> None:
        """Gone at once, as by a power cut; what was on its disk stays."""
        self._container.get_wrapped_container().kill()
        self.is_up = False

    def start(self) -> None:
        """Back again, with the same disk and on the same port."""
        self._container.get_wrapped_container().start()
        self.is_up = True

    def remove(self) -> None:
        """Gone with its disk."""
        if self._running is not None:
            self._running.stop(force=True, delete_volume=True)
            self._running = None
        self.is_up = False

    def bring_back(self) -> None:
        """Up again, however it went away."""
        if self._running is None:
            self.create()
        elif not self.is_up:
            self.start()

    @property
    def _container(self) -> DockerContainer:
        if self._running is None:
            raise RuntimeError(f"{self.image} was not started")
        return self._running


@contextlib.contextmanager
def started(container: Container, part: str) -> Iterator[Container]:
    """The container while it is needed; the test is skipped, loudly, when it cannot be had."""
    if why_no_engine():
        skip_for(part, f"no address given, and no container engine: {why_no_engine()}")
    try:
        remove_what_killed_runs_left()
        container.create()
    except DockerException as problem:
        skip_for(part, f"no address given, and no container: {problem}")
    try:
        yield container
    finally:
        container.remove()


@functools.cache
def why_no_engine() -> str:
    """Why no container engine answers; empty when one does."""
    try:
        with contextlib.closing(docker.from_env()) as engine:
            engine.ping()
            return ""
    except DockerException as problem:
        why = str(problem)
    # The client leaves its socket open when nobody answers; it is closed here, so that no test is blamed for it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    return why


def remove_what_killed_runs_left() -> None:
    with contextlib.closing(docker.from_env()) as engine:
        for left in engine.containers.list(all=True, filters={"label": OWNER}):
            if not psutil.pid_exists(int(left.labels[OWNER])):
                with contextlib.suppress(APIError):  # another run removes it at this moment
                    left.remove(force=True, v=True)
