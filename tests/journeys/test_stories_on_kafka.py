"""The three stories on real processes, Apache Kafka and PostgreSQL."""

from uuid import uuid4

import pytest

from deploy.demo.stories.play import play_all
from deploy.demo.stories.telling import Telling
from tests.journeys.backlog_play import a_code_and_a_question_do_not_wait
from tests.parts.cluster import Cluster
from tests.parts.stories import STORIES


@pytest.mark.kafka
@pytest.mark.timeout(240)
async def test_stories_go_as_told_on_kafka(cluster: Cluster) -> None:
    telling = Telling()
    await play_all(cluster.world, STORIES, telling, keys=str(uuid4()))

    assert telling.failures == []
    assert telling.without_next_step.startswith("0/")


@pytest.mark.kafka
@pytest.mark.timeout(120)
async def test_code_and_question_do_not_wait_for_a_whole_map_on_kafka(cluster: Cluster) -> None:
    await a_code_and_a_question_do_not_wait(cluster.world, cluster.urls)
