"""One server for each test: what is put back replaces everything."""

from collections.abc import Iterator

import pytest

from tests.integration.backup.installation import Installation, running_installation


@pytest.fixture
def schakel() -> Iterator[Installation]:
    """Empty, and nobody works in it."""
    with running_installation() as made:
        yield made
