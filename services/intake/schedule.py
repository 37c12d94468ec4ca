"""What intake looks at again, and how often."""

from collections.abc import Mapping
from datetime import timedelta

from services.intake.handlers.drafts import forget_old_drafts
from services.intake.handlers.signals import follow_signals
from services.intake.ports import IntakeUnit
from shared.messaging.schedule import Every, TimerHandler
from shared.web.idempotency import KEPT

# Nothing of intake has a clock of its own; monitoring's clocks tell when something is late.
TIMERS: Mapping[str, TimerHandler[IntakeUnit]] = {}


async def forget_old_replies(unit: IntakeUnit) -> None:
    """After seven days a machine no longer asks whether its request arrived."""
    await unit.replies.forget(unit.now - KEPT)


JOBS: tuple[Every[IntakeUnit], ...] = (
    Every("forget old replies", timedelta(hours=1), forget_old_replies),
    Every("forget old drafts", timedelta(hours=1), forget_old_drafts),
    Every("ask about early signals, and end old ones", timedelta(minutes=5), follow_signals),
)
