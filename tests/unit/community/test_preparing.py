"""Preparation groups: tied to what they prepare; who said yes there is asked first."""

from dataclasses import replace

from services.community.handlers.expertise import agree_as_expert
from services.community.handlers.gatherings import draft_gathering
from shared.events.base import Role
from shared.events.community import GatheringKind
from tests.unit.community.test_expertise import asked, asks_of, joined, people
from tests.unit.community.world import EVENING, Community, an_id, announced, later

GROUP = replace(later(EVENING, -10), title="Voorgroep", kind=GatheringKind.PREPARATION)


async def test_preparation_says_what_it_prepares_and_the_desk_sees_it_on_both_pages() -> None:
    community = Community()
    evening, group = await announced(community.units), await announced(community.units, GROUP)
    page = f"/bijeenkomsten/{group}"
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor() as visitor:
        assert f"{page}/voorbereiding" in (await desk.get(page)).text
        assert f'value="{evening}"' in (await desk.get(f"{page}/voorbereiding")).text
        assert (await desk.post(f"{page}/voorbereiding", data={"prepares": str(evening)})).status_code == 303
        shown = (await visitor.get(page)).text
        assert "Voorbereiding van" in shown
        assert f'href="/bijeenkomsten/{evening}"' in shown
        assert "Preparation of" in (await visitor.get(f"{page}?leestaal=en")).text
        assert "Wie bereidt het voor?" in (await desk.get(f"/bijeenkomsten/{evening}")).text
        assert "Voorgroep" not in (await visitor.get(f"/bijeenkomsten/{evening}")).text
        await desk.post(f"{page}/voorbereiding", data={"prepares": ""})
        assert "Voorbereiding van" not in (await visitor.get(page)).text


async def test_only_a_preparation_group_is_tied_and_only_to_what_comes() -> None:
    community = Community()
    evening, group = await announced(community.units), await announced(community.units, GROUP)
    async with community.units.begin() as unit:
        draft = await draft_gathering(EVENING, unit)
    async with community.visitor(Role.COORDINATOR) as desk:
        assert "/voorbereiding" not in (await desk.get(f"/bijeenkomsten/{evening}")).text
        refused = [
            await desk.post(f"/bijeenkomsten/{one}/voorbereiding", data={"prepares": str(other)})
            for one, other in ((evening, group), (group, group), (group, draft), (group, an_id("nowhere")))
        ]

    assert [one.status_code for one in refused] == [400, 400, 400, 404]
    assert "lleen een voorbereidingsgroep" in refused[0].text
    assert "komt er niet meer aan" in refused[2].text


async def test_expert_who_said_yes_to_the_preparation_is_asked_first() -> None:
    community = Community()
    await joined(community, "a", "b", "c")
    group, evening = await announced(community.units, GROUP), await announced(community.units)
    await asked(community, group)
    (ask,) = await asks_of(community)
    async with community.units.begin() as unit:
        await agree_as_expert(ask.id, ask.person_id, unit)
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(f"/bijeenkomsten/{group}/voorbereiding", data={"prepares": str(evening)})
        assert "bij de voorbereiding, vragen we eerst" in (await desk.get(f"/bijeenkomsten/{evening}/ervaring")).text
    assert await asked(community, evening) == 303

    # In turn it would be one of the two who were never asked.
    assert people(community) == [ask.person_id] * 2
