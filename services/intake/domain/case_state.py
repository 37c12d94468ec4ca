"""Where a case stands."""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    IN_INVENTORY = "in-inventory"
    ASSESSED = "assessed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


OPEN = frozenset({CaseState.RECEIVED, CaseState.IN_INVENTORY, CaseState.ASSESSED})
KEPT = frozenset(CaseState) - {CaseState.ERASED}
