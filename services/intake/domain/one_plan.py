"""Two cases of one child with one plan: what both ask for is sought by one of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from services.intake.domain.case_state import CaseState
from services.intake.domain.opening import sought
from services.intake.domain.progress import HELPING, WITHOUT_PARTNER, Progress
from shared.events.base import Event, Need
from shared.events.case_codes import NeedResult
from shared.events.intake import NeedsAssessed

if TYPE_CHECKING:
    from services.intake.domain.case import Case

# How far the help for a need is.
NOBODY, ASKED, HELPS = 0, 1, 2
# Nobody is looked for any more, and nobody helps.
GIVEN_UP: Final = frozenset({Progress.STOPPED, Progress.SEARCH_STOPPED, Progress.NOT_HELPED, Progress.UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two cases: these needs, as far as matching told."""

    case: "Case"
    needs: tuple[Need, ...]
    progress: Mapping[UUID, Progress]

    def seeks(self, need: Need) -> bool:
        """Whether a partner is or was asked for this need of this case, or is being looked for."""
        case = self.case
        if not case.is_open or case.hold or case.pause or self.progress.get(need.need_id) in GIVEN_UP:
            return False
        return case.state is CaseState.ASSESSED or need.need_id in case.raised_needs

    def has_met(self, need: Need) -> bool:
        """Whether the family has it by now."""
        told = {each.need_id: each.result for each in self.case.results}.get(need.need_id)
        return told is NeedResult.MET or self.progress.get(need.need_id) is Progress.CONFIRMED

    def is_ahead(self, need: Need) -> int:
        """How far the help for it is: nobody yet, somebody who was asked, somebody who said yes."""
        stage = self.progress.get(need.need_id)
        if stage is None or stage in WITHOUT_PARTNER:
            return NOBODY
        return HELPS if stage in HELPING else ASKED


def runs_in(other: Side, own: Side) -> frozenset[UUID]:
    """Which of the needs of `own` are sought, or met, by the other case: the same kind of thing for the same people.

    Of two that are as far as each other the older request goes on. Who helps already goes on helping.
    """
    same = {(need.category, need.beneficiary): need for need in other.needs if need.need_id not in other.case.elsewhere}
    found = set()
    for need in own.needs:
        theirs = same.get((need.category, need.beneficiary))
        if theirs is not None and _covers(other, theirs, own, need):
            found.add(need.need_id)
    return frozenset(found)


def _covers(other: Side, theirs: Need, own: Side, need: Need) -> bool:
    if own.is_ahead(need) == HELPS or own.has_met(need):
        return False
    known = need.need_id in own.case.elsewhere
    if other.has_met(theirs):
        # What was met before these two met is no answer to what is asked now.
        return known
    if not other.seeks(theirs):
        return False
    ahead, behind = other.is_ahead(theirs), own.is_ahead(need)
    first = (other.case.received_at, other.case.id) < (own.case.received_at, own.case.id)
    return known or ahead > behind or (ahead == behind and first)


def run_elsewhere(case: "Case", needs: Collection[UUID], left_out: tuple[str, ...], at: datetime) -> list[Event]:
    """For these of its needs nobody is asked from this case; for those that were such, and are not, somebody is again.

    Before its inventory nothing is published: what is asked then, is asked with it.
    """
    if frozenset(needs) == frozenset(case.elsewhere):
        return []
    case.elsewhere = tuple(sorted(needs))
    if case.state is not CaseState.ASSESSED:
        return []
    told = {**case.opening.published, "needs": sought(case.needs, case.elsewhere), "left_out": left_out}
    return [NeedsAssessed(subject=case.id, occurred_at=at, case_code=case.code, **told)]
