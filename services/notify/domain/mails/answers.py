"""To the ambassador: a partner helps, and perhaps it does not after all."""

from collections.abc import Iterable, Sequence
from typing import Final

from services.notify.domain.mail import WHATEVER_THE_REASON, Form, Link, Mail
from services.notify.domain.message import Message, MessageDraft, MessageState
from services.notify.domain.outcome import Reason
from shared.events.matching import AcceptanceReverted, PartnerAccepted
from shared.events.vocabulary import Audience

PARTNER_ACCEPTED: Final = Mail(
    "partner-accepted",
    "Een partner gaat helpen",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"first_contact_on": Form.DAY},
)
# What was told is corrected also when more has happened since.
ACCEPTANCE_REVERTED: Final = Mail(
    "acceptance-reverted",
    "Een partner kan misschien toch niet",
    Audience.AMBASSADOR,
    link=Link.CASE,
    stale_when=WHATEVER_THE_REASON - {Reason.OVERTAKEN},
)


def tell_of_acceptance(event: PartnerAccepted) -> MessageDraft:
    """The ambassador knows that a partner helps, and when the first contact is."""
    return MessageDraft(
        PARTNER_ACCEPTED,
        event.ambassador_id,
        occasion=f"partner-accepted:{event.referral_id}:{event.occurred_at.isoformat()}",
        about_id=event.referral_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts={"first_contact_on": event.first_contact_on.isoformat()},
    )


def correct_acceptance(event: AcceptanceReverted, yes: MessageDraft) -> MessageDraft:
    """The ambassador, who read that a partner helps, knows that this is not sure any more."""
    return MessageDraft(
        ACCEPTANCE_REVERTED,
        yes.recipient_id,
        occasion=f"acceptance-reverted:{event.referral_id}:{event.occurred_at.isoformat()}",
        about_id=event.referral_id,
        case_id=event.subject,
        case_code=yes.case_code,
    )


def yeses(about: Iterable[Message]) -> list[Message]:
    """What tells the ambassador that this partner helps."""
    return [message for message in about if message.draft.mail is PARTNER_ACCEPTED]


def corrections(about: Iterable[Message]) -> list[Message]:
    """What tells the ambassador that this is not sure any more."""
    return [message for message in about if message.draft.mail is ACCEPTANCE_REVERTED]


def believed_yes(about: Sequence[Message]) -> Message | None:
    """The yes that the ambassador may have read last, unless its correction surely arrived; `about` is oldest first."""
    corrected = [about.index(message) for message in corrections(about) if message.state is MessageState.ACCEPTED]
    since = about[max(corrected, default=0) :]
    return next((message for message in reversed(yeses(since)) if message.may_have_arrived), None)
