"""A round at a gathering: told, put together, voted on, agreed on; and what became of it, for everybody."""

import re
from datetime import timedelta

import pytest

from services.community.handlers.gatherings import cancel_gathering, close_what_is_over
from services.community.handlers.needs_round import forget_loose_wishes
from services.community.handlers.reports import report_gathering
from services.community.schedule import TIMERS
from shared.events.base import Role
from shared.events.community import CancelReason, OutcomeAgreed, OutcomeClosed, OutcomeDue
from shared.messaging.timers import TimerLoop
from tests.unit.community.world import EVENING, Community, announced

WISHES = ("Samen koken", "Een kookavond", "Een bus naar het bos")


async def begun(community: Community) -> str:
    page = f"/bijeenkomsten/{await announced(community.units)}/ronde"
    community.moves_to(EVENING.starts_at)
    return page


def wish_ids(shown: str) -> list[str]:
    return re.findall(r'name="wishes" value="([^"]+)"', shown)


async def put_together(community: Community, page: str) -> str:
    """Three wishes, of which two stand under one subject; the address of that subject's page."""
    async with community.visitor() as visitor:
        for one in WISHES:
            assert (await visitor.post(page, data={"wish": one})).status_code == 303
    async with community.visitor(Role.COORDINATOR) as desk:
        first_two = wish_ids((await desk.get(page)).text)[:2]
        await desk.post(f"{page}/samen", data={"wishes": first_two, "title": "Samen eten"})
        found = re.search(r'href="(/bijeenkomsten/ronde/[^"]+)"', (await desk.get(page)).text)
    assert found is not None
    return found[1]


async def test_wishes_are_read_by_the_desk_until_they_stand_under_a_subject() -> None:
    community = Community()
    page = await begun(community)
    await put_together(community, page)

    async with community.visitor() as visitor, community.visitor(Role.COORDINATOR) as desk:
        shown, at_the_desk = (await visitor.get(page)).text, (await desk.get(page)).text
    assert [one in shown for one in ("Samen eten", *WISHES)] == [True, True, True, False]
    assert WISHES[2] in at_the_desk


async def test_subject_is_voted_on_and_becomes_an_outcome_that_everybody_follows() -> None:
    community = Community()
    page = await begun(community)
    subject = await put_together(community, page)
    told = {"outcome": "Elke maand een kookavond", "owner": "Buurthuis De Boei", "due": "20-10-2026"}
    async with community.visitor() as visitor, community.visitor(Role.COORDINATOR) as desk:
        assert (await desk.post(f"{subject}/stemmen", data={"votes": "veel"})).status_code == 400
        assert (await desk.post(f"{subject}/stemmen", data={"votes": "12"})).status_code == 303
        assert (await desk.post(f"{subject}/klaar", data={"done": "true"})).status_code == 409
        assert (await desk.post(f"{subject}/afspraak", data=told | {"due": ""})).status_code == 400
        assert (await desk.post(f"{subject}/afspraak", data=told)).status_code == 303
        agreed = (await visitor.get(page)).text
        await desk.post(f"{subject}/klaar", data={"done": "true"})
        done = (await visitor.get(page)).text
        assert (await desk.post(f"{subject}/afspraak", data=told)).status_code == 409

    for words in ("12 stemmen", "Elke maand een kookavond", "Buurthuis De Boei", "20 oktober 2026", "loopt"):
        assert words in agreed
    assert "gelukt" in done
    assert [type(one) for one in community.published() if isinstance(one, OutcomeAgreed | OutcomeClosed)] == [
        OutcomeAgreed, OutcomeClosed,
    ]  # fmt: skip


async def test_wish_that_names_somebody_is_removed_and_what_is_left_over_is_forgotten() -> None:
    community = Community()
    page = await begun(community)
    await put_together(community, page)
    async with community.visitor() as visitor, community.visitor(Role.COORDINATOR) as desk:
        await visitor.post(page, data={"wish": "Hulp voor Sem de Boer"})
        *_, named = wish_ids((await desk.get(page)).text)
        assert (await desk.post(f"{page}/samen", data={"wishes": named})).status_code == 400
        assert (await desk.post(f"{page}/samen", data={"wishes": named, "choice": "remove"})).status_code == 303
    assert "Sem de Boer" not in str(community.units.tables.tables)

    for days, left in ((28, 3), (29, 2)):
        community.moves_to(EVENING.ends_at + timedelta(days=days))
        async with community.units.begin() as unit:
            await forget_loose_wishes(unit)
        assert len(community.units.tables.table("wishes")) == left


