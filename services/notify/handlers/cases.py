"""Cases that end, open again or are erased: whether anything is said about them."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from services.notify.domain.mails import ambassadors, cases, follow_ups, requests
from services.notify.domain.outcome import Reason
from services.notify.handlers import appointments, reminders
from services.notify.handlers.queueing import queue, recall, was_queued
from services.notify.handlers.standing_still import leave_again
from services.notify.ports import NotifyUnit
from shared.events import consents, directory, early_signals, family_safety, intake, matching, monitoring
from shared.events.base import Event
from shared.events.notify import MessagesErased
from shared.events.vocabulary import Audience

ENDS_OR_OPENS: Final = (
    intake.CaseWithdrawn, intake.CaseClosed, intake.CaseErased, intake.CaseReopened, intake.NewQuestionRaised,
    intake.CasePaused, intake.CaseResumed, family_safety.SafetyHoldSet, family_safety.SafetyHoldLifted,
    family_safety.AddressHidden, family_safety.AddressShown,
)  # fmt: skip
OF_NO_CASE: Final = (matching.SignInRequested, early_signals.SignalFact)
ASKED_BY_A_CLOCK: Final = (*requests.ASKS_FOR_INVENTORY, follow_ups.FOLLOW_UP)


async def hold_cases(events: Sequence[Event], unit: NotifyUnit) -> None:
    """Before the handlers of these events lock anything, so that nobody ends a case while something is said of it."""
    alone = {event.subject for event in events if isinstance(event, ENDS_OR_OPENS)}
    await unit.ended_cases.hold({case_id for event in events for case_id in _cases_of(event)}, alone=alone)


async def fall_silent_on_withdrawal(event: intake.CaseWithdrawn, unit: NotifyUnit) -> None:
    """The family withdrew: the ambassador reads that, and nothing else about this case leaves any more."""
    # It is erased on another day now.
    about = await unit.messages.get_of_case(event.subject)
    await recall([one for one in about if one.draft.mail is cases.ERASURE_PLANNED], Reason.OVERTAKEN, unit)
    await _fall_silent(event, Reason.CASE_WITHDRAWN, unit)
    await queue([cases.tell_of_withdrawal(event)], unit)
    await appointments.cancel_of_case(event, unit)


async def fall_silent_on_closing(event: intake.CaseClosed, unit: NotifyUnit) -> None:
    """The case is closed: its ambassador reads that, and nothing else about it leaves any more."""
    await _fall_silent(event, Reason.CASE_CLOSED, unit)
    await queue([cases.tell_of_closing(event)], unit)
    await appointments.cancel_of_case(event, unit)


async def speak_again(event: intake.CaseReopened | intake.NewQuestionRaised, unit: NotifyUnit) -> None:
    """The case is open again: what another service published in the meantime, or just before, goes out after all."""
    await unit.ended_cases.reopen(event.subject, Reason.CASE_CLOSED)
    if await unit.ended_cases.get_reason(event.subject) is Reason.CASE_ON_HOLD:
        return
    messages = await unit.messages.get_of_case(event.subject)
    for message in messages:
        if message.draft.mail in (cases.CASE_CLOSED, cases.ERASURE_PLANNED):
            message.recall(Reason.OVERTAKEN, unit.now)
        message.resume(unit.now)
    await unit.messages.save(messages)


async def tell_of_erasure(event: intake.ErasurePlanned, unit: NotifyUnit) -> None:
    """The ambassador reads weeks ahead that it is erased, whatever else is said no more about this case."""
    is_closed = await unit.ended_cases.get_reason(event.subject) is Reason.CASE_CLOSED
    await queue([cases.tell_of_erasure(event, is_closed=is_closed)], unit)


async def forget_case(event: intake.CaseErased, unit: NotifyUnit) -> None:
    """Delete everything about the case, and say so; also when nothing of it is here, or not any more."""
    await unit.ended_cases.forget_case(event.subject)
    messages = await unit.messages.get_of_case(event.subject)
    told = [message.draft for message in messages]
    await unit.messages.delete_case(event.subject)
    for signal in event.signals:
        messages += await unit.messages.get_about(signal)
        await unit.messages.delete_case(signal)
    readers = {draft.recipient_id for draft in told if draft.mail.audience is Audience.AMBASSADOR}
    for case_code in {draft.case_code for draft in told if draft.case_code}:
        for reader in sorted(readers):
            await reminders.forget(reader, case_code, unit)
    await unit.appointments.delete_case(event.subject)
    day = unit.city.day_of(event.occurred_at)
    await unit.erased.bury(event.subject, day, parts=[*event.signals, *(message.id for message in messages)])
    unit.outbox.append(MessagesErased(subject=event.subject, occurred_at=unit.now))


async def stop_asking_for_inventory(event: intake.NeedsAssessed, unit: NotifyUnit) -> None:
    """The conversation with the family is there: nobody asks for it any more."""
    about = await unit.messages.get_about(event.subject)
    asks = [message for message in about if message.draft.mail in requests.ASKS_FOR_INVENTORY]
    await recall(asks, Reason.OVERTAKEN, unit)


async def stop_asking_for_consent(event: intake.ConsentRenewed, unit: NotifyUnit) -> None:
    """There is a new consent: nobody asks for it any more."""
    about = await unit.messages.get_of_case(event.subject)
    asks = [message for message in about if message.draft.mail is cases.CONSENT_OUTGROWN]
    await recall(asks, Reason.OVERTAKEN, unit)


async def stop_asking_what_partners_may_read(
    event: consents.ConsentGiven | consents.ConsentRefused, unit: NotifyUnit
) -> None:
    """The family answered for one kind, or for every other: nobody asks for that any more, for the rest they do."""
    about = await unit.messages.get_of_case(event.subject)
    mails = [message for message in about if message.draft.mail is cases.CONSENT_EXPIRED]
    asks = [message for message in mails if cases.asks_about(message.draft, event.partner_kind)]
    rest = [cases.still_to_ask(one.draft, event.partner_kind) for one in asks if one.is_underway]
    await recall(asks, Reason.OVERTAKEN, unit)
    await queue([draft for draft in rest if draft is not None], unit)


async def rest(event: intake.CasePaused, unit: NotifyUnit) -> None:
    """Until its day nobody asks the family or its ambassador anything; what a clock asks, it asks again after that."""
    if await unit.ended_cases.get_reason(event.subject) in {None, Reason.CASE_RESTS}:
        await unit.ended_cases.end(event.subject, Reason.CASE_RESTS)
    about = await unit.messages.get_of_case(event.subject)
    await recall([message for message in about if message.draft.mail in ASKED_BY_A_CLOCK], Reason.OVERTAKEN, unit)
    await recall(about, Reason.CASE_RESTS, unit)
    await reminders.leave_out(event.ambassador_id, event.case_code, Reason.CASE_RESTS, unit)
    await queue([cases.tell_of_rest(event)], unit)


async def go_on(event: intake.CaseResumed, unit: NotifyUnit) -> None:
    """The rest is over: what was held back is asked, and who never read of the rest needs not read of its end."""
    await unit.ended_cases.reopen(event.subject, Reason.CASE_RESTS)
    about = await unit.messages.get_of_case(event.subject)
    told = [message for message in about if message.draft.mail is cases.CASE_PAUSED]
    held = [one for one in about if Reason.CASE_RESTS in {one.reason, one.recalled}]
    for_partners = [one for one in held if one.draft.mail.audience is Audience.PARTNER]
    for message in held:
        if message not in for_partners:
            message.resume(unit.now)
    await unit.messages.save(about)
    # As after a hold: they cannot tell which it was.
    await leave_again(for_partners, unit)
    await recall(told, Reason.OVERTAKEN, unit)
    if not told or any(message.may_have_arrived for message in told):
        await queue([cases.tell_that_rest_is_over(event)], unit)


async def hand_over(event: intake.AmbassadorReplaced, unit: NotifyUnit) -> None:
    """Both ambassadors read it, and what has surely not arrived for the one before leaves for the new one."""
    about = sorted(await unit.messages.get_of_case(event.subject), key=lambda message: message.queued_at)
    drafts = ambassadors.hand_over_family(event, about)
    if was_queued(drafts, about):
        return  # Consumed before: what came after it stands.
    theirs = [one for one in about if one.draft.recipient_id == event.previous_id]
    # An appointment goes from one calendar to the other, which says more than that it is passed on.
    passed_on = [one.draft for one in theirs if one.is_underway and not one.draft.mail.has_appointment]
    await recall(theirs, Reason.OTHER_READER, unit)
    await queue(drafts, unit)
    await appointments.pass_on_of_family(event, about, unit)
    passed_on += await reminders.leave_out(event.previous_id, event.case_code, Reason.OTHER_READER, unit)
    await queue([draft.passed_on(event.ambassador_id, event.occurred_at) for draft in passed_on], unit)


async def end_signal(event: early_signals.EarlySignalEnded, unit: NotifyUnit) -> None:
    """The signal ended: nobody asks about it any more."""
    await recall(await unit.messages.get_about(event.subject), Reason.OVERTAKEN, unit)


def _cases_of(event: Event) -> list[UUID]:
    if isinstance(event, monitoring.AmbassadorReminded):
        return [one.case_id for one in event.cases]
    is_of_none = isinstance(event, OF_NO_CASE) or type(event).__module__ == directory.__name__
    return [] if is_of_none else [event.subject]


async def _fall_silent(event: intake.CaseWithdrawn | intake.CaseClosed, reason: Reason, unit: NotifyUnit) -> None:
    await unit.ended_cases.end(event.subject, reason)
    await recall(await unit.messages.get_of_case(event.subject), reason, unit)
    await reminders.leave_out(event.ambassador_id, event.case_code, reason, unit)
