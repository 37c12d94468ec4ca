"""What monitoring does by itself: every clock rings in the same way, and each minute somebody looks for the lost."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.handlers import look_for_lost_children, ring
from services.monitoring.ports import MonitoringUnit
from shared.unit_of_work import Timer

TIMERS: dict[str, Callable[[Timer, MonitoringUnit], Awaitable[None]]] = {kind.value: ring for kind in ClockKind}
INTERVALS: dict[timedelta, Callable[[MonitoringUnit], Awaitable[None]]] = {
    timedelta(minutes=1): look_for_lost_children,
}
