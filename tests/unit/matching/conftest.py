"""What several tests of matching need."""

import pytest

from services.matching.web import arriving


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The moments that somebody had to wait, without the waiting."""
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(arriving, "sleep", wait)
    return waits
