import pytest

from tests.unit.notify.post import Post
from tests.unit.notify.twin import Notify


@pytest.fixture
def notify() -> Notify:
    return Notify()


@pytest.fixture
def post(notify: Notify) -> Post:
    return Post(notify)
