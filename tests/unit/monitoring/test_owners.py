"""Who of the desk has a point: through the page, and what the clock does when nothing happens."""

import pytest

from shared.events.base import Role
from shared.events.desk_codes import TakeOverReason
from shared.events.monitoring import PointAssigned
from tests.parts.people import listed
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    COORDINATOR,
    TUESDAY,
    an_id,
    local,
    needs_assessed,
    no_partner_found,
    request_received,
)
from tests.unit.monitoring.desk import ANNA, BAS, COLLEAGUE, DESK, at_the_desk, path_of, the_point, version_in
from tests.unit.monitoring.twin import Monitoring


async def take(monitoring: Monitoring, person_id: object = COORDINATOR, **fields: str) -> int:
    path = await path_of(monitoring)
    version = str((await the_point(monitoring)).version)
    async with visitor(monitoring, Role.COORDINATOR, person_id) as browser:  # type: ignore[arg-type]  # an id
        return (await browser.post(f"{path}/pakken", data={"version": version, **fields})).status_code


async def test_who_takes_a_point_has_it_and_the_story_says_so() -> None:
    monitoring = await at_the_desk()
    assert await take(monitoring) == 303
    point = await the_point(monitoring)
    assert (point.owner_id, point.owned_since) == (COORDINATOR, TUESDAY)
    (told,) = monitoring.published()
    assert isinstance(told, PointAssigned)
    assert (told.owner_id, told.previous_id, told.assigned_by, told.why) == (COORDINATOR, None, COORDINATOR, None)
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        page = await browser.get(f"/bord/{CASE}")
    assert f"Opgepakt door {ANNA}" in page.text
    assert f"{ANNA} van het Schakelpunt pakt een punt op" in page.text
    assert "Ik pak dit" not in page.text


async def test_second_taker_is_told_who_has_it_and_since_when_and_may_take_it_over_with_a_reason() -> None:
    monitoring = await at_the_desk()
    path = await path_of(monitoring)
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        seen = version_in(await browser.get(path))
        assert await take(monitoring) == 303
        # The form was filled in before: a reason that nobody was asked for takes nothing over.
        late = await browser.post(f"{path}/pakken", data={"version": seen, "why": "cannot-wait"})
        assert late.status_code == 409
        assert f"{ANNA} heeft dit punt sinds 8 september 2026 om 10:00" in late.text
        assert (await the_point(monitoring)).owner_id == COORDINATOR
        now = {"version": version_in(late)}
        assert (await browser.post(f"{path}/pakken", data=now)).status_code == 409
        assert (await browser.post(f"{path}/pakken", data={**now, "why": "cannot-wait"})).status_code == 303
    assert (await the_point(monitoring)).owner_id == COLLEAGUE
    told = [event for event in monitoring.published() if isinstance(event, PointAssigned)][-1]
    assert (told.owner_id, told.previous_id, told.assigned_by) == (COLLEAGUE, COORDINATOR, COLLEAGUE)
    assert told.why is TakeOverReason.CANNOT_WAIT


async def test_point_goes_to_a_colleague_by_name_and_back_to_all() -> None:
    monitoring = await at_the_desk()
    path = await path_of(monitoring)
    assert await take(monitoring) == 303
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(path)
        assert f'<option value="{COLLEAGUE}">{BAS}</option>' in page.text
        given = {"version": version_in(page), "to": str(COLLEAGUE)}
        for _ in range(2):  # a button pressed twice
            assert (await browser.post(f"{path}/overdragen", data=given)).status_code == 303
    assert (await the_point(monitoring)).owner_id == COLLEAGUE
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        # It is the colleague's now: only they give it back.
        assert (await browser.post(f"{path}/teruggeven", data={"version": "3"})).status_code == 409
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        assert (await browser.post(f"{path}/teruggeven", data={"version": "3"})).status_code == 303
        story = await browser.get(f"/bord/{CASE}")
    told = [event for event in monitoring.published() if isinstance(event, PointAssigned)]
    assert [(one.owner_id, one.previous_id, one.assigned_by) for one in told] == [
        (COORDINATOR, None, COORDINATOR), (COLLEAGUE, COORDINATOR, COORDINATOR), (None, COLLEAGUE, COLLEAGUE),
    ]  # fmt: skip
    assert f"{BAS} van het Schakelpunt kreeg een punt van een collega" in story.text
    assert f"{BAS} van het Schakelpunt gaf een punt terug" in story.text


