"""What becomes of a mail that was received: a machine's ends here, and a person's becomes a draft of its writer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.notify.commands import ReceiveMail
from services.notify.domain.errors import MailedTooOften
from services.notify.domain.mails.replies import AUTOMATIC, TOLD, tell_how_it_stands, tell_why_not
from services.notify.domain.message import Message
from services.notify.domain.received import Outcome, Received, ReceivedMail, ReplyDraft, why_ignored
from services.notify.domain.reply_addresses import ReplyAddresses
from services.notify.handlers.queueing import id_in, queue
from services.notify.ports import NotifyUnit
from shared.events.notify import AddressFlagged, IgnoredReason, MailIgnored, MailKind, MailReceived, RefusalKind
from shared.events.sparring import SparringAskClosed
from shared.privacy.certain import find_certain

DRAFTS_KEPT_FOR: Final = timedelta(weeks=1)
RECEIVED_KEPT_FOR: Final = timedelta(weeks=5)
ANSWERED_WITHIN: Final = timedelta(weeks=9)
AUTOMATIC_AT_MOST: Final = 2
AUTOMATIC_WITHIN: Final = timedelta(hours=3)
DRAFTS_AT_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class _Judged:
    """What comes of it, what it is about, and whom the mail that it answers was to."""

    outcome: Outcome | IgnoredReason
    about_id: UUID | None = None
    person_id: UUID | None = None


async def receive(command: ReceiveMail, unit: NotifyUnit, addresses: ReplyAddresses) -> Outcome | IgnoredReason:
    """What came of it. Raises MailedTooOften when it is to be offered again later; then nothing of it is kept."""
    mail = command.mail
    if await unit.received.has(mail.mark):
        return Outcome.SEEN
    judged = await _judge(command, unit, addresses)
    if judged.person_id is not None:
        await unit.received.hold(judged.person_id)
    received = ReceivedMail(
        unit.ids.new(), mail.mark, unit.now, judged.outcome.value, judged.about_id, judged.person_id
    )
    if not await unit.received.add(received):
        return Outcome.SEEN
    match judged.outcome:
        case Outcome.DRAFTED:
            await _draft(received, mail.words, unit)
        case Outcome.BOUNCED:
            await _flag(received, unit)
        case IgnoredReason():
            await _ignore(received, judged.outcome, unit)
    return judged.outcome


async def close_question(event: SparringAskClosed, unit: NotifyUnit) -> None:
    """It is over: no reply is taken about it, and what waits to be placed goes."""
    await unit.closed_questions.close(event.subject)
    await unit.reply_drafts.remove_about(event.subject)


async def find_draft(draft_id: UUID, unit: NotifyUnit) -> ReplyDraft | None:
    """What waits to be placed; None once it is too old."""
    draft = await unit.reply_drafts.read(draft_id)
    return draft if draft is not None and unit.now - draft.made_at < DRAFTS_KEPT_FOR else None


async def forget_received(unit: NotifyUnit) -> None:
    """What was not placed in time goes, and so does what was received long ago."""
    await unit.reply_drafts.forget(unit.now - DRAFTS_KEPT_FOR)
    await unit.received.forget(unit.now - RECEIVED_KEPT_FOR)
    await unit.closed_questions.forget(unit.now - 2 * ANSWERED_WITHIN)


async def _judge(command: ReceiveMail, unit: NotifyUnit, addresses: ReplyAddresses) -> _Judged:
    mail = command.mail
    if reason := why_ignored(mail, command.own_host):
        return _Judged(reason)
    if mail.bounced is not None:
        return await _judge_report(mail, unit)
    answered = await _answered(mail, unit, addresses)
    if answered is None or answered.draft.replies_about is None:
        return _Judged(IgnoredReason.UNKNOWN_ADDRESS)
    about_id, person_id = answered.draft.replies_about, answered.draft.recipient_id
    return _Judged(await _judge_reply(command, answered, about_id, unit), about_id, person_id)


async def _judge_reply(
    command: ReceiveMail, answered: Message, about_id: UUID, unit: NotifyUnit
) -> Outcome | IgnoredReason:
    person_id = answered.draft.recipient_id
    if command.sender_id != person_id:
        return IgnoredReason.OTHER_SENDER
    if unit.now - answered.queued_at > ANSWERED_WITHIN or await unit.closed_questions.is_closed(about_id):
        return IgnoredReason.CLOSED
    if not any(letter.isalnum() for letter in command.mail.words):
        return IgnoredReason.NO_TEXT
    if find_certain(command.mail.words) is not None:
        return IgnoredReason.PERSONAL_DATA
    if await unit.reply_drafts.count(about_id, person_id) >= DRAFTS_AT_MOST:
        return IgnoredReason.TOO_MANY
    return Outcome.DRAFTED


async def _judge_report(mail: Received, unit: NotifyUnit) -> _Judged:
    for message_id in mail.bounced or ():
        known = id_in(message_id.partition("@")[0])
        message = await unit.messages.get(known) if known else None
        if message is not None:
            return _Judged(Outcome.BOUNCED, None, message.draft.recipient_id)
    return _Judged(IgnoredReason.NOT_BOUNCED)


async def _answered(mail: Received, unit: NotifyUnit, addresses: ReplyAddresses) -> Message | None:
    for address in mail.recipients:
        if message_id := addresses.message_of(address):
            return await unit.messages.get(message_id)
    return None


async def _draft(received: ReceivedMail, words: str, unit: NotifyUnit) -> None:
    if received.about_id is None or received.person_id is None:
        return
    if await _was_told_enough(received.person_id, unit):
        raise MailedTooOften
    draft = ReplyDraft(received.id, received.about_id, received.person_id, unit.now, words)
    await unit.reply_drafts.add(draft)
    await queue([tell_how_it_stands(draft)], unit)
    fact = MailReceived(subject=received.id, occurred_at=unit.now, kind=MailKind.REPLY, about_id=received.about_id)
    unit.outbox.append(fact)


async def _flag(received: ReceivedMail, unit: NotifyUnit) -> None:
    if received.person_id is None:
        return
    unit.outbox.append(
        MailReceived(subject=received.id, occurred_at=unit.now, kind=MailKind.BOUNCE),
        AddressFlagged(subject=received.person_id, occurred_at=unit.now, kind=RefusalKind.REFUSED_BY_SERVER),
    )


async def _ignore(received: ReceivedMail, reason: IgnoredReason, unit: NotifyUnit) -> None:
    unit.outbox.append(MailIgnored(subject=received.id, occurred_at=unit.now, reason=reason))
    if received.person_id is None or reason not in TOLD:
        return
    if not await _was_told_enough(received.person_id, unit):
        await queue([tell_why_not(received, received.person_id)], unit)


async def _was_told_enough(person_id: UUID, unit: NotifyUnit) -> bool:
    told = await unit.received.count_told(person_id, AUTOMATIC, unit.now - AUTOMATIC_WITHIN)
    return told >= AUTOMATIC_AT_MOST
