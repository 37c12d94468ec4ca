"""Clocks that run out."""

from services.monitoring.domain import ringing
from services.monitoring.handlers.watches import carry_out
from services.monitoring.ports import MonitoringUnit
from shared.unit_of_work import Timer


async def ring(timer: Timer, unit: MonitoringUnit) -> None:
    """A clock ran out: look again at what it is about."""
    watch = await unit.watches.get(timer.subject)
    if watch is not None:
        await carry_out(lambda context: ringing.ring(watch, timer.key, context), watch, unit, rung=timer.key)