@pytest.mark.parametrize("closed", [False, True])
async def test_desk_is_asked_on_its_day_when_it_is_still_open(closed: bool) -> None:  # noqa: FBT001 - a parameter
    community = Community()
    page = await begun(community)
    subject = await put_together(community, page)
    told = {"outcome": "Een avond", "owner": "De Boei", "due": "20-10-2026"}
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(f"{subject}/afspraak", data=told)
        if closed:
            await desk.post(f"{subject}/klaar", data={"done": "false"})
    community.moves_to(EVENING.starts_at + timedelta(days=20))
    await TimerLoop(community.units, TIMERS).fire_due()

    assert len([one for one in community.published() if isinstance(one, OutcomeDue)]) == int(not closed)
    async with community.visitor() as visitor:
        assert ("te laat" in (await visitor.get(page)).text) is not closed


async def test_wishes_are_told_between_the_beginning_and_the_report_and_without_a_bsn() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    page = f"/bijeenkomsten/{gathering_id}/ronde"
    async with community.visitor() as visitor:
        assert (await visitor.post(page, data={"wish": "Te vroeg"})).status_code == 409
        community.moves_to(EVENING.ends_at)
        reply = await visitor.post(page, data={"wish": "Voor Sem de Boer, BSN 111222333"})
        assert reply.status_code == 400
        async with community.units.begin() as unit:
            await close_what_is_over(unit)
        async with community.units.begin() as unit:
            await report_gathering(gathering_id, "Goed nieuws", unit)
        assert (await visitor.post(page, data={"wish": "Na afloop"})).status_code == 409
    assert "Sem de Boer" not in str(community.units.tables.tables)


async def test_only_who_organises_puts_together_and_tells_what_came_in_on_paper() -> None:
    community = Community()
    page = await begun(community)
    subject = await put_together(community, page)
    async with community.visitor(Role.PARTNER) as partner, community.visitor(Role.COORDINATOR) as desk:
        assert (await partner.post(f"{subject}/stemmen", data={"votes": "1"})).status_code == 403
        await partner.post(page, data={"wish": "Van mij", "way": "phone"})
        await desk.post(page, data={"wish": "Gebeld", "way": "phone"})
    ways = {one.asks_for: one.way.value for one in community.units.tables.table("wishes").values()}
    assert (ways["Van mij"], ways["Gebeld"]) == ("page", "phone")


async def test_wish_that_everybody_reads_is_removed_and_an_empty_subject_goes_with_it() -> None:
    community = Community()
    page = await begun(community)
    subject = await put_together(community, page)
    async with community.visitor() as visitor, community.visitor(Role.COORDINATOR) as desk:
        first, second = wish_ids((await desk.get(subject)).text)
        assert (await desk.post(f"{subject}/weg", data={})).status_code == 400
        assert (await desk.post(f"{subject}/weg", data={"wishes": first})).status_code == 303
        assert [one in (await visitor.get(page)).text for one in (*WISHES[:2], "Samen eten")] == [False, True, True]
        assert (await visitor.post(f"{subject}/weg", data={"wishes": second})).status_code in {303, 401, 403}
        assert len(community.units.tables.table("wishes")) == 2
        assert (await desk.post(f"{subject}/weg", data={"wishes": second})).status_code == 303
        assert "Samen eten" not in (await visitor.get(page)).text
        assert (await desk.get(subject)).status_code == 404


async def test_subject_gets_another_name_and_stays_without_wishes_once_something_was_agreed_on() -> None:
    community = Community()
    page = await begun(community)
    subject = await put_together(community, page)
    told = {"outcome": "Een avond", "owner": "De Boei", "due": "20-10-2026"}
    async with community.visitor() as visitor, community.visitor(Role.COORDINATOR) as desk:
        assert (await desk.post(f"{subject}/naam", data={"title": ""})).status_code == 400
        assert (await desk.post(f"{subject}/naam", data={"title": "Eten met elkaar"})).status_code == 303
        await desk.post(f"{subject}/afspraak", data=told)
        await desk.post(f"{subject}/weg", data={"wishes": wish_ids((await desk.get(subject)).text)})
        shown = (await visitor.get(page)).text
    assert [one in shown for one in ("Eten met elkaar", "Een avond", "Samen eten", WISHES[0])] == [
        True, True, False, False,
    ]  # fmt: skip


async def test_wishes_are_not_asked_for_at_what_did_not_take_place() -> None:
    community = Community()
    kept, off = [await announced(community.units) for _ in range(2)]
    async with community.units.begin() as unit:
        await cancel_gathering(off, CancelReason.WEATHER, unit)
    community.moves_to(EVENING.starts_at)

    async with community.visitor() as visitor:
        shown = [(await visitor.get(f"/bijeenkomsten/{one}/ronde")).text for one in (kept, off)]
    assert ["Vertel het" in one for one in shown] == [True, False]
