"""Held mail whose timer went missing is woken, and operators see when nobody looks any more."""

from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from services.notify.adapters.metrics import MailMetrics
from services.notify.domain.heartbeat import DIGESTS, SILENT_AFTER
from services.notify.domain.message import MessageState
from services.notify.schedule import JOBS
from shared.events import monitoring
from shared.events.base import Role
from tests.unit.notify import builders
from tests.unit.notify.app import visitor
from tests.unit.notify.twin import Notify

RED = "De lijst van de dag gaat niet weg"


async def looks(notify: Notify) -> None:
    (job,) = (one for one in JOBS if one.name == "see that held mail leaves")
    async with notify.units.begin() as unit:
        await job.handler(unit)


async def page(notify: Notify) -> str:
    async with visitor(notify, Role.OPERATOR) as http:
        return (await http.get("/berichten")).text


async def test_mail_whose_timer_went_missing_leaves_after_all(notify: Notify) -> None:
    await notify.given(builders.person_joined(builders.COORDINATOR), builders.point(monitoring.EscalationRaised))
    (held,) = (one for one in notify.messages() if one.state is MessageState.HELD)
    notify.units.tables.table("timers").clear()
    await notify.time_passes(timedelta(days=1))
    assert [one.state for one in notify.messages() if one.id == held.id] == [MessageState.HELD]

    await looks(notify)
    await notify.time_passes(timedelta(minutes=1))
    assert "desk-digest" in {one.draft.mail.template for one in await notify.claim()}


@pytest.mark.parametrize("dies", [True, False])
async def test_operator_sees_within_26_hours_that_nobody_looks_whether_digests_leave(
    notify: Notify, *, dies: bool
) -> None:
    """On an empty board, too: no digest leaves, and that is well."""
    registry = CollectorRegistry()
    await looks(notify)
    assert RED not in await page(notify)
    for _ in range(26):
        notify.clock.forward(timedelta(hours=1))
        if not dies:
            await looks(notify)
    await MailMetrics(registry).refresh(notify.units)

    assert (RED in await page(notify)) == dies
    silent = SILENT_AFTER.total_seconds() if dies else 0
    assert registry.get_sample_value("schakel_digests_silent_seconds") == silent


async def test_operator_sees_that_digests_are_looked_for_and_do_not_leave(notify: Notify) -> None:
    await looks(notify)
    await notify.given(builders.person_joined(builders.COORDINATOR), builders.point(monitoring.EscalationRaised))
    for _ in range(60):
        # Timers fire no more, however often they are set.
        notify.clock.forward(timedelta(hours=1))
        await looks(notify)

    assert RED in await page(notify)
    assert notify.units.tables.table("heartbeats")[DIGESTS] < notify.clock.now() - SILENT_AFTER


async def test_who_never_looked_is_missed_as_well(notify: Notify) -> None:
    assert RED in await page(notify)
