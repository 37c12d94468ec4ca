"""A family gets another ambassador: who sees what from then on, and what is published and written down."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

import httpx
import pytest

from services.intake.commands import AgreeFollowUps
from services.intake.domain.draft import inventory_draft_id
from services.intake.domain.rules import Viewer
from services.intake.handlers.course import agree_follow_ups
from shared.events.case_codes import FollowUpRhythm
from shared.events.intake import AmbassadorReplaced, FollowUpsAgreed
from shared.kernel.errors import Invalid
from tests.parts.audit import of_the_vault
from tests.parts.people import member
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, OTHER_SCHOOL, ROOS, SCHOOL, STRANGER, said
from tests.unit.intake.pages import Pages

TO_COLLEAGUE = {"ambassadorId": str(COLLEAGUE.person_id), "organisationId": str(SCHOOL)}
TO_OTHER_SCHOOL = {"ambassadorId": str(STRANGER.person_id), "organisationId": str(OTHER_SCHOOL)}
CHILD = "Zonnetje"


def replaced(pages: Pages) -> list[AmbassadorReplaced]:
    return [fact for fact in said(pages.units) if isinstance(fact, AmbassadorReplaced)]


def changes(pages: Pages) -> list[tuple[str, UUID | None]]:
    """What the audit log holds besides readings."""
    lines = of_the_vault(pages.units.tables.table("audit_lines").values())
    return [(line.entry.purpose, line.entry.actor.person_id) for line in lines if line.entry.action == "write"]


async def hands_over(
    pages: Pages, viewer: Viewer = ROOS, to: Mapping[str, str] = TO_COLLEAGUE, **more: str
) -> httpx.Response:
    return await pages.sends(viewer, f"{pages.path}/overdragen", {**to, **more})


async def test_page_names_who_it_can_be_and_not_who_it_is(pages: Pages) -> None:
    page = (await pages.shows(ROOS, f"{pages.path}/overdragen")).text
    assert "Bram Verzonnen" in page
    assert "Saar Verzonnen" not in page
    assert f'value="{ROOS.person_id}"' not in page
    assert "Weet het gezin het al?" in page


async def test_ambassador_hands_the_family_to_a_colleague_and_is_out(pages: Pages) -> None:
    reply = await hands_over(pages, toldOn="9-3-2026")
    assert "andere contactpersoon" in await pages.follows(ROOS, reply)
    (fact,) = replaced(pages)
    assert (fact.previous_id, fact.ambassador_id, fact.organisation_id) == (ROOS.person_id, COLLEAGUE.person_id, SCHOOL)
    assert (fact.replaced_by, fact.told_on) == (ROOS.person_id, date(2026, 3, 9))
    assert CHILD in (await pages.shows(COLLEAGUE, pages.path)).text
    assert CHILD not in (await pages.shows(ROOS, pages.path)).text
    assert (await pages.shows(ROOS, f"{pages.path}/contact")).status_code == 403
    assert CHILD not in (await pages.shows(ROOS, "/aanvragen")).text
    assert changes(pages) == [("handed-over", ROOS.person_id)]
    assert "Het gezin kreeg een andere contactpersoon" in (await pages.shows(COLLEAGUE, pages.path)).text


async def test_button_pressed_twice_hands_over_once(pages: Pages) -> None:
    for _ in range(2):
        assert (await hands_over(pages)).status_code == 303
    for _ in range(2):
        assert (await hands_over(pages, COORDINATOR)).status_code == 303
    assert len(replaced(pages)) == 1
    assert len(changes(pages)) == 1


async def test_child_goes_to_another_school_and_its_case_goes_along(pages: Pages) -> None:
    found = (await pages.shows(ROOS, f"{pages.path}/overdragen?zoek=andere")).text
    assert f"{pages.path}/overdragen?bij={OTHER_SCHOOL}" in found
    assert "Saar Verzonnen" in (await pages.shows(ROOS, f"{pages.path}/overdragen?bij={OTHER_SCHOOL}")).text
    assert (await hands_over(pages, to=TO_OTHER_SCHOOL)).headers["Location"] == "/aanvragen?gelukt=overgedragen"
    assert replaced(pages)[0].organisation_id == OTHER_SCHOOL
    assert CHILD in (await pages.shows(STRANGER, pages.path)).text
    assert (await pages.shows(ROOS, pages.path)).status_code == 404
    assert (await pages.shows(COLLEAGUE, pages.path)).status_code == 404


@pytest.mark.parametrize(
    "to",
    [
        {**TO_COLLEAGUE, "organisationId": str(OTHER_SCHOOL)},
        {**TO_COLLEAGUE, "ambassadorId": str(COORDINATOR.person_id)},
        {**TO_COLLEAGUE, "ambassadorId": str(OTHER_SCHOOL)},
    ],
)
async def test_nobody_but_an_ambassador_of_that_school_takes_over(pages: Pages, to: dict[str, str]) -> None:
    reply = await hands_over(pages, to=to)
    assert reply.status_code == 400
    assert "van deze school of organisatie" in reply.text
    assert not replaced(pages)


async def test_family_that_was_told_tomorrow_was_not_told(pages: Pages) -> None:
    reply = await hands_over(pages, toldOn="morgen")
    assert reply.status_code == 400
    assert "vandaag of eerder" in reply.text
    assert not replaced(pages)


async def test_colleague_and_stranger_hand_nothing_over(pages: Pages) -> None:
    assert (await hands_over(pages, COLLEAGUE)).status_code == 403
    assert (await hands_over(pages, STRANGER, TO_OTHER_SCHOOL)).status_code == 404
    assert (await pages.shows(COLLEAGUE, f"{pages.path}/overdragen")).status_code == 403
    assert not replaced(pages)


async def test_page_asks_whether_the_family_knows_until_it_does(pages: Pages) -> None:
    await hands_over(pages)
    asked = "Weet het gezin dat jij de contactpersoon bent?"
    assert asked in (await pages.shows(COLLEAGUE, pages.path)).text
    early = await pages.sends(COLLEAGUE, f"{pages.path}/verteld", {"toldOn": "morgen"})
    assert early.status_code == 400
    told = await pages.sends(COLLEAGUE, f"{pages.path}/verteld", {"toldOn": "vandaag"})
    assert "het gezin weet wie de contactpersoon is" in await pages.follows(COLLEAGUE, told)
    assert asked not in (await pages.shows(COLLEAGUE, pages.path)).text


async def test_who_reads_along_is_no_reader_any_more_when_it_becomes_the_contact(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        agreed = AgreeFollowUps(pages.case_id, FollowUpRhythm.MONTHLY, COLLEAGUE.person_id)
        await agree_follow_ups(agreed, unit, ROOS)
    await hands_over(pages)
    plans = [fact for fact in said(pages.units) if isinstance(fact, FollowUpsAgreed)]
    assert [(plan.rhythm, plan.second_reader_id) for plan in plans[1:]] == [(FollowUpRhythm.MONTHLY, None)]


async def test_what_was_filled_in_of_the_talk_goes_along(pages: Pages) -> None:
    typed = {"context": "Vader zoekt werk.", "discussedOn": "9-3-2026", "go": "later"}
    assert (await pages.sends(ROOS, f"{pages.path}/inventarisatie", typed)).status_code == 303
    await hands_over(pages)
    assert "Vader zoekt werk." in (await pages.shows(COLLEAGUE, f"{pages.path}/inventarisatie")).text
    drafts = pages.units.tables.table("drafts")
    assert list(drafts) == [inventory_draft_id(pages.case_id, COLLEAGUE.person_id)]


async def test_deputy_may_do_what_the_ambassador_may_while_they_are_away_only(pages: Pages) -> None:
    assert (await pages.shows(COLLEAGUE, f"{pages.path}/contact")).status_code == 403
    away = replace(
        member(ROOS.person_id, SCHOOL, ROOS.role),
        deputy_id=COLLEAGUE.person_id, away_from=date(2026, 3, 9), away_until=date(2026, 3, 10),
    )  # fmt: skip
    async with pages.units.begin() as unit:
        await unit.members.save(away)
    assert CHILD in (await pages.shows(COLLEAGUE, pages.path)).text
    assert CHILD in (await pages.shows(COLLEAGUE, "/aanvragen")).text
    assert (await pages.shows(STRANGER, pages.path)).status_code == 404
    async with pages.units.begin() as unit:
        await unit.members.save(replace(away, away_until=date(2026, 3, 9)))
    assert CHILD not in (await pages.shows(COLLEAGUE, pages.path)).text


async def is_full(pages: Pages, person_id: UUID) -> None:
    async with pages.units.begin() as unit:
        await unit.limits.reach(person_id)


async def test_who_has_enough_to_do_gets_no_family_of_a_colleague(pages: Pages) -> None:
    await is_full(pages, COLLEAGUE.person_id)
    assert "Bram Verzonnen" not in (await pages.shows(ROOS, f"{pages.path}/overdragen")).text
    reply = await hands_over(pages, overLimit="agreed")
    assert reply.status_code == 400
    assert "genoeg te doen" in reply.text
    assert replaced(pages) == []


async def test_desk_asks_who_has_enough_to_do_only_with_a_reason_which_that_person_reads(pages: Pages) -> None:
    await is_full(pages, COLLEAGUE.person_id)
    page = (await pages.shows(COORDINATOR, f"{pages.path}/overdragen")).text
    assert "Bram Verzonnen (heeft genoeg te doen)" in page
    assert "Waarom vraag je het toch?" in page
    reply = await hands_over(pages, COORDINATOR)
    assert reply.status_code == 400
    assert replaced(pages) == []
    await hands_over(pages, COORDINATOR, overLimit="knows-family")
    (fact,) = replaced(pages)
    assert fact.over_limit == "knows-family"


async def test_who_has_enough_to_do_is_not_asked_to_read_along(pages: Pages) -> None:
    await is_full(pages, COLLEAGUE.person_id)
    command = AgreeFollowUps(pages.case_id, FollowUpRhythm.CITY_PLAN, COLLEAGUE.person_id)
    with pytest.raises(Invalid):
        async with pages.units.begin() as unit:
            await agree_follow_ups(command, unit, ROOS)
