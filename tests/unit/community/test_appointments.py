"""Two people who met at a gathering make an appointment: asked, answered, moved and cancelled behind mailed links."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from ical.calendar_stream import IcsCalendarStream

from services.community.domain.appointment import Appointment
from services.community.domain.sign_up import SeenBy
from services.community.domain.table_wish import TableWish
from services.community.handlers.around import forget_who_came
from services.community.handlers.table_wishes import tell_table_wish
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.acquaintance import (
    AppointmentAgreed,
    AppointmentCancelled,
    AppointmentDeclined,
    AppointmentFact,
    AppointmentMoved,
    AppointmentProposed,
)
from shared.events.gathering_letters import SEAT_LETTERS
from tests.parts.keys import ring
from tests.unit.community.seats import confirmed
from tests.unit.community.test_hosting import told
from tests.unit.community.test_tables import BOEI, LINDE, link
from tests.unit.community.world import EVENING, Community, an_id, announced

NEXT_WEEK = EVENING.ends_at + timedelta(days=7)
FORM = {"day": f"{NEXT_WEEK:%d-%m-%Y}", "starts": "10:30", "place": "Bij jou, Havenstraat 1"}


class Two:
    """Anna and Bas were at a gathering; Carla, too, who lets nobody see that."""

    def __init__(self, community: Community, seats: list[UUID], paths: list[str]) -> None:
        self.community = community
        self.anna, self.bas, self.carla = seats
        self.at_anna, self.at_bas, self.at_carla = (f"{path}/afspraken" for path in paths)

    async def post(self, path: str, **data: str) -> httpx.Response:
        async with self.community.visitor() as somebody:
            return await somebody.post(path, data=data)

    async def page(self, path: str) -> str:
        async with self.community.visitor() as somebody:
            return (await somebody.get(path)).text

    async def asks(self, **form: str) -> httpx.Response:
        return await self.post(self.at_anna, **FORM | {"who": str(self.bas)} | form)

    async def only(self) -> Appointment:
        async with self.community.units.begin() as unit:
            (found,) = await unit.appointments.list_of(self.bas)
            return found

    async def letter(self, fact: AppointmentFact, occasion: str) -> dict[str, Any]:
        auth = ServiceAuth(ServiceTokens(ring("notify"), "notify", self.community.clock), "community")
        question = {"seatId": str(fact.seat_id), "aboutId": str(fact.subject), "occasion": f"appointment-{occasion}"}
        async with self.community.visitor() as visitor:
            reply = await visitor.post(SEAT_LETTERS, json=question, auth=auth)
        answer: dict[str, Any] = reply.json()
        return answer

    def facts(self, kind: type[AppointmentFact]) -> list[AppointmentFact]:
        return [one for one in told(self.community, kind) if isinstance(one, AppointmentFact)]


@pytest.fixture
async def two() -> Two:
    community = Community()
    gathering_id = await announced(community.units)
    seats = await confirmed(community.units, gathering_id, "Anna", "Bas", "Carla")
    async with community.units.begin() as unit:
        known = await unit.sign_ups.open(seats[1])
        assert known is not None
        await unit.sign_ups.keep(seats[1], replace(known, seen_by=SeenBy.PARTICIPANTS))
    paths = [await link(community, one) for one in seats]
    community.moves_to(EVENING.starts_at + timedelta(minutes=5))
    return Two(community, seats, paths)


def starts(day: datetime, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day:%Y-%m-%d}T{clock}:00+02:00")


async def test_who_is_asked_reads_who_asks_and_when(two: Two) -> None:
    form = await two.page(two.at_anna)
    assert ("Bas" in form, "Carla" in form) == (True, False)
    assert (await two.asks()).status_code == 303
    (asked,) = two.facts(AppointmentProposed)
    letter = await two.letter(asked, "proposed")
    assert (letter["address"], letter["gathering"]["title"]) == ("bas@school.example", "Vervolgafspraak met Anna")
    assert (letter["gathering"]["place"], letter["calendarMethod"]) == (FORM["place"], None)
    assert letter["link"].endswith("/afspraken")
    await two.post(f"{two.at_bas}/{asked.subject}", choice="agree")
    assert (await two.letter(asked, "proposed"))["state"] == "no-longer-needed"


async def test_only_who_is_asked_answers_and_only_once(two: Two) -> None:
    await two.asks()
    found = await two.only()
    for _ in range(3):
        assert "Ja, dat is goed" in await two.page(two.at_bas)
    assert "Ja, dat is goed" not in await two.page(two.at_anna)
    assert (await two.post(f"{two.at_anna}/{found.id}", choice="agree")).status_code == 409
    assert (await two.post(f"{two.at_carla}/{found.id}", choice="agree")).status_code == 404
    assert (await two.post(f"{two.at_bas}/{found.id}", choice="perhaps")).status_code == 400
    assert (await two.post(f"{two.at_bas}/{found.id}", choice="agree")).status_code == 303
    assert (await two.post(f"{two.at_bas}/{found.id}", choice="decline")).status_code == 409


async def test_after_a_yes_both_have_it_in_their_calendar(two: Two) -> None:
    await two.asks()
    found = await two.only()
    await two.post(f"{two.at_bas}/{found.id}", choice="agree")
    agreed = two.facts(AppointmentAgreed)
    assert {one.seat_id for one in agreed} == {two.anna, two.bas}
    for fact in agreed:
        answer = await two.letter(fact, "agreed")
        (entry,) = IcsCalendarStream.calendar_from_ics(answer["calendar"]).events
        assert (answer["calendarMethod"], entry.sequence) == ("REQUEST", 0)
        assert (entry.uid, entry.location) == (f"{found.id}@schakel.example", FORM["place"])
        assert entry.start_datetime == starts(NEXT_WEEK, "10:30")
        assert "Bas" not in answer["calendar"].replace("bas@", "")


async def test_move_and_cancel_change_the_same_entry_of_both(two: Two) -> None:
    await two.asks()
    found = await two.only()
    await two.post(f"{two.at_bas}/{found.id}", choice="agree")
    moving = f"{two.at_bas}/{found.id}/verzetten"
    assert FORM["place"] in await two.page(moving)
    assert (await two.post(moving, **FORM | {"day": ""})).status_code == 400
    assert (await two.post(moving, **FORM | {"day": "01-01-2020"})).status_code == 400
    assert (await two.post(moving, **FORM)).status_code == 303
    assert two.facts(AppointmentMoved) == []
    assert (await two.post(moving, **FORM | {"starts": "11:00", "place": "010 123 45 67"})).status_code == 303
    moved = two.facts(AppointmentMoved)
    assert {one.seat_id for one in moved} == {two.anna, two.bas}
    answer = await two.letter(moved[0], "moved")
    (entry,) = IcsCalendarStream.calendar_from_ics(answer["calendar"]).events
    assert (entry.uid, entry.sequence, answer["calendarMethod"]) == (f"{found.id}@schakel.example", 1, "REQUEST")

    assert (await two.post(f"{two.at_anna}/{found.id}", choice="cancel")).status_code == 303
    off = two.facts(AppointmentCancelled)
    answer = await two.letter(off[0], "cancelled")
    (entry,) = IcsCalendarStream.calendar_from_ics(answer["calendar"]).events
    assert (entry.uid, entry.sequence, answer["calendarMethod"]) == (f"{found.id}@schakel.example", 2, "CANCEL")
    assert (await two.post(f"{two.at_anna}/{found.id}", choice="cancel")).status_code == 409
    assert (await two.post(moving, **FORM | {"starts": "12:00"})).status_code == 400


async def test_no_is_told_to_who_asked_without_a_reason(two: Two) -> None:
    await two.asks()
    found = await two.only()
    assert (await two.post(f"{two.at_bas}/{found.id}", choice="decline")).status_code == 303
    (fact,) = two.facts(AppointmentDeclined)
    answer = await two.letter(fact, "declined")
    assert (fact.seat_id, answer["calendarMethod"]) == (two.anna, None)


async def test_nobody_is_asked_on_and_on_by_the_same_one(two: Two) -> None:
    assert (await two.asks()).status_code == 303
    assert (await two.asks(starts="11:30")).status_code == 400
    for _ in range(2):
        (*_, open_one) = two.facts(AppointmentProposed)
        await two.post(f"{two.at_bas}/{open_one.subject}", choice="decline")
        await two.asks()
    (*_, last) = two.facts(AppointmentProposed)
    await two.post(f"{two.at_bas}/{last.subject}", choice="decline")
    assert (await two.asks()).status_code == 400
    assert len(two.facts(AppointmentProposed)) == 3


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"day": "01-01-2020"}, 400),
        ({"day": f"{NEXT_WEEK + timedelta(weeks=4):%d-%m-%Y}"}, 400),
        ({"place": "Voor Sem, BSN 111222333"}, 400),
        ({"place": "Sem " * 30}, 400),
        ({"place": ""}, 400),
        ({"who": str(an_id("a stranger"))}, 404),
    ],
)
async def test_what_cannot_be_is_refused_and_kept_nowhere(two: Two, form: dict[str, str], status: int) -> None:
    assert "Noem geen kind en geen gezin" in await two.page(two.at_anna)
    assert (await two.asks(**form)).status_code == status
    assert two.community.units.tables.table("appointments") == {}
    assert "Sem" not in str(two.community.units.tables.tables)


async def test_who_hides_is_asked_by_nobody_but_who_they_want_to_meet_as_well(two: Two) -> None:
    assert (await two.asks(who=str(two.carla))).status_code == 404
    async with two.community.units.begin() as unit:
        for organisation, name in ((BOEI, "De Boei"), (LINDE, "De Linde")):
            await unit.organisations.save(organisation, name, active=True)
        await tell_table_wish(two.anna, TableWish(BOEI, to_meet=frozenset({LINDE})), unit)
        await tell_table_wish(two.carla, TableWish(LINDE, to_meet=frozenset({BOEI})), unit)

    assert "Carla" in await two.page(two.at_anna)
    assert (await two.asks(who=str(two.carla))).status_code == 303


async def test_before_the_gathering_nobody_asks_and_after_four_weeks_all_is_gone() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    (anna, bas) = await confirmed(community.units, gathering_id, "Anna", "Bas")
    path = await link(community, anna)
    async with community.visitor() as somebody:
        early = await somebody.post(f"{path}/afspraken", data=FORM | {"who": str(bas)})
        assert "vanaf het begin van de bijeenkomst" in (await somebody.get(f"{path}/afspraken")).text
    assert early.status_code == 400
    appointment = Appointment(an_id("one"), gathering_id, anna, bas, NEXT_WEEK, "Hier", community.now)
    async with community.units.begin() as unit:
        await unit.appointments.save(appointment)
    community.moves_to(EVENING.ends_at + timedelta(weeks=4, hours=1))
    async with community.units.begin() as unit:
        await forget_who_came(unit)
    async with community.units.begin() as unit:
        assert await unit.appointments.read(appointment.id) is None
