"""What matching publishes of who speaks for a partner (the subject is the case)."""

from uuid import UUID

from shared.events.matching import ReferralFact


class ContactReplaced(ReferralFact):
    """Another person speaks for the partner from now on (`contact_id`): the one before left, or was not the right one.

    `replaced_by` is who said so.
    """

    previous_contact_id: UUID
    replaced_by: UUID
