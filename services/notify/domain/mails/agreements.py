"""To the partner that said yes: it is agreed, with whom, and when the first contact is."""

from typing import Final
from uuid import UUID

from services.notify.domain.appointment import Appointment
from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_referral, need_of
from services.notify.domain.mail import Form, Link, Mail
from shared.events.matching import PartnerAccepted
from shared.events.vocabulary import Audience

AGREED: Final = {"need": Form.NEED, "for_whom": Form.FOR_WHOM, "ambassador": Form.PERSON}
HELP_AGREED: Final = Mail(
    "help-agreed",
    "Dank je wel voor je ja",
    Audience.PARTNER,
    link=Link.HELP,
    facts=AGREED | {"first_contact_on": Form.DAY, "appointment": Form.APPOINTMENT, "colleague": Form.PERSON},
    # Who leaves it to a colleague needs no entry in the calendar.
    may_lack=frozenset({"appointment", "colleague"}),
)
NEW_CONTACT: Final = Mail(
    "new-contact",
    "Jij bent contactpersoon voor deze hulpvraag",
    Audience.PARTNER,
    link=Link.HELP,
    facts=AGREED | {"appointment": Form.APPOINTMENT, "named_by": Form.PERSON},
)


def confirm_yes(event: PartnerAccepted, appointment: Appointment) -> list[MessageDraft]:
    """Who said yes gets it confirmed; a colleague who was named as contact person gets own mail and link."""
    known = need_of(event) | {"ambassador": str(event.ambassador_id)}
    day = {"first_contact_on": event.first_contact_on.isoformat()}
    entry = {"appointment": appointment.to_fact()}
    if event.contact_id == event.answered_by:
        return [about_referral(HELP_AGREED, event.contact_id, event, known | day | entry)]
    named = {"named_by": str(event.answered_by)}
    return [
        about_referral(HELP_AGREED, event.answered_by, event, known | day | _colleague(event.contact_id)),
        about_referral(NEW_CONTACT, event.contact_id, event, known | entry | named),
    ]


def _colleague(contact_id: UUID) -> dict[str, str]:
    return {"colleague": str(contact_id)}
