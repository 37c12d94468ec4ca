"""Whom to ask a question: who knows of it, is of that district and speaks that language, longest not asked first."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.community.domain.sparring import Ask, Question

WEEK: Final = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who wants to be asked. No districts: the whole city. `paused_until`: is not asked up to that day."""

    person_id: UUID
    expertise: frozenset[str]
    districts: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    paused_until: date | None = None

    def knows(self, question: Question) -> bool:
        """Whether the question is one for this person."""
        is_here = not question.district or not self.districts or question.district in self.districts
        return question.expertise in self.expertise and is_here and question.language in self.languages


class Skipped(StrEnum):
    """Why somebody who knows of it is not asked now. For the desk alone."""

    PAUSED = "paused"
    AWAY = "away"
    ENOUGH_THIS_WEEK = "enough-this-week"
    AT_LIMIT = "at-limit"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What holds for everybody: `today` and `now`, how often a week, who is away, who has as much as they can bear."""

    today: date
    now: datetime
    asks_per_week: int
    away: Collection[UUID] = ()
    at_limit: Collection[UUID] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, in that order; and who is skipped, and why."""

    free: Sequence[UUID]
    skipped: dict[UUID, Skipped]


def whose_turn(
    question: Question,
    partners: Iterable[Partner],
    asks: Iterable[Ask],
    bounds: Bounds,
    lot: Callable[[UUID], float],
) -> Turn:
    """Nobody is asked the same twice, nor what they ask themselves. `asks`: all of these people."""
    known = list(asks)
    there = {one.person_id for one in known if one.question_id == question.id} | {question.person_id}
    last = {one.person_id: one.asked_at for one in sorted(known, key=lambda each: each.asked_at)}
    this_week = Counter(one.person_id for one in known if one.asked_at > bounds.now - WEEK)
    free: list[UUID] = []
    skipped: dict[UUID, Skipped] = {}
    for partner in partners:
        if partner.person_id in there or not partner.knows(question):
            continue
        if why := _why_not(partner, this_week[partner.person_id], bounds):
            skipped[partner.person_id] = why
        else:
            free.append(partner.person_id)
    never = datetime.min.replace(tzinfo=bounds.now.tzinfo)
    return Turn(sorted(free, key=lambda one: (last.get(one, never), lot(one))), skipped)


def _why_not(partner: Partner, this_week: int, bounds: Bounds) -> Skipped | None:
    if partner.paused_until is not None and bounds.today <= partner.paused_until:
        return Skipped.PAUSED
    if partner.person_id in bounds.away:
        return Skipped.AWAY
    if this_week >= bounds.asks_per_week:
        return Skipped.ENOUGH_THIS_WEEK
    return Skipped.AT_LIMIT if partner.person_id in bounds.at_limit else None
