"""The red button: whom to call, a case that stands still, and who lets it go on."""

import re
from uuid import UUID

import pytest

from services.intake.domain.rules import Viewer
from shared.events.base import Role
from shared.events.family_safety import SafetyHoldLifted, SafetyHoldSet
from shared.events.http import KnownPerson
from shared.events.intake import CasePaused
from tests.parts.people import member
from tests.unit.intake.builders import COLLEAGUE, CONTACT, COORDINATOR, OTHER_SCHOOL, ROOS, SCHOOL, STRANGER, said
from tests.unit.intake.pages import Pages
from tests.unit.intake.school import School

OFFICER = Viewer(UUID("00000000-0000-7000-8000-0000000000c1"), Role.SAFETY_OFFICER, SCHOOL)
OTHER_OFFICER = Viewer(UUID("00000000-0000-7000-8000-0000000000c2"), Role.SAFETY_OFFICER, OTHER_SCHOOL)
HOME = "/aanvragen/veiligheid"
PAUSED = "Deze aanvraag is gepauzeerd"


async def with_officer(pages: Pages, officer: Viewer = OFFICER) -> None:
    async with pages.units.begin() as unit:
        await unit.members.save(member(officer.person_id, officer.organisation_id, officer.role))
    aisha = KnownPerson(
        person_id=officer.person_id, name="Aisha Verzonnen", phone="+31 10 111 11 11", organisations=("De School",)
    )
    pages.people.people[officer.person_id] = aisha


async def pressed(pages: Pages, viewer: Viewer = ROOS) -> None:
    reply = await pages.sends(viewer, f"{pages.path}/veiligheid")
    assert (reply.status_code, reply.headers["Location"]) == (303, pages.path)


def facts(pages: Pages) -> list[type]:
    return [type(fact) for fact in said(pages.units)]


@pytest.mark.parametrize("viewer", [ROOS, COORDINATOR])
async def test_page_shows_whom_to_call_and_has_no_field_to_type_in(pages: Pages, viewer: Viewer) -> None:
    await with_officer(pages)
    page = (await pages.shows(viewer, f"{pages.path}/veiligheid")).text
    main = page[page.index("<main") : page.index("</main>")]
    for expected in ("tel:112", "tel:08002000", "Veilig Thuis", "Aisha Verzonnen", "10 111 11 11"):
        assert expected in main
    assert not re.search(r"<textarea|<select|<input(?! type=.hidden)", main)


async def test_page_says_so_when_the_school_has_no_officer_and_shows_the_desk(pages: Pages) -> None:
    page = (await pages.shows(ROOS, f"{pages.path}/veiligheid")).text
    assert "geen aandachtsfunctionaris" in page
    assert "010 000 00 00" in page


async def test_numbers_are_there_before_there_is_a_case(pages: Pages) -> None:
    await with_officer(pages)
    page = (await pages.shows(ROOS, HOME)).text
    assert "tel:112" in page
    assert "Aisha Verzonnen" in page
    assert HOME in (await pages.shows(ROOS, f"{pages.path}/inventarisatie")).text


async def test_pressing_stores_who_and_when_and_nothing_else(pages: Pages) -> None:
    before = set(pages.units.tables.table("timeline_entries"))
    await pressed(pages)
    fact = said(pages.units)[-1]
    assert isinstance(fact, SafetyHoldSet)
    assert fact.set_by == ROOS.person_id
    assert set(type(fact).model_fields) - {"subject", "occurred_at"} == {"case_code", "ambassador_id", "set_by"}
    assert set(pages.units.tables.table("timeline_entries")) == before
    await pressed(pages)
    assert facts(pages).count(SafetyHoldSet) == 1


@pytest.mark.parametrize("viewer", [COLLEAGUE, STRANGER, CONTACT])
async def test_nobody_else_presses_it_or_sees_that_it_was_pressed(pages: Pages, viewer: Viewer) -> None:
    reply = await pages.sends(viewer, f"{pages.path}/veiligheid")
    assert reply.status_code in {403, 404}
    await pressed(pages)
    for path in (pages.path, f"{pages.path}/overzicht", f"{pages.path}/veiligheid"):
        reply = await pages.shows(viewer, path)
        assert "stil" not in reply.text.split("<main")[1].split("</main>")[0] or path.endswith("veiligheid")
        assert reply.status_code in {403, 404} or path.endswith("veiligheid")


async def test_colleague_and_lists_and_counts_see_nothing_any_more(pages: Pages) -> None:
    code = re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}", (await pages.shows(ROOS, pages.path)).text)[0]
    await pressed(pages)
    for viewer in (ROOS, COLLEAGUE, COORDINATOR):
        page = (await pages.shows(viewer, "/aanvragen")).text
        assert code not in page
        assert "Er zijn nog geen aanvragen" in page
        assert code not in (await pages.shows(viewer, f"/aanvragen?nummer={code[:4]}")).text.replace(
            f'value="{code[:4]}"', ""
        )
    assert (await pages.shows(COLLEAGUE, pages.path)).status_code == 404


