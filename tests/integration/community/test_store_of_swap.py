"""Who goes along, and asks and offers, on the twin and on PostgreSQL; and two who book, or answer, at once."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.community.domain.company import (
    Companion,
    CompanionAsk,
    Company,
    CompanyState,
    Moment,
    PartOfDay,
    Visit,
)
from services.community.domain.errors import NotInThisState
from services.community.domain.notice import Good, Notice, NoticeState, Reply, ReplyState, Side, Wanted
from services.community.handlers.company import agree_to_company, book_company, cancel_company
from services.community.handlers.notices import answer_reply, reply_to_notice
from services.community.ports import CommunityUnit
from services.community.store.repositories import PostgresCommunityUnit
from shared.events.base import Role
from shared.messaging.postgres_unit import PostgresUnits
from shared.unit_of_work import Units
from tests.parts.people import member
from tests.unit.community.world import TUESDAY, an_id

# Long enough for the other one to come to where it waits.
A_MOMENT = 0.3
RealUnits = PostgresUnits[PostgresCommunityUnit]
EVERY_DAY = frozenset(range(1, 8))
ANNA = Companion(
    an_id("Anna"), frozenset({"ar", "fr"}), frozenset({"noord"}), EVERY_DAY, frozenset({Visit.DOCTOR, Visit.COURT})
)
BOOKING = Company(
    an_id("booking"), an_id("Noor"), TUESDAY, Moment(date(2026, 9, 14), PartOfDay.MORNING), "noord", "ar", Visit.DOCTOR
)


async def test_companions_and_who_was_asked_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    bas = replace(ANNA, person_id=an_id("Bas"), paused_until=date(2026, 12, 31))
    asks = [CompanionAsk(BOOKING.id, ANNA.person_id, TUESDAY), CompanionAsk(BOOKING.id, bas.person_id, TUESDAY)]
    async with units.begin() as unit:
        await unit.companies.save(BOOKING)
        for one in (replace(ANNA, districts=frozenset({"zuid"})), ANNA, bas):
            await unit.companions.save(one)
        for ask in asks:
            await unit.companions.add_ask(ask)

    async with units.begin() as unit:
        assert await unit.companions.get(ANNA.person_id) == ANNA
        assert await unit.companions.hold_all() == sorted([ANNA, bas], key=lambda one: one.person_id)
        assert await unit.companions.list_asks() == sorted(asks, key=lambda one: one.person_id)
        await unit.companions.remove(ANNA.person_id)
        assert await unit.companions.hold_all() == [bas]
        assert await unit.companions.list_asks() == asks[1:]
        await unit.companies.remove(BOOKING.id)
        assert await unit.companions.list_asks() == []


async def test_bookings_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    asked = replace(BOOKING, state=CompanyState.ASKED, person_id=ANNA.person_id, answer_by=TUESDAY, note="De balie.")
    later = replace(BOOKING, id=an_id("later"), moment=Moment(date(2026, 9, 15), PartOfDay.EVENING), went_well=True)
    async with units.begin() as unit:
        for one in (BOOKING, asked, later):
            await unit.companies.save(one)

    async with units.begin() as unit:
        assert await unit.companies.get(BOOKING.id) == await unit.companies.read(BOOKING.id) == asked
        assert await unit.companies.list_of(BOOKING.booked_by) == [asked, later]
        assert await unit.companies.list_of(ANNA.person_id) == [asked]
        assert await unit.companies.list_busy(BOOKING.moment) == [ANNA.person_id]
        assert await unit.companies.list_busy(later.moment) == []
        await unit.companies.forget_before(later.moment.day)
        assert await unit.companies.list_of(BOOKING.booked_by) == [later]


async def a_network(units: RealUnits) -> Company:
    async with units.begin() as unit:
        for one in (ANNA.person_id, an_id("Bas")):
            await unit.members.save(member(one, an_id("desk"), Role.MEMBER))
            await unit.companions.save(replace(ANNA, person_id=one))
        day = unit.city.day_of(unit.now) + timedelta(days=7)
    return replace(BOOKING, moment=Moment(day, PartOfDay.MORNING))


@pytest.mark.postgres
async def test_three_who_book_at_once_never_get_one_person_twice(postgres_units: RealUnits) -> None:
    booking = await a_network(postgres_units)

    async def books(name: str) -> None:
        async with postgres_units.begin() as unit:
            await book_company(replace(booking, id=an_id(name)), unit)
            await asyncio.sleep(A_MOMENT)

    await asyncio.gather(*(books(name) for name in ("one", "two", "three")))

    async with postgres_units.begin() as unit:
        kept = await unit.companies.list_of(booking.booked_by)
        assert len(set(await unit.companies.list_busy(booking.moment))) == 2
    assert sorted(one.state for one in kept) == [CompanyState.ASKED, CompanyState.ASKED, CompanyState.MISSING]


@pytest.mark.postgres
async def test_yes_and_a_cancel_at_once_are_in_one_order(postgres_units: RealUnits) -> None:
    booking = await a_network(postgres_units)
    async with postgres_units.begin() as unit:
        await book_company(booking, unit)
    assert booking.person_id is not None
    asked = booking.person_id

    async def agrees() -> None:
        async with postgres_units.begin() as unit:
            await agree_to_company(booking.id, asked, unit)
            await asyncio.sleep(A_MOMENT)

    async def cancels() -> None:
        async with postgres_units.begin() as unit:
            await cancel_company(booking.id, booking.booked_by, unit)
            await asyncio.sleep(A_MOMENT)

    done = await asyncio.gather(agrees(), cancels(), return_exceptions=True)

    assert [type(one) for one in done if one is not None] in ([], [NotInThisState])
    async with postgres_units.begin() as unit:
        found = await unit.companies.read(booking.id)
    assert found is not None
    assert found.state is CompanyState.CANCELLED


async def test_asks_and_offers_and_their_replies_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    wanted = Wanted(Side.ASK, Good.SPEAKER, "Iemand over geldzorgen.", None, date(2026, 9, 20))
    first = Notice(an_id("first"), an_id("De Boei"), an_id("Bas"), TUESDAY, wanted)
    later = replace(
        first, id=an_id("later"), placed_at=TUESDAY + timedelta(days=1),
        wanted=replace(wanted, area="noord", until=date(2026, 9, 10)),
    )  # fmt: skip
    done = replace(first, id=an_id("done"), placed_by=an_id("Anna"), state=NoticeState.DONE, helped=True)
    reply = Reply(an_id("reply"), first.id, an_id("De Linde"), an_id("Noor"), TUESDAY)
    async with units.begin() as unit:
        for one in (replace(first, wanted=replace(wanted, about="Anders.")), first, later, done):
            await unit.notices.save(one)
        assert await unit.notices.add_reply(reply)
        assert not await unit.notices.add_reply(replace(reply, id=an_id("again")))
        answered = replace(reply, state=ReplyState.YES, answered_by=an_id("Bas"))
        await unit.notices.save_reply(answered)

    await _reads_them_back(units, first, later, done, answered)


async def _reads_them_back(
    units: Units[CommunityUnit], first: Notice, later: Notice, done: Notice, answered: Reply
) -> None:
    async with units.begin() as unit:
        assert await unit.notices.get(done.id) == done
        assert await unit.notices.list_open(date(2026, 9, 10)) == [later, first]
        assert await unit.notices.list_open(date(2026, 9, 11)) == [first]
        assert (await unit.notices.list_of(first.organisation_id))[0] == later
        assert await unit.notices.list_past(date(2026, 9, 11), 5) == [later.id]
        assert await unit.notices.read_reply(answered.id) == answered
        assert await unit.notices.list_replies([first.id]) == [answered]
        assert await unit.notices.list_replies_of(answered.organisation_id) == [(answered, first)]
        await unit.notices.forget_before(date(2026, 9, 20))
        await unit.notices.forget_person(an_id("Noor"))
        assert await unit.notices.list_replies([first.id]) == []
        await unit.notices.forget_person(an_id("Bas"))
        assert await unit.notices.list_of(first.organisation_id) == [done]


@pytest.mark.postgres
async def test_two_colleagues_who_reply_or_answer_at_once_are_one(postgres_units: RealUnits) -> None:
    async with postgres_units.begin() as unit:
        until = unit.city.day_of(unit.now) + timedelta(days=7)
        wanted = Wanted(Side.ASK, Good.ROOM, "Een zaal.", None, until)
        await unit.notices.save(Notice(an_id("first"), an_id("De Boei"), an_id("Bas"), unit.now, wanted))

    async def replies(who: str) -> None:
        async with postgres_units.begin() as unit:
            await reply_to_notice(an_id("first"), an_id(who), an_id("De Linde"), unit)
            await asyncio.sleep(A_MOMENT)

    async def answers(who: str) -> None:
        async with postgres_units.begin() as unit:
            (reply,) = await unit.notices.list_replies([an_id("first")])
            await answer_reply(reply.id, an_id(who), an_id("De Boei"), unit, agrees=True)
            await asyncio.sleep(A_MOMENT)

    for does in (replies, answers):
        done = await asyncio.gather(does("one"), does("two"), return_exceptions=True)
        assert [type(one) for one in done if one is not None] == [NotInThisState]
