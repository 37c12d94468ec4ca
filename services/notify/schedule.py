"""What notify does by itself: mail that waits to leave together leaves at its moment, and old messages are forgotten.

Every other message knows itself when it is due.
"""

from collections.abc import Mapping
from datetime import timedelta

from services.notify.handlers.holding import RELEASE, release, see_that_held_mail_leaves
from services.notify.handlers.messages import forget_old_messages
from services.notify.handlers.receiving import forget_received
from services.notify.handlers.standing_still import tell_how_many
from services.notify.ports import NotifyUnit
from shared.messaging.schedule import Every, TimerHandler

TIMERS: Mapping[str, TimerHandler[NotifyUnit]] = {RELEASE: release}
JOBS: tuple[Every[NotifyUnit], ...] = (
    Every("forget old messages", timedelta(days=1), forget_old_messages),
    Every("forget what was received", timedelta(hours=1), forget_received),
    Every("see that held mail leaves", timedelta(minutes=15), see_that_held_mail_leaves),
    Every("tell how many cases stand still", timedelta(hours=1), tell_how_many),
)
