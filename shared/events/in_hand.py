"""What monitoring publishes of how busy people are: numbers of one person (the subject), and no families."""

from shared.events.base import Count, Event


class FamiliesInHandChanged(Event):
    """So many families wait for a next step of this person; `heavy` of them ask more."""

    families: Count
    heavy: Count


class CheckInDue(Event):
    """Something heavy is over for this person: somebody else asks how it goes. Of which family, nobody is told."""
