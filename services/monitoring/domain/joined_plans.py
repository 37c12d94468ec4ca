"""Two requests for one child with one plan: what each seeks comes with its own inventory; here it is a line only."""

from services.monitoring.domain.rules import DecisionContext
from services.monitoring.domain.watch import Watch
from shared.events.base import Event
from shared.events.same_child import PlansJoined, PlansParted


def note(watch: Watch, event: PlansJoined | PlansParted, context: DecisionContext) -> list[Event]:  # noqa: ARG001
    """Nothing of the clocks changes by it."""
    return []
