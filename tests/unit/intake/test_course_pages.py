"""What is agreed with the family, by its pages: a visit, a rest, how often somebody asks, how it is called."""

from datetime import date

import pytest

from services.intake.domain.rules import Viewer
from shared.events.case_codes import FollowUpRhythm, MissingPart, PauseWish
from shared.events.intake import (
    CasePaused,
    CaseResumed,
    FollowUpsAgreed,
    HomeVisitCompleted,
    HomeVisitPlanned,
    RequestReturned,
)
from tests.parts.audit import of_the_vault
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, ROOS, STRANGER, said
from tests.unit.intake.pages import Pages


async def test_home_visit_is_planned_before_the_inventory_with_its_note_in_the_vault(pages: Pages) -> None:
    visit = {"plannedFor": "12-3-2026", "startsAt": "14.30", "interpreterNeeded": "true", "note": "Samen met Jet."}
    done = await pages.sends(ROOS, f"{pages.path}/huisbezoek", visit)
    fact = said(pages.units)[-1]
    assert isinstance(fact, HomeVisitPlanned)
    assert (fact.planned_for, fact.interpreter_needed, fact.ambassador_id) == (date(2026, 3, 12), True, ROOS.person_id)
    assert fact.starts_at is not None
    assert fact.starts_at.isoformat() == "2026-03-12T13:30:00+00:00"
    page = await pages.follows(ROOS, done)
    assert "Het huisbezoek is afgesproken." in page
    assert "Samen met Jet." in page
    assert "Samen met Jet." not in (await pages.shows(COLLEAGUE, pages.path)).text


async def test_home_visit_that_is_moved_shows_what_was_agreed_and_is_said_again(pages: Pages) -> None:
    await pages.sends(ROOS, f"{pages.path}/huisbezoek", {"plannedFor": "12-3-2026", "note": "Samen met Jet."})
    form = (await pages.shows(ROOS, f"{pages.path}/huisbezoek")).text
    assert 'value="12-03-2026"' in form
    assert "Samen met Jet." in form
    await pages.sends(ROOS, f"{pages.path}/huisbezoek", {"plannedFor": "13-3-2026", "note": "Samen met Jet."})
    assert [type(fact) for fact in said(pages.units)].count(HomeVisitPlanned) == 2


@pytest.mark.parametrize("day", ["1-3-2026", "05-02-2206"])
async def test_home_visit_on_an_impossible_day_is_told_at_its_field(pages: Pages, day: str) -> None:
    reply = await pages.sends(ROOS, f"{pages.path}/huisbezoek", {"plannedFor": day})
    assert reply.status_code == 400
    assert 'href="#veld-plannedFor"' in reply.text
    assert len(said(pages.units)) == 1


@pytest.mark.parametrize(("answer", "took_place"), [("true", True), ("false", False)])
async def test_ambassador_tells_whether_the_visit_took_place(pages: Pages, answer: str, *, took_place: bool) -> None:
    await pages.sends(ROOS, f"{pages.path}/huisbezoek", {"plannedFor": "10-3-2026"})
    assert "Het huisbezoek is geweest" in (await pages.shows(ROOS, pages.path)).text
    await pages.sends(ROOS, f"{pages.path}/huisbezoek/geweest", {"tookPlace": answer})
    fact = said(pages.units)[-1]
    assert isinstance(fact, HomeVisitCompleted)
    assert (fact.on, fact.took_place) == (date(2026, 3, 10), took_place)


async def test_family_rests_until_a_day_and_a_person_ends_it(pages: Pages) -> None:
    await pages.sends(ROOS, f"{pages.path}/rust", {"until": "1-4-2026", "wishedBy": "family"})
    fact = said(pages.units)[-1]
    assert isinstance(fact, CasePaused)
    assert (fact.until, fact.wished_by) == (date(2026, 4, 1), PauseWish.FAMILY)
    page = (await pages.shows(ROOS, pages.path)).text
    assert "Rust tot 1 april 2026" in page
    assert "vragen wij niemand iets" in page
    await pages.sends(ROOS, f"{pages.path}/rust/voorbij")
    ended = said(pages.units)[-1]
    assert isinstance(ended, CaseResumed)
    assert ended.resumed_by == ROOS.person_id


@pytest.mark.parametrize("until", ["10-3-2026", "1-1-2027"])
async def test_rest_ends_after_today_and_within_the_city_s_term(pages: Pages, until: str) -> None:
    reply = await pages.sends(ROOS, f"{pages.path}/rust", {"until": until, "wishedBy": "family"})
    assert reply.status_code == 400
    assert "binnen 12 weken" in reply.text
    assert len(said(pages.units)) == 1


async def test_school_and_family_agree_how_often_and_who_reads_along(pages: Pages) -> None:
    second = str(COLLEAGUE.person_id)
    await pages.sends(ROOS, f"{pages.path}/hoe-gaat-het", {"rhythm": "monthly", "secondReaderId": second})
    fact = said(pages.units)[-1]
    assert isinstance(fact, FollowUpsAgreed)
    assert (fact.rhythm, fact.second_reader_id) == (FollowUpRhythm.MONTHLY, COLLEAGUE.person_id)
    assert "Bram Verzonnen leest mee" in (await pages.shows(ROOS, pages.path)).text


async def test_page_works_when_nobody_can_tell_who_is_who(pages: Pages) -> None:
    pages.people.away = True
    assert "Collega 1" in (await pages.shows(ROOS, f"{pages.path}/hoe-gaat-het")).text
    assert "de naam is nu niet bekend" in (await pages.shows(COORDINATOR, pages.path)).text


