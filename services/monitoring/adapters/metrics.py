"""What an operator watches of the board: the same figures as a coordinator sees on top of it."""

from prometheus_client import CollectorRegistry, Gauge

from services.monitoring.domain.board import BoardFilter
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

        self._pace = Gauge(
            "schakel_seconds_from_request",
            "How long after the request the step came",
            ["step", "quantile"],
            registry=registry,
        )
        self._handovers = Gauge("schakel_handovers", "Families handed over, warm or cold", ["kind"], registry=registry)

    async def refresh(self, unit: MonitoringUnit) -> None:
        """Read the figures once."""
        counts = await unit.board.read_figures(unit.now)
        self._open.set(counts.open_cases)
        self._stuck.set(counts.stuck)
        self._lost.set(counts.out_of_sight)
        self._stepless.set(counts.without_next_step)
        pace = await unit.board.read_pace(BoardFilter())
        for step, taken in (("answer", pace.answer), ("contact", pace.contact), ("help", pace.help)):
            for quantile, value in (("0.5", taken.median), ("0.9", taken.ninetieth)):
                # Without a case that came so far there is no figure yet, and zero would be one.
                if value is not None:
                    self._pace.labels(step, quantile).set(value.total_seconds())
        self._handovers.labels("warm").set(pace.warm)
        self._handovers.labels("cold").set(pace.cold)
