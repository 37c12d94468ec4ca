"""Who was there, what came of it for everybody who signed up, and a place that came free too late to be offered."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.community.domain.seat import CLOSES_BEFORE, FORGOTTEN_AFTER
from services.community.handlers.gatherings import close_what_is_over
from services.community.handlers.reports import report_gathering
from services.community.handlers.seats import cancel_seat
from shared.events.base import Role
from shared.events.community import AttendanceRecorded, SeatReported, SeatVacated
from tests.unit.community.seats import confirmed, requested, state_of, who
from tests.unit.community.test_seats import ring
from tests.unit.community.test_sign_up import letter, link
from tests.unit.community.world import EVENING, Community, announced

TWO = replace(EVENING, capacity=2)


async def is_over(community: Community) -> None:
    community.moves_to(EVENING.ends_at)
    async with community.units.begin() as unit:
        await close_what_is_over(unit)


async def cancel(community: Community, seat_id: UUID) -> None:
    async with community.units.begin() as unit:
        await cancel_seat(seat_id, unit)


async def test_people_are_ticked_at_the_door_and_it_can_be_put_right() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    page = f"/bijeenkomsten/{gathering_id}"
    anna, bram, cas = await confirmed(community.units, gathering_id, "Anna", "Bram", "Cas")
    await cancel(community, cas)
    async with community.visitor(Role.COORDINATOR) as desk:
        before = (await desk.get(f"{page}/deurlijst")).text
        assert (await desk.post(f"{page}/deurlijst", data={"came": str(anna)})).status_code == 409
    community.moves_to(EVENING.starts_at)
    async with community.visitor(Role.COORDINATOR) as desk:
        for came, walk_ins in (([anna, bram], ""), ([bram], "3")):
            told = {"came": [str(one) for one in came], "walkIns": walk_ins}
            assert (await desk.post(f"{page}/deurlijst", data=told)).status_code == 303
        after = (await desk.get(f"{page}/deurlijst")).text
        assert (await desk.post(f"{page}/deurlijst", data={"walkIns": "veel"})).status_code == 400

    assert [name in before for name in ("Anna, School De Verzinner", "Bram", "Cas")] == [True, True, False]
    assert "Bewaar wie er was" not in before
    assert after.count(" checked") == 1
    told_of = [one for one in community.published() if isinstance(one, AttendanceRecorded)]
    assert [(one.came, one.missed, one.walk_ins) for one in told_of] == [(2, 0, 0), (1, 1, 3)]
    assert [await state_of(community.units, one) for one in (anna, bram)] == ["missed", "attended"]


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.OPERATOR])
async def test_door_list_is_for_who_organises(role: Role | None) -> None:
    community = Community()
    gathering_id = await announced(community.units)
    async with community.visitor(role) as visitor:
        assert (await visitor.get(f"/bijeenkomsten/{gathering_id}/deurlijst")).status_code in {303, 401, 403}


async def test_report_reaches_who_was_there_and_who_was_not_once() -> None:
    community = Community()
    gathering_id = await announced(community.units, TWO)
    anna, bram, cas = await confirmed(community.units, gathering_id, "Anna", "Bram", "Cas")
    await requested(community.units, gathering_id, who("Onbekend"))
    await cancel(community, bram)
    (again,) = await confirmed(community.units, gathering_id, "Bram")
    await is_over(community)
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor() as visitor:
        page = f"/bijeenkomsten/{gathering_id}"
        assert (await visitor.get(f"{page}/verslag")).status_code == 404
        await desk.post(f"{page}/deurlijst", data={"came": str(anna), "walkIns": "2"})
        for words in ("Goed nieuws: de speeltuin.", "Goed nieuws: de speeltuin gaat open."):
            assert (await desk.post(f"{page}/verslag/schrijven", data={"report": words})).status_code == 303
        shown = (await visitor.get(f"{page}/verslag")).text

    told = [one.subject for one in community.published() if isinstance(one, SeatReported)]
    assert sorted(told) == sorted([anna, cas, again])
    assert "Er waren 3 mensen" in shown
    assert "de speeltuin gaat open" in shown
    written = await letter(community, cas, "report")
    assert (written.link or "").endswith(f"{page}/verslag")
    assert written.gathering is not None
    assert written.gathering.report == "Goed nieuws: de speeltuin gaat open."
    assert written.calendar_method is None
    assert (await letter(community, anna, "reminder")).state == "no-longer-needed"


async def test_report_is_told_to_nobody_who_is_forgotten() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    (anna,) = await confirmed(community.units, gathering_id, "Anna")
    await is_over(community)
    async with community.units.begin() as unit:
        await unit.sign_ups.forget([anna])
        await report_gathering(gathering_id, "Laat", unit)

    assert not any(isinstance(one, SeatReported) for one in community.published())


async def test_place_that_comes_free_too_late_is_told_to_who_organises_and_given_by_hand() -> None:
    community = Community()
    gathering_id = await announced(community.units, TWO)
    page = f"/bijeenkomsten/{gathering_id}/deelnemers"
    anna, bram, cas, dina = await confirmed(community.units, gathering_id, "Anna", "Bram", "Cas", "Dina")
    async with community.visitor(Role.COORDINATOR) as desk:
        assert (await desk.post(f"{page}/{cas}")).status_code == 409
    community.moves_to(TWO.starts_at - CLOSES_BEFORE + timedelta(minutes=1))
    async with community.visitor(Role.COORDINATOR) as desk:
        assert "@school.example" not in (await desk.get(page)).text
    await cancel(community, anna)
    assert [one.subject for one in community.published() if isinstance(one, SeatVacated)] == [anna]
    async with community.visitor(Role.COORDINATOR) as desk:
        shown = (await desk.get(page)).text
        assert "Geef Dina een plek" in shown
        assert [f"mailto:{one}@school.example" in shown for one in ("anna", "bram", "cas", "dina")] == [
            False, False, True, True,
        ]  # fmt: skip
        assert (await desk.post(f"{page}/{dina}")).status_code == 303
        assert (await desk.post(f"{page}/{cas}")).status_code == 409
        assert "Geef Cas een plek" not in (await desk.get(page)).text
    assert [await state_of(community.units, one) for one in (cas, dina)] == ["waiting", "confirmed"]

    community.moves_to(TWO.starts_at)
    await cancel(community, bram)
    assert len([one for one in community.published() if isinstance(one, SeatVacated)]) == 1


async def test_door_list_is_not_put_right_once_the_names_are_forgotten() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    page = f"/bijeenkomsten/{gathering_id}/deurlijst"
    (anna,) = await confirmed(community.units, gathering_id, "Anna")
    for late, status, button in ((timedelta(minutes=-1), 303, True), (timedelta(0), 409, False)):
        community.moves_to(EVENING.ends_at + FORGOTTEN_AFTER + late)
        async with community.visitor(Role.COORDINATOR) as desk:
            told = {"came": str(anna)} if button else {}
            assert (await desk.post(page, data=told)).status_code == status
            assert ("Bewaar wie er was" in (await desk.get(page)).text) is button
    assert await state_of(community.units, anna) == "attended"


async def test_offer_that_ends_too_late_for_the_next_one_is_told_to_who_organises() -> None:
    community = Community()
    gathering_id = await announced(community.units, TWO)
    anna, _, cas, dina = await confirmed(community.units, gathering_id, "Anna", "Bram", "Cas", "Dina")
    community.moves_to(TWO.starts_at - CLOSES_BEFORE - timedelta(hours=1))
    await cancel(community, anna)
    assert await state_of(community.units, cas) == "offered"
    community.moves_to(TWO.starts_at - CLOSES_BEFORE)
    await ring(community)

    assert [await state_of(community.units, one) for one in (cas, dina)] == ["passed", "waiting"]
    assert [one.subject for one in community.published() if isinstance(one, SeatVacated)] == [cas]


async def test_page_speaks_of_people_who_wait_only_when_there_are_any() -> None:
    community = Community()
    gathering_id = await announced(community.units, TWO)
    await confirmed(community.units, gathering_id, "Anna")
    community.moves_to(TWO.starts_at - CLOSES_BEFORE + timedelta(minutes=1))
    async with community.visitor(Role.COORDINATOR) as desk:
        assert "er wachten mensen" not in (await desk.get(f"/bijeenkomsten/{gathering_id}/deelnemers")).text


async def test_who_was_ticked_reads_so_behind_the_mailed_link() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    anna, bram = await confirmed(community.units, gathering_id, "Anna", "Bram")
    links = [await link(community, one, "place") for one in (anna, bram)]
    community.moves_to(EVENING.starts_at)
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(f"/bijeenkomsten/{gathering_id}/deurlijst", data={"came": str(anna)})
    async with community.visitor() as visitor:
        shown = [(await visitor.get(one)).text for one in links]

    assert [("Je bent er" in one, "Je bent niet afgevinkt" in one) for one in shown] == [(True, False), (False, True)]
    assert not any("Je komt niet" in one for one in shown)
