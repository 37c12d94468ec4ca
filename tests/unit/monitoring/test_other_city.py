"""Terms, times of day, time zone and words are the city's: another city, other clocks and other pages."""

from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from shared.events.base import Event, Role, Urgency
from shared.events.desk_codes import Resolution
from shared.events.monitoring import FollowUpDue
from shared.kernel.city import City
from tests.parts.city import VELDERMEER, a_city
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    CASE,
    TUESDAY,
    a_need,
    an_id,
    handed_over,
    help_delivered,
    local,
    needs_assessed,
    no_partner_found,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring, helped, resolve

FIRST = referral()["referral_id"]
ASKED = (needs_assessed(), partner_activated())
ACCEPTED = (*ASKED, partner_accepted(TUESDAY, TUESDAY.date()))
GIVEN = (*ACCEPTED, handed_over(TUESDAY), help_delivered(TUESDAY))
# An island where it is six in the morning when it is noon in Amsterdam.
CURACAO = a_city({"time_zone": "America/Curacao"})


def veldermeer() -> City:
    return a_city(file=VELDERMEER)


async def at_work(city: City, *events: Event) -> Monitoring:
    monitoring = Monitoring(city=city)
    await monitoring.consumes(request_received(), *events)
    return monitoring


@pytest.mark.parametrize(
    ("events", "clock", "due"),
    [
        ((), f"inventory-late:{CASE}", "2026-09-15 10:00"),
        ((needs_assessed(),), f"matching-late:{CASE}", "2026-09-10 10:00"),
        (ASKED, f"answer-remind:{FIRST}", "2026-09-14 08:30"),
        (ASKED, f"answer-escalate:{FIRST}", "2026-09-15 10:00"),
        (ASKED, f"answer-expire:{FIRST}", "2026-09-16 10:00"),
        (ACCEPTED, f"first-contact-late:{FIRST}", "2026-09-11 16:30"),
        (
            (*ACCEPTED, handed_over(TUESDAY), help_delivered(TUESDAY)),
            f"confirmation-remind:{FIRST}",
            "2026-09-17 10:00",
        ),
    ],
)
async def test_clock_runs_for_the_term_of_the_city(events: tuple[Event, ...], clock: str, due: str) -> None:
    monitoring = await at_work(veldermeer(), *events)
    assert monitoring.timers()[clock] == local(due)


async def test_request_of_a_need_that_is_soon_has_the_term_for_soon() -> None:
    monitoring = Monitoring(city=veldermeer())
    await monitoring.consumes(request_received(needs=(a_need(urgency=Urgency.SOON),)))
    assert monitoring.timers()[f"inventory-late:{CASE}"] == local("2026-09-10 10:00")


async def test_need_without_anybody_comes_back_after_the_term_of_the_city() -> None:
    monitoring = await at_work(veldermeer(), needs_assessed(), no_partner_found())
    await resolve(monitoring, Resolution.CALLED_AMBASSADOR)
    assert monitoring.timers()[f"nobody-again:{an_id('bike')}"] == local("2026-09-14 10:00")


async def test_follow_ups_are_asked_in_the_weeks_and_at_the_time_of_the_city() -> None:
    monitoring = Monitoring(city=veldermeer())
    await helped(monitoring)
    planned = [at for key, at in monitoring.timers().items() if key.startswith("follow-up-due")]
    assert planned == [local("2026-09-29 08:30"), local("2026-11-10 08:30"), local("2027-01-26 08:30")]


async def test_silence_after_a_follow_up_is_as_long_as_the_city_says() -> None:
    monitoring = Monitoring(city=veldermeer())
    await helped(monitoring)
    await monitoring.time_passes(local("2026-09-29 08:30"))
    (due,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
    timers = monitoring.timers()
    assert timers[f"follow-up-remind:{due.follow_up_id}"] == local("2026-10-01 08:30")
    assert timers[f"follow-up-missed:{due.follow_up_id}"] == local("2026-10-06 08:30")


async def test_child_out_of_sight_is_said_again_at_the_pace_of_the_city() -> None:
    monitoring = await at_work(veldermeer(), needs_assessed())
    await monitoring.time_passes(local("2026-09-10 10:00"))
    assert monitoring.timers()[f"out-of-sight-again:{CASE}"] == local("2026-09-14 10:00")


async def test_interim_follow_up_comes_after_the_weeks_of_the_city() -> None:
    monitoring = await at_work(veldermeer(), needs_assessed(), no_partner_found())
    (due,) = (at for key, at in monitoring.timers().items() if key.startswith("follow-up-due"))
    assert due == local("2026-09-29 08:30")


async def test_days_are_those_of_the_citys_own_zone() -> None:
    """Half past one at night in Amsterdam is the evening before on the island, and its office closes later by UTC."""
    late = datetime(2026, 9, 8, 23, 30, tzinfo=UTC)
    monitoring = Monitoring(late, CURACAO)
    await monitoring.consumes(
        request_received(late), needs_assessed(late), partner_activated(late), partner_accepted(late, late.date())
    )
    assert monitoring.timers()[f"first-contact-late:{FIRST}"] == datetime(2026, 9, 10, 21, tzinfo=UTC)
    await monitoring.consumes(help_delivered(late))
    assert monitoring.timers()[f"confirmation-remind:{FIRST}"] == datetime(2026, 9, 15, 23, 30, tzinfo=UTC)


async def test_board_speaks_the_words_of_the_city() -> None:
    urgent = (a_need(urgency=Urgency.TODAY),)
    monitoring = await at_work(veldermeer(), needs_assessed(needs=urgent), no_partner_found())
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        board = (await browser.get("/bord")).text
        case = (await browser.get(f"/bord/{CASE}")).text
    for page in (board, case):
        assert "Het Brugpunt is aan zet" in page
        assert "wijkverbinder" in page
        assert "ambassadeur" not in page
    assert "op de lijst van het Brugpunt" in board
    assert "Havenkwartier" in board
    assert "Dit kwam op de lijst van het Brugpunt" in case


async def test_urgency_is_called_as_the_city_calls_it() -> None:
    monitoring = Monitoring(city=veldermeer())
    await monitoring.consumes(request_received(needs=(a_need(urgency=Urgency.SOON),)))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert "Deze week" in (await browser.get("/bord")).text


async def test_district_in_which_nothing_new_is_asked_is_still_shown_and_found() -> None:
    city = a_city({"districts": {"noord": {"words": "Noord", "retired": True}}})
    monitoring = await at_work(city)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord", params={"wijk": "noord"})).text
        elsewhere = (await browser.get("/bord", params={"wijk": "oost"})).text
    assert str(CASE) in page
    assert '<option value="noord" selected>Noord</option>' in page
    assert str(CASE) not in elsewhere


async def test_district_that_another_service_sent_and_this_city_does_not_know_is_shown_as_its_code() -> None:
    monitoring = await at_work(a_city({"districts": {"noord": None}}))
    with capture_logs() as logs:
        async with visitor(monitoring, Role.COORDINATOR) as browser:
            pages = [(await browser.get(path)).text for path in ("/bord", "/bord", f"/bord/{CASE}")]
    assert all("noord" in page for page in pages)
    assert [line["code"] for line in logs if line["event"] == "code_without_words"] == ["noord"]
