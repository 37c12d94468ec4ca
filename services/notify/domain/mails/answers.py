"""To the ambassador: a partner helps, and perhaps it does not after all."""

from collections.abc import Iterable, Sequence
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_referral, need_of
from services.notify.domain.mail import WHATEVER_THE_REASON, Form, Link, Mail
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason
from shared.events.matching import AcceptanceReverted, PartnerAccepted
from shared.events.vocabulary import Audience

PARTNER_ACCEPTED: Final = Mail(
    "partner-accepted",
    "Een partner gaat helpen",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"need": Form.NEED, "for_whom": Form.FOR_WHOM, "first_contact_on": Form.DAY, "contact": Form.PERSON},
)
# What was told is corrected also when more has happened since.
ACCEPTANCE_REVERTED: Final = Mail(
    "acceptance-reverted",
    "Een partner kan misschien toch niet",
    Audience.AMBASSADOR,
    link=Link.CASE,
    stale_when=WHATEVER_THE_REASON - {Reason.OVERTAKEN},
    facts={"need": Form.NEED, "answer_by": Form.MOMENT},
)


def tell_of_acceptance(event: PartnerAccepted) -> MessageDraft:
    """The ambassador knows that a partner helps, who calls, and when the first contact is."""
    facts = {"first_contact_on": event.first_contact_on.isoformat(), "contact": str(event.contact_id)}
    return about_referral(PARTNER_ACCEPTED, event.ambassador_id, event, need_of(event) | facts)


def correct_acceptance(event: AcceptanceReverted) -> MessageDraft:
    """The ambassador, who read that a partner helps, knows that this is not sure any more."""
    facts = {"need": event.category, "answer_by": event.answer_by.isoformat()}
    return about_referral(ACCEPTANCE_REVERTED, event.ambassador_id, event, facts)


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
