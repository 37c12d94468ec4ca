"""Who helps others asks for help as anybody: at another organisation, where no colleague sees it."""

import pytest

from services.intake.domain.rules import Viewer
from tests.unit.intake.builders import COLLEAGUE, CONTACT, EVERYBODY, OTHER_SCHOOL, ROOS, SCHOOL, STRANGER
from tests.unit.intake.pages import Pages

PATH = "/aanvragen/voor-jezelf"


@pytest.mark.parametrize("viewer", EVERYBODY)
async def test_everybody_in_the_network_finds_whom_to_call_elsewhere(pages: Pages, viewer: Viewer) -> None:
    page = await pages.shows(viewer, PATH)
    assert page.status_code == 200
    assert "Bel iemand van een andere organisatie" in page.text
    assert (await pages.shows(None, PATH)).status_code in {303, 401}


async def test_people_of_ones_own_organisation_are_named_only_when_chosen(pages: Pages) -> None:
    own = (await pages.shows(COLLEAGUE, f"{PATH}?bij={SCHOOL}")).text
    assert "Saar Verzonnen" not in own
    assert "Hier werk je zelf" in own
    chosen = (await pages.shows(COLLEAGUE, f"{PATH}?bij={SCHOOL}&toch=ja")).text
    assert "Roos" in chosen or "Verzonnen" in chosen
    other = (await pages.shows(CONTACT, f"{PATH}?bij={SCHOOL}")).text
    assert "Bram Verzonnen" in other


async def test_who_has_enough_to_do_is_not_named(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await unit.limits.reach(STRANGER.person_id)
    assert "Saar Verzonnen" not in (await pages.shows(ROOS, f"{PATH}?bij={OTHER_SCHOOL}")).text


async def test_case_of_another_organisation_is_seen_by_no_colleague(pages: Pages) -> None:
    """The helper is a colleague of the stranger; Roos of another school asks for them."""
    for path in (pages.path, "/aanvragen"):
        page = await pages.shows(STRANGER, path)
        assert pages.path not in page.text
        assert "Zonnetje" not in page.text
    assert (await pages.shows(STRANGER, pages.path)).status_code in {403, 404}
    assert pages.path in (await pages.shows(COLLEAGUE, "/aanvragen")).text
