"""To somebody of the network whom the desk asks to come to a gathering: once, and once more."""

from collections.abc import Mapping
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Link, Mail
from shared.events.community import (
    InvitationFact,
    InvitationMoved,
    InvitationReminderDue,
    InvitationRevoked,
    PersonInvited,
)
from shared.events.gathering_letters import GatheringOccasion
from shared.events.vocabulary import Audience

INVITED: Final = Mail(
    GatheringOccasion.INVITED.value, "Kom je ook?", Audience.ANYBODY, link=Link.INVITATION, of_gathering=True
)
INVITED_AGAIN: Final = Mail(
    GatheringOccasion.INVITED_AGAIN.value, "Kom je ook? Nog een keer", Audience.ANYBODY, link=Link.INVITATION,
    of_gathering=True,
)  # fmt: skip

INVITED_MOVED: Final = Mail(
    GatheringOccasion.INVITED_MOVED.value, "Een bijeenkomst waarvoor je gevraagd bent is verplaatst",
    Audience.ANYBODY, link=Link.INVITATION, of_gathering=True, never_waits=True,
)  # fmt: skip
INVITED_CALLED_OFF: Final = Mail(
    GatheringOccasion.INVITED_CALLED_OFF.value, "Een bijeenkomst waarvoor je gevraagd bent gaat niet door",
    Audience.ANYBODY, of_gathering=True, never_waits=True,
)  # fmt: skip
_MAILS: Final[Mapping[type[InvitationFact], Mail]] = {
    PersonInvited: INVITED,
    InvitationReminderDue: INVITED_AGAIN,
    InvitationMoved: INVITED_MOVED,
    InvitationRevoked: INVITED_CALLED_OFF,
}


def tell_invited(event: InvitationFact) -> MessageDraft:
    """The question, once more when there is no answer; or what becomes of the gathering meanwhile."""
    return about_directory(_MAILS[type(event)], event.person_id, event, event.subject, {})
