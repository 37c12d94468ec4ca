"""What intake looks at again, and how often."""

from collections.abc import Mapping
from datetime import timedelta

from services.intake.handlers.consent_endings import end_outgrown_consents, end_passed_consents
from services.intake.handlers.drafts import forget_old_drafts
from services.intake.handlers.erasing import ERASE, erase_what_is_left, erase_when_due
from services.intake.handlers.one_plan import LOOKED_AT_EVERY, keep_plans_together
from services.intake.handlers.outgrown import look_who_grew
from services.intake.handlers.retention import keep_no_longer
from services.intake.handlers.same_child import find_same_children
from services.intake.handlers.signals import follow_signals
from services.intake.handlers.unusual_reading import find_unusual_reading
from services.intake.ports import IntakeUnit
from shared.messaging.old_replies import FORGET_OLD_REPLIES
from shared.messaging.schedule import Every, TimerHandler

# Only erasing is at once; monitoring's clocks tell when something is late.
TIMERS: Mapping[str, TimerHandler[IntakeUnit]] = {ERASE: erase_when_due}
METRICS_EVERY = timedelta(seconds=30)
JOBS: tuple[Every[IntakeUnit], ...] = (
    FORGET_OLD_REPLIES,
    Every("erase what is left", timedelta(hours=1), erase_what_is_left),
    Every("end consents whose day passed", timedelta(hours=1), end_passed_consents),
    Every("end consents that a child outgrew", timedelta(hours=1), end_outgrown_consents),
    Every("look who grew", timedelta(hours=1), look_who_grew),
    Every("keep no longer", timedelta(hours=1), keep_no_longer),
    Every("forget old drafts", timedelta(hours=1), forget_old_drafts),
    Every("find requests for the same child", LOOKED_AT_EVERY, find_same_children),
    Every("keep joined plans together", LOOKED_AT_EVERY, keep_plans_together),
    Every("find unusual reading", timedelta(minutes=5), find_unusual_reading),
    Every("ask about early signals, and end old ones", timedelta(minutes=5), follow_signals),
)
