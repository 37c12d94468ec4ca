"""Mails that put a case on the coordinator's list, and take it off again."""

from services.monitoring.domain import mail_delivery
from services.monitoring.handlers.cases import note_on_timeline
from services.monitoring.handlers.watches import update_watch
from services.monitoring.ports import MonitoringUnit
from shared.events.notify import MessageAccepted, MessageRefused, MessageUnknown


async def resolve_undelivered_mail(event: MessageAccepted, unit: MonitoringUnit) -> None:
    """A mail was taken; if it was on the list as not delivered, it leaves it."""
    watch = await unit.watches.get(event.case_id) if event.case_id is not None else None
    listed = watch is not None and bool(watch.open_escalations or watch.undelivered)
    await (_resolve_mail if listed else note_on_timeline)(event, unit)


async def escalate_undelivered_mail(event: MessageRefused, unit: MonitoringUnit) -> None:
    """A mail about a case was not delivered: a person must know."""
    if event.case_id is not None:
        await _escalate_mail(event, unit)


async def escalate_mail_in_doubt(event: MessageUnknown, unit: MonitoringUnit) -> None:
    """Nobody knows whether a mail arrived: that is noted, and after its second copy a person must look."""
    if event.case_id is not None and event.is_last:
        await _escalate_mail(event, unit)
    else:
        await note_on_timeline(event, unit)


_resolve_mail = update_watch(mail_delivery.resolve)
_escalate_mail = update_watch(mail_delivery.escalate)
