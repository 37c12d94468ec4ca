"""A second child of a family: three things are asked, the rest goes along, and what changes holds for all children."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import httpx
import pytest

from services.intake.commands import AnswerConsent
from services.intake.domain.consent import ConsentState, FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers.consents import give_consent, may_see, withdraw_consent
from shared.events.base import ConsentGiver
from shared.events.consents import PartnerConsentWithdrawn
from shared.events.family_safety import AddressHidden, SafetyHoldLifted, SafetyHoldSet
from shared.events.intake import RequestReceived, UrgentNeedRaised
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, DESK, PARTNER, ROOS, STRANGER, said
from tests.unit.intake.pages import Pages

CHILD = {
    "child.firstName": "Sterretje",
    "child.birthDate": "1-5-2025",
    "needs.0.category": "bike",
    "needs.0.urgency": "soon",
}


async def form_of(pages: Pages) -> dict[str, str]:
    """What the page sends by itself."""
    page = (await pages.shows(ROOS, f"{pages.path}/nog-een-kind")).text
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


async def adds(pages: Pages, **changes: str) -> httpx.Response:
    return await pages.sends(ROOS, f"{pages.path}/nog-een-kind", {**await form_of(pages), **CHILD, **changes})


async def second(pages: Pages) -> UUID:
    reply = await adds(pages)
    assert reply.status_code == 303, reply.text
    return UUID(reply.headers["Location"].split("/")[2].split("?")[0])


async def facts_of(pages: Pages, case_id: UUID) -> dict[Fact, str]:
    async with pages.units.begin() as unit:
        dossier = await unit.vault.open(case_id, tuple(Fact), ROOS, "test", words=False)
    return dict(dossier.facts)


async def test_second_child_is_three_things_and_what_is_known_of_the_family_goes_along(pages: Pages) -> None:
    case_id = await second(pages)
    known, told = await facts_of(pages, pages.case_id), await facts_of(pages, case_id)
    carried = (Fact.LAST_NAME, Fact.CONTACT_NAME, Fact.PHONE, Fact.CONSENT_NAME)
    assert {fact: told[fact] for fact in carried} == {fact: known[fact] for fact in carried}
    assert (told[Fact.FIRST_NAME], told[Fact.BIRTH_DATE]) == ("Sterretje", "2025-05-01")
    assert Fact.STORY not in told
    first, other = (event for event in said(pages.units) if isinstance(event, RequestReceived))
    same = ("ambassador_id", "organisation_id", "district", "family_language", "consent_given_by")
    assert [getattr(first, name) for name in same] == [getattr(other, name) for name in same]
    assert [need.category for need in other.needs] == ["bike"]
    async with pages.units.begin() as unit:
        cases = [await unit.cases.read(one) for one in (pages.case_id, case_id)]
    assert len({case.opening.household_id for case in cases if case}) == 1


async def test_pressing_the_button_twice_makes_one_case(pages: Pages) -> None:
    typed = {**await form_of(pages), **CHILD}
    replies = [await pages.sends(ROOS, f"{pages.path}/nog-een-kind", typed) for _ in range(2)]
    assert replies[0].headers["Location"] == replies[1].headers["Location"]
    assert len([event for event in said(pages.units) if isinstance(event, RequestReceived)]) == 2


async def test_id_of_another_family_s_case_makes_nothing(pages: Pages) -> None:
    await pages.asks(STRANGER, {})
    mine = await second(pages)
    async with pages.units.begin() as unit:
        case = await unit.cases.get(mine)
        assert case
        case.opening = replace(case.opening, household_id=UUID(int=1))
        await unit.cases.save(case)
    reply = await adds(pages, caseId=str(mine))
    assert reply.status_code == 404


async def test_consent_that_somebody_else_must_give_is_asked_for_this_child_only(pages: Pages) -> None:
    refused = await adds(pages, **{"child.birthDate": "1-5-2012"})
    assert refused.status_code == 400
    assert "De toestemming van eerder geldt niet voor dit kind." in refused.text
    consent = {
        "consent.givenBy": "guardian-and-child",
        "consent.givenOn": "9-3-2026",
        "consent.textVersion": "2026-1",
        "consent.name": "Maan en Ster",
    }
    done = await adds(pages, **{"child.birthDate": "1-5-2012"}, **consent)
    assert done.status_code == 303, done.text
    received = said(pages.units)[-1]
    assert isinstance(received, RequestReceived)
    assert received.consent_given_by is ConsentGiver.GUARDIAN_AND_CHILD
    assert (await facts_of(pages, received.subject))[Fact.CONSENT_NAME] == "Maan en Ster"


def answered_for_all(case_id: UUID, *field_sets: FieldSet) -> AnswerConsent:
    """A parent allows partners of every kind this."""
    return AnswerConsent(
        case_id=case_id,
        partner_kind=None,
        field_sets=frozenset(field_sets),
        given_by=ConsentGiver.GUARDIAN,
        given_on=date(2026, 3, 9),
        text_version="2026-1",
        language="nl",
        interpreter=False,
        how=How.SPOKEN,
    )


async def test_what_partners_may_see_and_with_whom_the_family_stopped_goes_along(pages: Pages) -> None:
    answer = answered_for_all(pages.case_id, FieldSet.REACH)
    async with pages.units.begin() as unit:
        await give_consent(answer, ROOS, unit)
        await withdraw_consent(pages.case_id, ROOS, DESK, unit)
    case_id = await second(pages)
    async with pages.units.begin() as unit:
        assert await may_see(case_id, PARTNER, None, unit) == {FieldSet.REACH}
        assert await may_see(case_id, DESK, None, unit) == frozenset()
        assert {each.given_on for each in await unit.consents.list_of_case(case_id) if not each.organisation_id} == {
            answer.given_on
        }


async def test_partner_with_whom_the_family_stopped_is_told_before_anybody_is_asked_for_another_child(
    pages: Pages,
) -> None:
    async with pages.units.begin() as unit:
        await withdraw_consent(pages.case_id, ROOS, DESK, unit)

    reply = await adds(pages, **{"needs.0.urgency": "today", "familyKnows": "true"})
    case_id = UUID(reply.headers["Location"].split("/")[2].split("?")[0])

    told = [event for event in said(pages.units) if event.subject == case_id]
    assert [type(event) for event in told] == [RequestReceived, PartnerConsentWithdrawn, UrgentNeedRaised]
    assert [event.organisation_id for event in told if isinstance(event, PartnerConsentWithdrawn)] == [DESK]


async def test_stop_of_any_child_holds_for_the_next_one_and_so_does_what_ended(pages: Pages) -> None:
    first = await second(pages)
    answer = AnswerConsent(
        case_id=pages.case_id, partner_kind="fund", field_sets=frozenset({FieldSet.REACH}),
        given_by=ConsentGiver.GUARDIAN, given_on=date(2026, 3, 9), text_version="2026-1", language="nl",
        interpreter=False, how=How.SPOKEN,
    )  # fmt: skip
    async with pages.units.begin() as unit:
        await give_consent(replace(answer, partner_kind=None), ROOS, unit)
        await give_consent(answer, ROOS, unit)
        (of_funds,) = [one for one in await unit.consents.list_of_case(pages.case_id) if one.partner_kind == "fund"]
        await unit.consents.save(of_funds.ended(ConsentState.EXPIRED, unit.now))
        await withdraw_consent(first, ROOS, DESK, unit)
    third = await second(pages)
    async with pages.units.begin() as unit:
        assert await may_see(third, PARTNER, "welfare", unit) == {FieldSet.REACH}
        assert await may_see(third, PARTNER, "fund", unit) == frozenset()
        assert await may_see(third, DESK, "welfare", unit) == frozenset()


async def test_what_is_told_of_the_family_once_holds_for_all_its_children(pages: Pages) -> None:
    case_id = await second(pages)
    told = {"contactName": "Maan Verzonnen", "phone": "06 87654321", "preferredName": "Zon", "addressIsSecret": "true"}
    assert (await pages.sends(ROOS, f"{pages.path}/contact", told)).status_code == 303
    sibling = await facts_of(pages, case_id)
    assert sibling[Fact.PHONE] == "+31687654321"
    assert Fact.PREFERRED_NAME not in sibling  # each child has a name of its own
    assert sibling[Fact.DISTRICT] == "noord"
    assert {event.subject for event in said(pages.units) if isinstance(event, AddressHidden)} == {
        pages.case_id,
        case_id,
    }


async def test_erasing_one_child_leaves_what_is_known_of_the_other(pages: Pages) -> None:
    case_id = await second(pages)
    async with pages.units.begin() as unit:
        await unit.vault.forget(pages.case_id)
        await unit.cases.forget(pages.case_id)
    assert (await facts_of(pages, case_id))[Fact.PHONE] == "+31612345678"
    assert (await pages.shows(ROOS, f"/aanvragen/{case_id}/gezin")).status_code == 200


async def test_plan_of_the_family_shows_every_child_and_names_only_for_its_own_ambassador(pages: Pages) -> None:
    case_id = await second(pages)
    own = (await pages.shows(ROOS, f"/aanvragen/{case_id}/gezin")).text
    assert ("Zonnetje" in own, "Sterretje" in own) == (True, True)
    for viewer in (COLLEAGUE, COORDINATOR):
        page = (await pages.shows(viewer, f"/aanvragen/{case_id}/gezin")).text
        assert ("Zonnetje" in page, "Sterretje" in page, page.count("Fiets")) == (False, False, 2)
    assert (await pages.shows(STRANGER, f"/aanvragen/{case_id}/gezin")).status_code == 404
    case_page = (await pages.shows(ROOS, pages.path)).text
    assert f"/aanvragen/{case_id}" in case_page


async def test_danger_for_one_child_stops_all_and_whoever_lets_that_one_go_on_lets_all(pages: Pages) -> None:
    case_id = await second(pages)
    await pages.sends(ROOS, f"/aanvragen/{case_id}/veiligheid", {"x": "1"})
    page = (await pages.shows(ROOS, f"{pages.path}/gezin")).text
    assert ("Zonnetje" in page, "Sterretje" in page) == (False, False)

    for viewer in (ROOS, COORDINATOR):
        await pages.sends(viewer, f"/aanvragen/{case_id}/veiligheid/verder", {"x": "1"})
    told = [(type(event), event.subject) for event in said(pages.units)]
    for kind in (SafetyHoldSet, SafetyHoldLifted):
        assert {subject for each, subject in told if each is kind} == {pages.case_id, case_id}
    page = (await pages.shows(ROOS, f"{pages.path}/gezin")).text
    assert ("Zonnetje" in page, "Sterretje" in page) == (True, True)


async def test_child_that_another_school_asked_help_for_goes_on_only_when_that_school_says_so(pages: Pages) -> None:
    case_id = await second(pages)
    async with pages.units.begin() as unit:
        case = await unit.cases.get(case_id)
        assert case
        case.opening = replace(case.opening, organisation_id=STRANGER.organisation_id)
        await unit.cases.save(case)
    await pages.sends(ROOS, f"{pages.path}/veiligheid", {"x": "1"})
    for viewer in (ROOS, COORDINATOR):
        await pages.sends(viewer, f"{pages.path}/veiligheid/verder", {"x": "1"})

    assert [event.subject for event in said(pages.units) if isinstance(event, SafetyHoldLifted)] == [pages.case_id]


@pytest.mark.parametrize("viewer", [COLLEAGUE, STRANGER])
async def test_only_who_may_change_the_case_adds_a_child(pages: Pages, viewer: Viewer) -> None:
    typed = {**await form_of(pages), **CHILD}
    reply = await pages.sends(viewer, f"{pages.path}/nog-een-kind", typed)
    assert reply.status_code in {403, 404}
    assert len([event for event in said(pages.units) if isinstance(event, RequestReceived)]) == 1


async def test_family_that_withdrew_is_asked_anew(pages: Pages) -> None:
    await pages.sends(ROOS, f"{pages.path}/intrekken")
    assert (await adds(pages)).status_code == 409
