"""Where a case stands."""

from enum import StrEnum

from services.intake.domain.errors import NotPossibleNow


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    IN_INVENTORY = "in-inventory"
    ASSESSED = "assessed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ERASING = "erasing"


ENDED = frozenset({CaseState.CLOSED, CaseState.WITHDRAWN})
OPEN = frozenset({CaseState.RECEIVED, CaseState.IN_INVENTORY, CaseState.ASSESSED})
# What the family says of partners holds for these: a closed case may go on, and so may its help.
FOLLOWS_FAMILY = OPEN | {CaseState.CLOSED}
# Nobody sees or changes a case from the moment that it is to be erased; when it is, its row is gone.
KEPT = frozenset(CaseState) - {CaseState.ERASING}


def check_state(state: CaseState, action: str, *states: CaseState) -> None:
    """Raises NotPossibleNow unless this step is one of a case in one of these states."""
    if state not in states:
        raise NotPossibleNow(action, state.value)
