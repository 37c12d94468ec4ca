"""A point that waits until a day: when it may, what wakes it, and what happens on its day."""

from datetime import date, timedelta

import pytest

from services.monitoring.domain.postponing import MOST_DAYS
from shared.events import case_codes, intake
from shared.events.base import Event, Role, Urgency
from shared.events.desk_codes import WaitReason
from shared.events.monitoring import EscalationRepeated, PointPostponed
from shared.events.notify import MessageAccepted
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    TUESDAY,
    a_need,
    an_id,
    day_of,
    local,
    needs_assessed,
    no_partner_found,
    paused,
    request_received,
)
from tests.unit.monitoring.desk import ANNA, at_the_desk, path_of, the_point
from tests.unit.monitoring.twin import Monitoring

A_WEEK_ON = date(2026, 9, 15)


async def wait(monitoring: Monitoring, until: date | str = A_WEEK_ON, version: int | None = None) -> tuple[int, str]:
    path, seen = await path_of(monitoring), version or (await the_point(monitoring)).version
    day = f"{until:%d-%m-%Y}" if isinstance(until, date) else until
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.post(
            f"{path}/wachten", data={"version": str(seen), "until": day, "reason": "appointment-made"}
        )
    return page.status_code, page.text


async def with_nobody_found() -> Monitoring:
    return await at_the_desk(request_received(), needs_assessed(), no_partner_found())


async def test_point_waits_in_silence_until_the_morning_of_its_day_and_is_brought_up_then() -> None:
    monitoring = await with_nobody_found()
    assert (await wait(monitoring))[0] == 303
    (said,) = monitoring.published()
    assert isinstance(said, PointPostponed)
    assert (said.until, said.why, said.postponed_by) == (A_WEEK_ON, WaitReason.APPOINTMENT_MADE, COORDINATOR)
    point = await the_point(monitoring)
    assert point.is_waiting
    await monitoring.time_passes(local("2026-09-15 08:59"))
    assert monitoring.published() == []
    await monitoring.time_passes(local("2026-09-15 09:00"))
    (again,) = monitoring.published()
    assert isinstance(again, EscalationRepeated)
    point = await the_point(monitoring)
    assert (again.level, point.waits_until, point.lost) == (2, None, False)


async def test_story_says_who_lets_it_wait_until_when_and_why() -> None:
    monitoring = await with_nobody_found()
    await wait(monitoring)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord/{CASE}")
    assert f"{ANNA} van het Schakelpunt laat een punt wachten" in page.text
    assert "er is een afspraak gemaakt, tot 15 september 2026." in page.text
    assert "Wacht tot 15 september 2026" in page.text
    assert "Dit wacht tot 15 september 2026." in page.text


WAKES: dict[str, Event] = {
    "rest": paused(TUESDAY, date(2026, 12, 1)),
    "inventory": needs_assessed(needs=(a_need(), a_need("lessons"))),
    "rhythm": intake.FollowUpsAgreed(subject=CASE, occurred_at=TUESDAY, rhythm=case_codes.FollowUpRhythm.MONTHLY),
}


@pytest.mark.parametrize("name", sorted(WAKES))
async def test_anything_that_happens_with_the_case_wakes_it_at_once(name: str) -> None:
    monitoring = await with_nobody_found()
    await wait(monitoring)
    monitoring.published()
    await monitoring.consumes(WAKES[name])
    assert "PointResumed" in monitoring.published_names()
    assert not (await the_point(monitoring)).is_waiting
    assert not any(key.startswith("point-wakes") for key in monitoring.timers())


async def test_mail_that_left_wakes_nothing() -> None:
    monitoring = await with_nobody_found()
    await wait(monitoring)
    await monitoring.consumes(
        MessageAccepted(
            subject=an_id("mail"), occurred_at=TUESDAY, template="desk-point", recipient_id=AMBASSADOR, case_id=CASE,
            case_code=CODE, attempt=1, accepted_at=TUESDAY,
        )
    )  # fmt: skip
    assert (await the_point(monitoring)).is_waiting


async def test_child_out_of_sight_never_waits() -> None:
    monitoring = await with_nobody_found()
    await monitoring.days_pass(20)
    assert (await the_point(monitoring)).lost
    status, page = await wait(monitoring, day_of(monitoring.now) + timedelta(days=5))
    assert status == 400
    assert "Dit punt kan niet wachten." in page
    assert not (await the_point(monitoring)).is_waiting


async def test_what_is_needed_today_never_waits() -> None:
    today = (a_need(urgency=Urgency.TODAY),)
    monitoring = await at_the_desk(request_received(needs=today))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(await path_of(monitoring))
    assert "Laat wachten" not in page.text
    assert (await wait(monitoring))[0] == 400


@pytest.mark.parametrize("days", [-1, 0, MOST_DAYS + 1])
async def test_day_lies_ahead_and_not_too_far(days: int) -> None:
    monitoring = await with_nobody_found()
    status, page = await wait(monitoring, day_of(TUESDAY) + timedelta(days=days))
    assert status == 400
    assert "kies een dag na vandaag, en hooguit 30 dagen later" in page
    assert (await wait(monitoring, day_of(TUESDAY) + timedelta(days=MOST_DAYS)))[0] == 303


async def test_who_looked_at_an_older_version_is_told_to_look_first() -> None:
    monitoring = await with_nobody_found()
    assert (await wait(monitoring, version=1))[0] == 303
    status, page = await wait(monitoring, A_WEEK_ON + timedelta(days=1), version=1)
    assert status == 409
    assert "Dit punt is net veranderd" in page


async def test_owner_keeps_a_point_that_waits_and_has_the_whole_term_after_it() -> None:
    monitoring = await with_nobody_found()
    path = await path_of(monitoring)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        await browser.post(f"{path}/pakken", data={"version": "1"})
    await wait(monitoring)
    await monitoring.time_passes(local("2026-09-16 12:00"))
    assert (await the_point(monitoring)).owner_id == COORDINATOR
    await monitoring.time_passes(local("2026-09-17 09:00"))
    assert (await the_point(monitoring)).owner_id is None


async def test_family_that_rests_in_between_loses_no_day() -> None:
    monitoring = await with_nobody_found()
    await monitoring.consumes(paused(TUESDAY, date(2026, 9, 11)))
    assert (await wait(monitoring))[0] == 303
    await monitoring.time_passes(local("2026-09-15 09:00"))
    repeated = [one for one in monitoring.published() if isinstance(one, EscalationRepeated)]
    assert [one.occurred_at for one in repeated] == [local("2026-09-15 09:00")]
