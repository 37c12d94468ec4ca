"""What notify does at which interval; it sets no timers: a message knows itself when it is due."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from services.notify import handlers
from shared.unit_of_work import Timer

TIMERS: dict[str, Callable[[Timer, Any], Awaitable[None]]] = {}
INTERVALS: dict[timedelta, Callable[[Any], Awaitable[None]]] = {timedelta(days=1): handlers.forget_old_messages}
