"""What an operator watches of the board: the same figures as a coordinator sees on top of it."""

from prometheus_client import CollectorRegistry, Gauge

from services.monitoring.ports import MonitoringUnit


class BoardMetrics:
    """The gauges of one worker."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._open = Gauge("schakel_cases_open", "Cases that are open", registry=registry)
        self._stuck = Gauge("schakel_cases_stuck", "Cases on the coordinator's list", registry=registry)
        self._lost = Gauge("schakel_cases_out_of_sight", "Cases that nobody looks after", registry=registry)
        self._stepless = Gauge(
            "schakel_cases_without_next_step", "Open cases without a next step: always 0", registry=registry
        )

    async def refresh(self, unit: MonitoringUnit) -> None:
        """Read the figures once."""
        counts = await unit.board.read_figures(unit.now)
        self._open.set(counts.open_cases)
        self._stuck.set(counts.stuck)
        self._lost.set(counts.out_of_sight)
        self._stepless.set(counts.without_next_step)
