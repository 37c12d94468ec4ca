"""Cases that end, open again or are erased: whether anything is said about them."""

from uuid import UUID

from services.notify.domain.mails import cases, requests
from services.notify.domain.outcome import Reason
from services.notify.handlers import appointments
from services.notify.handlers.queueing import queue, recall
from services.notify.ports import NotifyUnit
from shared.events import intake


async def fall_silent_on_withdrawal(event: intake.CaseWithdrawn, unit: NotifyUnit) -> None:
    """The family withdrew: the ambassador reads that, and nothing else about this case leaves any more."""
    await _fall_silent(event.subject, Reason.CASE_WITHDRAWN, unit)
    await queue([cases.tell_of_withdrawal(event)], unit)
    await appointments.cancel_of_case(event, unit)


async def fall_silent_on_closing(event: intake.CaseClosed, unit: NotifyUnit) -> None:
    """The case is closed: its ambassador reads that, and nothing else about it leaves any more."""
    await _fall_silent(event.subject, Reason.CASE_CLOSED, unit)
    await queue([cases.tell_of_closing(event)], unit)


async def speak_again(event: intake.CaseReopened | intake.NewQuestionRaised, unit: NotifyUnit) -> None:
    """The case is open again: what another service published in the meantime, or just before, goes out after all."""
    await unit.ended_cases.reopen(event.subject)
    messages = await unit.messages.get_of_case(event.subject)
    for message in messages:
        if message.draft.mail is cases.CASE_CLOSED:
            message.recall(Reason.OVERTAKEN, unit.now)
        message.resume(unit.now)
    await unit.messages.save(messages)


async def forget_case(event: intake.CaseErased, unit: NotifyUnit) -> None:
    """Delete everything about the case; what remains is that it ended, so that a late event revives nothing."""
    await unit.ended_cases.end(event.subject, Reason.CASE_ERASED)
    await unit.messages.delete_case(event.subject)
    await unit.appointments.delete_case(event.subject)


async def stop_asking_for_inventory(event: intake.NeedsAssessed, unit: NotifyUnit) -> None:
    """The conversation with the family is there: nobody asks for it any more."""
    about = await unit.messages.get_about(event.subject)
    asks = [message for message in about if message.draft.mail in requests.ASKS_FOR_INVENTORY]
    await recall(asks, Reason.OVERTAKEN, unit)


async def rest(event: intake.CasePaused, unit: NotifyUnit) -> None:
    """Until its day nobody asks the family or its ambassador anything."""
    about = await unit.messages.get_of_case(event.subject)
    asks = [message for message in about if message.draft.mail in requests.ASKS_FOR_INVENTORY]
    await recall(asks, Reason.OVERTAKEN, unit)
    await queue([cases.tell_of_rest(event)], unit)


async def end_signal(event: intake.EarlySignalEnded, unit: NotifyUnit) -> None:
    """The signal ended: nobody asks about it any more."""
    await recall(await unit.messages.get_about(event.subject), Reason.OVERTAKEN, unit)


async def _fall_silent(case_id: UUID, reason: Reason, unit: NotifyUnit) -> None:
    await unit.ended_cases.end(case_id, reason)
    await recall(await unit.messages.get_of_case(case_id), reason, unit)
