"""What matching knows of a case: codes only, enough to find the right partners."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.events.base import AgeBand, Beneficiary, Horizon, Need, Urgency
from shared.events.desk_codes import UnavailableReason
from shared.events.matching import HelpRuledOut, SearchPostponed


class CaseState(StrEnum):
    """Whether partners may be asked for this case. `paused`: the family rests, help that runs goes on.

    `on-hold`: somebody worries about the child's safety, and nobody does anything with it or sees it. A partner cannot
    tell these two apart (`SHUT_TO_PARTNERS`).
    """

    OPEN = "open"
    PAUSED = "paused"
    ON_HOLD = "on-hold"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


SHUT_TO_PARTNERS = frozenset({CaseState.PAUSED, CaseState.ON_HOLD})
"""To a partner both are a request that is paused: else it would learn that there is a worry about a child's safety."""
HAS_AMBASSADOR = frozenset({CaseState.OPEN, CaseState.PAUSED, CaseState.ON_HOLD})
"""A family in these states counts on its ambassador: who leaves hands it over first."""


class NeedState(StrEnum):
    """How one need stands. `waiting`: another need comes first. `unmet`: nobody (more) can be asked, or not now.

    `family-decides`: help stopped, and nobody else is asked before the ambassador says that the family wants it;
    `stopped`: it does not. `gone`: the inventory does not name it any more; help that runs may still go on.
    `postponed`: the desk waits until a day; `unavailable`: it said that there is no help for this.
    `resting`: nobody was found before the case closed; the inventory of its new question says whether it is needed.
    """

    WAITING = "waiting"
    WITH_PARTNER = "with-partner"
    DELIVERED = "delivered"
    MET = "met"
    UNMET = "unmet"
    RESTING = "resting"
    POSTPONED = "postponed"
    UNAVAILABLE = "unavailable"
    FAMILY_DECIDES = "family-decides"
    STOPPED = "stopped"
    GONE = "gone"


SETTLED = frozenset({NeedState.MET, NeedState.STOPPED, NeedState.GONE})
SOUGHT_BY_DESK = frozenset(
    {NeedState.WAITING, NeedState.UNMET, NeedState.RESTING, NeedState.POSTPONED, NeedState.UNAVAILABLE}
)
"""With no partner, and wanted: the desk may ask somebody, wait, or say that there is no help."""
WITH_NOBODY = SOUGHT_BY_DESK - {NeedState.WAITING}
# What a need can wait for. One for which nobody was found holds up no other: that might take for ever.
STILL_TO_COME = frozenset({NeedState.WAITING, NeedState.WITH_PARTNER})


@dataclass(slots=True)
class CaseNeed:
    """One need and how it stands."""

    id: UUID
    category: str
    urgency: Urgency
    beneficiary: Beneficiary = Beneficiary.CHILD
    horizon: Horizon = Horizon.SHORT
    depends_on: tuple[UUID, ...] = ()
    state: NeedState = NeedState.WAITING
    postponed_until: date | None = None
    """The day on which the search goes on by itself."""

    @classmethod
    def of(cls, need: Need) -> "CaseNeed":
        """As the inventory names it."""
        return cls(need.need_id, need.category, need.urgency, need.beneficiary, need.horizon, need.depends_on)

    def search_again(self) -> None:
        """A partner can be sought from now on."""
        self.state, self.postponed_until = NeedState.WAITING, None