async def test_deputy_sees_what_an_absent_colleague_has_as_their_own_work() -> None:
    monitoring = await at_the_desk()
    assert await take(monitoring) == 303
    today = TUESDAY.date()
    away = {"deputy_id": COLLEAGUE, "away_from": today, "away_until": today}
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        assert "Er zijn geen aanvragen die hierbij passen." in (await browser.get("/bord?van=mij")).text
        await monitoring.consumes(listed(COORDINATOR, DESK, Role.COORDINATOR, at=TUESDAY).model_copy(update=away))
        for path in ("/bord?van=mij", "/bord/vandaag?van=mij"):
            assert f"/bord/{CASE}" in (await browser.get(path)).text
    await monitoring.time_passes(local("2026-09-09 08:00"))
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        assert "Er zijn geen aanvragen die hierbij passen." in (await browser.get("/bord?van=mij")).text


@pytest.mark.parametrize("to", [str(AMBASSADOR), "", "nobody"])
async def test_point_goes_to_nobody_outside_the_desk(to: str) -> None:
    monitoring = await at_the_desk()
    path = await path_of(monitoring)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        refused = await browser.post(f"{path}/overdragen", data={"version": "1", "to": to})
    assert refused.status_code == 400
    assert (await the_point(monitoring)).owner_id is None


async def test_owner_who_does_nothing_for_two_working_days_loses_the_point_and_is_told() -> None:
    monitoring = await at_the_desk()
    assert await take(monitoring) == 303
    monitoring.published()
    await monitoring.time_passes(local("2026-09-10 09:59:59"))
    assert (await the_point(monitoring)).owner_id == COORDINATOR
    await monitoring.time_passes(local("2026-09-10 10:00"))
    told = [event for event in monitoring.published() if isinstance(event, PointAssigned)]
    assert [(one.owner_id, one.previous_id, one.assigned_by) for one in told] == [(None, COORDINATOR, None)]
    assert (await the_point(monitoring)).owner_id is None
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord/{CASE}")
    assert "Een punt is weer van iedereen: er gebeurde dagen niets mee" in page.text


async def test_a_note_of_its_owner_keeps_a_point_theirs() -> None:
    monitoring = await at_the_desk(request_received(), needs_assessed(), no_partner_found())
    assert await take(monitoring) == 303
    await monitoring.time_passes(local("2026-09-09 15:00"))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert (await browser.post(f"/bord/{CASE}/notities", data={"words": "Morgen terugbellen."})).status_code == 303
    await monitoring.time_passes(local("2026-09-11 14:59"))
    assert (await the_point(monitoring)).owner_id == COORDINATOR
    await monitoring.time_passes(local("2026-09-11 15:00"))
    assert (await the_point(monitoring)).owner_id is None


async def test_an_owned_point_comes_back_louder_all_the_same() -> None:
    monitoring = await at_the_desk(request_received())
    assert await take(monitoring) == 303
    await monitoring.days_pass(20)
    assert (await monitoring.watch()).out_of_sight_since is not None


async def test_operator_takes_nothing() -> None:
    monitoring = await at_the_desk()
    path = await path_of(monitoring)
    async with visitor(monitoring, Role.OPERATOR, an_id("operator")) as browser:
        for step in ("pakken", "overdragen", "teruggeven", "wachten"):
            assert (await browser.post(f"{path}/{step}", data={"version": "1"})).status_code == 403


async def test_page_works_while_names_cannot_be_asked() -> None:
    monitoring = await at_the_desk()
    assert await take(monitoring) == 303
    monitoring.people.away = True
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        case = await browser.get(f"/bord/{CASE}")
        point = await browser.get(await path_of(monitoring))
    assert (case.status_code, point.status_code) == (200, 200)
    assert "Iemand van het Schakelpunt pakt een punt op" in case.text
    assert "De naam is nu niet te zien" in case.text
    assert "Opgepakt door Een collega" in point.text
