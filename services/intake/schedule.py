"""What intake looks at again, and how often."""

from collections.abc import Mapping
from datetime import timedelta

from services.intake.handlers.drafts import forget_old_drafts
from services.intake.handlers.signals import follow_signals
from services.intake.ports import IntakeUnit
from shared.messaging.old_replies import FORGET_OLD_REPLIES
from shared.messaging.schedule import Every, TimerHandler

# Nothing of intake has a clock of its own; monitoring's clocks tell when something is late.
TIMERS: Mapping[str, TimerHandler[IntakeUnit]] = {}
JOBS: tuple[Every[IntakeUnit], ...] = (
    FORGET_OLD_REPLIES,
    Every("forget old drafts", timedelta(hours=1), forget_old_drafts),
    Every("ask about early signals, and end old ones", timedelta(minutes=5), follow_signals),
)
