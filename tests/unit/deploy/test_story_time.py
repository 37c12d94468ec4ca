"""When a story moves its clock to."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from deploy.demo.stories.world import morning_after, working_days_after


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [("2026-11-23 14:05", 3, "2026-11-26 15:05"), ("2026-11-26 09:00", 3, "2026-12-01 10:00"),
     ("2026-11-28 09:00", 1, "2026-11-30 10:00")],
)  # fmt: skip
def test_working_days_pass_over_the_weekend(moment: str, days: int, due: str) -> None:
    assert working_days_after(_at(moment), days) == _at(due)


@pytest.mark.parametrize(
    ("moment", "due"), [("2026-11-23 22:05", "2026-12-07 10:00"), ("2026-11-22 03:00", "2026-12-07 10:00")]
)
def test_two_weeks_later_is_a_morning_on_a_working_day(moment: str, due: str) -> None:
    assert morning_after(_at(moment), 14, time(9)) == _at(due)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
