"""Series: the right days, at the same time by the city's clock, each planned once."""

from datetime import date, time, timedelta

from services.community.domain.series import Series
from services.community.handlers.gatherings import cancel_gathering, close_what_is_over
from services.community.handlers.series import begin_series, plan_next_dates
from shared.events.base import Role
from shared.events.community import CancelReason, GatheringHeld, GatheringKind
from tests.parts.city import a_city
from tests.unit.community.test_pages import FORM, path_of, with_place
from tests.unit.community.world import EVENING, Community, an_id, announced


def lunches(first_on: date = date(2026, 10, 4), every_weeks: int = 3, starts: time = time(12, 0)) -> Series:
    return Series(
        an_id("series"), "Lunch", GatheringKind.LUNCH, first_on, every_weeks, starts, minutes=120, about="Soep",
        capacity=20, language="nl", has_childcare=False, contact_name="", contact_phone="",
    )  # fmt: skip


def test_next_dates_keep_the_weekday() -> None:
    dates = lunches().next_dates(date(2026, 10, 26))

    assert dates == [date(2026, 11, 15), date(2026, 12, 6), date(2026, 12, 27)]


def test_day_itself_counts_and_dates_before_the_first_do_not() -> None:
    first = date(2026, 10, 4)

    assert [lunches().next_dates(day)[0] for day in (date(2026, 1, 1), first, first + timedelta(days=1))] == [
        first, first, date(2026, 10, 25),
    ]  # fmt: skip


def test_holiday_is_avoided_unless_the_series_is_there_by_itself() -> None:
    christmas = date(2026, 12, 25)
    days = [lunches(christmas, weeks).proposed_on(christmas) for weeks in (1, 2, 6)]

    # A week later it is New Year's Day.
    assert days == [christmas, christmas, date(2027, 1, 8)]
    assert lunches().proposed_on(date(2026, 10, 4)) == date(2026, 10, 4)


async def test_lunch_stays_at_noon_when_the_clocks_change() -> None:
    community = Community()
    async with community.units.begin() as unit:
        await begin_series(lunches(), unit)
        planned = [one.details for one in await unit.gatherings.list_from(unit.now)]

    zone = a_city().zone
    assert [one.starts_at.astimezone(zone).isoformat() for one in planned] == [
        "2026-10-04T12:00:00+02:00", "2026-10-25T12:00:00+01:00", "2026-11-15T12:00:00+01:00",
    ]  # fmt: skip
    assert {one.ends_at - one.starts_at for one in planned} == {timedelta(minutes=120)}


async def test_each_date_is_planned_once_also_when_its_gathering_was_cancelled() -> None:
    community = Community()
    async with community.units.begin() as unit:
        await begin_series(lunches(), unit)
        first, *_ = await unit.gatherings.list_from(unit.now)
        await cancel_gathering(first.id, CancelReason.OTHER, unit)
    for _ in range(2):
        async with community.units.begin() as unit:
            await plan_next_dates(unit)
    community.moves_to(first.details.ends_at + timedelta(days=1))
    async with community.units.begin() as unit:
        await plan_next_dates(unit)
        days = [one.details.starts_at.date().isoformat() for one in await unit.gatherings.list_from(unit.now)]

    assert days == ["2026-10-25", "2026-11-15", "2026-12-06"]


async def test_gathering_that_ended_was_held() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    for at, held in ((EVENING.ends_at - timedelta(seconds=1), []), (EVENING.ends_at, [gathering_id])):
        community.moves_to(at)
        for _ in range(2):
            async with community.units.begin() as unit:
                await close_what_is_over(unit)
        assert [one.subject for one in community.published() if isinstance(one, GatheringHeld)] == held


async def test_date_of_a_series_on_a_holiday_is_a_week_later_and_can_be_moved_back() -> None:
    community = await with_place(Community())
    form = {name: value for name, value in FORM.items() if name != "day"}
    notice, holiday = "Een week later, door een feestdag", "Dit is een feestdag"
    async with community.visitor(Role.COORDINATOR) as desk:
        listed = path_of(
            await desk.post("/bijeenkomsten/reeks", data=form | {"first": "26-12-2026", "everyWeeks": "6"})
        )
        assert "2 januari 2027 (een week later, door een feestdag)" in (await desk.get(listed)).text
        async with community.units.begin() as unit:
            first, second, _ = await unit.gatherings.list_from(unit.now)
        page, other = (f"/bijeenkomsten/{one.id}" for one in (first, second))
        shown = (await desk.get(page)).text
        assert "2 januari 2027, 12:00" in shown
        assert notice in shown
        assert "26 december 2026" in shown
        assert holiday not in shown
        assert notice not in (await desk.get(other)).text
        path_of(await desk.post(f"{page}/wijzigen", data=FORM | {"day": "26-12-2026"}))
        shown = (await desk.get(page)).text
    assert holiday in shown
    assert notice not in shown
