"""Following themes, through the pages: with an address that is confirmed, or an account; told once, stopped at once."""

from datetime import timedelta
from uuid import UUID

import httpx

from services.community.domain.following import FOLLOW_LASTS
from services.community.handlers.following import forget_followers
from services.community.handlers.gatherings import announce_gathering, close_what_is_over, draft_gathering
from services.community.handlers.leaving import keep_who_is_there
from services.community.handlers.reports import report_gathering
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.base import Role
from shared.events.follow_letters import FOLLOW_LETTERS, FollowLetterAnswer
from shared.events.following import FollowRequested, ThemeAnnounced, ThemeFact, ThemeReported
from tests.parts.keys import ring
from tests.parts.people import listed
from tests.unit.community.seats import confirmed
from tests.unit.community.world import DE_BOEI, EVENING, SITE, Community, an_id, announced

PAGE = "/bijeenkomsten/volgen"
NOOR = "noor@school.example"
MONEY, HOME = "Geld en regelingen", "Wonen"
FORM = {"email": NOOR, "themes": ["money"]}


async def letter(
    community: Community, event: ThemeFact | FollowRequested, reader: str | None = None
) -> FollowLetterAnswer:
    occasion = {FollowRequested: "confirm", ThemeAnnounced: "announced", ThemeReported: "reported"}[type(event)]
    about = event.subject if isinstance(event, FollowRequested) else event.gathering_id
    asked = {"followerId": str(event.subject), "gatheringId": str(about), "occasion": occasion, "reader": reader}
    auth = ServiceAuth(ServiceTokens(ring("notify"), "notify", community.clock), "community")
    transport = httpx.ASGITransport(community.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://community:8000", auth=auth) as notify:
        reply = await notify.post(FOLLOW_LETTERS, json=asked)
    assert reply.status_code == 200, reply.text
    return FollowLetterAnswer.model_validate_json(reply.content)


def told(community: Community) -> list[ThemeFact]:
    return [one for one in community.published() if isinstance(one, ThemeFact)]


async def requested(community: Community, **more: object) -> str:
    """The page behind the mail that asks whether the address is right."""
    async with community.visitor() as browser:
        reply = await browser.post(PAGE, data=FORM | more)
        assert "Kijk in je mail" in (await browser.get(reply.headers["location"])).text
    event = [one for one in community.published() if isinstance(one, FollowRequested)][-1]
    asked = await letter(community, event)
    assert (asked.address or "").casefold() == NOOR
    assert asked.link is not None
    return asked.link.removeprefix(SITE)


async def follows(community: Community, **more: object) -> str:
    page = await requested(community, **more)
    async with community.visitor() as browser:
        assert (await browser.post(page, data={"choice": "confirm"})).status_code == 303
    return page


async def about(community: Community, gathering_id: UUID, *themes: str) -> None:
    async with community.visitor(Role.COORDINATOR) as desk:
        page = f"/bijeenkomsten/{gathering_id}/themas"
        assert (await desk.post(page, data={"themes": list(themes)})).status_code == 303
        shown = (await desk.get(page)).text
    assert all(f'value="{one}" checked' in shown for one in themes)


async def reported(community: Community, gathering_id: UUID) -> None:
    community.moves_to(EVENING.ends_at + timedelta(hours=1))
    async with community.units.begin() as unit:
        await close_what_is_over(unit)
    for words in ("Veel goed nieuws.", "Nog meer goed nieuws."):
        async with community.units.begin() as unit:
            await report_gathering(gathering_id, words, unit)


async def test_address_follows_a_theme_and_hears_of_the_gathering_and_its_report() -> None:
    community = Community()
    async with community.visitor() as browser:
        assert 'value="money" checked' in (await browser.get(f"{PAGE}?thema=money")).text
    await follows(community)
    async with community.units.begin() as unit:
        await unit.places.save(DE_BOEI)
        gathering_id = await draft_gathering(EVENING, unit)
    await about(community, gathering_id, "money", "home")
    assert told(community) == []
    async with community.units.begin() as unit:
        await announce_gathering(gathering_id, unit)
    await about(community, gathering_id, "money", "school")
    await mail_tells_of_gathering(community, gathering_id)
    await reported(community, gathering_id)
    assert [type(one) for one in told(community)] == [ThemeAnnounced, ThemeReported]
    mail = await letter(community, told(community)[-1])
    assert mail.link == f"{SITE}/bijeenkomsten/{gathering_id}/verslag"
    assert mail.gathering is not None
    assert mail.gathering.report == "Nog meer goed nieuws."
    async with community.visitor() as browser:
        assert f"{PAGE}?thema=money" in (await browser.get(mail.link)).text


async def mail_tells_of_gathering(community: Community, gathering_id: UUID) -> None:
    (news,) = told(community)
    assert isinstance(news, ThemeAnnounced)
    mail = await letter(community, news)
    assert (mail.address, mail.link) == (NOOR, f"{SITE}/bijeenkomsten/{gathering_id}")
    assert mail.gathering is not None
    assert mail.gathering.title == EVENING.title
    async with community.visitor() as browser:
        assert f"{PAGE}?thema=money" in (await browser.get(f"/bijeenkomsten/{gathering_id}")).text


async def test_gathering_gets_a_theme_after_it_was_announced() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    await follows(community, themes=["money", "home"])
    for themes in (("home",), ("home", "money"), ()):
        await about(community, gathering_id, *themes)
    assert len(told(community)) == 1
    assert (await letter(community, told(community)[0])).state == "no-longer-needed"


async def test_opening_the_mail_changes_nothing_and_without_a_yes_there_are_no_mails() -> None:
    community = Community()
    page = await requested(community)
    async with community.visitor() as scanner:
        for _ in range(3):
            assert "Ja, mail mij" in (await scanner.get(page)).text
    await about(community, await announced(community.units), "money")
    assert told(community) == []
    community.clock.forward(timedelta(hours=49))
    async with community.visitor() as browser:
        assert "te laat" in (await browser.get(page)).text
        assert (await browser.post(page, data={"choice": "confirm"})).status_code == 410
    async with community.units.begin() as unit:
        await forget_followers(unit)
    assert not community.units.tables.table("followers")
    assert not community.units.tables.table("follower_addresses")


async def test_somebody_else_who_types_the_address_changes_nothing() -> None:
    community = Community()
    await follows(community)
    await requested(community, themes=["home"])
    await about(community, await announced(community.units), "home")
    assert told(community) == []


async def test_one_button_in_each_mail_ends_it() -> None:
    community = Community()
    await follows(community)
    await about(community, await announced(community.units), "money")
    stop = (await letter(community, told(community)[0])).stop.removeprefix(SITE)
    async with community.visitor() as browser:
        page = (await browser.get(stop)).text
        assert MONEY in page
        assert "Mail mij niet meer" in page
        assert "Je volgt niets meer" in (await browser.post(stop, data={"choice": "stop"})).text
        assert (await browser.get(stop)).status_code == 404
    assert (await letter(community, told(community)[0])).state == "no-longer-needed"
    assert not community.units.tables.table("follower_addresses")


async def test_other_themes_take_the_place_of_those_before() -> None:
    community = Community()
    page = await follows(community)
    async with community.visitor() as browser:
        await browser.post(page, data={"choice": "change", "themes": ["home"]})
        assert 'value="home" checked' in (await browser.get(page)).text
        assert "Je volgt niets meer" in (await browser.post(page, data={"choice": "change"})).text


async def test_whoever_signed_up_with_the_address_gets_one_report() -> None:
    community = Community()
    await follows(community, email=" Noor@School.example")
    gathering_id = await announced(community.units)
    await about(community, gathering_id, "money")
    await confirmed(community.units, gathering_id, "Noor")
    await reported(community, gathering_id)
    assert not any(isinstance(one, ThemeReported) for one in community.published())


async def test_account_follows_in_one_press_and_stops_when_its_person_leaves() -> None:
    community = Community()
    async with community.visitor(Role.PARTNER) as member:
        page = (await member.get(f"{PAGE}?thema=home")).text
        assert 'value="home" checked' in page
        assert "e-mailadres" not in page
        assert "bewaard" in (await member.post(f"{PAGE}/zelf", data={"themes": ["home"]})).text
        assert 'value="home" checked' in (await member.get(PAGE)).text
    await about(community, await announced(community.units), "home")
    (news,) = told(community)
    mail = await letter(community, news)
    assert (mail.address, mail.person_id) == (None, an_id(Role.PARTNER))
    async with community.units.begin() as unit:
        left = listed(an_id(Role.PARTNER), an_id("desk"), Role.PARTNER, at=unit.now, active=False)
        await keep_who_is_there(left, unit)
    assert not community.units.tables.table("followers")


async def test_address_is_forgotten_a_year_after_the_yes_and_an_account_is_not() -> None:
    community = Community()
    await follows(community)
    async with community.visitor(Role.PARTNER) as member:
        await member.post(f"{PAGE}/zelf", data={"themes": ["home"]})
        await member.post(f"{PAGE}/zelf", data={"themes": ["home", "money"]})
    community.clock.forward(FOLLOW_LASTS + timedelta(hours=1))
    async with community.units.begin() as unit:
        await forget_followers(unit)
    (kept,) = community.units.tables.table("followers").values()
    assert kept[0].person_id == an_id(Role.PARTNER) if isinstance(kept, tuple) else kept.person_id


async def test_address_gets_a_few_mails_a_day_and_the_page_refuses_what_is_no_theme() -> None:
    community = Community()
    async with community.visitor() as browser:
        replies = [await browser.post(PAGE, data=FORM) for _ in range(7)]
        assert {one.status_code for one in replies} == {303}
        assert (await browser.post(PAGE, data=FORM | {"themes": ["weather"]})).status_code == 400
        assert (await browser.post(PAGE, data={"email": NOOR})).status_code == 400
    assert sum(isinstance(one, FollowRequested) for one in community.published()) == 5
