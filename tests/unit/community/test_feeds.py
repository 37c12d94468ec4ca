"""Calendars that people subscribe to: what is theirs, and nothing else, until they renew the link or switch it off."""

import re
from datetime import timedelta
from uuid import UUID

import httpx
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event, EventStatus

from services.community.commands import ChangeGathering
from services.community.domain.expertise import AskState, ExpertAsk
from services.community.domain.feed import FEED_LASTS, SHOWN_AFTER
from services.community.domain.hosting import HostTurn, TurnState
from services.community.domain.sign_up import Needs
from services.community.handlers.feeds import forget_old_feeds
from services.community.handlers.gatherings import cancel_gathering, change_gathering
from services.community.handlers.letters import LINK_LASTS
from services.community.handlers.seats import SEAT_LINK, cancel_seat, confirm_seat
from services.community.handlers.speakers import agree_to_speak, invite_speaker
from shared.events.base import Role
from shared.events.community import CancelReason
from tests.unit.community.seats import confirmed, requested, who
from tests.unit.community.world import EVENING, SITE, Community, an_id, announced, later

AGENDA = "/bijeenkomsten/agenda"


def entries_in(reply: httpx.Response) -> list[Event]:
    assert (reply.status_code, reply.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "ATTENDEE" not in reply.text
    return IcsCalendarStream.calendar_from_ics(reply.text).events


def link_in(page: httpx.Response) -> str:
    (found,) = re.findall(rf"<code[^>]*>{SITE}(\S+)</code>", page.text)
    return str(found)


async def page_of(community: Community, seat_id: UUID) -> str:
    async with community.units.begin() as unit:
        link = await unit.links.mint(SEAT_LINK, seat_id, seat_id, community.now + LINK_LASTS)
    return f"/bijeenkomsten/plek/{link.token}/agenda"


async def test_public_feed_has_what_everybody_knows_of_and_what_is_off_until_its_day() -> None:
    community = Community()
    kept, off = [await announced(community.units, later(EVENING, days)) for days in (0, 7)]
    async with community.units.begin() as unit:
        await cancel_gathering(off, CancelReason.ILLNESS, unit)
    async with community.visitor() as visitor:
        shown = entries_in(await visitor.get(f"{AGENDA}.ics"))
        community.moves_to(later(EVENING, 7).ends_at + timedelta(minutes=1))
        after = entries_in(await visitor.get(f"{AGENDA}.ics"))
        community.moves_to(EVENING.ends_at + SHOWN_AFTER)
        assert entries_in(await visitor.get(f"{AGENDA}.ics")) == []

    assert [(one.uid, one.status) for one in shown] == [
        (f"{kept}@schakel.example", EventStatus.CONFIRMED),
        (f"{off}@schakel.example", EventStatus.CANCELLED),
    ]
    assert [one.uid for one in after] == [f"{kept}@schakel.example"]


async def test_own_feed_has_where_there_is_a_place_and_follows_what_moves() -> None:
    community = Community()
    here, full = await announced(community.units), await announced(community.units, later(EVENING, 7))
    (seat,) = await confirmed(community.units, here, "Anna")
    await confirmed(community.units, full, *(f"Bezoeker{number}" for number in range(EVENING.capacity)), "Anna")
    async with community.visitor() as anna:
        feed = link_in(await anna.post(await page_of(community, seat), data={"choice": "make"}))
        (before,) = entries_in(await anna.get(feed))
        async with community.units.begin() as unit:
            await change_gathering(ChangeGathering(here, later(EVENING, 1)), unit)
        (moved,) = entries_in(await anna.get(feed))
        mail = (await anna.get(f"/bijeenkomsten/{here}/bijeenkomst.ics")).text
        (another,) = await confirmed(community.units, await announced(community.units, later(EVENING, 14)), "Anna")
        assert len(entries_in(await anna.get(feed))) == 2
        async with community.units.begin() as unit:
            await cancel_seat(another, unit)
        assert len(entries_in(await anna.get(feed))) == 1

    assert (before.uid, moved.uid) == (f"{here}@schakel.example",) * 2
    assert [before.sequence, moved.sequence] == [0, 1]
    assert moved.dtstart == later(EVENING, 1).starts_at
    assert [one.uid for one in IcsCalendarStream.calendar_from_ics(mail).events] == [moved.uid]


async def test_no_calendar_says_what_anybody_needs() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    seat = await requested(community.units, gathering_id, who("Anna", Needs(other="Een lift")))
    async with community.units.begin() as unit:
        await confirm_seat(seat, unit)
    async with community.visitor() as anna:
        own = link_in(await anna.post(await page_of(community, seat), data={"choice": "make"}))
        files = [
            (await anna.get(one)).text
            for one in (own, f"{AGENDA}.ics", f"/bijeenkomsten/{gathering_id}/bijeenkomst.ics")
        ]

    assert [str(gathering_id) in one for one in files] == [True] * 3
    assert not any("lift" in one for one in files)


async def test_own_link_is_renewed_and_switched_off_and_says_whose_it_is_to_nobody() -> None:
    community = Community()
    (seat,) = await confirmed(community.units, await announced(community.units), "Anna")
    async with community.visitor() as anna:
        page = await page_of(community, seat)
        assert "Maak mijn link" in (await anna.get(page)).text
        first = link_in(await anna.post(page, data={"choice": "make"}))
        assert "<code" not in (await anna.get(page)).text
        second = link_in(await anna.post(page, data={"choice": "make"}))
        assert ((await anna.get(first)).status_code, len(entries_in(await anna.get(second)))) == (404, 1)
        assert (await anna.post(page, data={"choice": "other"})).status_code == 400
        assert (await anna.post(page, data={"choice": "stop"})).status_code == 200
        assert (await anna.get(second)).status_code == 404
        assert "Anna" not in (await anna.get(f"{AGENDA}.ics")).text


async def test_host_has_what_they_said_yes_to_and_others_have_not() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    turn = HostTurn(an_id("turn"), gathering_id, an_id(Role.MEMBER), an_id("desk"), EVENING.starts_at)
    async with community.visitor(Role.MEMBER) as host, community.visitor() as visitor:
        feed = link_in(await host.post(AGENDA, data={"choice": "make"}))
        async with community.units.begin() as unit:
            await unit.turns.save(turn)
        assert entries_in(await visitor.get(feed)) == []
        turn.state = TurnState.ACCEPTED
        async with community.units.begin() as unit:
            await unit.turns.save(turn)
        assert len(entries_in(await visitor.get(feed))) == 1
        assert (await visitor.get(AGENDA)).status_code in {303, 401}
        assert "Zet mijn link uit" in (await host.get(AGENDA)).text
        await host.post(AGENDA, data={"choice": "stop"})
        assert (await visitor.get(feed)).status_code == 404


async def test_expert_has_what_they_said_yes_to_and_no_word_of_why() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    now, who = community.now, an_id(Role.MEMBER)
    ask = ExpertAsk(an_id("ask"), gathering_id, who, now, EVENING.starts_at, "\u20ac 50")
    async with community.visitor(Role.MEMBER) as expert, community.visitor() as visitor:
        feed = link_in(await expert.post(AGENDA, data={"choice": "make"}))
        for state, entries in ((AskState.ASKED, 0), (AskState.AGREED, 1), (AskState.OVER, 0)):
            ask.state = state
            async with community.units.begin() as unit:
                await unit.expert_asks.save(ask)
            shown = await visitor.get(feed)
            assert len(entries_in(shown)) == entries
            assert "ervaring" not in shown.text


async def test_link_ends_after_a_year_and_nothing_of_it_is_kept() -> None:
    community = Community()
    async with community.visitor(Role.MEMBER) as host:
        feed = link_in(await host.post(AGENDA, data={"choice": "make"}))
    community.moves_to(community.now + FEED_LASTS)
    async with community.visitor() as calendar:
        assert (await calendar.get(feed)).status_code == 410
        community.moves_to(community.now + timedelta(minutes=1))
        async with community.units.begin() as unit:
            await forget_old_feeds(unit)
            assert await unit.feeds.find_of_person(an_id(Role.MEMBER)) is None


async def test_whoever_says_yes_to_speak_finds_it_in_the_calendar_they_have() -> None:
    community = Community()
    (seat,) = await confirmed(community.units, await announced(community.units), "Anna")
    async with community.units.begin() as unit:
        told = await unit.sign_ups.open(seat)
    assert told is not None
    async with community.visitor() as anna:
        feed = link_in(await anna.post(await page_of(community, seat), data={"choice": "make"}))
        asked_for = await announced(community.units, later(EVENING, 7))
        async with community.units.begin() as unit:
            speaking = await invite_speaker(asked_for, told, unit)
        assert len(entries_in(await anna.get(feed))) == 1
        async with community.units.begin() as unit:
            await agree_to_speak(speaking, unit, is_named=False)
        assert [one.uid for one in entries_in(await anna.get(feed))][1:] == [f"{asked_for}@schakel.example"]
