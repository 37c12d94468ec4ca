"""About the knowledge base: who looks at a text, what became of it, and whether an article still holds."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory, flags
from services.notify.domain.mail import Form, Link, Mail
from shared.events.knowledge import (
    ArticleDisowned,
    EditionPublished,
    EditionReturned,
    EditionSubmitted,
    ReviewsAsked,
)
from shared.events.vocabulary import Audience

SUBMITTED: Final = Mail(
    "article-submitted", "Kijk je een tekst voor de kennisbank na?", Audience.COORDINATOR, link=Link.EDITION
)
TO_CHECK: Final = Mail("article-to-check", "Iemand stelt een andere tekst voor", Audience.ANYBODY, link=Link.EDITION)
SENT_BACK: Final = Mail("article-sent-back", "Er moet nog iets anders in je tekst", Audience.ANYBODY, link=Link.EDITION)
PUBLISHED: Final = Mail("article-published", "Je tekst staat op de site", Audience.ANYBODY, link=Link.EDITION)
OWNER_MISSING: Final = Mail(
    "article-owner-missing", "Wie beheert dit artikel?", Audience.COORDINATOR, link=Link.ARTICLE_OWNER
)
REVIEWS_ASKED: Final = Mail(
    "article-reviews",
    "Kloppen jouw artikelen nog?",
    Audience.ANYBODY,
    link=Link.ARTICLE_REVIEWS,
    facts={"articles": Form.COUNT, "monthly": Form.FLAG},
)


def ask_desk_to_check(event: EditionSubmitted, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Somebody of the desk looks at it, or whoever the article is of."""
    desk = [about_directory(SUBMITTED, one, event, event.edition_id, {}) for one in coordinators]
    readers = {draft.recipient_id for draft in desk}
    theirs = [one for one in (event.owner_id, event.deputy_id) if one is not None and one not in readers]
    return [*desk, *(about_directory(TO_CHECK, one, event, event.edition_id, {}) for one in theirs)]


def tell_that_it_comes_back(event: EditionReturned) -> list[MessageDraft]:
    """Whoever wrote it reads what has to change."""
    return [about_directory(SENT_BACK, one, event, event.edition_id, {}) for one in event.author_ids]


def thank_authors(event: EditionPublished) -> list[MessageDraft]:
    """Everybody reads what they wrote."""
    return [about_directory(PUBLISHED, one, event, event.edition_id, {}) for one in event.author_ids]


def ask_for_owner(event: ArticleDisowned, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The desk looks for somebody."""
    return [about_directory(OWNER_MISSING, one, event, event.subject, {}) for one in coordinators]


def ask_for_reviews(event: ReviewsAsked) -> MessageDraft:
    """All that comes due together, in one mail."""
    facts = {"articles": str(event.articles), **flags(monthly=event.is_monthly)}
    return about_directory(REVIEWS_ASKED, event.subject, event, event.subject, facts)
