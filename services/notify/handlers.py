"""One function per event or command: load, decide, store, append."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.notify.commands import ClaimMessages, RecordOutcome, RetryMessage
from services.notify.domain import rules
from services.notify.domain.errors import MessageNotFound, NotRetryable
from services.notify.domain.message import Draft, Message, MessageState, Template
from services.notify.domain.outcome import Reason
from services.notify.ports import NotifyUnit, Person
from shared.events import intake, matching, monitoring

# As long as an event may be replayed (the inbox's time), so that a replay queues nothing twice.
KEEP_SETTLED_FOR: Final = timedelta(days=180)


async def queue(drafts: Iterable[Draft], unit: NotifyUnit) -> None:
    """Queue each draft once. What is about a closed case is held back; a case that ended for good gets no mail."""
    for draft in drafts:
        ended = await unit.ended_cases.why(draft.case_id) if draft.case_id else None
        if rules.is_silenced(draft, ended) and ended is not Reason.CASE_CLOSED:
            continue
        message = Message.queue(draft, unit.ids.new(), unit.now)
        if ended is not None:
            message.recall(ended, unit.now)
        await unit.messages.add(message)


async def tell_of_request(event: intake.RequestReceived, unit: NotifyUnit) -> None:
    """Tell the ambassador that the request arrived."""
    await queue([rules.tell_of_request(event)], unit)


async def ask_partner(event: matching.PartnerActivated, unit: NotifyUnit) -> None:
    """Ask the partner's contact to help."""
    await queue([rules.ask_partner(event)], unit)


async def remind_partner(event: monitoring.ResponseReminderDue, unit: NotifyUnit) -> None:
    """Remind the partner's contact."""
    about = await unit.messages.about(event.referral_id)
    asked = next((message.draft for message in about if message.draft.template is Template.PARTNER_ACTIVATED), None)
    await queue([rules.remind_partner(event, asked)], unit)


async def tell_of_acceptance(event: matching.PartnerAccepted, unit: NotifyUnit) -> None:
    """The partner answered: no reminder any more, nor that an earlier yes is not sure; tell the ambassador."""
    about = await unit.messages.about(event.referral_id)
    yes = rules.tell_of_acceptance(event)
    if any(one.draft.occasion == yes.occasion for one in about):
        return  # Heard before: what came after it stands.
    await recall(about, Reason.OVERTAKEN, unit)
    await recall(rules.corrections(about), Reason.YES_AFTER_ALL, unit)
    await queue([yes], unit)


async def correct_acceptance(event: matching.AcceptanceReverted, unit: NotifyUnit) -> None:
    """The partner took its yes back: the ambassador does not hear of it any more, or hears that it is not sure."""
    about = await unit.messages.about(event.referral_id)
    believed = rules.believed_yes(about)
    await recall(rules.yeses(about), Reason.OVERTAKEN, unit)
    await queue([rules.correct_acceptance(event, believed.draft)] if believed else [], unit)


async def stop_partner(event: matching.ReferralWithdrawn, unit: NotifyUnit) -> None:
    """The referral was taken back: nobody is asked any more, and a partner that said yes is asked to stop."""
    await recall(await unit.messages.about(event.referral_id), Reason.OVERTAKEN, unit)
    await queue(rules.ask_to_stop(event), unit)


async def stop_asking(event: matching.ReferralFact, unit: NotifyUnit) -> None:
    """The referral is over, or answered: mail about it that has not left stays here."""
    await recall(await unit.messages.about(event.referral_id), Reason.OVERTAKEN, unit)


async def tell_that_nobody_was_found(event: matching.NoPartnerFound, unit: NotifyUnit) -> None:
    """Tell the ambassador and the coordinators."""
    await queue(rules.tell_that_nobody_was_found(event, await unit.people.coordinators()), unit)


async def send_sign_in_code(event: matching.SignInRequested, unit: NotifyUnit) -> None:
    """Send the code."""
    await queue([rules.send_sign_in_code(event)], unit)


async def ask_how_the_child_is(
    event: monitoring.FollowUpDue | monitoring.FollowUpReminderDue, unit: NotifyUnit
) -> None:
    """Ask the ambassador, or remind."""
    await queue([rules.ask_how_the_child_is(event)], unit)


