"""Cases as a whole: what is only noted, what is forgotten, and who got lost."""

from datetime import timedelta
from functools import partial

from services.monitoring.domain import case_lifecycle
from services.monitoring.domain.points import lose_sight
from services.monitoring.domain.timeline import entry_of
from services.monitoring.handlers.watches import carry_out, set_timers, update_watch
from services.monitoring.ports import MonitoringUnit
from shared.events.base import Event
from shared.events.family_safety import AddressHidden
from shared.events.intake import CaseErased
from shared.events.monitoring import WatchErased

CHECKED_AT_ONCE = 500
# How late a clock may be before somebody looks whether its timer is still there.
LATE_CLOCK = timedelta(minutes=5)
_forget_district = update_watch(case_lifecycle.hide_address)


async def note_on_timeline(event: Event, unit: MonitoringUnit) -> None:
    """Nothing changes for the watch; the timeline shows it."""
    entry = entry_of(event)
    if entry is not None:
        await unit.timeline.add([entry])


async def hide_address(event: AddressHidden, unit: MonitoringUnit) -> None:
    """Neither the watch nor what was published of it says where the family lives."""
    await _forget_district(event, unit)
    await unit.erased.blank([event.subject], "district")


async def erase_case(event: CaseErased, unit: MonitoringUnit) -> None:
    """Forget everything about the case, and say so; also when nothing of it is here, or not any more."""
    watch = await unit.watches.get(event.subject)
    if watch is not None:
        unit.timers.clear(*watch.clocks)
        await unit.reminders.forget_code(watch.case_code)
        for number in watch.numbers:
            await unit.saved_views.forget_searches(number)
    await unit.watches.erase(event.subject)
    await unit.timeline.erase(event.subject)
    await unit.notes.erase(event.subject)
    day = unit.city.day_of(event.occurred_at)
    await unit.erased.bury(event.subject, day, parts=list(watch.follow_ups) if watch else [])
    unit.outbox.append(WatchErased(subject=event.subject, occurred_at=unit.now))


async def look_for_lost_children(unit: MonitoringUnit) -> None:
    """The net under the net: open cases without any next step, and clocks whose timer went missing."""
    for case_id in await unit.watches.list_without_next_step(CHECKED_AT_ONCE):
        watch = await unit.watches.get(case_id)
        if watch is not None and watch.is_open and not watch.clocks:
            await carry_out(partial(lose_sight, watch), watch, unit)
    for case_id in await unit.watches.list_without_timer(unit.now - LATE_CLOCK, CHECKED_AT_ONCE):
        watch = await unit.watches.get(case_id)
        if watch is not None:
            set_timers(unit, watch, {})
