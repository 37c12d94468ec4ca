"""One Schakel in containers for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.compose.composed import Composed, brought_up
from tests.parts.containers import why_no_engine
from tests.parts.missing import skip_for


@pytest.fixture(scope="session")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """Brought up once, and taken down at the end with all that it made.

    The files that bring up their own stack stand before those that use this one: there is never more than one.
    """
    if why_no_engine():
        skip_for("a container engine", why_no_engine())
    with brought_up(tmp_path_factory.mktemp("composed")) as composed:
        yield composed
