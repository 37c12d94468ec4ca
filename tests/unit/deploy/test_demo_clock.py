"""How far the clock goes, and that it stands fast outside a demo."""

from datetime import timedelta

import pytest

from deploy.demo.clock import ClockFixed, duration, forward


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14d", timedelta(days=14)),
        ("2w", timedelta(days=14)),
        ("36h", timedelta(hours=36)),
        ("1d12h", timedelta(hours=36)),
        (" 1D 30m ", timedelta(days=1, minutes=30)),
    ],
)
def test_duration_is_read_as_people_write_it(text: str, meant: timedelta) -> None:
    assert duration(text) == meant


@pytest.mark.parametrize("text", ["", "14", "d", "14 dagen", "-3d", "3x", "1d2", "0d", "99999d"])
def test_duration_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"14d|at most"):
        duration(text)


@pytest.mark.parametrize("environment", ["production", "development", ""])
async def test_clock_stands_fast_outside_demo_and_test(environment: str) -> None:
    with pytest.raises(ClockFixed, match="stands fast"):
        await forward({"intake": "postgresql+asyncpg://nobody@127.0.0.1:1/none"}, timedelta(1), environment=environment)
