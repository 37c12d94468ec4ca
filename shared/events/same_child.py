"""What intake publishes of two requests that may be for one child: of each by itself, never which the other is."""

from uuid import UUID

from shared.events.base import CaseCode, Event


class SameChildFact(Event):
    """Of this one of the two cases."""

    case_code: CaseCode
    ambassador_id: UUID


class SameChildSuspected(SameChildFact):
    """Somebody else may be helping the same child. The ambassador asks the family whether the two go on together."""


class SameChildDismissed(SameChildFact):
    """The two requests stay apart, and nobody is asked again. `awaited`: this ambassador's family had said yes."""

    awaited: bool


class PlansJoined(SameChildFact):
    """Both families said yes: what both requests ask for is sought once from now on."""


class PlansParted(SameChildFact):
    """They go on apart again, each with everything that it asked for."""
