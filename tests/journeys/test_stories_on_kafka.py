"""The three stories on real processes, Apache Kafka and PostgreSQL."""

from uuid import uuid4

import pytest

from deploy.demo.stories.play import play_all
from deploy.demo.stories.telling import Telling
from tests.parts.cluster import Cluster
from tests.parts.stories import STORIES


@pytest.mark.kafka
@pytest.mark.timeout(240)
async def test_stories_go_as_told_on_kafka(cluster: Cluster) -> None:
    telling = Telling()
    await play_all(cluster.world, STORIES, telling, keys=str(uuid4()))

    assert telling.failures == []
    assert telling.without_next_step.startswith("0/")
