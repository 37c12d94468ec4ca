"""What an operator sees of the mail."""

from datetime import timedelta

from prometheus_client import CollectorRegistry

from services.notify.adapters.metrics import MailMetrics
from services.notify.domain.outcome import Accepted, Deferred, Reason
from tests.unit.notify import builders
from tests.unit.notify.twin import Notify


async def test_gauges_say_how_many_wait_and_for_how_long(notify: Notify) -> None:
    registry = CollectorRegistry()
    metrics = MailMetrics(registry)
    await notify.given(builders.request_received())
    await notify.attempt(Accepted())
    await notify.given(builders.partner_activated())
    notify.clock.forward(timedelta(minutes=3))
    await metrics.refresh(notify.units)

    assert registry.get_sample_value("schakel_messages", {"state": "accepted"}) == 1
    assert registry.get_sample_value("schakel_messages", {"state": "queued"}) == 1
    assert registry.get_sample_value("schakel_messages", {"state": "refused"}) == 0
    assert registry.get_sample_value("schakel_mail_oldest_waiting_seconds") == 180


async def test_counter_tells_outcomes_apart_by_template_and_reason(notify: Notify) -> None:
    registry = CollectorRegistry()
    metrics = MailMetrics(registry)
    await notify.given(builders.request_received())
    metrics.count([await notify.attempt(Deferred(Reason.MAIL_SERVER_BUSY, 451))])

    labels = {"template": "request-received", "outcome": "queued", "reason": "mail-server-busy"}
    assert registry.get_sample_value("schakel_mails_total", labels) == 1
