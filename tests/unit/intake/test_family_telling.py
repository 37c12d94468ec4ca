"""What a family tells for others: how the help was, of which the desk reads numbers only, and its own story."""

import re
from uuid import UUID

import pytest

from services.intake.domain.dossier import STORY_AT_MOST
from services.intake.domain.family_voice import FEWEST_FAMILIES, Experience
from services.intake.domain.progress import NeedProgress, Progress
from shared.events.family_voice import Felt
from tests.unit.intake.builders import COORDINATOR, NOW, PARTNER, ROOS, request, submit_request
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_door import card_of, family_of
from tests.unit.intake.test_household import second

COUNTS = "/aanvragen/hoe-was-de-hulp"


async def helped(pages: Pages, case_id: UUID) -> UUID:
    """The first need of this child, which a partner helped with."""
    async with pages.units.begin() as unit:
        await unit.network.save_organisation(PARTNER, "De Fietsbende")
        case = await unit.cases.read(case_id)
        assert case is not None
        need_id = case.needs[0].need_id
        progress = NeedProgress(need_id, case.id, Progress.DELIVERED, NOW, organisation_id=PARTNER)
        await unit.timeline.save_progress(progress)
    return need_id


async def others_tell(pages: Pages, how_many: int, felt: Felt = Felt.NO) -> None:
    """So many families more tell how this partner was."""
    async with pages.units.begin() as unit:
        for _ in range(how_many):
            case = await submit_request(request(), unit)
            told = Experience(case.needs[0].need_id, case.id, PARTNER, felt, felt, felt, told_at=unit.now)
            await unit.family_voice.tell(told)


async def test_help_for_a_sibling_is_asked_about_on_the_same_page(pages: Pages) -> None:
    sibling = await second(pages)
    need_id = await helped(pages, sibling)
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/hoe-was-het")).text
        assert "Sterretje" in page
        told = {"needId": str(need_id), "welcome": "yes", "fitting": "a-little", "tailored": "no"}
        assert (await family.post("/gezin/hoe-was-het", data=told)).status_code == 303
        assert str(need_id) not in (await family.get("/gezin/hoe-was-het")).text

    async with pages.units.begin() as unit:
        (experience,) = await unit.family_voice.list_experiences(sibling)
        assert await unit.family_voice.list_experiences(pages.case_id) == []
    assert (experience.need_id, experience.organisation_id) == (need_id, PARTNER)


async def test_help_that_nobody_gave_to_this_family_is_told_of_nowhere(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        told = {"needId": str(PARTNER), "welcome": "yes", "fitting": "yes", "tailored": "no"}
        assert (await family.post("/gezin/hoe-was-het", data=told)).status_code == 404


async def test_desk_reads_how_the_help_was_in_numbers_from_enough_families_on(pages: Pages) -> None:
    need_id = await helped(pages, pages.case_id)
    await others_tell(pages, FEWEST_FAMILIES - 1)
    before = (await pages.shows(COORDINATOR, COUNTS)).text
    assert "De Fietsbende" not in before
    assert f"waarover {FEWEST_FAMILIES} gezinnen antwoordden" in before

    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/hoe-was-het")).text
        told = {"needId": str(need_id), "welcome": "yes", "fitting": "a-little", "tailored": "no"}
        await family.post("/gezin/hoe-was-het", data=told)
    assert f"ziet alleen aantallen, per organisatie. En pas als {FEWEST_FAMILIES} gezinnen antwoord gaven." in page

    after = (await pages.shows(COORDINATOR, COUNTS)).text
    assert "De Fietsbende" in after
    assert re.findall(r"<td>(\d+)</td>", after) == ["1", "0", "4", "0", "1", "4", "0", "0", "5"]
    assert COUNTS in (await pages.shows(COORDINATOR, "/aanvragen")).text
    assert (await pages.shows(ROOS, COUNTS)).status_code == 403


async def test_children_of_one_family_do_not_make_the_numbers_of_more_families(pages: Pages) -> None:
    sibling = await second(pages)
    async with family_of(pages, await card_of(pages)) as family:
        for case_id in (pages.case_id, sibling):
            told = {"needId": str(await helped(pages, case_id)), "welcome": "yes", "fitting": "yes", "tailored": "yes"}
            assert (await family.post("/gezin/hoe-was-het", data=told)).status_code == 303
    await others_tell(pages, FEWEST_FAMILIES - 2)
    assert "De Fietsbende" not in (await pages.shows(COORDINATOR, COUNTS)).text


@pytest.mark.parametrize(("length", "status"), [(600, 303), (STORY_AT_MOST, 303), (STORY_AT_MOST + 1, 400)])
async def test_own_story_may_be_as_long_as_the_story_of_a_request(pages: Pages, length: int, status: int) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        assert f'maxlength="{STORY_AT_MOST}"' in (await family.get("/gezin/verhaal")).text
        reply = await family.post("/gezin/verhaal", data={"words": "a" * length, "agreed": "true"})
    assert reply.status_code == status
