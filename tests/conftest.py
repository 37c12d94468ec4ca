"""Real parts for every test that asks for one, and what a run says about parts that were not there."""

import functools
import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING

import pytest
import structlog

from tests.parts import missing, standards

if TYPE_CHECKING:
    from tests.parts.kafka import Kafka
    from tests.parts.postgres import Migrate, Postgres
    from tests.parts.redis import Redis

MakeDatabase = Callable[..., Awaitable[str]]
MakeTopic = Callable[..., Awaitable[str]]


PARTS = ("postgres", "kafka", "redis_server")
# Folders whose files take minutes each.
LONG = ("faults", "journeys", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no process of a run is left alone with it at the end."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


def pytest_collection_finish() -> None:
    """What is imported by now stays until the end: the collector need not look at it again during every test.

    Nor as often at what tests keep (a city, the pages of it): that took a sixth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`make crash ROUNDS=20`: each crash test so many times in a row."""
    rounds = int(os.environ.get("SCHAKEL_CRASH_ROUNDS", "1"))
    if rounds > 1 and metafunc.definition.get_closest_marker("crash"):
        metafunc.fixturenames.append("crash_round")
        metafunc.parametrize("crash_round", range(1, rounds + 1))


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """Lines of logs without pictures of tracebacks: those take seconds each, and show every variable."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.dev.set_exc_info,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ]
    )


@pytest.fixture(autouse=True)
def _parts_stay_up(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that fails while a part is away must not make the next ones fail."""
    parts = [request.getfixturevalue(name) for name in PARTS if name in request.fixturenames]
    yield
    for part in parts:
        part.bring_back()


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Postgres]":
    """One server for this process's run of tests."""
    # Imported here, as the other parts are: tests without I/O start sooner without them.
    from tests.parts.postgres import postgres_for_tests

    with postgres_for_tests() as server:
        yield server


@pytest.fixture
async def make_database(postgres: "Postgres") -> AsyncIterator[MakeDatabase]:
    """Makes databases: empty without arguments; with a name and a migration, clones of a template migrated once."""
    urls: list[str] = []

    async def make(template: str = "", migrate: "Migrate | None" = None) -> str:
        urls.append(await postgres.make_database(template, migrate))
        return urls[-1]

    yield make
    postgres.bring_back()
    for url in urls:
        await postgres.drop_database(url)


@pytest.fixture(scope="session")
def kafka() -> "Iterator[Kafka]":
    """One broker for this process's run of tests: whoever stops it starts it again."""
    from tests.parts.kafka import kafka_for_tests

    with kafka_for_tests() as broker:
        yield broker


@pytest.fixture
def make_topic(kafka: "Kafka") -> MakeTopic:
    """Makes topics with names that nobody else has; `partitions` is 3 unless said."""
    return functools.partial(kafka.make_topic)


@pytest.fixture(scope="session")
def redis_server() -> "Iterator[Redis]":
    """One server for this process's run of tests: whoever stops it starts it again."""
    from tests.parts.redis import redis_for_tests

    with redis_for_tests() as server:
        yield server


@pytest.fixture
def redis(redis_server: "Redis") -> "Redis":
    """The server with this process's database empty."""
    redis_server.empty()
    return redis_server


def _skipped(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:  # a worker of pytest-xdist: the process that started it tells
        return []
    return [report.longrepr[2] for report in reporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if missing.nothing_may_be_skipped() and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    skipped = _skipped(config)
    passed = [report.nodeid for report in terminalreporter.stats.get("passed", [])]
    for line in [*missing.loud_lines(skipped), *standards.loud_lines(passed)]:
        terminalreporter.write_line(line, red=True, bold=True)
    if skipped and missing.nothing_may_be_skipped():
        terminalreporter.write_line(
            f"CI is set, and {len(skipped)} tests were skipped: this run has failed.", red=True, bold=True
        )
