"""The inventory that is awaited: the ambassador is asked, a home visit moves its clock, and the desk comes last."""

from datetime import date, datetime, timedelta

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.points import escalate
from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event, Urgency
from shared.events.monitoring import EscalationReason, InventoryReminderDue
from shared.kernel.city import WorkingDays


def await_inventory(watch: Watch, since: datetime, context: DecisionContext) -> None:
    """An inventory is expected, with its whole term from `since` on."""
    working_time = context.working_time
    dues = [working_time.due_after(since, term) for term in context.terms.remind_inventory]
    if watch.first_urgency is Urgency.TODAY:
        hours = timedelta(hours=context.terms.remind_inventory_today_hours)
        dues.append(context.in_office_hours(since + hours))
    _expect(watch, dues, working_time.due_after(since, inventory_term(watch, context)))


def await_home_visit(watch: Watch, planned_for: date, context: DecisionContext) -> None:
    """The family is visited at home first: the inventory may wait for it, and whether it took place must be told."""
    working_time = context.working_time
    day = max(planned_for, working_time.city.day_of(context.now))
    watch.home_visit_on = planned_for
    told_by = working_time.due_after_day(day, context.terms.home_visit)
    watch.start(ClockKind.HOME_VISIT_LATE, watch.case_id, told_by)
    dues = [working_time.due_after_day(day, term) for term in context.terms.remind_inventory]
    _expect(watch, dues, working_time.due_after_day(day, inventory_term(watch, context)))


def inventory_term(watch: Watch, context: DecisionContext) -> WorkingDays:
    """How long the inventory that is awaited may take: of a new question nobody knows the urgency yet."""
    return context.terms.inventory[watch.first_urgency or Urgency.NORMAL]


def remind(watch: Watch, context: DecisionContext) -> list[Event]:
    """The ambassador is asked for the inventory, kindly; once for all reminders that a long downtime held up."""
    passed = [due_at for due_at in watch.reminders_due if due_at <= context.now]
    watch.reminders_due = watch.reminders_due[len(passed) :]
    _start_next(watch)
    if not watch.awaiting_inventory or watch.ambassador_id is None or not passed:
        return []
    watch.reminded += 1
    return [
        InventoryReminderDue(
            subject=watch.case_id, occurred_at=context.now, case_code=watch.case_code,
            ambassador_id=watch.ambassador_id, urgency=watch.urgency or Urgency.NORMAL, number=watch.reminded,
            due_at=passed[-1],
        )
    ]  # fmt: skip


def late(watch: Watch, context: DecisionContext) -> list[Event]:
    """The term is over: from here on the desk asks."""
    if not watch.awaiting_inventory:
        return []
    watch.reminders_due = ()
    watch.stop(watch.case_id, ClockKind.INVENTORY_REMIND)
    return escalate(watch, EscalationReason.INVENTORY_LATE, context)


def inventory_done(watch: Watch) -> None:
    """The inventory is there; from here on the needs say how urgent it is."""
    stop_awaiting(watch)
    watch.first_urgency = None


def stop_awaiting(watch: Watch) -> None:
    """Nothing is asked for any more."""
    watch.awaiting_inventory = False
    watch.home_visit_on = None
    watch.reminders_due, watch.reminded = (), 0
    watch.stop(watch.case_id, ClockKind.INVENTORY_LATE, ClockKind.INVENTORY_REMIND, ClockKind.HOME_VISIT_LATE)


def _expect(watch: Watch, dues: list[datetime], late_at: datetime) -> None:
    watch.awaiting_inventory = True
    watch.reminded = 0
    # A reminder at the moment that the desk takes over would come too late.
    watch.reminders_due = tuple(sorted(due_at for due_at in dues if due_at < late_at))
    watch.stop(watch.case_id, ClockKind.INVENTORY_REMIND)
    _start_next(watch)
    watch.start(ClockKind.INVENTORY_LATE, watch.case_id, late_at)


def _start_next(watch: Watch) -> None:
    if watch.reminders_due:
        watch.start(ClockKind.INVENTORY_REMIND, watch.case_id, watch.reminders_due[0])