async def test_desk_reads_whom_to_call(pages: Pages) -> None:
    page = (await pages.shows(COORDINATOR, pages.path)).text
    assert "Roos Verzonnen (De Bedachte School)" in page
    assert 'href="tel:+31100000000"' in page


async def test_somebody_of_another_organisation_does_not_read_along(pages: Pages) -> None:
    form = {"rhythm": "monthly", "secondReaderId": str(COORDINATOR.person_id)}
    reply = await pages.sends(ROOS, f"{pages.path}/hoe-gaat-het", form)
    assert reply.status_code == 400
    assert "kies een collega van dezelfde school." in reply.text


async def test_child_is_called_as_the_family_prefers_it(pages: Pages) -> None:
    wishes = {"preferredName": "Zon", "contactWishes": "Appen, na schooltijd", "contactName": "Maan Verzonnen"}
    await pages.sends(ROOS, f"{pages.path}/contact", wishes)
    assert "Zon (" in (await pages.shows(ROOS, "/aanvragen")).text
    page = (await pages.shows(ROOS, pages.path)).text
    assert "Zo praat het gezin het liefst: Appen, na schooltijd." in page
    await pages.sends(
        ROOS, f"{pages.path}/contact", {"preferredName": "", "contactName": "Maan Verzonnen", "phone": "06 87654321"}
    )
    assert "Zonnetje (" in (await pages.shows(ROOS, "/aanvragen")).text
    assert "+31 6 87654321" in (await pages.shows(ROOS, pages.path)).text
    assert len(said(pages.units)) == 1


async def test_note_of_a_visit_is_gone_when_it_is_left_out(pages: Pages) -> None:
    for visit in ({"plannedFor": "12-3-2026", "note": "Samen met Jet."}, {"plannedFor": "13-3-2026"}):
        await pages.sends(ROOS, f"{pages.path}/huisbezoek", visit)
    assert "Samen met Jet." not in (await pages.shows(ROOS, pages.path)).text


async def test_desk_gives_a_request_back_and_the_ambassador_reads_what_is_missing(pages: Pages) -> None:
    given = {"missing": "for-whom", "note": "Is het voor broer of zus?"}
    await pages.sends(COORDINATOR, f"{pages.path}/teruggeven", given)
    fact = said(pages.units)[-1]
    assert isinstance(fact, RequestReturned)
    assert (fact.missing, fact.ambassador_id) == ((MissingPart.FOR_WHOM,), ROOS.person_id)
    page = (await pages.shows(ROOS, pages.path)).text
    assert "Voor wie het is" in page
    assert "Is het voor broer of zus?" in page
    assert "Ga verder met het gesprek" in page


async def test_desk_says_what_is_missing_when_it_gives_back(pages: Pages) -> None:
    assert (await pages.sends(COORDINATOR, f"{pages.path}/teruggeven")).status_code == 400
    assert (await pages.sends(ROOS, f"{pages.path}/teruggeven", {"missing": "something-else"})).status_code == 403
    assert len(said(pages.units)) == 1


# Every form of a case, well filled in.
FORMS = {
    "huisbezoek": {"plannedFor": "12-3-2026"},
    "huisbezoek/geweest": {"tookPlace": "true"},
    "rust": {"until": "1-4-2026", "wishedBy": "family"},
    "rust/voorbij": {"x": "1"},
    "hoe-gaat-het": {"rhythm": "monthly"},
    "contact": {"contactName": "Maan Verzonnen"},
    "nu-vragen": {"familyKnows": "true"},
    "teruggeven": {"missing": "something-else"},
    "nieuwe-vraag": {"discussedOn": "9-3-2026", "needs.0.category": "bike", "needs.0.urgency": "soon"},
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("viewer", "status"), [(COLLEAGUE, 403), (STRANGER, 404)])
async def test_forms_of_a_case_are_for_its_own_ambassador_and_the_desk(
    pages: Pages, viewer: Viewer, status: int, form: str
) -> None:
    assert (await pages.sends(viewer, f"{pages.path}/{form}", FORMS[form])).status_code == status
    assert len(said(pages.units)) == 1
    assert not of_the_vault(pages.units.tables.table("audit_lines").values())


@pytest.mark.parametrize("page", ["huisbezoek", "rust", "hoe-gaat-het", "contact", "afsluiten", "intrekken"])
@pytest.mark.parametrize(("viewer", "status"), [(ROOS, 200), (COORDINATOR, 200), (COLLEAGUE, 403), (STRANGER, 404)])
async def test_pages_of_a_case_change_nothing_and_are_not_for_everybody(
    pages: Pages, viewer: Viewer, status: int, page: str
) -> None:
    assert (await pages.shows(viewer, f"{pages.path}/{page}?gelukt=afgesloten&x=1")).status_code == status
    assert len(said(pages.units)) == 1


@pytest.mark.parametrize("form", ["huisbezoek", "rust", "hoe-gaat-het", "nu-vragen"])
async def test_nothing_is_agreed_any_more_about_a_case_that_ended(pages: Pages, form: str) -> None:
    await pages.sends(ROOS, f"{pages.path}/intrekken")
    before = len(said(pages.units))
    assert (await pages.sends(ROOS, f"{pages.path}/{form}", FORMS[form])).status_code == 409
    assert len(said(pages.units)) == before
