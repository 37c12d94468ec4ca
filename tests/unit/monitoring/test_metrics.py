from datetime import timedelta

from prometheus_client import CollectorRegistry, generate_latest

from services.monitoring.adapters.metrics import BoardMetrics
from services.monitoring.domain.watch import Watch
from tests.unit.monitoring.builders import (
    CODE,
    TUESDAY,
    acknowledged,
    an_id,
    help_started,
    no_partner_found,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring


async def test_operator_sees_the_figures_of_the_board() -> None:
    monitoring, registry = Monitoring(), CollectorRegistry()
    await monitoring.consumes(
        request_received(case=an_id("other case")), acknowledged(case=an_id("other case")), no_partner_found()
    )
    async with monitoring.units.begin() as unit:
        await unit.watches.save(Watch(an_id("lost case"), CODE, opened_at=TUESDAY))
    metrics = BoardMetrics(registry)
    async with monitoring.units.begin() as unit:
        await metrics.refresh(unit)
    shown = generate_latest(registry).decode()
    for line in ("cases_open 3.0", "cases_stuck 1.0", "cases_out_of_sight 0.0", "cases_without_next_step 1.0"):
        assert f"schakel_{line}" in shown


async def test_operator_sees_how_fast_help_comes() -> None:
    monitoring, registry = Monitoring(), CollectorRegistry()
    metrics = BoardMetrics(registry)
    async with monitoring.units.begin() as unit:
        await metrics.refresh(unit)
    assert "schakel_seconds_from_request{" not in generate_latest(registry).decode()
    day = timedelta(days=1)
    await monitoring.consumes(request_received(), partner_activated(), help_started(TUESDAY + day))
    async with monitoring.units.begin() as unit:
        await metrics.refresh(unit)
    assert 'schakel_seconds_from_request{quantile="0.5",step="help"} 86400.0' in generate_latest(registry).decode()
