"""To whoever answered a mail by mail: how it will stand there, or why it does not."""

from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import flags
from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.received import ReceivedMail, ReplyDraft
from shared.events.notify import IgnoredReason
from shared.events.vocabulary import Audience

REPLY_DRAFTED: Final = Mail(
    "reply-drafted",
    "Zo komt je antwoord erin te staan",
    Audience.ANYBODY,
    link=Link.REPLY_DRAFT,
    never_waits=True,
    only_for_reader=True,
)
REPLY_NOT_PLACED: Final = Mail(
    "reply-not-placed",
    "Je antwoord staat er nog niet",
    Audience.ANYBODY,
    facts={"personal": Form.FLAG, "closed": Form.FLAG, "empty": Form.FLAG},
    never_waits=True,
    only_for_reader=True,
)
REPLY_BY_OTHER: Final = Mail(
    "reply-by-other",
    "Iemand anders antwoordde op jouw mail",
    Audience.ANYBODY,
    never_waits=True,
    only_for_reader=True,
)
# What goes out because a mail came in: two machines could go on for ever.
AUTOMATIC: Final = frozenset(mail.template for mail in (REPLY_DRAFTED, REPLY_NOT_PLACED, REPLY_BY_OTHER))


# Of these the one who answered hears it; what a machine sent is answered by nobody.
TOLD: Final = frozenset(
    {IgnoredReason.PERSONAL_DATA, IgnoredReason.CLOSED, IgnoredReason.NO_TEXT, IgnoredReason.OTHER_SENDER}
)


def tell_how_it_stands(draft: ReplyDraft) -> MessageDraft:
    """The one who answered looks at it, and places it."""
    return MessageDraft(REPLY_DRAFTED, draft.person_id, occasion=f"reply:{draft.id}", about_id=draft.id)


def tell_why_not(received: ReceivedMail, person_id: UUID) -> MessageDraft:
    """Why nothing was placed, to whom the mail was that is answered."""
    said = flags(
        personal=received.outcome == IgnoredReason.PERSONAL_DATA.value,
        closed=received.outcome == IgnoredReason.CLOSED.value,
        empty=received.outcome == IgnoredReason.NO_TEXT.value,
    )
    return MessageDraft(
        REPLY_NOT_PLACED if said else REPLY_BY_OTHER,
        person_id,
        occasion=f"reply:{received.id}",
        about_id=received.id,
        facts=said,
    )
