"""One organisation wants to meet another, without any case: open → yes | not now. Names are shared after a yes only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.events.acquaintance import IntroductionAccepted, IntroductionAsked, IntroductionDeclined
from shared.events.base import Event

# So many people of the other organisation get a mail; whoever works there finds it on the page.
MOST_MAILED: Final = 5
# As long nobody asks again, and then it is forgotten.
KEPT_FOR: Final = timedelta(weeks=12)


class IntroductionState(StrEnum):
    """What the other organisation said."""

    OPEN = "open"
    YES = "yes"
    NOT_NOW = "not-now"


@dataclass(slots=True)
class Introduction:
    """One request. `asked_by` works for `from_id`; `answered_by`, who works for `to_id`, is there after a yes only."""

    id: UUID
    from_id: UUID
    to_id: UUID
    asked_by: UUID
    asked_at: datetime
    state: IntroductionState = IntroductionState.OPEN
    answered_by: UUID | None = None

    def ask(self, people: Collection[UUID]) -> list[Event]:
        """These people of the other organisation get a mail."""
        return [IntroductionAsked(**self._fact(self.asked_at, one, self.from_id)) for one in people]

    def answer(self, person_id: UUID, at: datetime, *, agrees: bool) -> list[Event]:
        """Whoever of the other organisation is first. Raises NotInThisState."""
        if self.state is not IntroductionState.OPEN:
            raise NotInThisState("Hier is al op geantwoord.")
        if not agrees:
            self.state = IntroductionState.NOT_NOW
            return [IntroductionDeclined(**self._fact(at, self.asked_by, self.to_id))]
        self.state, self.answered_by = IntroductionState.YES, person_id
        return [
            IntroductionAccepted(**self._fact(at, self.asked_by, self.to_id), with_person_id=person_id),
            IntroductionAccepted(**self._fact(at, person_id, self.from_id), with_person_id=self.asked_by),
        ]

    def _fact(self, at: datetime, person_id: UUID, organisation_id: UUID) -> dict[str, Any]:
        return {
            "subject": self.id, "occurred_at": at, "person_id": person_id, "organisation_id": organisation_id,
        }  # fmt: skip
