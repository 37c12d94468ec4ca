"""Between a row and a message."""

from collections.abc import Mapping
from typing import Any

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Bundle
from services.notify.domain.mails import mail_of
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason
from shared.events.base import Cause


def to_row(message: Message) -> dict[str, Any]:
    """Every column of a message."""
    draft, cause = message.draft, message.cause
    return {
        "id": message.id,
        "template": draft.mail.template,
        "recipient_id": draft.recipient_id,
        "occasion": draft.occasion,
        "about_id": draft.about_id,
        "case_id": draft.case_id,
        "case_code": draft.case_code,
        "referral_number": draft.referral_number,
        "facts": dict(draft.facts),
        "useless_after": draft.useless_after,
        "replies_about": draft.replies_about,
        "bundle": draft.bundle.value,
        "queued_at": message.queued_at,
        "priority": 0 if draft.mail.goes_first else 1,
        "correlation_id": cause and cause.correlation_id,
        "causation_id": cause and cause.causation_id,
        "traceparent": cause and cause.traceparent,
        **changing(message),
    }


def changing(message: Message) -> dict[str, Any]:
    """The columns that change in the life of a message."""
    return {
        "give_up_at": message.give_up_at,
        "next_attempt_at": message.next_attempt_at,
        "lease_until": message.lease_until,
        "due_at": message.next_attempt_at or message.lease_until,
        "state": message.state.value,
        "attempt": message.attempt,
        "waits": message.waits,
        "doubts": message.doubts,
        "reason": message.reason.value if message.reason else None,
        "reply_code": message.reply_code,
        "recalled": message.recalled.value if message.recalled else None,
        "settled_at": message.settled_at,
        "held_with": message.held_with,
        "held_until": message.held_until,
        "part_of": message.part_of,
    }


def to_message(row: Mapping[str, Any]) -> Message:
    """The message that a row holds."""
    return Message(
        id=row["id"],
        draft=_draft(row),
        queued_at=row["queued_at"],
        give_up_at=row["give_up_at"],
        next_attempt_at=row["next_attempt_at"],
        state=MessageState(row["state"]),
        attempt=row["attempt"],
        waits=row["waits"],
        doubts=row["doubts"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        reply_code=row["reply_code"],
        lease_until=row["lease_until"],
        recalled=Reason(row["recalled"]) if row["recalled"] else None,
        settled_at=row["settled_at"],
        cause=_cause(row),
        held_with=row["held_with"],
        held_until=row["held_until"],
        part_of=row["part_of"],
    )


def _draft(row: Mapping[str, Any]) -> MessageDraft:
    return MessageDraft(
        mail=mail_of(row["template"]),
        recipient_id=row["recipient_id"],
        occasion=row["occasion"],
        about_id=row["about_id"],
        case_id=row["case_id"],
        case_code=row["case_code"],
        referral_number=row["referral_number"],
        facts=row["facts"],
        useless_after=row["useless_after"],
        bundle=Bundle(row["bundle"]),
        replies_about=row["replies_about"],
    )


def _cause(row: Mapping[str, Any]) -> Cause | None:
    traceparent = row["traceparent"]
    return Cause(row["correlation_id"], row["causation_id"], traceparent) if traceparent else None
