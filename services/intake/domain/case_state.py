"""Where a case stands."""

from enum import StrEnum


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
# Nobody sees or changes a case from the moment that it is to be erased; when it is, its row is gone.
KEPT = frozenset(CaseState) - {CaseState.ERASING}
