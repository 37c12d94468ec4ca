"""What hangs on one ambassador goes to another at once: the exact list, one outcome for each, nothing twice."""

import re
from collections.abc import Sequence
from uuid import UUID

import httpx
import pytest

from services.intake.domain.case import Case
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.handing_over import MOST_AT_ONCE
from services.intake.handlers.requests import submit_requests
from shared.events.early_signals import EarlySignalRaised
from shared.events.intake import AmbassadorReplaced
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, OTHER_SCHOOL, ROOS, SCHOOL, STRANGER, request, said
from tests.unit.intake.pages import DRAFT, FORM, Pages

PATH = "/aanvragen/overdragen"
OF_ROOS = f"{PATH}?van={ROOS.person_id}"
SIGNAL = "00000000-0000-7000-8000-0000000000c7"
TO_BRAM = {"ambassadorId": str(COLLEAGUE.person_id), "organisationId": str(SCHOOL)}
TO_SAAR = {"ambassadorId": str(STRANGER.person_id), "organisationId": str(OTHER_SCHOOL)}


@pytest.fixture
async def three(pages: Pages) -> list[UUID]:
    """Roos has three families."""
    async with pages.units.begin() as unit:
        more = await submit_requests([request(), request()], unit)
    return [pages.case_id, *(case.id for case in more if isinstance(case, Case))]


def replaced(pages: Pages) -> list[UUID]:
    return [fact.subject for fact in said(pages.units) if isinstance(fact, AmbassadorReplaced)]


async def sends(pages: Pages, cases: Sequence[object], **more: object) -> httpx.Response:
    data = {**TO_BRAM, "cases": [str(each) for each in cases], **more}
    return await pages.sends(COORDINATOR, f"{OF_ROOS}&bij={SCHOOL}", data)


async def test_desk_finds_whose_families_and_sees_the_exact_list(pages: Pages, three: list[UUID]) -> None:
    assert f"{PATH}?bij={SCHOOL}" in (await pages.shows(COORDINATOR, f"{PATH}?zoek=bedachte")).text
    assert f"{PATH}?van={ROOS.person_id}" in (await pages.shows(COORDINATOR, f"{PATH}?bij={SCHOOL}")).text
    page = (await pages.shows(COORDINATOR, f"{OF_ROOS}&bij={SCHOOL}")).text
    assert "Gezinnen overdragen van Roos Verzonnen" in page
    for case_id in three:
        assert f'value="{case_id}" checked' in page
    assert "Bram Verzonnen" in page
    assert "Zonnetje" not in page


async def test_colleagues_of_the_same_school_stand_first(pages: Pages, three: list[UUID]) -> None:
    page = (await pages.shows(COORDINATOR, OF_ROOS)).text
    assert "Bram Verzonnen" in page
    assert f'value="{three[0]}" checked' in page


async def test_all_go_and_each_is_told_once(pages: Pages, three: list[UUID]) -> None:
    reply = await sends(pages, three)
    assert reply.status_code == 200
    assert "Overgedragen aan Bram Verzonnen: 3" in reply.text
    assert sorted(replaced(pages)) == sorted(three)
    again = await sends(pages, three)
    assert "Was al van de nieuwe contactpersoon" in again.text
    assert len(replaced(pages)) == len(three)
    assert "Zonnetje" in (await pages.shows(COLLEAGUE, pages.path)).text
    assert "Zonnetje" not in (await pages.shows(ROOS, pages.path)).text


async def test_what_changed_meanwhile_is_named_and_the_others_go(pages: Pages, three: list[UUID]) -> None:
    first, second, third = three
    await pages.sends(ROOS, f"/aanvragen/{first}/overdragen", TO_SAAR)
    async with pages.units.begin() as unit:
        await withdraw_case(second, unit, ROOS)
    reply = await sends(pages, [*three, OTHER_SCHOOL])
    assert "Overgedragen aan Bram Verzonnen: 1" in reply.text
    assert "dit is intussen van iemand anders" in reply.text
    assert "dit is gestopt" in reply.text
    assert replaced(pages) == [first, third]


async def test_only_what_was_ticked_goes(pages: Pages, three: list[UUID]) -> None:
    await sends(pages, three[:1])
    assert replaced(pages) == three[:1]


async def test_so_many_go_at_once_and_no_more(pages: Pages, three: list[UUID]) -> None:
    reply = await sends(pages, [*three, *(UUID(int=number) for number in range(MOST_AT_ONCE))])
    assert reply.status_code == 400
    assert f"hooguit {MOST_AT_ONCE} tegelijk" in reply.text
    assert not replaced(pages)


async def test_signals_go_along_without_the_words(pages: Pages) -> None:
    own = {"signalId": SIGNAL, "worries": ["too-little-food"], "remark": "Vrijdag nog eens vragen."}
    await pages.sends(ROOS, "/aanvragen/signaal/nieuw", own)
    assert f'value="{SIGNAL}" checked' in (await pages.shows(COORDINATOR, f"{OF_ROOS}&bij={SCHOOL}")).text
    for _ in range(2):
        await sends(pages, [], signals=[SIGNAL])
    facts = [fact for fact in said(pages.units) if isinstance(fact, EarlySignalRaised)]
    assert [fact.ambassador_id for fact in facts] == [ROOS.person_id, COLLEAGUE.person_id]
    page = (await pages.shows(COLLEAGUE, f"/aanvragen/signaal/{SIGNAL}")).text
    # Who knows the child, not who moved it.
    assert "Bel Roos Verzonnen" in page
    assert "Vrijdag" not in page


async def test_what_was_not_sent_is_told_and_thrown_away_only_when_ticked(pages: Pages) -> None:
    async with pages.seen_by(ROOS) as client:
        await client.post(f"/aanvragen/nieuw/{DRAFT}/kind", data={**FORM, "go": "later"})
    page = (await pages.shows(COORDINATOR, f"{OF_ROOS}&bij={SCHOOL}")).text
    assert "Nog niet verstuurd: 1" in page
    assert "Dit kan niet terug" in page
    assert "Zonnetje" not in page
    await sends(pages, [pages.case_id])
    assert pages.units.tables.table("drafts")
    shown = re.findall(r'name="drafts" value="([^"]+)"', page)
    later = str(DRAFT)[:-1] + "f"
    async with pages.seen_by(ROOS) as client:
        await client.post(f"/aanvragen/nieuw/{later}/kind", data={**FORM, "go": "later"})
    await sends(pages, [], discardDrafts="true", drafts=shown)
    # What was begun since the page was shown was not thrown away by anybody.
    assert [str(each) for each in pages.units.tables.table("drafts")] == [later]
    await sends(pages, [], discardDrafts="true", drafts=[later])
    assert not pages.units.tables.table("drafts")


async def test_only_the_desk_hands_all_over(pages: Pages) -> None:
    assert (await pages.shows(ROOS, OF_ROOS)).status_code == 403
    assert (await pages.sends(ROOS, OF_ROOS, {**TO_BRAM, "cases": [str(pages.case_id)]})).status_code == 403
    assert not replaced(pages)


async def test_nobody_takes_over_who_is_no_ambassador_there(pages: Pages) -> None:
    reply = await sends(pages, [pages.case_id], ambassadorId=str(STRANGER.person_id))
    assert reply.status_code == 400
    assert not replaced(pages)
