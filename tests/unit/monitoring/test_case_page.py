"""The page of one case: whom to call, what to do first, who closed a point and how, and a quiet story."""

import re
from datetime import date

from shared.events.base import Role
from shared.events.referral_codes import Outcome, RestOfNeed
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    CASE,
    TUESDAY,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    paused,
    request_received,
)  # fmt: skip
from tests.unit.monitoring.desk import ANNA, FLOOR, WOUT, at_the_desk, path_of, version_in
from tests.unit.monitoring.twin import Monitoring


async def page_of(monitoring: Monitoring, query: str = "") -> str:
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord/{CASE}{query}")
    assert page.status_code == 200
    return page.text


async def test_it_says_whom_to_call_by_name_and_number() -> None:
    monitoring = await at_the_desk(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 9))
    )
    page = await page_of(monitoring)
    assert WOUT in page
    assert 'href="tel:0101234567"' in page
    assert FLOOR in page
    assert f'href="/aanvragen/{CASE}"' in page
    assert f'href="/doorverwijzingen?dossier={CASE}"' in page
    assert f'href="/berichten?dossier={CASE}"' in page
    # The partner is late: then it is the partner who is called first.
    await monitoring.time_passes(local("2026-09-14 12:00"))
    point = await page_of(monitoring)
    assert point.index(FLOOR) < point.index("Wie je kunt bellen")


async def test_one_voice_says_what_to_do() -> None:
    monitoring = await at_the_desk(request_received(), needs_assessed(), no_partner_found())
    page = await page_of(monitoring)
    assert "Het Schakelpunt is aan zet." in page
    assert "Volgende stap:" not in page


async def test_story_says_who_closed_a_point_and_with_which_answer() -> None:
    monitoring = await at_the_desk(request_received())
    path = await path_of(monitoring)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        version = version_in(await browser.get(path))
        done = await browser.post(path, data={"resolution": "called-ambassador", "version": version})
        assert done.status_code == 303
    page = await page_of(monitoring)
    assert f"{ANNA} van het Schakelpunt: " in page
    assert "gebeld</p>" in page
    assert "Er is een nieuwe aanvraag." in page


async def test_while_the_family_rests_the_page_promises_no_other_partner_before_the_end_of_it() -> None:
    monitoring = await at_the_desk(request_received(), needs_assessed(), partner_activated())
    await monitoring.consumes(paused(TUESDAY, date(2026, 12, 1)))
    await monitoring.time_passes(local("2026-09-14 12:00"))
    page = await page_of(monitoring)
    assert "na de rust weer verder" in page
    assert "een andere partner vragen" not in page


async def test_story_says_what_happens_with_the_rest() -> None:
    monitoring = await at_the_desk(request_received(), needs_assessed(), partner_activated())
    await monitoring.consumes(outcome_confirmed(TUESDAY, Outcome.PARTLY, rest=RestOfNeed.LOOK_FURTHER))
    assert "Het hielp een beetje, voor de rest zoeken we verder." in await page_of(monitoring)


async def test_reminders_stand_in_the_story_when_asked_for() -> None:
    monitoring = await at_the_desk(request_received())
    await monitoring.time_passes(local("2026-09-09 12:00"))
    reminder = "is gevraagd naar het gesprek met het gezin"
    assert reminder not in await page_of(monitoring)
    assert reminder in await page_of(monitoring, "?toon=alles")


async def test_coordinator_takes_a_point_off_the_list_with_what_was_done() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received())
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord/{CASE}")
        (path,) = re.findall(rf'href="(/bord/{CASE}/punten/[0-9a-f-]+)"', page.text)
        asked = await browser.get(path)
        assert " checked" not in asked.text
        nothing = await browser.post(path, data={})
        assert nothing.status_code == 400
        assert "Wat heb je gedaan?" in nothing.text
        done = await browser.post(path, data={"resolution": "asked-other-partner"})
        assert (done.status_code, done.headers["location"]) == (303, f"/bord/{CASE}?gedaan=ja")
        case = await browser.get(f"/bord/{CASE}")
        assert "Iemand van het Schakelpunt: iemand anders om hulp gevraagd" in case.text
        again = await browser.post(path, data={"resolution": "asked-other-partner"})
        assert (again.status_code, again.headers["location"]) == (303, f"/bord/{CASE}?gedaan=ja")
    assert (await monitoring.watch()).open_escalations == []
