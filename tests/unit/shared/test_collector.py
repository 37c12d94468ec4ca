"""What a process keeps until its end is not walked through again."""

import gc
from collections.abc import Iterator

import pytest

from shared.runtime.collector import NEW_OBJECTS, keep_what_is_there


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_what_is_there_is_not_looked_at_again_and_rings_that_are_made_later_still_go() -> None:
    kept = {"of": "the process"}, ["until", "its end"]

    keep_what_is_there()

    assert not any(one is kept for one in gc.get_objects())
    assert gc.get_threshold()[0] == NEW_OBJECTS
    ring: list[object] = []
    ring.append(ring)
    del ring
    assert gc.collect() >= 1
