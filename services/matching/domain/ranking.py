"""What a ranking says: who can be asked for a need, the best first, and who cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from services.matching.domain.network import Organisation, Service

MOST_RANKED: Final = 25
"""Of those who can be asked and of those who cannot; the others are counted."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A service with the organisation behind it."""

    service: Service
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The offers that a ranking looks at, with their open referrals, and how many there are in all."""

    offers: tuple[Offer, ...]
    load: Mapping[UUID, int]
    candidates: int
    passed: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service that can be asked, with the reasons in words."""

    service: Service
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """A service that is not asked, with the reason in words."""

    service: Service
    reason: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The outcome: the best first, and who was passed over and why; of a large map how many more there are of each."""

    candidates: tuple[Candidate, ...]
    passed: tuple[Passed, ...]
    more_candidates: int = 0
    more_passed: int = 0

    def out_of(self, shortlist: Shortlist) -> "Ranking":
        """The same, with how many others there are."""
        return replace(
            self,
            more_candidates=max(0, shortlist.candidates - len(self.candidates)),
            more_passed=max(0, shortlist.passed - len(self.passed)),
        )


def preferring(service_id: UUID | None, ranking: Ranking) -> Ranking:
    """The same ranking with this service in front, if it can be asked: another partner said that it fits better."""
    named = [one for one in ranking.candidates if one.service.id == service_id]
    if not named:
        return ranking
    first = replace(named[0], reasons=("Genoemd door een andere partner", *named[0].reasons))
    return replace(ranking, candidates=(first, *(one for one in ranking.candidates if one is not named[0])))
