"""A family: what the cases of its children have in common.

Each child's case keeps its own sealed copy of the family's facts, so that one child can be erased and the others stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import KEPT
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer, may_know_the_family, may_see

# What is the same for all children of a family.
OF_THE_FAMILY = (
    Fact.CONTACT_NAME, Fact.PHONE, Fact.EMAIL, Fact.ADDRESS, Fact.DISTRICT, Fact.CONTACT_WISHES,
    Fact.OWN_NETWORK, Fact.HELPER_WISHES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Household:
    """The cases of one family, by id."""

    id: UUID
    cases: tuple[Case, ...]

    def others(self, case_id: UUID) -> list[Case]:
        """Without this one, and without those that are being erased."""
        return [case for case in self.cases if case.id != case_id and case.state in KEPT]

    def shown_to(self, viewer: Viewer) -> list[Case]:
        """What this viewer sees of it: whoever knows one of the children sees who helps the others.

        One that stands still for safety is nowhere.
        """
        knows = any(may_know_the_family(viewer, case.opening.ambassador_id) for case in self.cases)
        kept = [case for case in self.cases if case.state in KEPT and case.hold is None]
        return [case for case in kept if knows or may_see(viewer, case.opening.organisation_id)]


def of_the_family(facts: Mapping[Fact, str | None]) -> dict[Fact, str | None]:
    """Those of these facts that are the same for all children."""
    return {fact: value for fact, value in facts.items() if fact in OF_THE_FAMILY}


def oldest_first(cases: Sequence[Case]) -> list[Case]:
    """In the order in which help was asked."""
    return sorted(cases, key=lambda case: (case.received_at, case.id))
