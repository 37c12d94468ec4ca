"""What an operator watches of the referrals: how many families were handed over warm, and how many cold."""

from prometheus_client import CollectorRegistry, Gauge

from services.matching.ports import MatchingUnit
from shared.events.referral_codes import HandoverKind


class ReferralMetrics:
    """The gauges of one worker."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._handovers = Gauge("schakel_handovers", "Referrals handed over, warm or cold", ["kind"], registry=registry)

    async def refresh(self, unit: MatchingUnit) -> None:
        """Read the figures once."""
        counts = await unit.referrals.count_handovers()
        for kind in HandoverKind:
            self._handovers.labels(kind.value).set(counts.get(kind, 0))
