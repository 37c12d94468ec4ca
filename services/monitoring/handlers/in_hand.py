"""How many families wait for whom is told as a number, and who closed a heavy one is looked after.

Both by the clock and not in answer to a case, so that no event of a person leads back to a family.
"""

from services.monitoring.domain import case_lifecycle
from services.monitoring.domain.in_hand import is_heavy
from services.monitoring.handlers.watches import update_watch
from services.monitoring.ports import MonitoringUnit
from shared.events.in_hand import CheckInDue, FamiliesInHandChanged
from shared.events.intake import CaseClosed
from shared.kernel.city.terms import WorkingDays
from shared.kernel.working_time import WorkingTime

TOLD_AT_ONCE = 500
_end = update_watch(case_lifecycle.end)


async def close_watch(event: CaseClosed, unit: MonitoringUnit) -> None:
    """Nothing is expected any more; after something heavy somebody asks its ambassador how it goes."""
    await _end(event, unit)
    watch = await unit.watches.get(event.subject)
    if watch is None or watch.ambassador_id is None or not is_heavy(watch, unit.city.load.heavy_needs):
        return
    term = WorkingDays(unit.city.load.check_in_after_days)
    due_at = WorkingTime(unit.city, unit.calendar).due_after(unit.now, term)
    await unit.in_hand.plan_check_in(watch.ambassador_id, due_at)


async def tell_who_has_families(unit: MonitoringUnit) -> None:
    """Of each person for whom another number of families waits than was told; once for each change."""
    for one in await unit.in_hand.list_changed(unit.city.load.heavy_needs, TOLD_AT_ONCE):
        await unit.in_hand.tell(one)
        unit.outbox.append(
            FamiliesInHandChanged(subject=one.person_id, occurred_at=unit.now, families=one.families, heavy=one.heavy)
        )


async def tell_check_ins(unit: MonitoringUnit) -> None:
    """Somebody else asks how it goes, some days after."""
    for person_id in await unit.in_hand.take_check_ins(unit.now, TOLD_AT_ONCE):
        unit.outbox.append(CheckInDue(subject=person_id, occurred_at=unit.now))
