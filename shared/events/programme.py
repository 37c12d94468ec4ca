"""What community publishes of topics that people propose, of experts by experience, and of the shared vision."""

from uuid import UUID

from shared.events.base import Count, Event, Instant


class TopicFact(Event):
    """Something about a topic that somebody proposes for a gathering; what it is, only community knows."""

    person_id: UUID


class TopicProposed(TopicFact):
    """Somebody would like it on the programme: the desk decides."""


class TopicPlanned(TopicFact):
    """It is on the programme of this gathering."""

    gathering_id: UUID


class TopicDeclined(TopicFact):
    """It is not planned; why stands on the page of whoever proposed it."""


class ExampleFact(Event):
    """About an example for the table (the subject); `person_id`: who wrote it."""

    person_id: UUID


class ExampleSubmitted(ExampleFact):
    """It waits for another pair of eyes, anew after each change."""


class ExampleReturned(ExampleFact):
    """It must be told otherwise; why stands on its page."""


class VisionRenewed(Event):
    """There is a newer version of the shared vision than this person signed. The subject is that version."""

    person_id: UUID


class ExpertFact(Event):
    """Something about an expert by experience who is asked for a gathering; never that somebody said no."""

    gathering_id: UUID
    person_id: UUID


class ExpertAsked(ExpertFact):
    """This person is asked as an expert by experience: the answer is asked before then."""

    starts_at: Instant
    answer_by: Instant


class ExpertMoved(ExpertFact):
    """The gathering that this person said yes to is at another time or place."""

    starts_at: Instant


class ExpertReminderDue(ExpertFact):
    """The gathering that this person said yes to is so many days away."""

    days: Count


class ExpertRevoked(ExpertFact):
    """The gathering does not take place."""

    starts_at: Instant


class NoExpertFound(Event):
    """No expert by experience may be asked any more: the desk looks for somebody. The subject is the gathering."""

    starts_at: Instant
