"""How help goes that a partner gives: it began, it was given, it stopped."""

from collections.abc import Iterable
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_referral, flags, known_of, need_of
from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.message import Message
from shared.events.matching import HelpDelivered, HelpFailed, HelpStarted
from shared.events.monitoring import ConfirmationReminderDue
from shared.events.vocabulary import Audience

WHAT: Final = {"need": Form.NEED, "for_whom": Form.FOR_WHOM, "contact": Form.PERSON}
HELP_STARTED: Final = Mail(
    "help-started", "De hulp is begonnen", Audience.AMBASSADOR, link=Link.CASE, facts=WHAT | {"on": Form.DAY}
)
HELP_DELIVERED: Final = Mail(
    "help-delivered",
    "Hielp het?",
    Audience.AMBASSADOR,
    link=Link.FAMILY,
    facts=WHAT | {"on": Form.DAY, "reminder": Form.FLAG},
    # A reminder may be due when the first mail is forgotten.
    may_lack=frozenset({"need", "for_whom", "on"}),
    rests=True,
)
HELP_STOPPED: Final = Mail(
    "help-stopped",
    "De hulp is gestopt",
    Audience.AMBASSADOR,
    link=Link.FAMILY,
    facts=WHAT | {"stop_reason": Form.STOP_REASON},
    never_waits=True,
)
PARTNER_STOPPED: Final = Mail(
    "help-stopped-partner",
    "De hulp is gestopt",
    Audience.PARTNER,
    facts={"need": Form.NEED, "for_whom": Form.FOR_WHOM, "ambassador": Form.PERSON},
)


def tell_that_help_began(event: HelpStarted) -> list[MessageDraft]:
    """The ambassador knows that it began, unless it was the ambassador who said so."""
    if event.reported_by == event.ambassador_id:
        return []
    return [about_referral(HELP_STARTED, event.ambassador_id, event, _what(event) | {"on": event.on.isoformat()})]


def ask_whether_it_helped(event: HelpDelivered) -> MessageDraft:
    """The ambassador asks the family whether it helped."""
    return about_referral(HELP_DELIVERED, event.ambassador_id, event, _what(event) | {"on": event.on.isoformat()})


def remind_whether_it_helped(event: ConfirmationReminderDue, about: Iterable[Message]) -> list[MessageDraft]:
    """Nobody said yet whether it helped."""
    known = known_of(about, "need", "for_whom") | {"contact": str(event.contact_id)} | flags(reminder=True)
    return [about_referral(HELP_DELIVERED, event.ambassador_id, event, known)]


def tell_that_help_stopped(event: HelpFailed) -> list[MessageDraft]:
    """The ambassador asks the family what it wants now; a partner that did not report it itself knows that it is over.

    The desk reads it as a point on its list.
    """
    stopped = _what(event) | {"stop_reason": event.reason.value}
    drafts = [about_referral(HELP_STOPPED, event.ambassador_id, event, stopped)]
    if event.reported_by != event.contact_id:
        facts = need_of(event) | {"ambassador": str(event.ambassador_id)}
        drafts.append(about_referral(PARTNER_STOPPED, event.contact_id, event, facts))
    return drafts


def _what(event: HelpStarted | HelpDelivered | HelpFailed) -> dict[str, str]:
    return need_of(event) | {"contact": str(event.contact_id)}
