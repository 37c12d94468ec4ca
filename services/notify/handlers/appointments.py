"""What stands in readers' calendars: entered once, moved under the same id, and taken out again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.notify.domain.appointment import Appointment, Entry, Occasion
from services.notify.domain.mails.agreements import confirm_yes
from services.notify.domain.mails.handovers import tell_of_meeting
from services.notify.domain.mails.visits import (
    HOME_VISIT,
    appointment_of,
    cancel_appointment,
    in_calendar_of,
    tell_of_visit,
)
from services.notify.domain.message import Message
from services.notify.domain.outcome import Reason
from services.notify.handlers.queueing import queue
from services.notify.ports import NotifyUnit
from shared.events import intake, matching
from shared.events.base import Event
from shared.events.referral_contacts import ContactReplaced


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
    known = {entry.reader_id: entry.appointment for entry in await unit.appointments.list_about(event.referral_id)}
    entries = {
        reader: await _enter(
            unit, event.referral_id, event.subject, reader, Occasion.MEETING, event.on, event.starts_at
        )
        for reader in (event.ambassador_id, event.contact_id)
    }
    # Published again without another day or time: both have it.
    news = {reader: entry for reader, entry in entries.items() if known.get(reader) != entry}
    await queue(tell_of_meeting(event, news), unit)


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
        await _cancel(entry, event, event.case_code, event.ambassador_id, unit)


async def end_of_meeting(event: matching.WarmHandoverCompleted, unit: NotifyUnit) -> None:
    """They met, or chose not to: what was planned for a later day does not take place."""
    for entry in await unit.appointments.list_about(event.referral_id):
        if entry.appointment.on > event.on:
            await _cancel(entry, event, event.case_code, event.ambassador_id, unit)


async def end_of_visit(event: intake.HomeVisitCompleted, unit: NotifyUnit) -> None:
    """The visit was, or will not be: one on a later day does not take place."""
    told = [one for one in await unit.messages.get_about(event.subject) if one.draft.mail is HOME_VISIT]
    case_code = next((one.draft.case_code for one in told if one.draft.case_code), None)
    for entry in await unit.appointments.list_about(event.subject):
        if case_code and entry.appointment.occasion is Occasion.HOME_VISIT and entry.appointment.on > event.on:
            await _cancel(entry, event, case_code, entry.reader_id, unit)


async def pass_on_of_family(event: intake.AmbassadorReplaced, told: Sequence[Message], unit: NotifyUnit) -> None:
    """What is planned goes from the calendar of the one before into that of the new ambassador."""
    theirs = await unit.appointments.list_of_case(event.subject)
    await _pass_on(
        [one for one in theirs if one.reader_id == event.previous_id], event.ambassador_id, event, told, unit
    )


async def pass_on_of_partner(event: ContactReplaced, told: Sequence[Message], unit: NotifyUnit) -> None:
    """What is planned goes from the calendar of the contact before into that of the new one."""
    theirs = await unit.appointments.list_about(event.referral_id)
    before = [one for one in theirs if one.reader_id == event.previous_contact_id]
    await _pass_on(before, event.contact_id, event, told, unit)


async def _pass_on(
    entries: Sequence[Entry],
    reader: UUID,
    event: intake.AmbassadorReplaced | ContactReplaced,
    told: Sequence[Message],
    unit: NotifyUnit,
) -> None:
    for entry in entries:
        if not _is_ahead(entry, unit):
            continue
        old, appointment = entry.appointment, await _enter_again(entry, reader, unit)
        before = event.previous_id if isinstance(event, intake.AmbassadorReplaced) else event.ambassador_id
        await _cancel(entry, event, event.case_code, before, unit)
        draft = next((one.draft for one in reversed(told) if _entered(one, old)), None)
        if draft is not None:
            await queue([in_calendar_of(draft, reader, appointment, f"{draft.occasion}:{reader}")], unit)


async def cancel_of_case(event: intake.CaseWithdrawn | intake.CaseClosed, unit: NotifyUnit) -> None:
    """The family withdrew, or the case closed: nothing that was planned takes place."""
    for entry in await unit.appointments.list_of_case(event.subject):
        await _cancel(entry, event, event.case_code, event.ambassador_id, unit)


async def _is_over(case_id: UUID, unit: NotifyUnit) -> bool:
    """Whether the case ended for good: what comes late from another topic is in nobody's calendar, and is not kept."""
    return await unit.ended_cases.get_reason(case_id) is Reason.CASE_WITHDRAWN


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


async def _cancel(entry: Entry, event: Event, case_code: str, ambassador_id: UUID, unit: NotifyUnit) -> None:
    """What was on a day that has passed stays in the calendar: it may have taken place."""
    if not _is_ahead(entry, unit):
        return
    cancelled = replace(entry, appointment=entry.appointment.cancelled())
    await unit.appointments.save(cancelled)
    to_ambassador = entry.about_id == entry.case_id or entry.reader_id == ambassador_id
    await queue([cancel_appointment(event, case_code, cancelled, to_ambassador=to_ambassador)], unit)


def _is_ahead(entry: Entry, unit: NotifyUnit) -> bool:
    return not entry.appointment.is_cancelled and entry.appointment.on >= unit.city.day_of(unit.now)


async def _enter_again(entry: Entry, reader: UUID, unit: NotifyUnit) -> Appointment:
    old = entry.appointment
    return await _enter(unit, entry.about_id, entry.case_id, reader, old.occasion, old.on, old.starts_at)


def _entered(message: Message, appointment: Appointment) -> bool:
    """Whether this mail brought the appointment."""
    found = appointment_of(message.draft)
    return found is not None and found.id == appointment.id and not found.is_cancelled