async def stop_asking_how_the_child_is(event: monitoring.FollowUpRecorded, unit: NotifyUnit) -> None:
    """The ambassador answered: a reminder that has not left stays here."""
    await recall(await unit.messages.about(event.follow_up_id), Reason.OVERTAKEN, unit)


async def alarm_coordinators(event: monitoring.ChildOutOfSight, unit: NotifyUnit) -> None:
    """Tell every coordinator."""
    await queue(rules.alarm_coordinators(event, await unit.people.coordinators()), unit)


async def remember_person(event: matching.PersonJoined, unit: NotifyUnit) -> None:
    """Keep the read model of people."""
    await unit.people.put(Person(event.subject, event.organisation_id, event.role, event.active))


async def fall_silent_on_withdrawal(event: intake.CaseWithdrawn, unit: NotifyUnit) -> None:
    """The family withdrew: nothing about this case leaves any more."""
    await _fall_silent(event.subject, Reason.CASE_WITHDRAWN, unit)


async def fall_silent_on_closing(event: intake.CaseClosed, unit: NotifyUnit) -> None:
    """The case is closed: nothing about it leaves any more."""
    await _fall_silent(event.subject, Reason.CASE_CLOSED, unit)


async def speak_again(event: intake.CaseReopened | intake.NewQuestionRaised, unit: NotifyUnit) -> None:
    """The case is open again: what another service said in the meantime, or just before, goes out after all."""
    await unit.ended_cases.reopen(event.subject)
    messages = await unit.messages.of_case(event.subject)
    for message in messages:
        message.resume(unit.now)
    await unit.messages.save(messages)


async def forget_case(event: intake.CaseErased, unit: NotifyUnit) -> None:
    """Delete everything about the case; what remains is that it ended, so that a late event revives nothing."""
    await unit.ended_cases.end(event.subject, Reason.CASE_ERASED)
    await unit.messages.delete_case(event.subject)


async def claim_messages(command: ClaimMessages, unit: NotifyUnit) -> list[Message]:
    """The messages to attempt now; each is `sending` with its attempt number and a lease when this commits."""
    due = await unit.messages.due(command.limit, command.in_hand)
    for message in due:
        unit.outbox.append(*message.claim(unit.now, command.lease))
    await unit.messages.save(due)
    return [message for message in due if message.state is MessageState.SENDING]


async def record_outcomes(commands: Sequence[RecordOutcome], unit: NotifyUnit) -> list[Message]:
    """Write how attempts ended; one that is not the attempt in hand changes nothing. Returns what changed."""
    found = await unit.messages.some([command.message_id for command in commands])
    changed = []
    for command in commands:
        message = found.get(command.message_id)
        if message is None or (message.state, message.attempt) != (MessageState.SENDING, command.attempt):
            continue
        unit.outbox.append(*message.record(command.outcome, unit.now, command.jitter))
        changed.append(message)
    await unit.messages.save(changed)
    return changed


async def retry_message(command: RetryMessage, unit: NotifyUnit) -> None:
    """A person asks for another attempt. Raises MessageNotFound or NotRetryable."""
    message = await unit.messages.get(command.message_id)
    if message is None:
        raise MessageNotFound("message-not-found", "Dit bericht is er niet meer.")
    case_id = message.draft.case_id
    ended = await unit.ended_cases.why(case_id) if case_id else None
    if rules.is_silenced(message.draft, ended) or not message.can_be_retried(unit.now):
        raise NotRetryable("not-retryable", "Dit bericht kan niet opnieuw worden verstuurd.")
    message.retry(unit.now)
    await unit.messages.save([message])


async def forget_old_messages(unit: NotifyUnit) -> None:
    """Delete messages that have been at rest for long."""
    await unit.messages.delete_settled(unit.now - KEEP_SETTLED_FOR)


async def recall(messages: Sequence[Message], reason: Reason, unit: NotifyUnit) -> None:
    """Take back what has not left yet."""
    for message in messages:
        message.recall(reason, unit.now)
    await unit.messages.save(messages)


async def _fall_silent(case_id: UUID, reason: Reason, unit: NotifyUnit) -> None:
    await unit.ended_cases.end(case_id, reason)
    await recall(await unit.messages.of_case(case_id), reason, unit)
