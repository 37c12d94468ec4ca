"""Several points of one cause at once: the list, one act, what became of each, and nothing twice."""

import re
from uuid import UUID

import pytest

from shared.events.base import Role, Urgency
from shared.events.desk_codes import Resolution
from shared.events.monitoring import AmbassadorReminded, EscalationReason, EscalationResolved
from tests.twins.clock import HeldClock
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    COORDINATOR,
    SCHOOL,
    a_need,
    acknowledged,
    an_id,
    local,
    needs_assessed,
    no_partner_found,
    request_received,
)  # fmt: skip
from tests.unit.monitoring.desk import ANNA, COLLEAGUE, at_the_desk
from tests.unit.monitoring.twin import Monitoring

PATH = f"/bord/samen?reden=inventory-late&van={SCHOOL}"


def case(number: int) -> UUID:
    return an_id(f"case {number}")


async def with_late_inventories(count: int) -> Monitoring:
    events = [event for n in range(count) for event in (request_received(case=case(n)), acknowledged(case=case(n)))]
    monitoring = await at_the_desk(*events)
    await monitoring.time_passes(local("2026-09-11 11:00"))
    monitoring.published()
    return monitoring


async def ticked(monitoring: Monitoring) -> list[str]:
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(PATH)
    return re.findall(r'name="points" value="([^"]+)" checked', page.text)


async def send(monitoring: Monitoring, points: list[str], **fields: str) -> tuple[int, str]:
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.post(PATH, data={"points": points, **fields})
    return page.status_code, page.text


async def open_points(monitoring: Monitoring, count: int) -> int:
    return sum([len((await monitoring.watch(case(number))).open_escalations) for number in range(count)])


async def test_hundred_with_three_that_changed_are_97_done_and_three_named_and_sending_again_does_nothing() -> None:
    monitoring = await with_late_inventories(100)
    points = await ticked(monitoring)
    assert len(points) == 100
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        for text in points[:3]:
            case_id, point, version = text.split(":")
            await browser.post(f"/bord/{case_id}/punten/{point}/pakken", data={"version": version})
    monitoring.published()
    status, page = await send(monitoring, points, go="answer", resolution="called-ambassador")
    assert status == 200
    assert "Bij 97 punten" in page
    assert "Niet gedaan: 3" in page
    assert page.count("Dit punt is net veranderd.") == 3
    resolved = [one for one in monitoring.published() if isinstance(one, EscalationResolved)]
    assert {(one.resolved_by, one.resolution) for one in resolved} == {(COORDINATOR, Resolution.CALLED_AMBASSADOR)}
    assert len(resolved) == 97
    _, again = await send(monitoring, points, go="answer", resolution="called-ambassador")
    assert "Niet gedaan: 100" in again
    assert monitoring.published() == []
    assert await open_points(monitoring, 100) == 3


async def test_more_than_a_hundred_are_done_in_turns() -> None:
    monitoring = await with_late_inventories(101)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(PATH)
    assert "Je ziet de 100 punten die het langst wachten" in page.text
    points = await ticked(monitoring)
    assert len(points) == 100
    status, _ = await send(monitoring, [*points, points[0]], go="take")
    assert status == 400


async def test_all_are_taken_and_all_wait() -> None:
    monitoring = await with_late_inventories(3)
    await send(monitoring, await ticked(monitoring), go="take")
    owners = {one.owner_id for n in range(3) for one in (await monitoring.watch(case(n))).open_escalations}
    assert owners == {COORDINATOR}
    status, _ = await send(monitoring, await ticked(monitoring), go="wait", until="18-09-2026", reason="holidays")
    assert status == 200
    assert [one.is_waiting for n in range(3) for one in (await monitoring.watch(case(n))).open_escalations] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"go": "answer"}, "Wat heb je gedaan?"),
        ({"go": "wait", "reason": "holidays"}, "Tot welke dag?"),
        ({"go": "wait", "until": "18-09-2026"}, "Waarom wachten we?"),
        ({}, "Wat heb je gedaan?"),
    ],
)
async def test_what_is_missing_is_named_and_nothing_is_done(fields: dict[str, str], problem: str) -> None:
    monitoring = await with_late_inventories(2)
    status, page = await send(monitoring, await ticked(monitoring), **fields)
    assert status == 400
    assert 'role="alert"' in page
    assert problem in page
    assert monitoring.published() == []


async def test_ambassador_gets_one_mail_about_all_at_most_once_a_working_day() -> None:
    monitoring = await with_late_inventories(4)
    points = await ticked(monitoring)
    status, _ = await send(monitoring, points, go="mail")
    assert status == 200
    (told,) = monitoring.published()
    assert isinstance(told, AmbassadorReminded)
    assert (told.subject, told.reason, told.reminded_by) == (
        AMBASSADOR, EscalationReason.INVENTORY_LATE, COORDINATOR,
    )  # fmt: skip
    assert {one.case_id for one in told.cases} == {case(number) for number in range(4)}
    _, again = await send(monitoring, points, go="mail")
    assert "kreeg vandaag al een mail hierover" in again
    assert monitoring.published() == []
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        story = await browser.get(f"/bord/{case(0)}")
    assert f"{ANNA} van het Schakelpunt vroeg de" in story.text
    # Saturday is no day of its own; what is asked then is read on the Monday.
    await monitoring.time_passes(local("2026-09-12 11:00"))
    await send(monitoring, await ticked(monitoring), go="mail")
    await monitoring.time_passes(local("2026-09-14 09:00"))
    await send(monitoring, await ticked(monitoring), go="mail")
    assert monitoring.published_names().count("AmbassadorReminded") == 1
    await monitoring.time_passes(local("2026-09-15 09:00"))
    await send(monitoring, await ticked(monitoring), go="mail")
    assert monitoring.published_names().count("AmbassadorReminded") == 1


