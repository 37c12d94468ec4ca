"""What community publishes of the cards of people in the network; the subject is the person, or a mail between two."""

from uuid import UUID

from shared.events.base import Day, Event


class CardCheckDue(Event):
    """The owner of a card said a year ago that it is right: they are asked again."""


class CardMailed(Event):
    """Somebody wrote to this person through the site (the subject is what they wrote, which only community keeps)."""

    person_id: UUID
    from_person_id: UUID


class TrainingRecorded(Event):
    """The desk noted until when the training of this trusted person counts, the day itself included."""

    valid_until: Day


class TrainingExpiryDue(Event):
    """The training of this trusted person counts for sixty days more, or less."""

    valid_until: Day


class TrainingExpired(Event):
    """The training of this trusted person counts no more: no new families; those they know already stay theirs."""

    valid_until: Day
