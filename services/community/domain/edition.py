"""What an article says, in editions: one is read, and at most one is in work.

draft → submitted → published by somebody else, or back with what has to change; a published one is superseded by the
next. The desk may publish at once what cannot wait: then somebody else still looks at it within some working days.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from difflib import ndiff
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.community.domain.article_errors import EditionChanged, OwnEdition
from services.community.domain.errors import NotInThisState
from shared.events.base import Event
from shared.events.knowledge import EditionPublished, EditionReturned, EditionSubmitted, EditionSuperseded

MOST_TEXTS_KEPT: Final = 20


class EditionState(StrEnum):
    """Where an edition stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    NEEDS_CHANGES = "needs_changes"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


IN_WORK: Final = frozenset({EditionState.DRAFT, EditionState.SUBMITTED, EditionState.NEEDS_CHANGES})


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody reads."""

    title: str
    body: str


@dataclass(slots=True)
class Edition:
    """One of them. `version` grows with each change; `earlier`: what it said in each version before, while in work.

    `author_ids`: whoever wrote on it. `checked_by`: who looked at it; None while nobody did. `check_by`: the last day
    for that, of one that was published at once.
    """

    id: UUID
    article_id: UUID
    words: Words
    author_ids: frozenset[UUID]
    changed_at: datetime
    version: int = 1
    earlier: tuple[Words, ...] = ()
    state: EditionState = EditionState.DRAFT
    comment: str = ""
    published_at: datetime | None = None
    published_by: UUID | None = None
    checked_by: UUID | None = None
    check_by: date | None = None

    @property
    def is_in_work(self) -> bool:
        """Whether it can still change."""
        return self.state in IN_WORK

    @property
    def is_unchecked(self) -> bool:
        """Whether it is read, and nobody looked at it but who wrote it."""
        return self.state is EditionState.PUBLISHED and self.check_by is not None

    def rewrite(self, words: Words, by: UUID, at: datetime) -> None:
        """Other words, by one of its authors or somebody who joins them. Raises NotInThisState."""
        self._in(IN_WORK)
        if words != self.words:
            self.earlier = (*self.earlier, self.words)[-MOST_TEXTS_KEPT:]
            self.words, self.version = words, self.version + 1
        self.changed_at = at
        self.join(by)

    def join(self, person_id: UUID) -> None:
        """Somebody writes along. Raises NotInThisState."""
        self._in(IN_WORK)
        self.author_ids |= {person_id}

    def submit(self, reviewers: tuple[UUID | None, UUID | None], at: datetime) -> list[Event]:
        """Somebody else looks at it: the desk, or of `reviewers` (owner and deputy) who did not write it."""
        self._in({EditionState.DRAFT, EditionState.NEEDS_CHANGES})
        self.state, self.comment = EditionState.SUBMITTED, ""
        owner, deputy = (one if one not in self.author_ids else None for one in reviewers)
        return [EditionSubmitted(**self._fact(at), owner_id=owner, deputy_id=deputy)]

    def send_back(self, version: int, comment: str, by: UUID, at: datetime) -> list[Event]:
        """Something has to change first. Raises NotInThisState, EditionChanged or OwnEdition."""
        self._is_judged(version, by)
        self.state, self.comment = EditionState.NEEDS_CHANGES, comment
        return [EditionReturned(**self._fact(at), author_ids=self._authors)]

    def approve(self, version: int, by: UUID, at: datetime) -> list[Event]:
        """Everybody reads it. Raises NotInThisState, EditionChanged or OwnEdition."""
        self._is_judged(version, by)
        self.checked_by = by
        return self._publish(by, at)

    def publish_at_once(self, version: int, by: UUID, check_by: date, at: datetime) -> list[Event]:
        """It cannot wait: everybody reads it, marked as not looked at yet. Raises NotInThisState or EditionChanged."""
        self._in(IN_WORK)
        self._is_version(version)
        self.check_by = check_by
        return self._publish(by, at)

    def bring_in(self, at: datetime) -> list[Event]:
        """It came with the city, written and looked at elsewhere. Raises NotInThisState."""
        self._in({EditionState.DRAFT})
        return self._publish(None, at)

    def check(self, by: UUID) -> None:
        """Somebody else looked at what was published at once. Raises NotInThisState or OwnEdition."""
        if not self.is_unchecked:
            raise NotInThisState("Dit artikel is al nagekeken.")
        if by == self.published_by or by in self.author_ids:
            raise OwnEdition
        self.checked_by, self.check_by = by, None

    def supersede(self, at: datetime) -> list[Event]:
        """A newer one took its place."""
        self.state, self.check_by = EditionState.SUPERSEDED, None
        return [EditionSuperseded(**self._fact(at))]

    def since(self, version: int) -> list[tuple[str, str]]:
        """What changed since this version, line by line: a sign (`+`, `-` or space) and the words."""
        kept = [*self.earlier, self.words]
        behind = min(max(self.version - version, 0), len(kept) - 1)
        read = kept[len(kept) - 1 - behind]
        return differences(read, self.words)

    def forget(self, person_id: UUID) -> None:
        """This person left."""
        self.author_ids -= {person_id}
        self.checked_by = None if self.checked_by == person_id else self.checked_by
        self.published_by = None if self.published_by == person_id else self.published_by

    def _publish(self, by: UUID | None, at: datetime) -> list[Event]:
        self.state, self.published_at, self.published_by = EditionState.PUBLISHED, at, by
        self.earlier, self.comment = (), ""
        return [EditionPublished(**self._fact(at), author_ids=self._authors, is_unchecked=self.is_unchecked)]

    @property
    def _authors(self) -> tuple[UUID, ...]:
        return tuple(sorted(self.author_ids))

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {"subject": self.article_id, "occurred_at": at, "edition_id": self.id}

    def _is_judged(self, version: int, by: UUID) -> None:
        self._in({EditionState.SUBMITTED})
        if by in self.author_ids:
            raise OwnEdition
        self._is_version(version)

    def _is_version(self, version: int) -> None:
        if version != self.version:
            raise EditionChanged

    def _in(self, states: Collection[EditionState]) -> None:
        if self.state not in states:
            raise NotInThisState("Dit voorstel is al verder. Kijk hoe het er nu voor staat.")


def differences(before: Words, after: Words) -> list[tuple[str, str]]:
    """What differs, line by line, without what only tells how."""
    lines = ndiff([before.title, *before.body.splitlines()], [after.title, *after.body.splitlines()])
    return [(line[0], line[2:]) for line in lines if line[0] != "?"]
