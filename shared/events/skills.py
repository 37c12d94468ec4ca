"""What community publishes of the skills passport: that somebody is asked for a word, and nothing that is in it.

The subject is the question: who is asked, and where the mail goes, only community knows.
"""

from uuid import UUID

from shared.events.base import Event


class EndorsementAsked(Event):
    """Somebody outside is asked whether this person can do something; `person_id` is who asks."""

    person_id: UUID
