"""How long records and the marks of what was applied are kept, held against each other."""

from datetime import timedelta

from shared.messaging.bus.topics import KEPT_FOR, SEGMENT, config_for
from shared.messaging.inbox import KEPT_FOR_DAYS


def test_marks_outlive_every_record_that_a_topic_may_still_hold() -> None:
    assert timedelta(days=KEPT_FOR_DAYS) > KEPT_FOR + SEGMENT


def test_topics_keep_180_days() -> None:
    assert config_for(1)["retention.ms"] == str(180 * 24 * 60 * 60 * 1000)
