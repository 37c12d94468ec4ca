"""What intake looks at again, and how often."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from services.intake.ports import IntakeUnit
from shared.web.idempotency import KEPT

# Nothing of intake has a clock of its own; monitoring's clocks say when something is late.
TIMERS: Mapping[str, Any] = {}


async def forget_old_replies(unit: IntakeUnit) -> None:
    """After seven days a machine no longer asks whether its request arrived."""
    await unit.replies.forget(unit.now - KEPT)


INTERVALS: Mapping[timedelta, Callable[[Any], Awaitable[None]]] = {timedelta(hours=1): forget_old_replies}
