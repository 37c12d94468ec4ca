"""The fixture `cluster`: real processes on Apache Kafka and PostgreSQL, for a module of tests."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from deploy.demo.city.demo_city import demo_city
from deploy.demo.first_start import load_the_city
from deploy.install.deployments import Deployment
from deploy.install.migrate import migrate
from deploy.install.provision import ServiceDatabase
from shared.events.catalogue import SERVICES
from shared.messaging.bus.topics import ensure_topics
from tests.parts.cluster import Cluster, running
from tests.parts.kafka import Kafka
from tests.parts.postgres import Postgres


def prepared(folder: Path, postgres: Postgres, kafka: Kafka) -> Cluster:
    """Databases and topics are there; nothing runs yet."""
    urls = {name: asyncio.run(postgres.make_database(name, partial(migrate, name))) for name in SERVICES}
    asyncio.run(ensure_topics(kafka.broker))
    # A broken-off attempt counts as such after 3 s instead of 45, so that tests need not wait for it.
    return Cluster(folder, urls, kafka.bootstrap, environ={"SCHAKEL_MAIL_LEASE_SECONDS": "3"})


def load_city(cluster: Cluster) -> None:
    """The invented city, and a key for its school."""
    databases = {name: ServiceDatabase(name, url, url) for name, url in cluster.urls.items()}
    environ = {name: cluster.settings(name) for name in SERVICES}
    found = Deployment("a cluster under test", databases, environ)
    asyncio.run(load_the_city(found, demo_city().map_file, cluster.secrets.school_api_key, lambda _: None))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, kafka: Kafka) -> Iterator[Cluster]:
    """Four webs, four workers, an invented city."""
    with running(prepared(tmp_path_factory.mktemp("cluster"), postgres, kafka)) as cluster:
        load_city(cluster)
        yield cluster
