"""What community publishes of the knowledge base: ids, codes and flags. What an article says, only community knows."""

from uuid import UUID

from shared.events.base import Count, Event


class ArticleFact(Event):
    """Something about an article of the knowledge base, which is the subject."""


class EditionFact(ArticleFact):
    """Something about one edition of an article."""

    edition_id: UUID


class ArticleProposed(EditionFact):
    """Somebody began to write about something of which there was no article."""

    person_id: UUID


class EditionSubmitted(EditionFact):
    """It waits for somebody else to look at it. `owner_id`, `deputy_id`: whose it is, unless they wrote it."""

    owner_id: UUID | None = None
    deputy_id: UUID | None = None


class EditionReturned(EditionFact):
    """Something has to change; what, stands on the page of whoever wrote it."""

    author_ids: tuple[UUID, ...] = ()


class EditionPublished(EditionFact):
    """Everybody reads it. `is_unchecked`: nobody else looked at it yet."""

    author_ids: tuple[UUID, ...] = ()
    is_unchecked: bool = False


class EditionSuperseded(EditionFact):
    """A newer edition took its place."""


class ArticleWithdrawn(ArticleFact):
    """Nobody reads it any more. `pointer_id`: the article to read in its place."""

    pointer_id: UUID | None = None


class ArticleReviewed(ArticleFact):
    """Its owner looked at it, and it still holds."""


class ArticleReviewOverdue(ArticleFact):
    """Nobody looked at it for a long time after that was asked: readers see that."""


class ArticleDisowned(ArticleFact):
    """Whoever it was of left: the desk looks for somebody."""


class ArticleFeedbackGiven(EditionFact):
    """A reader said whether it was of use."""

    is_helpful: bool


class ReviewsAsked(Event):
    """Somebody is asked to look at so many of their articles, all of this day together. The subject is that person.

    `is_monthly`: they were asked before, and it is the day of the month on which that is said again.
    """

    articles: Count
    is_monthly: bool = False
