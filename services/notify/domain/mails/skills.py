"""To somebody outside who is asked for a word in a skills passport: community answers where it goes."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Form, Link, Mail
from shared.events.skills import EndorsementAsked
from shared.events.vocabulary import Audience

ASKED_FOR: Final = timedelta(weeks=5)
ENDORSEMENT_ASKED: Final = Mail(
    "endorsement-asked", "Wil je iets bevestigen?", Audience.APPLICANT, link=Link.FOLLOWING, never_waits=True,
    facts={"who": Form.PERSON},
)  # fmt: skip


def ask_endorsement(event: EndorsementAsked) -> MessageDraft:
    """Who asks; what about stands on the page."""
    facts = {"who": str(event.person_id)}
    draft = about_directory(ENDORSEMENT_ASKED, event.subject, event, event.subject, facts)
    return replace(draft, useless_after=event.occurred_at + ASKED_FOR)
