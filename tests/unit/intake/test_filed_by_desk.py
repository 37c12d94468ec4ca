"""The desk asks for help in the name of a school's ambassador, who is the family's contact from then on."""

import pytest

from shared.events.intake import RequestReceived
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, OTHER_SCHOOL, ROOS, SCHOOL, STRANGER, said
from tests.unit.intake.pages import DRAFT, FORM, Pages

NEW = "/aanvragen/nieuw"
FOR_ROOS = {"ambassadorId": str(ROOS.person_id), "forSchool": str(SCHOOL)}


async def test_desk_chooses_school_and_ambassador_first(pages: Pages) -> None:
    first = (await pages.shows(COORDINATOR, NEW)).text
    assert "Namens wie vraag je hulp?" in first
    found = (await pages.shows(COORDINATOR, f"{NEW}?zoek=bedachte")).text
    assert f"{NEW}?bij={SCHOOL}" in found
    people = (await pages.shows(COORDINATOR, f"{NEW}?bij={SCHOOL}")).text
    assert "Roos Verzonnen" in people
    assert "Saar Verzonnen" not in people
    begun = (await pages.shows(COORDINATOR, f"{NEW}?forSchool={SCHOOL}&ambassadorId={ROOS.person_id}")).text
    assert "Je vraagt dit namens: <strong>Roos Verzonnen</strong>" in begun
    assert f'name="ambassadorId" value="{ROOS.person_id}"' in begun


async def test_request_is_the_ambassador_s_and_says_who_typed(pages: Pages) -> None:
    reply = await pages.asks(COORDINATOR, {**FORM, **FOR_ROOS})
    assert reply.status_code == 303
    fact = said(pages.units)[-1]
    assert isinstance(fact, RequestReceived)
    assert (fact.ambassador_id, fact.organisation_id, fact.filed_by) == (ROOS.person_id, SCHOOL, COORDINATOR.person_id)
    lines = [line.entry for line in pages.units.tables.table("audit_lines").values()]
    filed = [(line.about_id, line.actor.person_id) for line in lines if line.purpose == "filed-for-ambassador"]
    assert filed == [(fact.subject, COORDINATOR.person_id)]
    page = (await pages.shows(ROOS, f"/aanvragen/{fact.subject}")).text
    assert "Zonnetje" in page
    assert "vroeg hulp namens de contactpersoon" in page
    assert "Zonnetje" not in (await pages.shows(COLLEAGUE, f"/aanvragen/{fact.subject}")).text


async def test_summary_says_in_whose_name(pages: Pages) -> None:
    async with pages.seen_by(COORDINATOR) as client:
        for step in ("toestemming", "kind", "gezin", "nodig"):
            await client.post(f"{NEW}/{DRAFT}/{step}", data={**FORM, **FOR_ROOS, "go": "next"})
        assert "Roos Verzonnen" in (await client.get(f"{NEW}/{DRAFT}/nakijken")).text


async def test_desk_that_chose_nobody_chooses_first(pages: Pages) -> None:
    reply = await pages.sends(COORDINATOR, f"{NEW}/{DRAFT}/toestemming", FORM)
    assert reply.headers["Location"] == NEW
    assert not pages.units.tables.table("drafts")


@pytest.mark.parametrize(
    "wrong",
    [{"ambassadorId": str(STRANGER.person_id)}, {"forSchool": str(OTHER_SCHOOL)}],
    ids=["of another school", "another school"],
)
async def test_somebody_who_does_not_ask_for_that_school_is_refused(pages: Pages, wrong: dict[str, str]) -> None:
    before = len(said(pages.units))
    reply = await pages.asks(COORDINATOR, {**FORM, **FOR_ROOS, **wrong})
    assert reply.status_code == 400
    assert "kan niet namens" in reply.text
    assert len(said(pages.units)) == before


async def test_ambassador_asks_for_nobody_else(pages: Pages) -> None:
    await pages.asks(COLLEAGUE, {**FORM, **FOR_ROOS})
    fact = said(pages.units)[-1]
    assert isinstance(fact, RequestReceived)
    assert (fact.ambassador_id, fact.filed_by) == (COLLEAGUE.person_id, None)


async def test_consent_rules_stay_for_the_desk(pages: Pages) -> None:
    reply = await pages.asks(COORDINATOR, {**FORM, **FOR_ROOS, "consent.givenBy": "young-person"})
    assert reply.status_code == 400
    assert "Tot 12 jaar geeft een ouder of voogd toestemming." in reply.text
