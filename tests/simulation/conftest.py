"""One seed alone: `SCHAKEL_SEED=42 pytest tests/simulation`."""

import os

import pytest


@pytest.fixture
def only_seed() -> int | None:
    """The seed that was asked for."""
    seed = os.environ.get("SCHAKEL_SEED")
    return int(seed) if seed else None
