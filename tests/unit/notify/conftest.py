import pytest

from tests.unit.notify.scenes import Scene


@pytest.fixture
def scene() -> Scene:
    return Scene()