@dataclass(slots=True)
class CaseFile:
    """A case as matching sees it. No name, birth date or address has a field here."""

    id: UUID
    code: str
    ambassador_id: UUID
    organisation_id: UUID
    district: str | None  # None: the family's address is secret
    age_band: AgeBand
    language: str
    household_id: UUID | None = None
    """The same for all children of one family; None: not known, so that it counts as a family of its own."""
    interpreter_needed: bool = False
    excluded: frozenset[UUID] = frozenset()
    """Whom the family does not want: as the inventory says it, and with whom it stopped."""
    stopped: frozenset[UUID] = frozenset()
    state: CaseState = CaseState.OPEN
    consent_outgrown: bool = False
    needs: dict[UUID, CaseNeed] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether the family stopped: nobody is asked any more, whatever comes late."""
        return self.state is CaseState.WITHDRAWN

    @property
    def may_ask(self) -> bool:
        """Whether somebody may be asked for it now."""
        return self.state is CaseState.OPEN and not self.consent_outgrown

    def name_needs(self, needs: Iterable[Need]) -> list[CaseNeed]:
        """Take over the inventory. Needs that are with a partner stay so; returns those no longer named."""
        named = {need.need_id: need for need in needs}
        for need in named.values():
            self.add_need(need)
        dropped = [known for known in self.needs.values() if known.id not in named and known.state not in SETTLED]
        for known in dropped:
            known.state = NeedState.GONE
        return dropped

    def add_need(self, need: Need) -> CaseNeed:
        """Take over one need as it is named now."""
        known = self.needs.get(need.need_id)
        if known is None:
            known = self.needs[need.need_id] = CaseNeed.of(need)
        known.urgency, known.depends_on = need.urgency, need.depends_on
        known.beneficiary, known.horizon = need.beneficiary, need.horizon
        if known.state is NeedState.GONE or known.state in WITH_NOBODY:
            known.search_again()
        return known

    def unwanted(self, excluded: Iterable[UUID]) -> None:
        """As the inventory says it now; with whom the family stopped stays so."""
        self.excluded = frozenset(excluded) | self.stopped

    def stop_with(self, organisation_id: UUID) -> None:
        """The family stops with this organisation."""
        self.stopped |= {organisation_id}
        self.unwanted(self.excluded)

    def pause(self) -> None:
        """The family rests."""
        if self.state is CaseState.OPEN:
            self.state = CaseState.PAUSED

    def resume(self) -> None:
        """The rest is over."""
        if self.state is CaseState.PAUSED:
            self.state = CaseState.OPEN

    def stand_still(self) -> None:
        """Until people say that it may go on."""
        if self.state in HAS_AMBASSADOR:
            self.state = CaseState.ON_HOLD

    def go_on(self) -> None:
        """It may."""
        if self.state is CaseState.ON_HOLD:
            self.state = CaseState.OPEN

    def open_again(self) -> None:
        """A closed case goes on where it was: every need that is not met can be asked again."""
        self.state = CaseState.OPEN
        for need in self.needs.values():
            if need.state in WITH_NOBODY:
                need.search_again()

    def open_for_inventory(self) -> None:
        """A closed case has a new question: what nobody was found for rests until the inventory names it again."""
        self.state = CaseState.OPEN
        for need in self.needs.values():
            if need.state in SOUGHT_BY_DESK:
                need.state, need.postponed_until = NeedState.RESTING, None

    def postpone(self, need: CaseNeed, until: date, *, by: UUID, at: datetime) -> SearchPostponed:
        """The desk waits with this need; on that day the search goes on by itself."""
        need.state, need.postponed_until = NeedState.POSTPONED, until
        return SearchPostponed(
            subject=self.id,
            occurred_at=at,
            case_code=self.code,
            need_id=need.id,
            category=need.category,
            ambassador_id=self.ambassador_id,
            until=until,
            postponed_by=by,
        )

    def say_unavailable(self, need: CaseNeed, reason: UnavailableReason, *, by: UUID, at: datetime) -> HelpRuledOut:
        """For this there is no help in this city now."""
        need.state, need.postponed_until = NeedState.UNAVAILABLE, None
        return HelpRuledOut(
            subject=self.id,
            occurred_at=at,
            case_code=self.code,
            need_id=need.id,
            category=need.category,
            ambassador_id=self.ambassador_id,
            district=self.district,
            reason=reason,
            said_by=by,
        )

    def startable(self) -> list[CaseNeed]:
        """Needs for which a partner can be asked now, the most urgent first."""
        ready = [need for need in self.needs.values() if need.state is NeedState.WAITING and not self._must_wait(need)]
        order = list(Urgency)
        return sorted(ready, key=lambda need: (order.index(need.urgency), need.id))

    @property
    def open_needs(self) -> int:
        """How many needs still wait for the family's word that they are met."""
        return sum(need.state not in SETTLED for need in self.needs.values())

    def _must_wait(self, need: CaseNeed) -> bool:
        """Another need comes first. Needs that wait for each other in a circle do not wait."""
        first = [self.needs[other] for other in need.depends_on if other in self.needs]
        return any(other.state in STILL_TO_COME and not self._reaches(other, need.id) for other in first)

    def _reaches(self, start: CaseNeed, target: UUID) -> bool:
        seen: set[UUID] = set()
        todo = [start.id]
        while todo:
            current = todo.pop()
            if current == target:
                return True
            if current not in seen and current in self.needs:
                seen.add(current)
                todo.extend(self.needs[current].depends_on)
        return False
