"""What an operator watches of erasing: whether every service does it in time."""

from prometheus_client import CollectorRegistry, Gauge

from services.intake.handlers.erasing import MOST_AT_ONCE, list_unconfirmed
from services.intake.ports import IntakeUnit


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
        self._unconfirmed.set(len(await list_unconfirmed(unit)))
