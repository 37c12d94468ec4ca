"""To whoever wants to sign in: the code."""

from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Form, Link, Mail
from shared.events.matching import SignInRequested
from shared.events.vocabulary import Audience

SIGN_IN_CODE: Final = Mail(
    "sign-in-code",
    "Code om in te loggen",
    Audience.ANYBODY,
    link=Link.SIGN_IN_CODE,
    facts={"expires_at": Form.TIME},
    goes_first=True,
    never_waits=True,
)


def send_sign_in_code(event: SignInRequested) -> MessageDraft:
    """The person gets a code, which is of no use after its time."""
    return MessageDraft(
        SIGN_IN_CODE,
        event.person_id,
        occasion=f"sign-in-requested:{event.subject}",
        about_id=event.subject,
        facts={"expires_at": event.expires_at.isoformat()},
        useless_after=event.expires_at,
    )
