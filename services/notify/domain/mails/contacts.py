"""When somebody else speaks for the partner: to that person, and to the ambassador of the family."""

from collections.abc import Iterable
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_referral, known_of, need_of
from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.mails.partners import OF_THE_QUESTION, PARTNER_ACTIVATED
from services.notify.domain.message import Message
from shared.events.referral_contacts import ContactReplaced
from shared.events.vocabulary import Audience

OF_THE_HELP: Final = {"need": Form.NEED, "for_whom": Form.FOR_WHOM}
HELP_PASSED_ON: Final = Mail(
    "help-passed-on",
    "Jij bent nu contactpersoon voor deze hulpvraag",
    Audience.PARTNER,
    link=Link.HELP,
    facts=OF_THE_HELP | {"ambassador": Form.PERSON, "previous": Form.PERSON},
)
OTHER_CONTACT: Final = Mail(
    "other-contact",
    "De partner heeft een andere contactpersoon",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts=OF_THE_HELP | {"contact": Form.PERSON},
)


def tell_of_other_contact(event: ContactReplaced, about: Iterable[Message]) -> list[MessageDraft]:
    """Who has still to answer is asked, as the one before was; who takes over help, and its ambassador, hear it."""
    if event.answer_by is not None:
        known = known_of(about, *OF_THE_QUESTION, "for_long") | need_of(event)
        until = {"answer_by": event.answer_by.isoformat()}
        return [about_referral(PARTNER_ACTIVATED, event.contact_id, event, known | until)]
    people = {"ambassador": str(event.ambassador_id), "previous": str(event.previous_contact_id)}
    contact = {"contact": str(event.contact_id)}
    return [
        about_referral(HELP_PASSED_ON, event.contact_id, event, need_of(event) | people),
        about_referral(OTHER_CONTACT, event.ambassador_id, event, need_of(event) | contact),
    ]
