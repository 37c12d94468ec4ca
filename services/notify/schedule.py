"""What notify does at which interval; it sets no timers: a message knows itself when it is due."""

from collections.abc import Mapping
from datetime import timedelta

from services.notify.handlers.messages import forget_old_messages
from services.notify.ports import NotifyUnit
from shared.messaging.schedule import Every, TimerHandler

TIMERS: Mapping[str, TimerHandler[NotifyUnit]] = {}
JOBS: tuple[Every[NotifyUnit], ...] = (Every("forget old messages", timedelta(days=1), forget_old_messages),)
