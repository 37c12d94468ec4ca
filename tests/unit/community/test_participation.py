"""As what people come: the circles of a mirror talk, and the share of parents and experts by experience."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from services.community.domain.participation import Share
from services.community.domain.sign_up import ComesAs
from shared.events.base import Role
from shared.events.community import GatheringKind
from tests.unit.community.test_sign_up import link
from tests.unit.community.test_taking_part import comes
from tests.unit.community.world import EVENING, Community, announced

PARENTS, WORKERS = [ComesAs.PARENT] * 5, [ComesAs.WORK] * 5


@pytest.mark.parametrize(
    ("of_experience", "told", "tenths"), [(5, 10, 5), (6, 20, 3), (4, 20, None), (16, 20, None), (0, 0, None)]
)
def test_share_is_rounded_and_hidden_where_fewer_than_five_people_are_on_a_side(
    of_experience: int, told: int, tenths: int | None
) -> None:
    assert Share(of_experience, told).tenths == tenths


async def held(community: Community, came: Sequence[ComesAs]) -> UUID:
    """A gathering with a report; all came, and one who signed up did not."""
    gathering_id = await announced(community.units)
    seats = [await comes(community, gathering_id, f"Wie{at}", comes_as=one) for at, one in enumerate(came)]
    await comes(community, gathering_id, "Weg", comes_as=ComesAs.PARENT)
    community.moves_to(EVENING.ends_at)
    async with community.units.begin() as unit:
        gathering = await unit.gatherings.get(gathering_id)
        assert gathering is not None
        gathering.hold(community.now)
        await unit.gatherings.save(gathering)
    page = f"/bijeenkomsten/{gathering_id}"
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(f"{page}/deurlijst", data={"came": [str(one) for one in seats], "walkIns": "0"})
        await desk.post(f"{page}/verslag/schrijven", data={"report": "Goed nieuws."})
    return gathering_id


@pytest.mark.parametrize(("came", "told"), [([*PARENTS, *WORKERS], True), ([*PARENTS, *WORKERS[:4]], False)])
async def test_report_and_overview_tell_the_share_of_who_came(came: Sequence[ComesAs], told: bool) -> None:  # noqa: FBT001
    community = Community()
    gathering_id = await held(community, came)
    async with community.visitor() as browser:
        report = (await browser.get(f"/bijeenkomsten/{gathering_id}/verslag")).text
        overview = (await browser.get("/bijeenkomsten")).text

    for page in (report, overview):
        assert ("5 op de 10 ouder of ervaringsdeskundige" in page) is told


async def test_mirror_talk_has_two_circles_and_everybody_knows_where_they_sit() -> None:
    community = Community()
    gathering_id = await announced(community.units, replace(EVENING, kind=GatheringKind.MIRROR_TALK))
    parent = await comes(community, gathering_id, "Ouder", comes_as=ComesAs.PARENT)
    worker = await comes(community, gathering_id, "Werk", comes_as=ComesAs.WORK)
    page = f"/bijeenkomsten/{gathering_id}"
    async with community.visitor() as browser, community.visitor(Role.COORDINATOR) as desk:
        assert "zitten in de binnenkring en vertellen" in (await browser.get(f"{page}/aanmelden")).text
        mails = [await link(community, one, "place") for one in (parent, worker)]
        assert "Jij zit in de binnenkring" in (await browser.get(mails[0])).text
        assert "Jij zit in de buitenkring" in (await browser.get(mails[1])).text
        for list_of in ("deelnemers", "deurlijst"):
            listed = (await desk.get(f"{page}/{list_of}")).text
            assert "binnenkring" in listed
            assert "buitenkring" in listed
        told = {"name": "Werk", "comesAs": "by-experience"}
        await browser.post(f"{mails[1]}/wijzigen", data=told)
        assert "Jij zit in de binnenkring" in (await browser.get(mails[1])).text
