"""What matching does by the clock. Partners' answer clocks belong to monitoring."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from services.matching.handlers.sign_in import forget_old_sign_ins
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Timer

TIMERS: dict[str, Callable[[Timer, MatchingUnit], Awaitable[None]]] = {}
INTERVALS: dict[timedelta, Callable[[MatchingUnit], Awaitable[None]]] = {timedelta(hours=6): forget_old_sign_ins}