@pytest.mark.parametrize("viewer", [ROOS, COORDINATOR])
async def test_ambassador_and_desk_see_only_that_it_stands_still_and_can_do_nothing(
    pages: Pages, viewer: Viewer
) -> None:
    await pressed(pages)
    page = (await pages.shows(viewer, pages.path)).text
    assert "Dit dossier staat stil" in page
    assert "Zonnetje" not in page
    paths = ("inventarisatie", "rust", "huisbezoek", "overzicht", "afsluiten", "intrekken", "contact", "overdragen")
    for path in paths:
        reply = await pages.shows(viewer, f"{pages.path}/{path}")
        assert reply.status_code == 409, path
        assert PAUSED in reply.text
    reply = await pages.sends(viewer, f"{pages.path}/rust", {"until": "1-4-2026", "wishedBy": "family"})
    assert reply.status_code == 409
    assert CasePaused not in facts(pages)


async def test_officer_of_the_organisation_sees_number_and_since_when_and_lets_it_go_on(pages: Pages) -> None:
    await with_officer(pages)
    await with_officer(pages, OTHER_OFFICER)
    await pressed(pages)
    page = (await pages.shows(OFFICER, HOME)).text
    code = re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}", page)[0]
    assert "Sinds 10 maart 2026 om 10:30" in page
    assert code not in (await pages.shows(OTHER_OFFICER, HOME)).text
    assert (await pages.shows(OFFICER, pages.path)).status_code == 403
    for viewer in (ROOS, COORDINATOR):
        assert (await pages.sends(viewer, f"{pages.path}/veiligheid/verder")).status_code == 403
    assert (await pages.sends(OTHER_OFFICER, f"{pages.path}/veiligheid/verder")).status_code == 404
    done = await pages.sends(OFFICER, f"{pages.path}/veiligheid/verder")
    assert "Dit dossier gaat verder." in await pages.follows(OFFICER, done)
    assert facts(pages)[-1] is SafetyHoldLifted
    assert (await pages.shows(ROOS, pages.path)).status_code == 200
    assert (await pages.sends(OFFICER, f"{pages.path}/veiligheid/verder")).status_code == 404


@pytest.mark.parametrize(("first", "second"), [(ROOS, COORDINATOR), (COORDINATOR, ROOS)])
async def test_without_an_officer_ambassador_and_desk_do_it_together(
    pages: Pages, first: Viewer, second: Viewer
) -> None:
    await pressed(pages)
    path = f"{pages.path}/veiligheid/verder"
    asked = await pages.sends(first, path)
    assert "tweede persoon" in await pages.follows(first, asked)
    assert (await pages.sends(first, path)).status_code == 409
    assert SafetyHoldLifted not in facts(pages)
    assert "Dit dossier kan weer verder" in (await pages.shows(second, pages.path)).text
    await pages.sends(second, path)
    assert facts(pages)[-1] is SafetyHoldLifted


async def test_two_of_the_desk_are_not_enough(pages: Pages) -> None:
    await pressed(pages)
    path = f"{pages.path}/veiligheid/verder"
    other = Viewer(UUID("00000000-0000-7000-8000-0000000000c3"), Role.COORDINATOR, COORDINATOR.organisation_id)
    await pages.sends(COORDINATOR, path)
    assert (await pages.sends(other, path)).status_code == 409
    assert SafetyHoldLifted not in facts(pages)


async def test_hold_ends_the_rest_of_the_family_and_a_closed_case_has_nothing_to_stop(pages: Pages) -> None:
    await pages.sends(ROOS, f"{pages.path}/rust", {"until": "1-4-2026", "wishedBy": "family"})
    await pressed(pages)
    await pages.sends(ROOS, f"{pages.path}/veiligheid/verder")
    await pages.sends(COORDINATOR, f"{pages.path}/veiligheid/verder")
    assert "Rust tot" not in (await pages.shows(ROOS, pages.path)).text
    await pages.closes(ROOS)
    assert (await pages.sends(ROOS, f"{pages.path}/veiligheid")).status_code == 409


async def test_system_of_the_school_finds_nothing(school: School) -> None:
    made = (await school.submits()).json()
    path = f"/v1/requests/{made['id']}"
    (case_id,) = school.units.tables.table("cases")
    pages = Pages(school.units, case_id)
    await pressed(pages)
    assert (await school.asks("GET", path)).status_code == 404
    assert (await school.asks("GET", "/v1/requests")).json()["requests"] == []
