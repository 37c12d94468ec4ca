"""Several messages as one mail: how the search goes, the desk's list, and what one person likes to get together.

The messages stay messages: each is taken back, erased and accounted for by itself. A digest is one more, which holds
no fact: what it says is what its parts say at the moment that it leaves.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Bundle, Link, Mail
from shared.events.vocabulary import Audience

CASE_NEWS: Final = Mail(
    "case-news", "Nieuws over je aanvraag", Audience.AMBASSADOR, link=Link.OWN_MAILS, is_digest=True
)
DESK_DIGEST: Final = Mail(
    "desk-digest", "De lijst van vandaag", Audience.COORDINATOR, link=Link.OWN_MAILS, is_digest=True
)
DAY_DIGEST: Final = Mail("digest", "Jouw mails van vandaag", Audience.ANYBODY, link=Link.OWN_MAILS, is_digest=True)
DIGESTS: Final[Mapping[Bundle, Mail]] = {
    Bundle.CASE: CASE_NEWS,
    Bundle.DESK: DESK_DIGEST,
    Bundle.DAY: DAY_DIGEST,
}
# A list of one line is a list; one letter needs no cover.
ALSO_OF_ONE: Final = frozenset({Bundle.DESK})


def digest_of(bundle: Bundle, reader: UUID, about_id: UUID, digest_id: UUID) -> MessageDraft:
    """What leaves instead of its parts."""
    return MessageDraft(DIGESTS[bundle], reader, occasion=f"{bundle.value}:{digest_id}", about_id=about_id)
