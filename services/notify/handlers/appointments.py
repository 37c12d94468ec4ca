"""What stands in readers' calendars: entered once, moved under the same id, and taken out again."""

from datetime import date, datetime
from uuid import UUID

from services.notify.domain.appointment import Appointment, Entry, Occasion
from services.notify.domain.mails.agreements import confirm_yes
from services.notify.domain.mails.handovers import tell_of_meeting
from services.notify.domain.mails.visits import cancel_appointment, tell_of_visit
from services.notify.domain.outcome import Reason
from services.notify.handlers.queueing import queue
from services.notify.ports import NotifyUnit
from shared.events import intake, matching
from shared.events.base import Event


async def agree_on_first_contact(event: matching.PartnerAccepted, unit: NotifyUnit) -> None:
    """The partner's yes is confirmed, with the day of the first contact for its calendar."""
    if await _is_over(event.subject, unit):
        return
    on, reader = event.first_contact_on, event.contact_id
    entry = await _enter(unit, event.referral_id, event.subject, reader, Occasion.FIRST_CONTACT, on, None)
    await queue(confirm_yes(event, entry), unit)


async def plan_meeting(event: matching.HandoverPlanned, unit: NotifyUnit) -> None:
    """Both sides have the day in their calendar; a later day moves it there."""
    if await _is_over(event.subject, unit):
        return
    entries = {
        reader: await _enter(
            unit, event.referral_id, event.subject, reader, Occasion.MEETING, event.on, event.starts_at
        )
        for reader in (event.ambassador_id, event.contact_id)
    }
    await queue(tell_of_meeting(event, entries), unit)


async def plan_visit(event: intake.HomeVisitPlanned, unit: NotifyUnit) -> None:
    """The ambassador has the visit in the calendar."""
    if await _is_over(event.subject, unit):
        return
    reader, on = event.ambassador_id, event.planned_for
    entry = await _enter(unit, event.subject, event.subject, reader, Occasion.HOME_VISIT, on, event.starts_at)
    await queue([tell_of_visit(event, entry)], unit)


async def cancel_of_referral(event: matching.ReferralFact, unit: NotifyUnit) -> None:
    """The referral is over: what was planned for it does not take place."""
    for entry in await unit.appointments.list_about(event.referral_id):
        await _cancel(entry, event, event.case_code, unit)


async def cancel_of_case(event: intake.CaseWithdrawn, unit: NotifyUnit) -> None:
    """The family withdrew: nothing that was planned takes place."""
    for entry in await unit.appointments.list_of_case(event.subject):
        await _cancel(entry, event, event.case_code, unit)


async def _is_over(case_id: UUID, unit: NotifyUnit) -> bool:
    """Whether the case ended for good: what comes late from another topic is in nobody's calendar, and is not kept."""
    return await unit.ended_cases.get_reason(case_id) in {Reason.CASE_WITHDRAWN, Reason.CASE_ERASED}


async def _enter(
    unit: NotifyUnit,
    about_id: UUID,
    case_id: UUID,
    reader: UUID,
    occasion: Occasion,
    on: date,
    starts_at: datetime | None,
) -> Appointment:
    found = await unit.appointments.get(about_id, reader, occasion)
    appointment = (
        found.appointment.moved(on, starts_at) if found else Appointment(unit.ids.new(), occasion, on, starts_at)
    )
    await unit.appointments.save(Entry(appointment, about_id, case_id, reader))
    return appointment


async def _cancel(entry: Entry, event: Event, case_code: str, unit: NotifyUnit) -> None:
    """What was on a day that has passed stays in the calendar: it may have taken place."""
    if entry.appointment.is_cancelled or entry.appointment.on < unit.city.day_of(unit.now):
        return
    appointment = entry.appointment.cancelled()
    await unit.appointments.save(Entry(appointment, entry.about_id, entry.case_id, entry.reader_id))
    await queue([cancel_appointment(event, case_code, entry.reader_id, appointment)], unit)
