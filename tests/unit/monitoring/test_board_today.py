"""What is for today on one page to print, how heavy a page of the board is, and that no family stands on it."""

import re
from dataclasses import asdict

from structlog.testing import capture_logs

from services.monitoring.domain.board import BoardFilter
from shared.events.base import Beneficiary, Role, Urgency
from shared.events.directory import OrganisationListed
from shared.events.http import KnownPerson
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    SCHOOL,
    TUESDAY,
    a_need,
    acknowledged,
    an_id,
    local,
    needs_assessed,
    no_partner_found,
    request_received,
)
from tests.unit.monitoring.test_lanes import touch
from tests.unit.monitoring.twin import Monitoring

HEAVIEST = 100_000
WAITS, LATER = an_id("waits"), an_id("later")


def parts(page: str) -> dict[str, list[str]]:
    """The cases under each heading."""
    sections = re.split(r"<h2[^>]*>", page)[1:]
    return {
        one.partition("<")[0]: re.findall(r'<th scope="row"><a href="/bord/([0-9a-f-]{36})"', one) for one in sections
    }


async def test_day_has_what_cannot_wait_what_waits_for_the_desk_and_what_comes_due() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(
        request_received(needs=(a_need(urgency=Urgency.TODAY),)),
        request_received(case=WAITS), request_received(case=LATER), acknowledged(case=LATER),
    )  # fmt: skip
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        today = await browser.get("/bord/vandaag")
    await monitoring.time_passes(local("2026-09-09 09:00"))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        tomorrow = await browser.get("/bord/vandaag")
    assert parts(today.text) == {
        "Nu (1)": [str(CASE)],
        "Wacht op ons (1)": [str(WAITS)],
        "Vandaag aan de beurt: wacht op anderen (0)": [],
        "Vandaag aan de beurt: loopt (0)": [],
    }
    assert parts(tomorrow.text)["Vandaag aan de beurt: wacht op anderen (1)"] == [str(LATER)]
    assert "Vandaag, 9 september 2026" in tomorrow.text


async def test_own_day_has_only_what_is_ones_own() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), request_received(case=WAITS))
    await touch(monitoring, owned=True, waits=False)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord/vandaag", params={"van": "mij"})).text
    assert parts(page)["Wacht op ons (1)"] == [str(CASE)]


async def test_day_says_how_many_more_there_are() -> None:
    monitoring = Monitoring()
    for number in range(83):
        await monitoring.consumes(request_received(case=an_id(f"case {number}")))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord/vandaag")).text
    assert len(parts(page)["Wacht op ons (83)"]) == 80
    assert "En nog 3." in page
    assert len(page.encode()) < HEAVIEST


async def test_full_page_of_long_lines_stays_light() -> None:
    monitoring = Monitoring()
    needs = tuple(
        a_need(name, beneficiary=one).model_copy(update={"category": category})
        for name, one, category in zip("abcd", Beneficiary, list(monitoring.city.categories)[:4], strict=True)
    )
    long = "Stichting Verzonnen Basisschool voor Bedacht Onderwijs"
    await monitoring.consumes(OrganisationListed(subject=SCHOOL, occurred_at=TUESDAY, name=long, kind="school"))
    monitoring.people.people[AMBASSADOR] = KnownPerson(
        person_id=AMBASSADOR, name="Willemijn van der Verzonnenberg", phone="+31 6 12 34 56 78"
    )
    for number in range(60):
        case = an_id(f"case {number}")
        nobody = no_partner_found().model_copy(update={"subject": case})
        await monitoring.consumes(request_received(case=case), needs_assessed(case=case, needs=needs), nobody)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord")).text
    assert page.count('<th scope="row">') == 50
    assert len(page.encode()) < HEAVIEST


async def test_lines_are_made_of_codes_days_and_names_of_organisations_and_professionals_only() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    async with monitoring.units.begin() as unit:
        (row,) = await unit.board.list_cases(BoardFilter(), limit=10)
    code = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|[0-9A-Z]{4}-[0-9A-Z]{4}")
    for name, value in asdict(row).items():
        for one in value if isinstance(value, tuple) else (value,):
            assert not isinstance(one, str) or code.fullmatch(one), name


async def test_what_somebody_searches_stands_in_no_log_and_no_metric() -> None:
    async with visitor(Monitoring(), Role.COORDINATOR) as browser:
        with capture_logs() as lines:
            assert (await browser.get("/bord", params={"zoek": "Verzonnenkind"})).status_code == 200
        metrics = await browser.get("/metrics")
    assert [line["route"] for line in lines if line["event"] == "request"] == ["/bord"]
    assert "Verzonnenkind" not in str(lines)
    assert metrics.status_code == 200
    assert "Verzonnenkind" not in metrics.text
