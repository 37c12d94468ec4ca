"""To somebody of the network whom the desk asks to come to a gathering: once, and once more."""

from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Link, Mail
from shared.events.community import InvitationFact, PersonInvited
from shared.events.gathering_letters import GatheringOccasion
from shared.events.vocabulary import Audience

INVITED: Final = Mail(
    GatheringOccasion.INVITED.value, "Kom je ook?", Audience.ANYBODY, link=Link.INVITATION, of_gathering=True
)
INVITED_AGAIN: Final = Mail(
    GatheringOccasion.INVITED_AGAIN.value, "Kom je ook? Nog een keer", Audience.ANYBODY, link=Link.INVITATION,
    of_gathering=True,
)  # fmt: skip


def ask_to_come(event: InvitationFact) -> MessageDraft:
    """The first time, or once more."""
    mail = INVITED if isinstance(event, PersonInvited) else INVITED_AGAIN
    return about_directory(mail, event.person_id, event, event.subject, {})
