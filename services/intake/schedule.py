"""What intake looks at again, and how often."""

from collections.abc import Mapping

from services.intake.ports import IntakeUnit
from shared.messaging.old_replies import FORGET_OLD_REPLIES
from shared.messaging.schedule import Every, TimerHandler

# Nothing of intake has a clock of its own; monitoring's clocks tell when something is late.
TIMERS: Mapping[str, TimerHandler[IntakeUnit]] = {}
JOBS: tuple[Every[IntakeUnit], ...] = (FORGET_OLD_REPLIES,)
