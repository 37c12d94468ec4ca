"""A port that another process has: the next one is taken, or it is said in one line. Two starts at once both work."""

import asyncio
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.embedded import postgres_server
from deploy.embedded.deployment import embedded_server
from deploy.embedded.throw_away_server import migrated_server
from deploy.install.secret_store import Secrets
from shared.runtime.process import WRONG_SETTINGS
from tests.journeys.embedded import EmbeddedSchakel
from tests.journeys.test_newer_tables import process
from tests.parts.containers import free_port

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: those above it are closed to the user that PostgreSQL runs as when we are root."""
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


def test_two_that_start_at_the_same_moment_on_one_port_both_serve(folder: Path) -> None:
    port = free_port()
    both = [EmbeddedSchakel(folder / name, port) for name in ("one", "two")]
    try:
        for schakel in both:
            schakel.begin()
        for schakel in both:
            schakel.wait_until(schakel.is_ready)

        assert len({schakel.url for schakel in both}) == 2
        assert [httpx.get(f"{schakel.url}/kaart").status_code for schakel in both] == [200, 200]
    finally:
        for schakel in both:
            schakel.clear_away()
    assert "Traceback" not in both[0].output + both[1].output


def test_postgres_takes_another_port_when_its_own_is_lost_before_it_starts(
    folder: Path, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = iter([taken, free_port()])
    monkeypatch.setattr(postgres_server, "free_port", lambda: next(ports))
    server = embedded_server(folder, Secrets.fresh(), durable=False)
    try:
        port = server.start()

        assert port != taken
        assert server.port == port
    finally:
        server.stop()


@pytest.mark.parametrize(("kind", "setting"), [("web", "SCHAKEL_PORT"), ("worker", "SCHAKEL_METRICS_PORT")])
async def test_process_whose_port_is_taken_says_so_in_one_line(kind: str, setting: str, taken: int) -> None:
    async with migrated_server() as databases:
        one = process(kind, databases["intake"], **{setting: str(taken)})
        _, errors = await asyncio.to_thread(one.communicate, timeout=60)

    assert one.returncode == WRONG_SETTINGS
    assert errors.splitlines()[-1].startswith(f"127.0.0.1:{taken} cannot be listened on (it is taken): set ")
    assert setting in errors
    assert "Traceback" not in errors
