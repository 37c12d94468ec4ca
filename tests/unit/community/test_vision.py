"""The shared vision, through its pages: drafted, published, signed to the version that was read, and withdrawn."""

from services.community.handlers.vision import remember_organisation
from shared.events.base import Role
from shared.events.directory import OrganisationListed
from shared.events.programme import VisionRenewed
from tests.parts.people import member
from tests.unit.community.world import Community, an_id

PAGE = "/bijeenkomsten/visie"
MEMBERS = (Role.PARTNER, Role.MEMBER, Role.AMBASSADOR)


async def a_network() -> Community:
    community = Community()
    async with community.units.begin() as unit:
        for role in MEMBERS:
            await unit.members.save(member(an_id(role), an_id("desk"), role))
        listed = OrganisationListed(subject=an_id("desk"), occurred_at=unit.now, name="Buurthuis De Boei")
        await remember_organisation(listed, unit)
    return community


async def published(community: Community, words: str, changes: str = "") -> int:
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(f"{PAGE}/schrijven", data={"words": words, "changes": changes})
        return (await desk.post(f"{PAGE}/publiceren")).status_code


async def signed(community: Community, role: Role, version: int, who: str) -> int:
    async with community.visitor(role) as browser:
        return (await browser.post(f"{PAGE}/ondertekenen", data={"version": str(version), "signsFor": who})).status_code


async def page(community: Community, path: str = "", role: Role | None = None) -> str:
    async with community.visitor(role) as browser:
        return (await browser.get(f"{PAGE}{path}")).text


async def test_draft_is_read_by_nobody_until_it_is_published() -> None:
    community = await a_network()
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor(Role.PARTNER) as other:
        assert (await desk.post(f"{PAGE}/publiceren")).status_code == 404
        assert (await desk.post(f"{PAGE}/schrijven", data={"words": ""})).status_code == 400
        await desk.post(f"{PAGE}/schrijven", data={"words": "Geen kind buiten het vangnet."})
        assert "vangnet" in (await desk.get(f"{PAGE}/schrijven")).text
        assert "Er is nog geen visie" in await page(community)
        assert (await other.post(f"{PAGE}/publiceren")).status_code == 403
        assert (await desk.post(f"{PAGE}/publiceren")).status_code == 303
    assert "Geen kind buiten het vangnet." in await page(community)
    assert "Versie 1, van 8 september 2026" in await page(community)


async def test_new_version_says_what_changed_and_earlier_ones_stay() -> None:
    community = await a_network()
    await published(community, "Samen.")
    assert await published(community, "Samen verder.") == 409
    assert await published(community, "Samen verder.", "We gaan verder.") == 303

    newest = await page(community)
    assert "We gaan verder." in newest
    assert f'href="{PAGE}/1"' in newest
    assert "Samen." in await page(community, "/1")
    async with community.visitor() as browser:
        assert [(await browser.get(f"{PAGE}/{one}")).status_code for one in (2, 3, 0)] == [200, 404, 404]


async def test_organisation_stands_on_the_page_and_somebody_for_themselves_does_not() -> None:
    community = await a_network()
    await published(community, "Samen.")
    assert "Nog geen organisatie" in await page(community)
    assert await signed(community, Role.PARTNER, 1, "organisation") == 303
    assert await signed(community, Role.MEMBER, 1, "myself") == 303
    assert await signed(community, Role.MEMBER, 1, "") == 400

    assert "Buurthuis De Boei" in await page(community)
    assert "voor zichzelf" not in await page(community)
    assert "Voor jezelf." in await page(community, role=Role.MEMBER)


async def test_new_version_counts_nobody_who_did_not_see_it_and_asks_them_again() -> None:
    community = await a_network()
    await published(community, "Samen.")
    await signed(community, Role.PARTNER, 1, "organisation")
    await published(community, "Samen verder.", "Verder.")

    assert "Buurthuis De Boei" not in await page(community)
    assert "Je ondertekende een eerdere versie" in await page(community, role=Role.PARTNER)
    asked = [one for one in community.published() if isinstance(one, VisionRenewed)]
    assert [one.person_id for one in asked] == [an_id(Role.PARTNER)]
    # Whoever still had the earlier version on their screen reads the new one first.
    assert await signed(community, Role.AMBASSADOR, 1, "organisation") == 409
    assert await signed(community, Role.PARTNER, 2, "organisation") == 303
    assert "Buurthuis De Boei" in await page(community)


async def test_signature_is_withdrawn_and_of_who_left_it_counts_no_more() -> None:
    community = await a_network()
    await published(community, "Samen.")
    await signed(community, Role.PARTNER, 1, "organisation")
    async with community.visitor(Role.PARTNER) as browser:
        assert (await browser.post(f"{PAGE}/intrekken")).status_code == 303
    assert "Buurthuis De Boei" not in await page(community)

    await signed(community, Role.PARTNER, 1, "organisation")
    async with community.units.begin() as unit:
        await unit.members.save(member(an_id(Role.PARTNER), an_id("elsewhere"), Role.PARTNER))
    assert "Buurthuis De Boei" not in await page(community)
