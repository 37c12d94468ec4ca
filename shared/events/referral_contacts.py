"""What matching publishes of who speaks for a partner (the subject is the case)."""

from uuid import UUID

from shared.events.base import Instant
from shared.events.matching import ReferralFact


class ContactReplaced(ReferralFact):
    """Another person speaks for the partner from now on (`contact_id`): the one before left, or was not the right one.

    `replaced_by` is who said so. `answer_by` is there while the partner has still to answer.
    """

    previous_contact_id: UUID
    replaced_by: UUID
    answer_by: Instant | None = None
