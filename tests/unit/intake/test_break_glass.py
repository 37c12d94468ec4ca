"""The desk opens a family's facts with a task there, or with a reason that is written down."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.intake.domain.rules import Viewer
from shared.privacy.audit import Action, AuditEntry
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, NOW, ROOS, received
from tests.unit.intake.pages import Pages

CHILD, STORY, ASKED = "Zonnetje", "mee naar buiten", "Gegevens van het gezin openen"
FORMS = ("overzicht", "contact", "teruggeven", "overdragen", "afsluiten", "inventarisatie", "toestemming")


class Desk:
    """The desk and one case that it looked at already: nothing there is its task."""

    def __init__(self, pages: Pages, clock: HeldClock) -> None:
        self.pages, self.clock = pages, clock

    async def reads(self, path: str = "", viewer: Viewer = COORDINATOR) -> str:
        return (await self.pages.shows(viewer, f"{self.pages.path}{path}")).text

    async def opens(self, reason: str = "family-called", viewer: Viewer = COORDINATOR) -> int:
        return (await self.pages.sends(viewer, f"{self.pages.path}/openen", {"reason": reason})).status_code

    @property
    def lines(self) -> list[AuditEntry]:
        return [line.entry for line in self.pages.units.tables.table("audit_lines").values()]


@pytest.fixture
async def desk() -> Desk:
    clock = HeldClock(NOW)
    units, case = await received(clock)
    pages = Pages(units, case.id)
    await pages.sends(COORDINATOR, f"{pages.path}/gezien")
    return Desk(pages, clock)


async def test_new_request_is_read_without_a_reason(pages: Pages) -> None:
    page = (await pages.shows(COORDINATOR, pages.path)).text
    assert CHILD in page
    assert ASKED not in page


async def test_without_a_task_the_page_shows_what_colleagues_see_and_asks_why(desk: Desk) -> None:
    page = await desk.reads()
    assert ASKED in page
    assert "Fiets" in page
    assert [word for word in (CHILD, STORY, "Maan", "12345678") if word in page] == []
    assert not [line for line in desk.lines if line.actor.person_id == COORDINATOR.person_id and "phone" in line.fields]


@pytest.mark.parametrize("path", FORMS)
async def test_no_page_that_names_the_child_opens_without_a_reason(desk: Desk, path: str) -> None:
    reply = await desk.pages.shows(COORDINATOR, f"{desk.pages.path}/{path}")
    assert (reply.status_code, CHILD in reply.text) == (303, False)
    assert desk.lines[-1].outcome == "refused"

    asked = (await desk.pages.shows(COORDINATOR, reply.headers["location"])).text
    assert f'name="verder" value="{path}"' in asked
    given = {"reason": "family-called", "verder": path}
    opened = await desk.pages.sends(COORDINATOR, f"{desk.pages.path}/openen", given)

    assert opened.headers["location"] == f"{desk.pages.path}/{path}"
    assert (await desk.pages.shows(COORDINATOR, opened.headers["location"])).status_code == 200


async def test_what_was_sent_too_late_waits_on_the_page(desk: Desk) -> None:
    typed = {"note": "Graag nog even met de moeder praten", "missing": "no-such-part"}
    reply = await desk.pages.sends(COORDINATOR, f"{desk.pages.path}/teruggeven", typed)
    assert (reply.status_code, CHILD in reply.text) == (403, False)
    assert "Open eerst de gegevens van het gezin" in reply.text
    assert typed["note"] in reply.text
    assert f'action="{desk.pages.path}/teruggeven"' in reply.text


@pytest.mark.parametrize("further", ["//elsewhere.example", "../geparkeerd", "https:x"])
async def test_reason_leads_on_to_a_page_of_this_case_only(desk: Desk, further: str) -> None:
    reply = await desk.pages.sends(COORDINATOR, f"{desk.pages.path}/openen", {"reason": "safety", "verder": further})
    assert (reply.headers.get("location") or f"{desk.pages.path}/").startswith(f"{desk.pages.path}/")
    assert ".." not in (reply.headers.get("location") or "")


async def test_reason_opens_it_for_half_an_hour_and_is_a_line_with_why(desk: Desk) -> None:
    assert await desk.opens("safety") == 303
    (given,) = [line for line in desk.lines if line.action is Action.BREAK_GLASS]
    assert (given.actor.person_id, given.about_id, given.reason) == (
        COORDINATOR.person_id,
        desk.pages.case_id,
        "safety",
    )
    desk.clock.forward(timedelta(minutes=30))
    assert CHILD in await desk.reads()
    desk.clock.forward(timedelta(seconds=1))
    assert CHILD not in await desk.reads()


async def test_reason_of_one_person_opens_nothing_for_another(desk: Desk) -> None:
    await desk.opens()
    other = replace(COORDINATOR, person_id=UUID(int=77))
    assert CHILD in await desk.reads()
    assert ASKED in (page := await desk.reads(viewer=other))
    assert CHILD not in page


@pytest.mark.parametrize("reason", ["", "because", "family-called " * 40])
async def test_reason_that_is_none_opens_nothing_and_the_page_says_so(desk: Desk, reason: str) -> None:
    assert await desk.opens(reason) == 400
    assert CHILD not in await desk.reads()
    assert not [line for line in desk.lines if line.action is Action.BREAK_GLASS]


@pytest.mark.parametrize("viewer", [ROOS, COLLEAGUE])
async def test_ambassadors_are_asked_nothing_and_cannot_give_a_reason(desk: Desk, viewer: Viewer) -> None:
    assert await desk.opens(viewer=viewer) == 403
    page = await desk.reads(viewer=viewer)
    assert ASKED not in page
    assert (CHILD in page) is (viewer is ROOS)