async def test_points_that_nobody_could_have_ticked_are_named_or_passed_over() -> None:
    monitoring = await with_late_inventories(1)
    strange = [f"{an_id('no case')}:{an_id('no point')}:1", "nonsense", f"{case(0)}:{an_id('no point')}:1", "a:b:c"]
    status, page = await send(monitoring, strange, go="take")
    assert status == 200
    assert "Niet gedaan: 2" in page


async def test_nobody_found_has_no_tick_for_all_nor_for_one() -> None:
    monitoring = await at_the_desk(request_received(), needs_assessed(), no_partner_found())
    (point,) = (await monitoring.watch()).open_escalations
    here = f"/bord/{point_case(monitoring)}/punten/{point.escalation_id}"
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(here)
        assert f'href="/doorverwijzingen/hulpvraag/{an_id("bike")}"' in page.text
        assert "Van de lijst halen" not in page.text
        assert (await browser.post(here, data={"resolution": "called-partner"})).status_code == 409
        path = f"/bord/samen?reden=no-partner-found&van={SCHOOL}"
        listed = await browser.get(path)
        assert "Haal deze punten van de lijst" not in listed.text
        points = re.findall(r'name="points" value="([^"]+)"', listed.text)
        done = await browser.post(path, data={"points": points, "go": "answer", "resolution": "called-partner"})
    assert "Bij dit punt kies je eerst bij de hulpvraag wat er gebeurt." in done.text
    assert len((await monitoring.watch()).open_escalations) == 1


def point_case(monitoring: Monitoring) -> UUID:
    (case_id,) = monitoring.units.tables.table("watches")
    found: UUID = case_id
    return found


@pytest.mark.parametrize("path", ["/bord/samen", f"/bord/samen?reden=nonsense&van={SCHOOL}"])
async def test_wrong_address_says_what_is_wrong(path: str) -> None:
    async with visitor(Monitoring(), Role.COORDINATOR) as browser:
        assert (await browser.get(path)).status_code in {400, 404}


async def test_no_mail_is_sent_about_what_is_not_the_ambassadors_to_do() -> None:
    monitoring = await with_late_inventories(2)
    points = await ticked(monitoring)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        path = f"/bord/samen?reden=no-partner-found&van={SCHOOL}"
        refused = await browser.post(path, data={"points": points, "go": "mail"})
    assert refused.status_code == 400
    assert "Hierover sturen we geen mail" in refused.text
    assert monitoring.published() == []


async def test_points_of_another_cause_or_school_are_named_and_left_alone() -> None:
    monitoring = await with_late_inventories(2)
    points = await ticked(monitoring)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        for reason, school in (("home-visit-late", SCHOOL), ("inventory-late", an_id("other school"))):
            path = f"/bord/samen?reden={reason}&van={school}"
            for fields in (
                {"go": "take"}, {"go": "mail"}, {"go": "answer", "resolution": "called-ambassador"},
                {"go": "wait", "until": "18-09-2026", "reason": "holidays"},
            ):  # fmt: skip
                page = await browser.post(path, data={"points": points, **fields})
                assert page.text.count("Dit punt hoort niet bij deze lijst.") == 2
    assert monitoring.published() == []


async def test_example_of_a_day_is_that_of_the_city_a_week_on() -> None:
    monitoring = await with_late_inventories(2)
    # Half past midnight on the 13th here; by a host that is slow it is still the 12th.
    await monitoring.time_passes(local("2026-09-13 00:30"))
    async with visitor(monitoring, Role.COORDINATOR, clock=HeldClock(local("2026-09-12 22:30"))) as browser:
        page = await browser.get(PATH)
    assert "Bijvoorbeeld 21-09-2026" in page.text  # the 20th is a Sunday


async def test_waiting_is_offered_for_what_can_wait_and_the_others_are_marked() -> None:
    today = (a_need(urgency=Urgency.TODAY),)
    urgent = [request_received(case=case(1), needs=today), acknowledged(case=case(1))]
    monitoring = await at_the_desk(request_received(case=case(0)), acknowledged(case=case(0)), *urgent)
    await monitoring.time_passes(local("2026-09-11 11:00"))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        both = (await browser.get(PATH)).text
        assert "Laat deze punten wachten" in both
        assert both.count("kan niet wachten") == 2  # its label, and what that means
        (calm, *_) = [one for one in await ticked(monitoring) if one.startswith(str(case(0)))]
        await browser.post(PATH, data={"points": [calm], "go": "answer", "resolution": "called-ambassador"})
        alone = (await browser.get(PATH)).text
    assert "Laat deze punten wachten" not in alone
    assert "kunnen niet wachten" in alone


async def test_way_to_do_points_together_shows_when_there_are_several() -> None:
    link = f"/bord/samen?reden=inventory-late&amp;van={SCHOOL}"
    for count in (1, 2):
        monitoring = await with_late_inventories(count)
        async with visitor(monitoring, Role.COORDINATOR) as browser:
            page = (await browser.get(f"/bord/{case(0)}")).text
        assert (link in page) == (count > 1)


@pytest.mark.parametrize("points", [["zz"], ["zz", "a:b:c"], ["zz", "", "1:2:3"]])
async def test_ticks_that_nobody_can_read_are_asked_for_again(points: list[str]) -> None:
    monitoring = await with_late_inventories(2)
    status, page = await send(monitoring, points, go="take")
    assert status == 400
    assert 'href="#veld-points"' in page
    assert "Kruis minstens één punt aan" in page
    assert "Er is niets gedaan" not in page
