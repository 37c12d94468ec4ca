"""What an operator watches of the gatherings."""

from collections import Counter

from prometheus_client import CollectorRegistry, Gauge

from services.community.domain.gathering import GatheringState
from services.community.ports import CommunityUnit


class GatheringMetrics:
    """The gauges of one worker."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._coming = Gauge(
            "schakel_gatherings_to_come", "Gatherings that did not end yet", ["state"], registry=registry
        )

    async def refresh(self, unit: CommunityUnit) -> None:
        """Read the figures once."""
        counts = Counter(one.state for one in await unit.gatherings.list_from(unit.now))
        for state in GatheringState:
            self._coming.labels(state.value).set(counts[state])
