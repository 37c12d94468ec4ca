"""The list of requests: searched, sorted and filtered in its address, each within what somebody may see."""

import re

import pytest

from services.intake.domain.case import Case
from services.intake.handlers.cases import start_inventory
from services.intake.web.pages import cases as page_module
from shared.events.base import Urgency
from tests.unit.intake.builders import (
    COLLEAGUE,
    COORDINATOR,
    OTHER_SCHOOL,
    ROOS,
    STRANGER,
    need,
    request,
    submit_request,
)
from tests.unit.intake.pages import Pages


@pytest.fixture
async def three(pages: Pages) -> tuple[Pages, Case, Case]:
    """Besides the one of Roos: one of a colleague, for a laptop, and one of another school that was begun."""
    async with pages.units.begin() as unit:
        laptop = request(ambassador_id=COLLEAGUE.person_id, needs=(need("laptop", urgency=Urgency.TODAY),))
        theirs = await submit_request(laptop, unit)
        asked = request(ambassador_id=STRANGER.person_id, organisation_id=OTHER_SCHOOL)
        other = await submit_request(asked, unit)
        await start_inventory(other.id, unit, STRANGER)
    return pages, theirs, other


async def listed(pages: Pages, viewer: object, query: str = "") -> list[str]:
    """The cases of the table, in its order."""
    page = (await pages.shows(viewer, f"/aanvragen{query}")).text  # type: ignore[arg-type]  # one of the viewers
    return re.findall(r'<th scope="row">.*?href="/aanvragen/([0-9a-f-]{36})"', page, re.DOTALL)


async def test_desk_sees_all_with_the_school_and_a_school_its_own(three: tuple[Pages, Case, Case]) -> None:
    pages, theirs, other = three
    assert set(await listed(pages, COORDINATOR)) == {str(pages.case_id), str(theirs.id), str(other.id)}
    assert set(await listed(pages, ROOS)) == {str(pages.case_id), str(theirs.id)}
    assert "De Andere School" in (await pages.shows(COORDINATOR, "/aanvragen")).text
    assert "De Andere School" not in (await pages.shows(ROOS, "/aanvragen?school=andere")).text


async def test_table_is_searched_by_school_kind_state_and_ambassador(three: tuple[Pages, Case, Case]) -> None:
    pages, theirs, other = three
    assert await listed(pages, COORDINATOR, "?school=andere") == [str(other.id)]
    assert await listed(pages, COORDINATOR, "?school=nergens") == []
    assert await listed(pages, COORDINATOR, "?soort=laptop") == [str(theirs.id)]
    assert await listed(pages, COORDINATOR, "?stand=gesprek") == [str(other.id)]
    assert await listed(pages, COORDINATOR, f"?van={ROOS.person_id}") == [str(pages.case_id)]
    assert await listed(pages, ROOS, f"?van={STRANGER.person_id}") == []


async def test_counts_lead_to_what_they_count(three: tuple[Pages, Case, Case]) -> None:
    pages, _, other = three
    page = (await pages.shows(COORDINATOR, "/aanvragen")).text
    links = dict(re.findall(r'<a href="(/aanvragen[^"]*)"[^>]*>[^<]*<span class="schakel-picks__count">(\d+)', page))
    assert links == {"/aanvragen": "3", "/aanvragen?stand=nieuw": "2", "/aanvragen?stand=gesprek": "1"}
    assert await listed(pages, COORDINATOR, "?stand=gesprek") == [str(other.id)]


async def test_order_stands_in_the_address_and_stays_on_the_next_page(
    three: tuple[Pages, Case, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, _, _ = three
    monkeypatch.setattr(page_module, "PAGE_SIZE", 2)
    newest = await listed(pages, COORDINATOR)
    page = (await pages.shows(COORDINATOR, "/aanvragen?volgorde=oudste")).text
    following = page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "volgorde=oudste" in following
    first, rest = await listed(pages, COORDINATOR, "?volgorde=oudste"), await listed(pages, COORDINATOR, following[10:])
    assert [*first, *rest][::-1][:2] == newest
    assert (len(first), len(rest)) == (2, 1)


async def test_what_is_needed_today_looks_urgent(three: tuple[Pages, Case, Case]) -> None:
    pages, _, _ = three
    page = (await pages.shows(COORDINATOR, "/aanvragen")).text
    assert page.count("utrecht-status-badge--danger") == 1


@pytest.mark.parametrize("query", ["?soort=weg", "?stand=weg", "?volgorde=weg", "?van=weg"])
async def test_choice_that_is_there_no_more_is_said_and_left_out(pages: Pages, query: str) -> None:
    reply = await pages.shows(COORDINATOR, f"/aanvragen{query}")
    assert reply.status_code == 200
    assert "niet (meer). Daarop is nu niet gezocht." in reply.text
    assert str(pages.case_id) in reply.text


async def test_names_are_read_by_their_own_ambassador_and_each_reading_is_written_down(pages: Pages) -> None:
    assert "Zonnetje" not in (await pages.shows(COORDINATOR, "/aanvragen")).text
    assert "Zonnetje" in (await pages.shows(ROOS, "/aanvragen")).text
    lines = [line.entry for line in pages.units.tables.table("audit_lines").values()]
    assert [(line.purpose, line.actor.person_id) for line in lines] == [("case-list", ROOS.person_id)]
