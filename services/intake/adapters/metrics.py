"""What an operator watches of erasing: whether every service does it in time."""

from typing import Final

from prometheus_client import CollectorRegistry, Gauge

from services.intake.domain.erasure import CONFIRMED_WITHIN
from services.intake.ports import IntakeUnit

MOST_AT_ONCE: Final = 500


class ErasureMetrics:
    """The gauge of one worker."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._unconfirmed = Gauge(
            "schakel_erasures_unconfirmed",
            f"Erased cases that a service did not confirm within the hour, at most {MOST_AT_ONCE}",
            registry=registry,
        )

    async def refresh(self, unit: IntakeUnit) -> None:
        """Read the figure once."""
        late = await unit.unconfirmed.list_since(unit.now - CONFIRMED_WITHIN, MOST_AT_ONCE)
        self._unconfirmed.set(len(late))
