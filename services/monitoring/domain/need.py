"""Needs as monitoring sees them: what is needed and for whom, how urgent it is, and whether it has somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.events.base import Beneficiary, Horizon, Urgency


class NeedState(StrEnum):
    """Whether a need has somebody."""

    WAITING = "waiting"  # matching looks for a partner
    WITH_PARTNER = "with-partner"
    AWAITING_WISH = "awaiting-wish"  # the help stopped: nobody is asked before the family says what it wants
    NOBODY = "nobody"  # nobody is asked any more: nobody on the map can be
    LATER = "later"  # the desk waits with it until a day; then matching looks again
    UNAVAILABLE = "unavailable"  # the desk says that for this there is no help in the city now
    DONE = "done"


# Nobody is sought for it any more.
OVER = frozenset({NeedState.DONE, NeedState.UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class WatchedNeed:
    """One need of the case, as far as monitoring looks after it."""

    need_id: UUID
    urgency: Urgency
    state: NeedState = NeedState.WAITING
    """What matching published last; kept when the need is dropped: a later inventory may reach matching first."""
    depends_on: tuple[UUID, ...] = ()
    dropped: bool = False
    """The last inventory did not name it: help may still run, and nobody else is looked for."""
    category: str | None = None
    beneficiary: Beneficiary = Beneficiary.CHILD
    horizon: Horizon = Horizon.SHORT
    later_on: date | None = None
    """The day until which the desk waits with it."""

    @property
    def stands(self) -> NeedState:
        """Where it stands: what was dropped is done, unless it is with a partner."""
        return NeedState.DONE if self.dropped and self.state is not NeedState.WITH_PARTNER else self.state

    @property
    def is_looked_for(self) -> bool:
        """Whether it still needs somebody."""
        return self.stands not in OVER


def most_urgent(urgencies: Iterable[Urgency]) -> Urgency | None:
    """The one that waits least; none of none."""
    order = list(Urgency)
    return min(urgencies, key=order.index, default=None)


def more_urgent(one: Urgency, other: Urgency) -> Urgency:
    """Of these two the one that waits least."""
    return most_urgent((one, other)) or one
