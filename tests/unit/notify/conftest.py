import pytest

from tests.unit.notify.post import Post
from tests.unit.notify.scenes import Scene


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def post(scene: Scene) -> Post:
    return Post(scene)
