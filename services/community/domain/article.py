"""An article of the knowledge base: one question, one page, and somebody who answers for it.

proposed → published → withdrawn, with a pointer to what to read in its place. What it says stands in its editions. Its
owner is a person of an organisation, with a deputy: each looks now and then whether it still holds.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.events.base import Event
from shared.events.knowledge import ArticleDisowned, ArticleReviewed, ArticleReviewOverdue, ArticleWithdrawn
from shared.kernel.city import ArticleTerms

LAW_CHANGES_IN: Final = (1, 7)


class ArticleKind(StrEnum):
    """What a reader comes for."""

    STEPS = "steps"
    BACKGROUND = "background"
    WHO = "who"
    AID = "aid"


# What stays right for longer.
SLOW: Final = frozenset({ArticleKind.BACKGROUND, ArticleKind.AID})


class ArticleState(StrEnum):
    """Where an article stands."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Asked(IntEnum):
    """How far its owner was asked to look at it; begins anew with each review."""

    NOT = 0
    SOON = 1
    DUE = 2
    OVERDUE = 3


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for an article: a person of an organisation, and whoever stands in."""

    organisation_id: UUID
    person_id: UUID
    deputy_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What an article is for. `follows_law`: it names rules or amounts, which change on 1 January and 1 July."""

    kind: ArticleKind
    categories: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()
    follows_law: bool = False

    @property
    def is_aid(self) -> bool:
        """Whether it is something to print and take along."""
        return self.kind is ArticleKind.AID

    def next_review(self, day: date, terms: ArticleTerms) -> date:
        """When somebody looks again, counted from the day on which somebody looked."""
        if not self.follows_law:
            return day + timedelta(weeks=terms.slow_review_weeks if self.kind in SLOW else terms.review_weeks)
        changes = (date(year, month, 1) for year in (day.year, day.year + 1) for month in LAW_CHANGES_IN)
        return next(one for one in changes if one > day)


@dataclass(slots=True)
class Article:
    """One of them. `slug`: its address now. `asked`: of this review; `reminded_on`: the last monthly line."""

    id: UUID
    slug: str
    about: About
    state: ArticleState = ArticleState.PROPOSED
    owner: Owner | None = None
    edition_id: UUID | None = None
    reviewed_on: date | None = None
    review_on: date | None = None
    asked: Asked = Asked.NOT
    reminded_on: date | None = None
    withdrawn_because: str = ""
    pointer_id: UUID | None = None

    def publish(self, edition_id: UUID, slug: str, on: date, terms: ArticleTerms) -> None:
        """This edition is what everybody reads. Raises NotInThisState."""
        if self.state is ArticleState.WITHDRAWN:
            raise NotInThisState("Dit artikel is ingetrokken. Stel een nieuw artikel voor.")
        self.state, self.edition_id, self.slug = ArticleState.PUBLISHED, edition_id, slug
        self._looked_at(on, terms)

    def review(self, on: date, at: datetime, terms: ArticleTerms) -> list[Event]:
        """It still holds: the next time is counted from today. Raises NotInThisState."""
        self._is_read()
        self._looked_at(on, terms)
        return [ArticleReviewed(subject=self.id, occurred_at=at)]

    def withdraw(self, reason: str, pointer_id: UUID | None, at: datetime) -> list[Event]:
        """Nobody reads it any more. Raises NotInThisState, also when it would point to itself."""
        self._is_read()
        if pointer_id == self.id:
            raise NotInThisState("Een artikel kan niet naar zichzelf verwijzen. Kies een ander artikel.")
        self.state, self.withdrawn_because, self.pointer_id = ArticleState.WITHDRAWN, reason, pointer_id
        return [ArticleWithdrawn(subject=self.id, occurred_at=at, pointer_id=pointer_id)]

    def is_of(self, person_id: UUID) -> bool:
        """Whether this person answers for it, or stands in."""
        return self.owner is not None and person_id in {self.owner.person_id, self.owner.deputy_id}

    def lose(self, person_id: UUID, at: datetime) -> list[Event]:
        """This person left. Whoever stood in goes on; the desk hears that an owner is missing."""
        if not self.owner or not self.is_of(person_id):
            return []
        if self.owner.person_id != person_id:
            self.owner = Owner(self.owner.organisation_id, self.owner.person_id)
            return []
        deputy, organisation_id = self.owner.deputy_id, self.owner.organisation_id
        self.owner = Owner(organisation_id, deputy) if deputy else None
        return [ArticleDisowned(subject=self.id, occurred_at=at)]

    def ask(self, today: date, at: datetime, terms: ArticleTerms) -> tuple[bool, list[Event]]:
        """Whether its owner is asked now, once two weeks before the day and once on it; and what becomes of it."""
        stage = self._stage(today, terms)
        if stage <= self.asked:
            return False, []
        is_asked, self.asked = self.asked < Asked.DUE, stage
        overdue: list[Event] = [ArticleReviewOverdue(subject=self.id, occurred_at=at)] if stage is Asked.OVERDUE else []
        return is_asked, overdue

    def remind(self, today: date) -> bool:
        """Whether it is one of what its owner is reminded of this month; counts as done."""
        last = self.reminded_on or self.review_on
        if self.review_on is None or last is None or self.review_on >= today or not _is_later_month(today, last):
            return False
        self.reminded_on = today
        return True

    def has_banner(self, today: date, terms: ArticleTerms) -> bool:
        """Whether readers are told that nobody looked for a long time."""
        return self._is_late(today, terms.banner_days)

    def is_suggested(self, today: date, terms: ArticleTerms) -> bool:
        """Whether it is shown beside a need; search finds it longer than that."""
        return self.state is ArticleState.PUBLISHED and not self._is_late(today, terms.hidden_days)

    def is_due(self, today: date, terms: ArticleTerms) -> bool:
        """Whether its owner looks at it now."""
        soon = timedelta(days=terms.ask_days_before)
        return self.state is ArticleState.PUBLISHED and self.review_on is not None and self.review_on - soon <= today

    def _stage(self, today: date, terms: ArticleTerms) -> Asked:
        if not self.is_due(today, terms) or self.review_on is None:
            return Asked.NOT
        if self._is_late(today, terms.banner_days):
            return Asked.OVERDUE
        return Asked.DUE if self.review_on <= today else Asked.SOON

    def _is_late(self, today: date, days: int) -> bool:
        return self.review_on is not None and today - self.review_on >= timedelta(days=days)

    def _looked_at(self, on: date, terms: ArticleTerms) -> None:
        self.reviewed_on, self.review_on = on, self.about.next_review(on, terms)
        self.asked, self.reminded_on = Asked.NOT, None

    def _is_read(self) -> None:
        if self.state is not ArticleState.PUBLISHED:
            raise NotInThisState("Dit artikel staat nu niet op de site.")


def _is_later_month(today: date, last: date) -> bool:
    return (today.year, today.month) > (last.year, last.month)
