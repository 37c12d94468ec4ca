"""To somebody outside who is asked for a word in a skills passport: community answers where it goes."""

from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Form, Link, Mail
from shared.events.skills import EndorsementAsked
from shared.events.vocabulary import Audience

ENDORSEMENT_ASKED: Final = Mail(
    "endorsement-asked", "Wil je iets bevestigen?", Audience.APPLICANT, link=Link.FOLLOWING, never_waits=True,
    facts={"who": Form.PERSON},
)  # fmt: skip


def ask_endorsement(event: EndorsementAsked) -> MessageDraft:
    """Who asks; what about stands on the page."""
    facts = {"who": str(event.person_id)}
    return about_directory(ENDORSEMENT_ASKED, event.subject, event, event.subject, facts)
