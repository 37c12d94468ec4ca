"""The list of cases: what somebody looks for in it, in which order, and a place in it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import KEPT, CaseState
from services.intake.domain.rules import Viewer
from shared.events.base import Code, Role


class CaseOrder(StrEnum):
    """What stands first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    CHANGED = "changed"

    @property
    def is_downward(self) -> bool:
        """Whether the latest moment stands first."""
        return self is not CaseOrder.OLDEST

    def at(self, case: Case) -> datetime:
        """The moment by which a case has its place."""
        return case.changed_at if self is CaseOrder.CHANGED else case.received_at


@dataclass(frozen=True, slots=True)
class CaseSearch:
    """Which cases: of these organisations and ambassadors (None: of all), in these states, with this in their number.

    `category`: one of their needs is of this kind. An erased case is never found, and one that stands still for safety
    only by who looks for those (`on_hold`).
    """

    organisations: frozenset[UUID] | None = None
    ambassadors: frozenset[UUID] | None = None
    states: frozenset[CaseState] = KEPT
    number: str = ""
    category: Code | None = None
    order: CaseOrder = CaseOrder.NEWEST
    on_hold: bool = False


def seen_by(viewer: Viewer, search: CaseSearch) -> CaseSearch:
    """The same within what this viewer may see: a coordinator all, an ambassador its organisation, others nothing."""
    if viewer.role is Role.COORDINATOR:
        return search
    own = frozenset({viewer.organisation_id}) if viewer.role is Role.AMBASSADOR else frozenset[UUID]()
    return replace(search, organisations=own if search.organisations is None else own & search.organisations)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the list: the next page starts after this case, which has this moment in the list's order."""

    at: datetime
    case_id: UUID

    @classmethod
    def of(cls, case: Case, order: CaseOrder = CaseOrder.NEWEST) -> "Position":
        """Where this case stands."""
        return cls(order.at(case), case.id)
