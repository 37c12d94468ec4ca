"""The doors to erasing: a page that asks first and says what stays, and an operation of the API that is done once."""

from typing import Any

import pytest

from services.intake.domain.case_state import CaseState
from services.intake.domain.erasure import ErasureReason
from services.intake.domain.rules import Viewer
from services.intake.schedule import TIMERS
from shared.messaging.timers import TimerLoop
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, ROOS
from tests.unit.intake.pages import Pages
from tests.unit.intake.school import School
from tests.unit.intake.test_api_steps import assessed

SURE = {"reason": "family-asked", "sure": "true"}


@pytest.mark.parametrize("viewer", [ROOS, COORDINATOR], ids=["ambassador", "desk"])
async def test_page_asks_first_says_what_stays_and_then_nothing_is_shown(pages: Pages, viewer: Viewer) -> None:
    asked = (await pages.shows(viewer, f"{pages.path}/wissen")).text
    for told in ("Dit kan niet terug.", "alleen dat er iets gewist is, en op welke dag", "Na 30 dagen", "logboek"):
        assert told in asked
    assert (await pages.sends(viewer, f"{pages.path}/wissen", SURE)).status_code == 303
    for path in ("", "/wissen", "/inventarisatie", "/overzicht"):
        shown = await pages.shows(viewer, f"{pages.path}{path}")
        assert shown.status_code == 410
        assert "Dit dossier wordt nu gewist." in shown.text
    assert pages.path not in (await pages.shows(viewer, "/aanvragen")).text
    await TimerLoop(pages.units, TIMERS).fire_due()
    assert "Dit dossier is gewist op" in (await pages.shows(viewer, pages.path)).text


@pytest.mark.parametrize(
    "missing", [{"reason": "family-asked"}, {"sure": "true"}, {"reason": "term-passed", "sure": "true"}]
)
async def test_page_erases_nothing_without_a_reason_and_a_yes(pages: Pages, missing: dict[str, str]) -> None:
    assert (await pages.sends(ROOS, f"{pages.path}/wissen", missing)).status_code == 400
    assert (await pages.shows(ROOS, pages.path)).status_code == 200


async def test_colleague_who_may_not_know_the_family_may_not_erase_it(pages: Pages) -> None:
    assert (await pages.shows(COLLEAGUE, f"{pages.path}/wissen")).status_code == 403
    assert (await pages.sends(COLLEAGUE, f"{pages.path}/wissen", SURE)).status_code == 403


async def test_case_page_says_on_which_day_it_is_erased(pages: Pages) -> None:
    await pages.closes(ROOS)
    async with pages.units.begin() as unit:
        case = await unit.cases.get(pages.case_id)
        assert case is not None
        assert case.state is CaseState.CLOSED
        case.plan_erasure(unit.city.day_of(unit.now), unit.now)
        await unit.cases.save(case)
    assert "Dit dossier wordt gewist op <strong>10 maart 2026</strong>" in (await pages.shows(ROOS, pages.path)).text


async def test_system_of_the_school_erases_once_and_hears_410_afterwards(school: School) -> None:
    case_id = await assessed(school)
    how: dict[str, Any] = {
        "headers": {"Idempotency-Key": "erase-1"},
        "json": {"reason": ErasureReason.FILED_IN_ERROR.value},
    }
    for _ in range(2):
        reply = await school.asks("POST", f"/v1/requests/{case_id}/erasure", **how)
        assert (reply.status_code, reply.json()) == (202, {"status": "erasing"})
    assert (await school.asks("GET", f"/v1/requests/{case_id}")).status_code == 410
    await TimerLoop(school.units, TIMERS).fire_due()
    gone = await school.asks("GET", f"/v1/requests/{case_id}")
    assert (gone.status_code, gone.json()["code"]) == (410, "case-erased")
    assert (await school.asks("POST", f"/v1/requests/{case_id}/erasure", **how)).status_code == 202


async def test_machine_may_not_say_that_the_term_passed(school: School) -> None:
    case_id = await assessed(school)
    how: dict[str, Any] = {"headers": {"Idempotency-Key": "erase-1"}, "json": {"reason": "term-passed"}}
    assert (await school.asks("POST", f"/v1/requests/{case_id}/erasure", **how)).status_code == 400
